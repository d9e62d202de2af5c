/** Lines to a chat platform go on at their pace, whatever is done to the clock. */
import Bottleneck from 'bottleneck';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { steady } from '../../src/chat/limiter.ts';

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

describe.each([-3_600_000, -60_000, 3_600_000])('the clock is set by %i ms', (step) => {
  test.each([
    ['one at a time', { maxConcurrent: 1 }],
    ['a second apart', { minTime: 1_000 }],
    [
      'ten, and one more now and then',
      { reservoir: 2, reservoirIncreaseAmount: 1, reservoirIncreaseInterval: 5_000 },
    ],
  ])('%s', async (_claim, options) => {
    const play = async (turned: number) => {
      const limiter = steady(new Bottleneck(options));
      let sent = 0;
      const say = () => void limiter.schedule(async () => (sent += 1));
      for (let n = 0; n < 3; n += 1) say();
      await vi.advanceTimersByTimeAsync(500);
      vi.setSystemTime(Date.now() + turned);
      for (let n = 0; n < 3; n += 1) say();
      const counts: number[] = [];
      for (let n = 0; n < 8; n += 1) {
        await vi.advanceTimersByTimeAsync(2_010);
        counts.push(sent);
      }
      return counts;
    };
    const counts = await play(step);
    expect(counts).toEqual(await play(0));
    expect(counts.at(-1)).toBeGreaterThan(4);
  });
});
