/** The demo's time: the machine's, which can be made to go faster. risbot and everything it talks to live by it. */
import { type Clock, systemClock } from '../clock.ts';

export interface DemoClock extends Clock {
  /** How many times faster than the machine's time; 1 at least. */
  rate(): number;
  /** From now on; whoever sleeps wakes accordingly sooner or later. */
  setRate(rate: number): void;
}

/** Timers end at 2³¹ milliseconds. */
const LONGEST_MS = 2 ** 30;

/**
 * A clock that starts with the machine's. Only what waits for the network waits by the machine's time (`timeout`), for the network does not
 * go faster.
 */
export function createDemoClock(firstRate = 1, real: Clock = systemClock): DemoClock {
  const start = real.now();
  let rate = firstRate;
  /** Up to the last change of the rate: demo time passed, and the machine's time of the change. */
  let passed = 0;
  let since = real.monotonic();
  let turned = new AbortController();
  const elapsed = () => passed + (real.monotonic() - since) * rate;

  async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const until = elapsed() + ms;
    do {
      const ends = signal ? AbortSignal.any([signal, turned.signal]) : turned.signal;
      const left = Math.max(0, until - elapsed()) / rate;
      await real.sleep(Math.min(left, LONGEST_MS), ends).catch(() => signal?.throwIfAborted());
      signal?.throwIfAborted();
    } while (until - elapsed() > 0.5);
  }

  return {
    now: () => Math.floor(start + elapsed()),
    monotonic: elapsed,
    sleep,
    breathe: real.breathe,
    timeout: real.timeout,
    rate: () => rate,
    setRate(next) {
      passed = elapsed();
      since = real.monotonic();
      rate = next;
      const before = turned;
      turned = new AbortController();
      before.abort();
    },
  };
}
