/** trigger_ids: one use, three seconds. https://docs.slack.dev/interactivity/handling-user-interaction */

import type { SimulatorClock } from '../stand-in/time.ts';
import type { Ids } from './ids.ts';

export interface Trigger {
  readonly user: string;
  readonly at: number;
  /** The modal that the person was in. */
  readonly view: string | null;
  used: boolean;
}

export type TriggerProblem = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';

export interface Triggers {
  issue(user: string, view?: string): string;
  /** The trigger, if it may be used; whoever uses it sets `used`. */
  check(id: string): Trigger | TriggerProblem;
}

export function createTriggers(clock: SimulatorClock, ids: Ids, goodMs: number): Triggers {
  const triggers = new Map<string, Trigger>();
  return {
    issue(user, view) {
      const id = `${ids.ts().replace('.', '')}.${triggers.size + 1}.${ids.secret()}`;
      triggers.set(id, { user, at: clock.now(), view: view ?? null, used: false });
      return id;
    },
    check(id) {
      const trigger = triggers.get(id);
      if (trigger === undefined) return 'invalid_trigger_id';
      if (trigger.used) return 'exchanged_trigger_id';
      return clock.now() - trigger.at > goodMs ? 'expired_trigger_id' : trigger;
    },
  };
}
