import { describe, expect, test } from 'vitest';
import type { Lookup, LookupOptions } from '../../src/device/lookup.ts';
import { ctiQuery, deviceQuery, type Query } from '../../src/device/query.ts';
import { createBatch } from '../../src/lookup/batch.ts';
import { answer, byName, device, type FakeRisPort, phones, risPort } from './cluster.ts';

/** Holds questions until their turn, as the budget does. */
function gate(inner: FakeRisPort) {
  const turns: (() => void)[] = [];
  const seen: LookupOptions[] = [];
  const lookup: Lookup = async (query, options = {}) => {
    seen.push(options);
    await new Promise<void>((resolve) => turns.push(resolve));
    return inner.lookup(options.atTurn?.(query) ?? query, options);
  };
  async function open() {
    for (let tick = 0; tick < 10; tick += 1) await Promise.resolve();
    for (const turn of turns.splice(0)) turn();
  }
  return { lookup, open, seen, waiting: () => turns.length };
}

const cluster = phones(3000);
const names = cluster.map((row) => row.name);
const itemsOf = (queries: readonly Query[]) => queries.map((query) => ('items' in query ? query.items : []));

async function settle(open: () => Promise<void>, rounds = 6) {
  for (let round = 0; round < rounds; round += 1) await open();
}

describe('questions that wait together', () => {
  test('go out as one request, and each asker gets its own rows', async () => {
    const inner = risPort(cluster);
    const { lookup, open } = gate(inner);
    const batch = createBatch(lookup, { maxItems: 1000 });
    const answers = Promise.all(names.slice(0, 50).map((name) => batch(byName(name))));
    await settle(open);
    expect((await answers).map((snapshot) => snapshot.devices.map((row) => row.name))).toEqual(
      names.slice(0, 50).map((name) => [name]),
    );
    expect(inner.asked).toHaveLength(1);
  });

  test('can still be joined until their turn comes', async () => {
    const inner = risPort(cluster);
    const { lookup, open } = gate(inner);
    const batch = createBatch(lookup, { maxItems: 1000 });
    const early = batch(byName('SEP000000000001'));
    await Promise.resolve();
    const late = batch(byName('SEP000000000002'));
    await settle(open);
    expect((await early).devices).toHaveLength(1);
    expect((await late).devices).toHaveLength(1);
    expect(itemsOf(inner.asked)).toEqual([['SEP000000000001', 'SEP000000000002']]);
  });

  test('an asker after the turn starts the next request', async () => {
    const inner = risPort(cluster);
    const { lookup, open } = gate(inner);
    const batch = createBatch(lookup, { maxItems: 1000 });
    const early = batch(byName('SEP000000000001'));
    await settle(open);
    const late = batch(byName('SEP000000000002'));
    await settle(open);
    await Promise.all([early, late]);
    expect(inner.asked).toHaveLength(2);
  });

  test('a name that CUCM does not know is empty for its asker alone', async () => {
    const inner = risPort(cluster);
    const { lookup, open } = gate(inner);
    const batch = createBatch(lookup, { maxItems: 1000 });
    const known = batch(byName('SEP000000000001'));
    const unknown = batch(byName('SEPFFFFFFFFFFFF'));
    await settle(open);
    expect((await known).devices).toHaveLength(1);
    expect((await unknown).devices).toHaveLength(0);
  });

  test.each([
    ['another status', deviceQuery({ items: ['SEP1'], status: 'UnRegistered' }), {}],
    ['another kind of item', deviceQuery({ items: ['1002'], selectBy: 'DirNumber' }), {}],
    ['another operation', byName('SEP1'), {}],
    ['another priority', deviceQuery({ items: ['SEP2'] }), { priority: 'sweep' }],
    ['everything', deviceQuery({ items: ['*'] }), {}],
    ['CTI', ctiQuery(), {}],
    ['a StateInfo', deviceQuery({ items: ['SEP2'] }), { stateInfo: 'x' }],
  ] as const)('%s is a request of its own', async (_claim, query, options) => {
    const inner = risPort(cluster);
    const { lookup, waiting } = gate({ ...inner, lookup: async (asked) => answer(asked, []) });
    const batch = createBatch(lookup, { maxItems: 1000 });
    batch(deviceQuery({ items: ['SEP1'] })).catch(() => {});
    batch(query, options).catch(() => {});
    for (let tick = 0; tick < 10; tick += 1) await Promise.resolve();
    expect(waiting()).toBe(2);
  });

  test.each([
    ['a number', 'DirNumber', ['1002', '1003'], ['SEPA', 'SEPB']],
    ['an address', 'IPV4Address', ['10.1.1.1', '10.1.1.2'], ['SEPA', 'SEPB']],
    ['a description with *', 'Description', ['*lobby*', '*DESK*'], ['SEPA', 'SEPB']],
  ] as const)('%s finds its rows in a merged reply', async (_claim, selectBy, items, expected) => {
    const line = (directoryNumber: string) => [{ directoryNumber, status: 'Registered' }];
    const address = (ip: string) => [{ ip, ipAddrType: 'ipv4', attribute: 'Signaling' }];
    const inner = risPort([
      device('SEPA', {
        linesStatus: line('1002'),
        ipAddress: address('10.1.1.1'),
        description: 'Main Lobby 1',
      }),
      device('SEPB', { linesStatus: line('1003'), ipAddress: address('10.1.1.2'), description: 'a desk' }),
    ]);
    const { lookup, open } = gate(inner);
    const batch = createBatch(lookup, { maxItems: 1000 });
    const answers = items.map((item) => batch(deviceQuery({ selectBy, items: [item] })));
    await settle(open);
    expect((await Promise.all(answers)).map((snapshot) => snapshot.devices.map((row) => row.name))).toEqual(
      expected.map((name) => [name]),
    );
    expect(inner.asked).toHaveLength(1);
  });
});

