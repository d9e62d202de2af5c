/** The allowance over restarts: a process that dies at any moment, and the next one with what is remembered of it. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Lookup, Priority } from '../../src/device/lookup.ts';
import { type Budget, createBudget } from '../../src/lookup/budget.ts';
import type { Ledger } from '../../src/lookup/ledger.ts';
import type { SpentRequest } from '../../src/lookup/window.ts';
import { answer, byName } from './cluster.ts';

const MINUTE = 60_000;

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Bottleneck needs a tick of the clock to stop. */
const stop = (budget: Budget) => Promise.all([budget.stop(), vi.advanceTimersByTimeAsync(100)]);
const never = () => new Promise<never>(() => {});

function mostInAnyMinute(arrivals: readonly number[]): number {
  return Math.max(
    0,
    ...arrivals.map((start) => arrivals.filter((at) => at >= start && at < start + MINUTE).length),
  );
}

/** What a disk keeps: written a while after it was asked for, and not at all by a process that died meanwhile. */
function createDisk(slowness: () => number) {
  let rows: readonly SpentRequest[] = [];
  const written = async (isAlive: () => boolean, write: () => void) => {
    await systemClock.sleep(slowness());
    if (!isAlive()) return never();
    write();
    await systemClock.sleep(slowness());
  };
  const ledgerOf = (isAlive: () => boolean): Ledger => ({
    spent: rows.filter(({ at }) => at >= Date.now() - 15 * MINUTE),
    note: (at) =>
      written(isAlive, () => {
        rows = [...rows, { at, endedAt: null }];
      }),
    ended: (at, endedAt) =>
      written(isAlive, () => {
        rows = rows.map((row) => (row.at === at ? { at, endedAt } : row));
      }),
  });
  return { ledgerOf };
}

/** A RisPort70 that does not notice that somebody died: what is on its way arrives. */
function createServer(delays: () => { readonly there: number; readonly back: number }) {
  const arrivals: number[] = [];
  const lookupOf =
    (isAlive: () => boolean): Lookup =>
    async (query) => {
      if (!isAlive()) return never();
      const { there, back } = delays();
      await systemClock.sleep(there);
      arrivals.push(Date.now());
      await systemClock.sleep(back);
      return answer(query, []);
    };
  return { arrivals, lookupOf };
}

function startProcess(
  allowance: number,
  disk: ReturnType<typeof createDisk>,
  server: ReturnType<typeof createServer>,
) {
  let alive = true;
  const isAlive = () => alive;
  const ledger = disk.ledgerOf(isAlive);
  const longestWaitMs = 10 * MINUTE;
  const budget = createBudget(server.lookupOf(isAlive), {
    allowance,
    clock: systemClock,
    longestWaitMs,
    ledger,
  });
  /** Nobody waits for its end: what it was doing never ends. */
  const kill = () => {
    alive = false;
    budget.stop().catch(() => {});
  };
  return { budget, kill };
}

const instantly = () => createDisk(() => 0);

