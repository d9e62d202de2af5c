/** Whether work grows with what it is given and no faster: twice as much takes twice as long, not four times. */
import { expect } from 'vitest';

const FIRST = 10_000;
const LAST = 40_000;
/** Twice the work, and room for the caches that it no longer fits into. */
const MOST_GROWTH = 3;
/** What the garbage collector and the compiler may take at any time. */
const NOISE_MS = 25;
const RUNS = 4;

/**
 * Doubles the size until the work takes more than its share; whatever is quadratic is found long before the last size. Counts the
 * processor's time of this thread alone, the best of some runs: the machine may be busy with other tests.
 */
export async function expectLinear(work: (size: number) => unknown): Promise<void> {
  let before = await cheapest(work, FIRST, NOISE_MS);
  for (let size = 2 * FIRST; size <= LAST; size *= 2) {
    const allowed = MOST_GROWTH * before + NOISE_MS;
    const took = await cheapest(work, size, allowed);
    expect(took, `milliseconds for ${size}, after ${before.toFixed(1)} for half of it`).toBeLessThan(allowed);
    before = took;
  }
}

/** Milliseconds of the cheapest run; runs again only while it takes more than is enough. */
async function cheapest(work: (size: number) => unknown, size: number, enough: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS && best > enough; run += 1) {
    const since = process.threadCpuUsage();
    await work(size);
    const { user, system } = process.threadCpuUsage(since);
    best = Math.min(best, (user + system) / 1000);
    // What takes seconds is not noise.
    if (best > 2_000) break;
  }
  return best;
}
