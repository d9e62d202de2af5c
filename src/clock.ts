/** The only place that reads the time or sets a timer. Everything else is handed a clock. */

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds that only go forward; for durations. */
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

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
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
