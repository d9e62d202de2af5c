import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Lookup, LookupOptions, Priority } from '../../src/device/lookup.ts';
import { type Budget, createBudget } from '../../src/lookup/budget.ts';
import { BusyError } from '../../src/lookup/busy.ts';
import { RisPortError } from '../../src/risport/fault.ts';
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

/** A RisPort70 that takes its time and remembers when each request reached it. */
function server(
  delays: (request: number) => { there: number; back: number } = () => ({ there: 0, back: 50 }),
) {
  const arrivals: number[] = [];
  const names: string[] = [];
  const lookup: Lookup = async (query, options) => {
    const { there, back } = delays(arrivals.length);
    await systemClock.sleep(there, options?.signal);
    arrivals.push(Date.now());
    if ('items' in query) names.push(...query.items);
    await systemClock.sleep(back, options?.signal);
    return answer(query, []);
  };
  return { lookup, arrivals, names };
}

/** Bottleneck needs a tick of the clock to stop. */
const stop = (budget: Budget) => Promise.all([budget.stop(), vi.advanceTimersByTimeAsync(100)]);

function mostInAnyMinute(arrivals: readonly number[]): number {
  const sorted = arrivals.toSorted((a, b) => a - b);
  return Math.max(
    0,
    ...sorted.map((start) => sorted.filter((at) => at >= start && at < start + MINUTE).length),
  );
}

const person: LookupOptions = { priority: 'person' };

