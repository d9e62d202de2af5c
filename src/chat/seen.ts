/** What has been dealt with lately, in bounded memory: platforms deliver some things more than once. */
import type { Clock } from '../clock.ts';

export interface Seen {
  /** True the first time a key comes within the time kept, false after that. */
  first(key: string): boolean;
  /** As if it had never come: it could not be dealt with. */
  forget(key: string): void;
}

export interface SeenOptions {
  readonly clock: Clock;
  /** Milliseconds a key is remembered; Slack's last retry comes about six minutes after the first delivery. */
  readonly keepMs: number;
  /** The oldest keys are forgotten beyond so many. */
  readonly most: number;
}

/** A memory of keys. */
export function createSeen({ clock, keepMs, most }: SeenOptions): Seen {
  // A map hands its keys out in the order they came: the oldest first.
  const until = new Map<string, number>();
  return {
    first(key) {
      const now = clock.monotonic();
      for (const [old, end] of until) {
        if (end > now && until.size < most) break;
        until.delete(old);
      }
      if (until.has(key)) return false;
      until.set(key, now + keepMs);
      return true;
    },
    forget: (key) => void until.delete(key),
  };
}
