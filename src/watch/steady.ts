/**
 * A time that never goes back: when the machine's clock is set back, graces and pauses must neither start again nor last an hour
 * longer. It follows the clock forwards, and otherwise goes as fast as the monotonic one.
 */
import type { Clock } from '../clock.ts';

/** Smaller differences are the two clocks' own. Milliseconds. */
const JUMP_MS = 1_000;

/** Epoch milliseconds, never less than `floor` or what was returned before. */
export function createSteadyTime(clock: Pick<Clock, 'now' | 'monotonic'>, floor: number): () => number {
  let anchor = Math.max(clock.now(), floor);
  let monotonic = clock.monotonic();
  return () => {
    const elapsed = anchor + (clock.monotonic() - monotonic);
    const now = clock.now();
    if (now - elapsed > JUMP_MS) {
      anchor = now;
      monotonic = clock.monotonic();
      return now;
    }
    return Math.round(elapsed);
  };
}
