/** Long work in short turns. */
import type { Clock } from '../clock.ts';

export interface Pace {
  readonly clock: Clock;
  /** Milliseconds of work before others may go first. Default 4. */
  readonly sliceMs?: number;
  readonly signal?: AbortSignal | undefined;
}

const SLICE_MS = 4;

/** Runs `steps` to its end, letting input and output go first whenever a turn is over. Rejects with the signal's reason. */
export async function paced<T>(pace: Pace, steps: Generator<void, T>): Promise<T> {
  const { clock, sliceMs = SLICE_MS, signal } = pace;
  signal?.throwIfAborted();
  let since = clock.monotonic();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (clock.monotonic() - since < sliceMs) continue;
    await clock.breathe();
    signal?.throwIfAborted();
    since = clock.monotonic();
  }
}