describe('the allowance', () => {
  test('no stream of questions and no delay on the way puts more than N requests into any 60 s', async () => {
    const question = fc.record({
      after: fc.integer({ min: 0, max: 9_000 }),
      priority: fc.constantFrom<Priority>('person', 'watch', 'sweep'),
      there: fc.integer({ min: 0, max: 8_000 }),
      back: fc.integer({ min: 0, max: 8_000 }),
      leavesAfter: fc.option(fc.integer({ min: 0, max: 20_000 }), { freq: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 18 }),
        fc.array(question, { minLength: 10, maxLength: 60 }),
        async (allowance, questions) => {
          const { lookup, arrivals } = server(
            (n) => questions[n % questions.length] ?? { there: 0, back: 0 },
          );
          const budget = createBudget(lookup, { allowance, clock: systemClock, longestWaitMs: 10 * MINUTE });
          for (const { after, priority, leavesAfter } of questions) {
            const leaving = new AbortController();
            if (leavesAfter !== null) setTimeout(() => leaving.abort(new Error('left')), leavesAfter);
            budget.lookup(byName('SEP1'), { priority, signal: leaving.signal }).catch(() => {});
            await vi.advanceTimersByTimeAsync(after);
          }
          await vi.advanceTimersByTimeAsync(2 * MINUTE);
          await stop(budget);
          expect(mostInAnyMinute(arrivals)).toBeLessThanOrEqual(allowance);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('the whole allowance is used when questions keep coming', async () => {
    const { lookup, arrivals } = server();
    const budget = createBudget(lookup, { allowance: 15, clock: systemClock, longestWaitMs: 10 * MINUTE });
    for (let n = 0; n < 40; n += 1) budget.lookup(byName(`SEP${n}`)).catch(() => {});
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(arrivals).toHaveLength(15);
    await stop(budget);
  });

  test('after a pause a few questions go at once, then one every few seconds', async () => {
    const { lookup, arrivals } = server();
    const budget = createBudget(lookup, { allowance: 15, clock: systemClock });
    for (let n = 0; n < 10; n += 1) budget.lookup(byName(`SEP${n}`)).catch(() => {});
    await vi.advanceTimersByTimeAsync(1_000);
    expect(arrivals).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(8_500);
    expect(arrivals).toHaveLength(6);
    await stop(budget);
  });

  test('watches and sweeps alone leave a fifth to people, but for the two that a watch confirms with', async () => {
    const { lookup, arrivals } = server();
    const budget = createBudget(lookup, { allowance: 15, clock: systemClock, longestWaitMs: 10 * MINUTE });
    for (let n = 0; n < 80; n += 1) budget.lookup(byName(`SEP${n}`), { priority: 'watch' }).catch(() => {});
    await vi.advanceTimersByTimeAsync(5 * MINUTE - 1);
    expect(mostInAnyMinute(arrivals)).toBe(14);
    expect(arrivals.length).toBeLessThanOrEqual(5 * 12 + 2);
    await stop(budget);
  });

  test('a sweep goes evenly from the start, and leaves what a watch may ask at once', async () => {
    const { lookup, arrivals } = server();
    const budget = createBudget(lookup, { allowance: 15, clock: systemClock, longestWaitMs: 10 * MINUTE });
    for (let n = 0; n < 80; n += 1) budget.lookup(byName(`SEP${n}`), { priority: 'sweep' }).catch(() => {});
    await vi.advanceTimersByTimeAsync(4_900);
    expect(arrivals).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(mostInAnyMinute(arrivals)).toBe(12);
    await stop(budget);
  });

  test.each([
    [15, [0, 0, 0]],
    [10, [0, 0, 7]],
    [6, [0, 0, 15]],
    // A burst would be all that people have in a minute.
    [5, [0, 15, 30]],
    [1, [0, 60, 121]],
  ])('of %i a minute watches take them at %j s after a pause', async (allowance, seconds) => {
    const { lookup, arrivals } = server();
    const budget = createBudget(lookup, { allowance, clock: systemClock, longestWaitMs: 10 * MINUTE });
    const start = Date.now();
    for (let n = 0; n < 3; n += 1) budget.lookup(byName(`SEP${n}`), { priority: 'watch' }).catch(() => {});
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    expect(arrivals.map((at) => Math.floor((at - start) / 1_000))).toEqual(seconds);
    await stop(budget);
  });
});

describe('whose turn it is', () => {
  test('people come before watches before sweeps', async () => {
    const { lookup, names } = server();
    const budget = createBudget(lookup, { allowance: 4, clock: systemClock });
    budget.lookup(byName('first')).catch(() => {});
    await vi.advanceTimersByTimeAsync(100);
    for (const priority of ['sweep', 'watch', 'person'] as const) {
      budget.lookup(byName(priority), { priority }).catch(() => {});
    }
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(names).toEqual(['first', 'person', 'watch', 'sweep']);
    await stop(budget);
  });

  test('a sweep that has waited its time is not starved by people who keep asking', async () => {
    const { lookup, names } = server();
    const budget = createBudget(lookup, { allowance: 15, clock: systemClock });
    for (let second = 0; second < 240; second += 1) {
      if (second === 5) budget.lookup(byName('sweep'), { priority: 'sweep' }).catch(() => {});
      budget.lookup(byName(`person${second}`), person).catch(() => {});
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(names).toContain('sweep');
    await stop(budget);
  });

  test('a question that was given up while it waited costs no request', async () => {
    const { lookup, names } = server();
    const budget = createBudget(lookup, { allowance: 1, clock: systemClock });
    await Promise.all([budget.lookup(byName('first')), vi.advanceTimersByTimeAsync(100)]);
    const leaving = new AbortController();
    const given = budget.lookup(byName('given up'), { signal: leaving.signal }).catch((error) => error);
    budget.lookup(byName('kept')).catch(() => {});
    leaving.abort(new Error('changed my mind'));
    expect(await given).toMatchObject({ message: 'changed my mind' });
    await vi.advanceTimersByTimeAsync(62_000);
    expect(names).toEqual(['first', 'kept']);
    await stop(budget);
  });

  test('a wrapper that fails at the turn fails the question, and nobody waits for ever', async () => {
    const { lookup, names } = server();
    const budget = createBudget(lookup, { allowance: 15, clock: systemClock });
    const atTurn = () => {
      throw new Error('the wrapper failed');
    };
    const failed = expect(budget.lookup(byName('A'), { atTurn })).rejects.toThrow('the wrapper failed');
    await vi.advanceTimersByTimeAsync(100);
    await failed;
    expect(names).toEqual([]);
    await stop(budget);
  });

  test('questions that were given up do not use up the burst of those who stay', async () => {
    const { lookup, names } = server();
    const budget = createBudget(lookup, { allowance: 15, clock: systemClock });
    for (let n = 0; n < 30; n += 1) {
      const leaving = new AbortController();
      budget.lookup(byName(`gone${n}`), { signal: leaving.signal }).catch(() => {});
      leaving.abort(new Error('gone'));
    }
    await vi.advanceTimersByTimeAsync(1_000);
    budget.lookup(byName('stays')).catch(() => {});
    await vi.advanceTimersByTimeAsync(300);
    expect(names).toEqual(['stays']);
    expect(budget.status().left).toBe(14);
    await stop(budget);
  });

  test('the query is final only when its turn comes', async () => {
    const { lookup, names } = server();
    const budget = createBudget(lookup, { allowance: 1, clock: systemClock });
    await Promise.all([budget.lookup(byName('first')), vi.advanceTimersByTimeAsync(100)]);
    const items = ['early'];
    const asked = budget.lookup(byName('early'), {
      atTurn: (query) => ({ ...query, items }) as typeof query,
    });
    items.push('late');
    await Promise.all([asked, vi.advanceTimersByTimeAsync(61_000)]);
    expect(names).toEqual(['first', 'early', 'late']);
    await stop(budget);
  });
});

describe('the wait', () => {
  test('an asker is told who is ahead and about how long it takes', async () => {
    const { lookup } = server();
    const budget = createBudget(lookup, { allowance: 15, clock: systemClock });
    const told: { ahead: number; waitMs: number }[] = [];
    const taken: number[] = [];
    for (let n = 0; n < 9; n += 1) {
      const onProgress: LookupOptions['onProgress'] = (p) => p.type === 'waiting' && told.push(p);
      const since = Date.now();
      void budget.lookup(byName(`SEP${n}`), { onProgress }).then(() => taken.push(Date.now() - since));
    }
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(told.map(({ ahead }) => ahead)).toEqual([4, 5, 6, 7, 8]);
    told.forEach(({ waitMs }, index) => {
      expect(Math.abs((taken[4 + index] ?? 0) - waitMs)).toBeLessThan(1_500);
    });
    await stop(budget);
  });

  test('a question that would wait more than two minutes is refused with its wait', async () => {
    const { lookup } = server();
    const budget = createBudget(lookup, { allowance: 1, clock: systemClock });
    const outcomes: unknown[] = [];
    for (let n = 0; n < 6; n += 1) {
      budget.lookup(byName(`SEP${n}`)).then(
        () => outcomes.push('asked'),
        (error) => outcomes.push(error),
      );
    }
    await vi.advanceTimersByTimeAsync(0);
    const refusals = outcomes.filter((outcome) => outcome instanceof BusyError);
    expect(refusals).toHaveLength(3);
    expect((refusals[0] as BusyError).waitMs).toBeGreaterThan(2 * MINUTE);
    await stop(budget);
  });
});

describe('refusals that pass', () => {
  const throttled = new RisPortError('throttled', 'too fast', { allowance: 6 });

  test('a throttle fault teaches the allowance, pauses for a minute and is asked once more', async () => {
    const { lookup, arrivals } = server();
    let refusals = 1;
    const moody: Lookup = async (query, options) => {
      const snapshot = await lookup(query, options);
      if (refusals-- > 0) throw throttled;
      return snapshot;
    };
    const budget = createBudget(moody, { allowance: 15, clock: systemClock });
    const told: unknown[] = [];
    const asked = budget.lookup(byName('SEP1'), { onProgress: (progress) => told.push(progress) });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(budget.status()).toMatchObject({ allowance: 6, left: 0 });
    expect(told).toMatchObject([{ type: 'waiting', ahead: 0 }]);
    await vi.advanceTimersByTimeAsync(58_000);
    expect(arrivals).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect((await asked).complete).toBe(true);
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(budget.status()).toMatchObject({ allowance: 6, left: 6, pausedMs: 0 });
    await stop(budget);
  });

  test.each(['person', 'watch', 'sweep'] as const)(
    'with a taught allowance a %s is asked as long as there are questions',
    async (priority) => {
      const { lookup, arrivals } = server();
      let refusals = 1;
      const moody: Lookup = async (query, options) => {
        const snapshot = await lookup(query, options);
        if (refusals-- > 0) throw throttled;
        return snapshot;
      };
      const budget = createBudget(moody, { allowance: 15, clock: systemClock });
      for (let minute = 0; minute < 20; minute += 1) {
        budget.lookup(byName(`SEP${minute}`), { priority }).catch(() => {});
        await vi.advanceTimersByTimeAsync(MINUTE);
      }
      await vi.advanceTimersByTimeAsync(2 * MINUTE);
      await stop(budget);
      // Each once, and the first again after the fault.
      expect(arrivals).toHaveLength(21);
    },
  );

  test('a second throttle fault is told to the asker', async () => {
    const budget = createBudget(() => Promise.reject(throttled), { allowance: 15, clock: systemClock });
    const outcome = budget.lookup(byName('SEP1')).catch((error) => error);
    await vi.advanceTimersByTimeAsync(62_000);
    expect(await outcome).toBe(throttled);
    await stop(budget);
  });

  test('a fault that names more than the setting does not raise it: other clients share the allowance', async () => {
    const generous = new RisPortError('throttled', 'too fast', { allowance: 18 });
    const budget = createBudget(() => Promise.reject(generous), { allowance: 10, clock: systemClock });
    budget.lookup(byName('SEP1')).catch(() => {});
    await vi.advanceTimersByTimeAsync(1_000);
    expect(budget.status().allowance).toBe(10);
    await stop(budget);
  });

  test('a stale session is asked once more, as a request of its own', async () => {
    const { lookup, arrivals } = server();
    const stale = new RisPortError('unauthorized', 'session over', { staleSession: true });
    let refused = false;
    const moody: Lookup = async (query, options) => {
      const snapshot = await lookup(query, options);
      if (refused) return snapshot;
      refused = true;
      throw stale;
    };
    const budget = createBudget(moody, { allowance: 15, clock: systemClock });
    const [snapshot] = await Promise.all([budget.lookup(byName('SEP1')), vi.advanceTimersByTimeAsync(500)]);
    expect(snapshot.complete).toBe(true);
    expect(arrivals).toHaveLength(2);
    expect(budget.status().left).toBe(13);
    await stop(budget);
  });

  test.each(['unauthorized', 'timeout', 'malformed'] as const)('%s is final', async (code) => {
    let asked = 0;
    const refuse: Lookup = () => {
      asked += 1;
      return Promise.reject(new RisPortError(code, 'no'));
    };
    const budget = createBudget(refuse, { allowance: 15, clock: systemClock });
    const outcome = budget.lookup(byName('SEP1')).catch((error) => error);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await outcome).toMatchObject({ code });
    expect(asked).toBe(1);
    await stop(budget);
  });
});

test('stopping rejects what waits and leaves no timer behind', async () => {
  const { lookup } = server();
  const budget = createBudget(lookup, { allowance: 1, clock: systemClock });
  await Promise.all([budget.lookup(byName('first')), vi.advanceTimersByTimeAsync(100)]);
  const waiting = budget.lookup(byName('waiting')).catch((error) => error);
  await Promise.all([budget.stop(), vi.advanceTimersByTimeAsync(100)]);
  expect(await waiting).toMatchObject({ message: 'the budget was stopped' });
  expect(vi.getTimerCount()).toBe(0);
  await expect(budget.lookup(byName('late'))).rejects.toThrow('the budget was stopped');
});
