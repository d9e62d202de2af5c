/** So many turns at once, then one after another. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBucket, type Size } from '../../src/lookup/bucket.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function bucketOf(size: Size, rate = 1) {
  const stopped = new AbortController();
  const bucket = createBucket(size, { rate: () => rate }, stopped.signal);
  const turns: number[] = [];
  const turn = () =>
    void bucket.limiter.schedule(async () => {
      bucket.take();
      turns.push(0);
    });
  /** How many have had their turn after so many milliseconds more. */
  const after = async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms);
    return turns.length;
  };
  return { bucket, stopped, turn, after };
}

test('a full one gives its turns at once, then one in each interval', async () => {
  const { turn, after } = bucketOf({ burst: 2, everyMs: 1_000 });
  for (let n = 0; n < 4; n += 1) turn();
  expect([await after(5), await after(985), await after(20), await after(1_000)]).toEqual([2, 2, 3, 4]);
});

test.each([-3_600_000, 3_600_000])(
  'a clock that is set by %i ms fills it neither sooner nor later',
  async (step) => {
    const { turn, after } = bucketOf({ burst: 2, everyMs: 1_000 });
    for (let n = 0; n < 6; n += 1) turn();
    expect(await after(500)).toBe(2);
    vi.setSystemTime(Date.now() + step);
    expect([await after(510), await after(1_000), await after(1_000)]).toEqual([3, 4, 5]);
  },
);

test('a fast clock fills it as much faster', async () => {
  const { turn, after } = bucketOf({ burst: 1, everyMs: 1_000 }, 10);
  turn();
  turn();
  expect([await after(90), await after(20)]).toEqual([1, 2]);
});

test('one that was not used is there again at once', async () => {
  const { bucket, turn, after } = bucketOf({ burst: 1, everyMs: 1_000 });
  turn();
  turn();
  await after(5);
  void bucket.giveBack();
  expect(await after(5)).toBe(2);
});

test('one that was made smaller holds no more than that, and is filled on', async () => {
  const { bucket, turn, after } = bucketOf({ burst: 4, everyMs: 1_000 });
  bucket.change({ burst: 1, everyMs: 2_000 });
  await after(5);
  for (let n = 0; n < 3; n += 1) turn();
  expect([await after(5), await after(1_900), await after(200), await after(2_000)]).toEqual([1, 1, 2, 3]);
});

test('what stopped fills no more', async () => {
  const { stopped, turn, after } = bucketOf({ burst: 1, everyMs: 1_000 });
  turn();
  turn();
  await after(5);
  stopped.abort();
  expect(await after(60_000)).toBe(1);
});
