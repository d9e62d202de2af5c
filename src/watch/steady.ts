/**
 * The time of the watch: it goes as fast as the monotonic clock and begins at the machine's. When that is set, forward or back, nothing of
 * the watch moves: a grace is neither over nor begun anew, since nobody can tell a clock that was wrong from an hour that was slept
 * through. Only a start follows the machine's clock, and never to before what is remembered.
 */
import type { Clock } from '../clock.ts';

/** Smaller differences are the two clocks' own. Milliseconds. */
const JUMP_MS = 1_000;

/** Epoch milliseconds, never less than `floor` or what was returned before. */
export function createSteadyTime(clock: Pick<Clock, 'now' | 'monotonic'>, floor: number): () => number {
  const anchor = Math.max(clock.now(), floor);
  const monotonic = clock.monotonic();
  return () => Math.round(anchor + (clock.monotonic() - monotonic));
}

/**
 * How far the machine's clock is ahead of the watch's time, for what is wall time by nature: quiet hours, and moments that people name.
 * Milliseconds; the same until the clock is set.
 */
export function createWallAhead(clock: Pick<Clock, 'now'>, now: () => number): () => number {
  let ahead = 0;
  return () => {
    const difference = clock.now() - now();
    if (Math.abs(difference - ahead) > JUMP_MS) ahead = difference;
    return ahead;
  };
}
