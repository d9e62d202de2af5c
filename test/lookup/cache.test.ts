import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { systemClock } from '../../src/clock.ts';
import type { Lookup } from '../../src/device/lookup.ts';
import { deviceQuery } from '../../src/device/query.ts';
import { createCache } from '../../src/lookup/cache.ts';
import { byName, phones, risPort } from './cluster.ts';

function turnable() {
  let now = 1_000_000;
  const clock: Clock = { ...systemClock, now: () => now };
  return { clock, forward: (ms: number) => (now += ms) };
}

function cached(options: { maxRows?: number } = {}, rows = phones(50)) {
  const { clock, forward } = turnable();
  const inner = risPort(rows, 1000, clock.now);
  return { ask: createCache(inner.lookup, { clock, ...options }), asked: inner.asked, forward };
}

describe('a few seconds', () => {
  test('the same question is asked once and costs no second request', async () => {
    const { ask, asked, forward } = cached();
    const first = await ask(byName('SEP000000000001'));
    forward(4_000);
    const second = await ask(byName('SEP000000000001'));
    expect(asked).toHaveLength(1);
    expect([first.requests, second.requests]).toEqual([1, 0]);
    expect(second.at).toBe(first.at);
  });

  test.each([
    ['after them it is asked again', 5_000, {}, 2],
    ['a refresh asks again at once', 10, { maxAgeMs: 0 }, 2],
    ['an asker may take an older answer', 20_000, { maxAgeMs: 60_000 }, 1],
    ['a question with a StateInfo is never shared', 10, { stateInfo: 'x' }, 2],
  ])('%s', async (_claim, later, options, requests) => {
    const { ask, asked, forward } = cached();
    await ask(byName('SEP000000000001'));
    forward(later);
    await ask(byName('SEP000000000001'), options);
    expect(asked).toHaveLength(requests);
  });

  test('the order of names does not make another question', async () => {
    const { ask, asked } = cached();
    await ask(byName('SEP000000000001', 'SEP000000000002'));
    await ask(byName('SEP000000000002', 'SEP000000000001'));
    expect(asked).toHaveLength(1);
  });

  test('another criterion does', async () => {
    const { ask, asked } = cached();
    await ask(deviceQuery({ items: ['SEP1'] }));
    await ask(deviceQuery({ items: ['SEP1'], status: 'Rejected' }));
    expect(asked).toHaveLength(2);
  });
});

describe('under way', () => {
  test('the same question is shared', async () => {
    const { ask, asked } = cached();
    const both = await Promise.all([ask(byName('SEP000000000001')), ask(byName('SEP000000000001'))]);
    expect(asked).toHaveLength(1);
    expect(both.map((snapshot) => snapshot.requests)).toEqual([1, 0]);
  });

  test.each([
    ['a person does not wait in a sweep’s place', 'sweep', 'person', 2],
    ['a sweep takes what a person is about to get', 'person', 'sweep', 1],
  ] as const)('%s', async (_claim, first, second, requests) => {
    const { ask, asked } = cached();
    await Promise.all([ask(byName('SEP1'), { priority: first }), ask(byName('SEP1'), { priority: second })]);
    expect(asked).toHaveLength(requests);
  });

  test('a failure is not remembered', async () => {
    const { clock } = turnable();
    let calls = 0;
    const ask = createCache(
      () => {
        calls += 1;
        return Promise.reject(new Error('no'));
      },
      { clock },
    );
    await ask(byName('SEP1')).catch(() => {});
    await ask(byName('SEP1')).catch(() => {});
    expect(calls).toBe(2);
  });

  test('it is shared still when whoever asked first has left', async () => {
    const { clock } = turnable();
    const inner = risPort(phones(5), 1000, clock.now);
    const turn = Promise.withResolvers<void>();
    const slow: Lookup = async (query, options) => {
      await turn.promise;
      return inner.lookup(query, options);
    };
    const ask = createCache(slow, { clock });
    const leaving = new AbortController();
    const left = ask(byName('SEP1'), { signal: leaving.signal });
    const second = ask(byName('SEP1'));
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    const third = ask(byName('SEP1'));
    turn.resolve();
    await Promise.all([second, third]);
    expect(inner.asked).toHaveLength(1);
  });

  test('an asker who has left already costs no request', async () => {
    const { ask, asked } = cached();
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(ask(byName('SEP1'), { signal })).rejects.toThrow('gone');
    expect(asked).toEqual([]);
  });

  test('a question that everyone gave up is asked anew for the next', async () => {
    const { clock } = turnable();
    let calls = 0;
    const ask = createCache(
      (_query, options) => {
        calls += 1;
        return new Promise((_, reject) =>
          options?.signal?.addEventListener('abort', () => reject(options.signal?.reason)),
        );
      },
      { clock },
    );
    const leaving = new AbortController();
    const left = ask(byName('SEP1'), { signal: leaving.signal }).catch(() => 'left');
    leaving.abort(new Error('gone'));
    ask(byName('SEP1')).catch(() => {});
    expect(await left).toBe('left');
    expect(calls).toBe(2);
  });
});

test('memory is bounded by rows: the oldest answers go first', async () => {
  const { ask, asked } = cached({ maxRows: 60 });
  await ask(byName('SEP000000000001'));
  await ask(deviceQuery({ items: ['*'] }));
  await ask(byName('SEP000000000002'));
  await ask(byName('SEP000000000001'));
  expect(asked).toHaveLength(3);
  await ask(deviceQuery({ items: ['*'], status: 'Registered' }));
  await ask(byName('SEP000000000001'));
  expect(asked).toHaveLength(5);
});