describe('the allowance over restarts', () => {
  test('no death at any moment puts more than N requests into any 60 s', async () => {
    const step = fc.record({
      after: fc.integer({ min: 0, max: 4_000 }),
      priority: fc.constantFrom<Priority>('person', 'person', 'watch'),
      there: fc.integer({ min: 0, max: 8_000 }),
      back: fc.integer({ min: 0, max: 8_000 }),
      disk: fc.integer({ min: 0, max: 300 }),
      /** Milliseconds after the step at which the process dies; null: it lives. */
      dies: fc.option(fc.integer({ min: 0, max: 3_000 }), { freq: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 18 }),
        fc.array(step, { minLength: 20, maxLength: 60 }),
        async (allowance, steps) => {
          let at = 0;
          const current = () => steps[at % steps.length] ?? { there: 0, back: 0, disk: 0 };
          const disk = createDisk(() => current().disk);
          const server = createServer(current);
          let running = startProcess(allowance, disk, server);
          for (const { after, priority, dies } of steps) {
            running.budget.lookup(byName('SEP1'), { priority }).catch(() => {});
            await vi.advanceTimersByTimeAsync(after);
            if (dies !== null) {
              await vi.advanceTimersByTimeAsync(dies);
              running.kill();
              running = startProcess(allowance, disk, server);
            }
            at += 1;
          }
          await vi.advanceTimersByTimeAsync(2 * MINUTE);
          running.kill();
          expect(mostInAnyMinute(server.arrivals)).toBeLessThanOrEqual(allowance);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('what was answered counts from its answer, so the rest can be asked at once', async () => {
    const disk = instantly();
    const server = createServer(() => ({ there: 0, back: 50 }));
    const first = startProcess(15, disk, server);
    for (let n = 0; n < 4; n += 1) first.budget.lookup(byName(`SEP${n}`)).catch(() => {});
    await vi.advanceTimersByTimeAsync(40_000);
    first.kill();
    const second = startProcess(15, disk, server);
    expect(second.budget.status().left).toBe(11);
    await vi.advanceTimersByTimeAsync(19_000);
    expect(second.budget.status().left).toBe(11);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(second.budget.status().left).toBe(15);
    second.kill();
  });

  test('what was under way counts from the start of the next process, and a little longer', async () => {
    const disk = instantly();
    const server = createServer(() => ({ there: 5_000, back: 100_000 }));
    const first = startProcess(2, disk, server);
    first.budget.lookup(byName('SEP1')).catch(() => {});
    await vi.advanceTimersByTimeAsync(3_000);
    first.kill();
    const second = startProcess(2, disk, server);
    expect(second.budget.status().left).toBe(1);
    await vi.advanceTimersByTimeAsync(69_000);
    expect(second.budget.status().left).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(second.budget.status().left).toBe(2);
    second.kill();
  });

  test('whoever asks right after the start is told how long the last process’s requests still count', async () => {
    const disk = instantly();
    const server = createServer(() => ({ there: 0, back: 50 }));
    const first = startProcess(1, disk, server);
    await Promise.all([first.budget.lookup(byName('SEP1')), vi.advanceTimersByTimeAsync(10_000)]);
    first.kill();
    const second = startProcess(1, disk, server);
    const told: unknown[] = [];
    const asked = second.budget.lookup(byName('SEP2'), { onProgress: (progress) => told.push(progress) });
    await Promise.all([asked, vi.advanceTimersByTimeAsync(MINUTE)]);
    expect(told).toMatchObject([{ type: 'waiting', ahead: 0 }]);
    expect(server.arrivals).toHaveLength(2);
    second.kill();
  });

  test('an allowance that was lowered meanwhile counts what was spent under the higher one', async () => {
    const disk = instantly();
    const server = createServer(() => ({ there: 0, back: 50 }));
    const first = startProcess(15, disk, server);
    for (let n = 0; n < 4; n += 1) first.budget.lookup(byName(`SEP${n}`)).catch(() => {});
    await vi.advanceTimersByTimeAsync(1_000);
    first.kill();
    const second = startProcess(2, disk, server);
    expect(second.budget.status().left).toBe(0);
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(second.budget.status().left).toBe(2);
    second.kill();
  });
});

describe('a ledger in trouble', () => {
  const lookup: Lookup = async (query) => answer(query, []);

  test.each<[string, () => Promise<void>, string]>([
    ['fails', () => Promise.reject(new Error('disk full')), 'disk full'],
    ['does not answer', never, 'could not be noted in time'],
  ])('that %s stops no question, and is told', async (_claim, note, message) => {
    const errors: unknown[] = [];
    const budget = createBudget(lookup, {
      allowance: 15,
      clock: systemClock,
      ledger: { spent: [], note, ended: note },
      onLedgerError: (error) => errors.push(error),
    });
    const [snapshot] = await Promise.all([budget.lookup(byName('SEP1')), vi.advanceTimersByTimeAsync(5_000)]);
    expect(snapshot.complete).toBe(true);
    expect(errors.map(String)).toEqual([expect.stringContaining(message), expect.stringContaining(message)]);
    await stop(budget);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a request waits for its note, and no two are noted at the same moment', async () => {
    const noted: number[] = [];
    const order: string[] = [];
    const budget = createBudget(
      async (query) => {
        order.push('asked');
        return answer(query, []);
      },
      {
        allowance: 15,
        clock: systemClock,
        ledger: {
          spent: [],
          async note(at) {
            noted.push(at);
            await systemClock.sleep(100);
            order.push('noted');
          },
          ended: async () => {},
        },
      },
    );
    for (let n = 0; n < 2; n += 1) budget.lookup(byName(`SEP${n}`)).catch(() => {});
    await vi.advanceTimersByTimeAsync(50);
    expect(order).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(order).toEqual(['noted', 'asked', 'noted', 'asked']);
    expect(new Set(noted).size).toBe(2);
    await stop(budget);
  });
});
