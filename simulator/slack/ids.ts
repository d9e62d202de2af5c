/** Names for new things, as Slack makes them: unique, and the same in every run. */
import type { SimulatorClock } from '../stand-in/time.ts';

export interface Ids {
  /** `C0000000A1`: a letter or two, then ten characters. */
  next(prefix: string): string;
  /** Seconds and microseconds; always later than the one before. */
  ts(): string;
  /** Hexadecimal, unguessable enough for a test. */
  secret(): string;
  /** Of a view's version. */
  hash(): string;
}

export function createIds(clock: SimulatorClock): Ids {
  let count = 0;
  let last = 0;
  const ts = () => {
    // Two messages in one millisecond are a microsecond apart.
    last = Math.max(clock.now() * 1000, last + 1);
    return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
  };
  const number = () => {
    count += 1;
    return count;
  };
  return {
    ts,
    next: (prefix) => `${prefix}0${number().toString(36).toUpperCase().padStart(9, '0')}`,
    secret: () => `${(number() * 2_654_435_761).toString(16)}${number().toString(16).padStart(16, 'a')}`,
    hash: () => `${ts().split('.')[0]}.${number().toString(36).padStart(8, 'h')}`,
  };
}
