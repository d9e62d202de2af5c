/** Who somebody is: messages and presses name people by id, rules and the audit by e-mail address. */

import { keep } from '../../src/chat/bounded.ts';
import { ANSWER_PATIENCE_MS } from '../../src/chat/retry.ts';
import type { Clock } from '../../src/clock.ts';
import type { Call } from './calls.ts';
import { isTokenGone, WebexRefusal } from './failure.ts';
import { type Person, readPerson } from './read.ts';

const FRESH_MS = 10 * 60_000;
const MOST_PEOPLE = 20_000;

export interface People {
  /**
   * Asked once in ten minutes for each. Null when Webex does not say who that is. Rejects with `WebexLost` when it could not be had within
   * `patienceMs` (default as for an answer), and when the token is not accepted.
   */
  of(personId: string, patienceMs?: number): Promise<Person | null>;
}

export function createPeople(call: Call, clock: Clock): People {
  const known = new Map<string, { readonly person: Promise<Person | null>; readonly until: number }>();

  function ask(personId: string, patienceMs = ANSWER_PATIENCE_MS): Promise<Person | null> {
    const giveUpAt = clock.monotonic() + patienceMs;
    const person = call('GET', 'people/{id}', { id: personId, giveUpAt })
      .then(readPerson)
      .catch((error: unknown) => {
        if (error instanceof WebexRefusal && !isTokenGone(error)) return null;
        throw error;
      });
    return person;
  }

  return {
    of(personId, patienceMs) {
      const now = clock.monotonic();
      const found = known.get(personId);
      if (found !== undefined && found.until > now) return found.person;
      const person = ask(personId, patienceMs);
      const entry = { person, until: now + FRESH_MS };
      keep(known, personId, entry, MOST_PEOPLE);
      // Nobody and trouble are asked about again.
      const forget = () => {
        if (known.get(personId) === entry) known.delete(personId);
      };
      person.then((one) => one ?? forget()).catch(forget);
      return person;
    },
  };
}
