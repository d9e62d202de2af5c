/** Who somebody is: messages and presses name people by id, rules and the audit by e-mail address. */
import type { Clock } from '../../src/clock.ts';
import type { Call } from './calls.ts';
import { isGone } from './failure.ts';
import { type Person, readPerson } from './read.ts';

const FRESH_MS = 10 * 60_000;
const MOST_PEOPLE = 20_000;

export interface People {
  /** Asked once in ten minutes for each. Null when Webex knows nobody of that id. Rejects as a call does. */
  of(personId: string): Promise<Person | null>;
}

export function createPeople(call: Call, clock: Clock): People {
  const known = new Map<string, { readonly person: Promise<Person | null>; readonly until: number }>();

  function ask(personId: string): Promise<Person | null> {
    const person = call('GET', 'people/{id}', { id: personId })
      .then(readPerson)
      .catch((error: unknown) => {
        if (isGone(error)) return null;
        throw error;
      });
    // Nobody and trouble are asked about again.
    person.then((one) => one ?? known.delete(personId)).catch(() => known.delete(personId));
    return person;
  }

  return {
    of(personId) {
      const now = clock.monotonic();
      const found = known.get(personId);
      if (found !== undefined && found.until > now) return found.person;
      const person = ask(personId);
      known.delete(personId);
      known.set(personId, { person, until: now + FRESH_MS });
      // A map hands its keys out in the order they came: the oldest first.
      const [oldest] = known.keys();
      if (known.size > MOST_PEOPLE && oldest !== undefined) known.delete(oldest);
      return person;
    },
  };
}
