/** Sleeps until a moment, or until somebody calls. */
import type { Clock } from '../clock.ts';

export interface Waiter {
  /** Resolves after `ms`, or when called; at once when called since the last wait. Rejects with the signal's reason. */
  wait(ms: number): Promise<void>;
  call(): void;
}

/** No single sleep is longer: timers end at 2³¹ milliseconds. */
const LONGEST_MS = 3_600_000;

export function createWaiter(clock: Pick<Clock, 'sleep'>, signal: AbortSignal): Waiter {
  let called = false;
  let current: AbortController | null = null;
  return {
    async wait(ms) {
      signal.throwIfAborted();
      if (!called && ms > 0) {
        current = new AbortController();
        const ends = AbortSignal.any([signal, current.signal]);
        // Being called ends the sleep early, and is no failure.
        await clock.sleep(Math.min(ms, LONGEST_MS), ends).catch(() => {});
        current = null;
      }
      called = false;
      signal.throwIfAborted();
    },
    call() {
      called = true;
      current?.abort();
    },
  };
}
