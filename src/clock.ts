/** The only place that reads the time or sets a timer. Everything else is handed a clock. */
import { uptime } from 'node:os';

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds that only go forward, no step of the machine's clock among them, but the time that it slept; for durations. */
  monotonic(): number;
  /** Resolves after `ms`, or rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Lets waiting input and output go first. */
  breathe(): Promise<void>;
  /** A signal that aborts after `ms`; it does not keep the process alive. */
  timeout(ms: number): AbortSignal;
  /** How many times faster than the machine's time it goes now, for what waits by that; left out: as fast. */
  rate?(): number;
}

/** Whether the machine has slept is looked at so often, and smaller differences are the two clocks' own. Milliseconds. */
const LOOK_EVERY_MS = 1_000;
const SLEPT_MS = 2_000;

/**
 * On Linux the monotonic clock stands still while the machine is suspended. The kernel's uptime does not, and no step of the wall clock moves
 * it: what it is ahead by was slept through. Both in milliseconds.
 */
export function createMonotonic(awake: () => number, up: () => number): () => number {
  let slept = 0;
  let last = { awake: awake(), up: up() };
  return () => {
    const now = awake();
    if (now - last.awake >= LOOK_EVERY_MS) {
      const next = { awake: now, up: up() };
      const missed = next.up - last.up - (next.awake - last.awake);
      if (missed > SLEPT_MS) slept += missed;
      last = next;
    }
    return now + slept;
  };
}

const awake = () => performance.now();

export const systemClock: Clock = {
  now: () => Date.now(),
  // Elsewhere the monotonic clock counts sleep itself, and uptime may follow the wall clock.
  monotonic: process.platform === 'linux' ? createMonotonic(awake, () => uptime() * 1000) : awake,
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', cancelled, { once: true });
      function done() {
        signal?.removeEventListener('abort', cancelled);
        resolve();
      }
      function cancelled() {
        clearTimeout(timer);
        reject(signal?.reason);
      }
    }),
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
  timeout: (ms) => AbortSignal.timeout(ms),
};