describe('what cannot be told apart', () => {
  test('a merged reply that was cut is split until every part is whole', async () => {
    const inner = risPort(cluster, 100);
    const { lookup, open } = gate(inner);
    const batch = createBatch(lookup, { maxItems: 1000 });
    const answers = Promise.all(names.slice(0, 250).map((name) => batch(deviceQuery({ items: [name] }))));
    await settle(open, 20);
    expect((await answers).every((snapshot) => snapshot.devices.length === 1 && snapshot.complete)).toBe(
      true,
    );
    expect(inner.asked).toHaveLength(1 + 2 + 4);
  });

  test('rows that answer nobody by our reckoning are asked for apart, so that CUCM decides', async () => {
    const asked: Query[] = [];
    const odd = device('SEPODD', { description: 'matched for a reason of its own' });
    const lookup: Lookup = async (query, options = {}) => {
      const final = options.atTurn?.(query) ?? query;
      asked.push(final);
      const items = 'items' in final ? final.items : [];
      return answer(final, items.includes('reason?') ? [odd] : []);
    };
    const batch = createBatch(lookup, { maxItems: 10 });
    const [first, second] = await Promise.all(
      ['reason?', 'other'].map((item) => batch(deviceQuery({ selectBy: 'Description', items: [item] }))),
    );
    expect(first?.devices).toEqual([odd]);
    expect(second?.devices).toEqual([]);
    expect(asked).toHaveLength(3);
  });

  test('a cut reply for one asker is left as it is, for the sweep to split', async () => {
    const inner = risPort(cluster, 100);
    const { lookup, open } = gate(inner);
    const asked = createBatch(lookup, { maxItems: 1000 })(deviceQuery({ items: ['SEP00*', 'SEP01*'] }));
    await settle(open);
    expect(await asked).toMatchObject({ complete: false, requests: 1 });
  });

  test('a single item that is cut stays marked as incomplete', async () => {
    const { lookup, open } = gate(risPort(cluster, 100));
    const batch = createBatch(lookup, { maxItems: 1000 });
    const asked = batch(deviceQuery({ items: ['SEP0000*'] }));
    await settle(open);
    expect(await asked).toMatchObject({ complete: false, devices: { length: 100 } });
  });
});

test('more items than a request takes are asked in several and come back as one', async () => {
  const inner = risPort(cluster);
  const { lookup, open } = gate(inner);
  const batch = createBatch(lookup, { maxItems: 1000 });
  const asked = batch(byName(...names.slice(0, 2500)));
  await settle(open);
  expect(await asked).toMatchObject({ complete: true, requests: 3, devices: { length: 2500 } });
  expect(itemsOf(inner.asked).map((items) => items.length)).toEqual([1000, 1000, 500]);
});

test('a question repeats no name', async () => {
  const inner = risPort(cluster);
  const { lookup, open } = gate(inner);
  const batch = createBatch(lookup, { maxItems: 1000 });
  const asked = batch(byName('SEP000000000001', 'SEP000000000001'));
  await settle(open);
  await asked;
  expect(itemsOf(inner.asked)).toEqual([['SEP000000000001']]);
});

describe('leaving', () => {
  test('an asker who has left already asks nothing', async () => {
    const inner = risPort(cluster);
    const { lookup, waiting } = gate(inner);
    const batch = createBatch(lookup, { maxItems: 1000 });
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(batch(byName('SEP000000000001'), { signal })).rejects.toThrow('gone');
    for (let tick = 0; tick < 10; tick += 1) await Promise.resolve();
    expect(waiting()).toBe(0);
  });

  test('one asker that leaves does not take the answer from the others', async () => {
    const { lookup, open } = gate(risPort(cluster));
    const batch = createBatch(lookup, { maxItems: 1000 });
    const leaving = new AbortController();
    const left = batch(byName('SEP000000000001'), { signal: leaving.signal }).catch((error) => error);
    const stayed = batch(byName('SEP000000000002'));
    leaving.abort(new Error('gone'));
    await settle(open);
    expect(await left).toMatchObject({ message: 'gone' });
    expect((await stayed).devices).toHaveLength(1);
  });

  test('when all have left the request is given up', async () => {
    const { lookup, seen } = gate(risPort(cluster));
    const batch = createBatch(lookup, { maxItems: 1000 });
    const leaving = new AbortController();
    const left = batch(byName('SEP000000000001'), { signal: leaving.signal }).catch((error) => error);
    await Promise.resolve();
    await Promise.resolve();
    leaving.abort(new Error('gone'));
    await left;
    expect(seen[0]?.signal?.aborted).toBe(true);
  });

  test('a failure reaches every asker', async () => {
    const batch = createBatch(() => Promise.reject(new Error('no answer')), { maxItems: 10 });
    const outcomes = await Promise.allSettled([batch(byName('SEP1')), batch(byName('SEP2'))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  test('who joins late hears how long the wait is', async () => {
    const told: string[] = [];
    const lookup: Lookup = async (query, options = {}) => {
      options.onProgress?.({ type: 'waiting', ahead: 3, waitMs: 9000 });
      await Promise.resolve();
      await Promise.resolve();
      return answer(options.atTurn?.(query) ?? query, []);
    };
    const batch = createBatch(lookup, { maxItems: 10 });
    const first = batch(byName('SEP1'));
    await Promise.resolve();
    await Promise.resolve();
    const second = batch(byName('SEP2'), { onProgress: (progress) => told.push(progress.type) });
    await Promise.all([first, second]);
    expect(told).toEqual(['waiting']);
  });
});
