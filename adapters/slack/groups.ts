/** Which user groups a person belongs to, for access rules. Asked once in a few minutes for everybody. */
import type { WebClient } from '@slack/web-api';
import type { Log } from '../../src/chat/report.ts';
import { type Run, SHORT_PATIENCE_MS } from '../../src/chat/retry.ts';
import type { Clock } from '../../src/clock.ts';

const FRESH_MS = 5 * 60_000;
/** After a failure: soon enough, and not with every question. */
const AGAIN_MS = 60_000;

export interface Groups {
  /**
   * Ids (`S…`) of the person's groups: whoever takes a freed handle must not take its rights. Undefined when Slack did not say, for
   * want of the scope `usergroups:read` perhaps. Never rejects.
   */
  of(person: string): Promise<readonly string[] | undefined>;
}

type ByPerson = ReadonlyMap<string, readonly string[]>;

export function createGroups(client: WebClient, run: Run, clock: Clock, log: Log): Groups {
  let known: ByPerson | null = null;
  let askAgainAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | null = null;

  async function refresh(): Promise<void> {
    askAgainAt = clock.monotonic() + AGAIN_MS;
    try {
      const list = () => client.usergroups.list({ include_users: true });
      const { usergroups = [] } = await run('usergroups.list', list, clock.monotonic() + SHORT_PATIENCE_MS);
      known = byPerson(usergroups);
      askAgainAt = clock.monotonic() + FRESH_MS;
    } catch (error) {
      // What was known stays known: a group that cannot be read is not empty.
      log.warn({ err: error }, 'user groups could not be read');
    } finally {
      asking = null;
    }
  }

  return {
    async of(person) {
      if (asking === null && clock.monotonic() >= askAgainAt) asking = refresh();
      // Only the first question has to wait for them, and not for a Slack that hangs: a form is open to be shown for three seconds.
      if (known === null && asking !== null) await Promise.race([asking, clock.sleep(SHORT_PATIENCE_MS)]);
      return known === null ? undefined : (known.get(person) ?? []);
    },
  };
}

interface Group {
  readonly id?: string;
  readonly users?: readonly string[];
}

function byPerson(groups: readonly Group[]): ByPerson {
  const found = new Map<string, string[]>();
  for (const { id, users = [] } of groups) {
    if (id === undefined) continue;
    for (const person of users) found.set(person, [...(found.get(person) ?? []), id]);
  }
  return found;
}
