/** The machine's clock is set back or forward while questions wait: nothing stops, and the allowance holds. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Lookup, Priority } from '../../src/device/lookup.ts';
import { createBudget } from '../../src/lookup/budget.ts';
import { createCache } from '../../src/lookup/cache.ts';
import type { Ledger } from '../../src/lookup/ledger.ts';
import { createNames } from '../../src/lookup/names.ts';
import type { SpentRequest } from '../../src/lookup/window.ts';
import { RisPortError } from '../../src/risport/fault.ts';
import { answer, byName, phones } from './cluster.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const STEPS = [-HOUR, -MINUTE, -5_000, 5_000, MINUTE, HOUR];

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

/** As if somebody did it: for everything in the process, ours or not. Timers go on. */
const turn = (ms: number) => vi.setSystemTime(Date.now() + ms);
const passed = () => systemClock.monotonic();

function mostInAnyMinute(arrivals: readonly number[]): number {
  return Math.max(
    0,
    ...arrivals.map((start) => arrivals.filter((at) => at >= start && at < start + MINUTE).length),
  );
}

interface Step {
  readonly after: number;
  readonly priority: Priority;
  readonly turned: number;
}

/** When each request left, and what was said of the wait, from the beginning. */
async function play(steps: readonly Step[], isTurned: boolean, ledger?: Ledger) {
  const begin = passed();
  const sent: number[] = [];
  const waits: number[] = [];
  let throttle = 0;
  const lookup: Lookup = async (query, options) => {
    sent.push(Math.round(passed() - begin));
    await systemClock.sleep(50, options?.signal);
    throttle += 1;
    if (throttle === 20) throw new RisPortError('throttled', 'too fast');
    return answer(query, []);
  };
  const budget = createBudget(lookup, {
    allowance: 15,
    clock: systemClock,
    longestWaitMs: 20 * MINUTE,
    ...(ledger && { ledger }),
  });
  for (const { after, priority, turned } of steps) {
    const onProgress = (progress: { type: string; waitMs?: number }) =>
      void waits.push(Math.round(progress.waitMs ?? 0));
    budget.lookup(byName('SEP1'), { priority, onProgress }).catch(() => {});
    await vi.advanceTimersByTimeAsync(after);
    if (isTurned) turn(turned);
  }
  await vi.advanceTimersByTimeAsync(6 * MINUTE);
  await Promise.all([budget.stop(), vi.advanceTimersByTimeAsync(100)]);
  return { sent, waits };
}

test('requests leave when they would have left, and nobody is said to wait longer, whatever is done to the clock', async () => {
  const step = fc.record({
    after: fc.integer({ min: 0, max: 12_000 }),
    priority: fc.constantFrom<Priority>('person', 'watch', 'sweep'),
    turned: fc.constantFrom(0, 0, ...STEPS),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const turned = await play(steps, true);
      expect(turned).toEqual(await play(steps, false));
      expect(turned.sent).toHaveLength(steps.length + (steps.length >= 20 ? 1 : 0));
      expect(mostInAnyMinute(turned.sent)).toBeLessThanOrEqual(15);
    }),
    { numRuns: 12 },
  );
});

describe('requests remembered from a process before', () => {
  const burst = (count: number, at: number): readonly SpentRequest[] =>
    Array.from({ length: count }, (_, n) => ({ at: at + n, endedAt: at + n + 50 }));
  const ask = (count: number): readonly Step[] =>
    Array.from({ length: count }, () => ({ after: 0, priority: 'person' as const, turned: 0 }));
  const ledgerOf = (spent: readonly SpentRequest[]): Ledger => ({
    spent,
    note: async () => {},
    ended: async () => {},
  });

  test.each([
    ['a minute', MINUTE],
    ['an hour', HOUR],
    ['years', 40_000 * HOUR],
  ])('of the future by %s count as just sent, and no longer than a window', async (_claim, ahead) => {
    const { sent } = await play(ask(15), false, ledgerOf(burst(15, Date.now() + ahead)));
    expect(sent[0]).toBeGreaterThanOrEqual(MINUTE);
    expect(sent[0]).toBeLessThan(MINUTE + 2_000);
  });

  test('of the future are as far apart as they were', async () => {
    const future = Date.now() + HOUR;
    const spent = [...burst(14, future - 2 * MINUTE), ...burst(1, future)];
    const { sent } = await play(ask(4), false, ledgerOf(spent));
    expect(sent[0]).toBeLessThan(1_000);
  });

  test('those since the clock was set back count by their own time', async () => {
    const spent = [...burst(15, Date.now() + HOUR), ...burst(15, Date.now() - 50_000)];
    const { sent } = await play(ask(1), false, ledgerOf(spent));
    expect(sent[0]).toBeGreaterThanOrEqual(MINUTE);
    expect(sent[0]).toBeLessThan(MINUTE + 2_000);
  });

  test('what is noted goes by the clock as it is, no two at the same time, and ends after it began', async () => {
    const notes: SpentRequest[] = [];
    const ledger: Ledger = {
      spent: [],
      note: async (at) => void notes.push({ at, endedAt: null }),
      ended: async (at, endedAt) => void notes.push({ at, endedAt }),
    };
    const begin = Date.now();
    await play([{ after: 20, priority: 'person', turned: -HOUR }, ...ask(3)], true, ledger);
    const begun = notes.filter(({ endedAt }) => endedAt === null).map(({ at }) => at);
    expect(new Set(begun).size).toBe(4);
    expect(begun.slice(1).every((at) => at < begin - HOUR + MINUTE)).toBe(true);
    const spans = notes.flatMap(({ at, endedAt }) => (endedAt === null ? [] : [endedAt - at]));
    expect(spans.every((ms) => ms >= 50 && ms < 100)).toBe(true);
  });
});

describe.each(STEPS)('the clock is set by %i ms', (step) => {
  function cached() {
    let requests = 0;
    const lookup: Lookup = async (query) => {
      requests += 1;
      return answer(query, phones(1), { at: Date.now() });
    };
    return { ask: createCache(lookup, { clock: systemClock }), requests: () => requests };
  }

  test('an answer of before is not fresh for longer than it would have been', async () => {
    const { ask, requests } = cached();
    await ask(byName('SEP1'));
    turn(step);
    await vi.advanceTimersByTimeAsync(5_001);
    await ask(byName('SEP1'));
    expect(requests()).toBe(2);
  });

  test('an answer that is taken all the same says how old it is', async () => {
    const { ask } = cached();
    await ask(byName('SEP1'), { maxAgeMs: 10 * HOUR });
    turn(step);
    await vi.advanceTimersByTimeAsync(12_000);
    const { at } = await ask(byName('SEP1'), { maxAgeMs: 10 * HOUR });
    expect(Date.now() - at).toBe(12_000 + Math.max(0, step));
  });

  test('names are loaded again when it is time', async () => {
    let loads = 0;
    const load = async () => {
      loads += 1;
      return [];
    };
    const names = createNames({ clock: systemClock, load });
    await names.complete();
    turn(step);
    await vi.advanceTimersByTimeAsync(5 * MINUTE + 1);
    await names.complete();
    expect(loads).toBe(2);
  });
});
