import { describe, expect, test } from 'vitest';
import type { Device } from '../../src/device/device.ts';
import type { Lookup, Progress } from '../../src/device/lookup.ts';
import { type DeviceQuery, deviceQuery } from '../../src/device/query.ts';
import { createSweep } from '../../src/lookup/sweep.ts';
import { answer, byName, device, phones, risPort } from './cluster.ts';

const everything = deviceQuery();

describe('a reply that was cut', () => {
  test('comes back whole by name prefixes', async () => {
    const inner = risPort(phones(3_000), 500);
    const snapshot = await createSweep(inner.lookup, { maxDevices: 500 })(everything);
    expect(snapshot).toMatchObject({ complete: true, devices: { length: 3_000 }, stateInfo: '' });
    expect(snapshot.requests).toBe(inner.asked.length);
  });

  test('comes back whole by names from AXL, with no request to spare', async () => {
    const cluster = phones(3_000);
    const inner = risPort(cluster, 500);
    const allNames = async () => cluster.map((row) => row.name);
    const snapshot = await createSweep(inner.lookup, { maxDevices: 500, allNames })(everything);
    expect(snapshot).toMatchObject({ complete: true, requests: 6, devices: { length: 3_000 } });
    expect(new Set(inner.asked.map((query) => query.operation))).toEqual(new Set(['selectCmDeviceExt']));
  });

  test('falls back to prefixes when CUCM gives a name that AXL does not list', async () => {
    const cluster = phones(1_500);
    const inner = risPort(cluster, 500);
    const allNames = async () => cluster.slice(100).map((row) => row.name);
    const query = deviceQuery({ deviceClass: 'Phone' });
    const snapshot = await createSweep(inner.lookup, { maxDevices: 500, allNames })(query);
    expect(snapshot).toMatchObject({ complete: true, devices: { length: 1_500 } });
  });

  test('falls back to prefixes when AXL does not answer', async () => {
    const inner = risPort(phones(900), 500);
    const snapshot = await createSweep(inner.lookup, { maxDevices: 500, allNames: async () => null })(
      everything,
    );
    expect(snapshot).toMatchObject({ complete: true, devices: { length: 900 } });
  });

  test('keeps its criteria in every part', async () => {
    const cluster = phones(1_200).map((row, n) => ({
      ...row,
      status: n % 2 ? 'UnRegistered' : 'Registered',
    }));
    const inner = risPort(cluster, 500);
    const query = deviceQuery({ status: 'UnRegistered', deviceClass: 'Phone' });
    const snapshot = await createSweep(inner.lookup, { maxDevices: 500 })(query);
    expect(snapshot).toMatchObject({ complete: true, devices: { length: 600 } });
    expect(inner.asked.every((part) => part.status === 'UnRegistered' && part.deviceClass === 'Phone')).toBe(
      true,
    );
  });

  test('by description is split by class, then node, then status', async () => {
    const cluster = phones(1_000).map((row, n) => ({
      ...row,
      description: 'desk',
      node: `cucm${1 + (n % 3)}`,
      status: n % 2 ? 'UnRegistered' : 'Registered',
    }));
    const inner = risPort(cluster, 200);
    const query = deviceQuery({ selectBy: 'Description', items: ['desk'] });
    const snapshot = await createSweep(inner.lookup, { maxDevices: 200 })(query);
    expect(snapshot).toMatchObject({ complete: true, devices: { length: 1_000 } });
    expect(inner.asked.map((part) => [part.deviceClass, part.nodeName, part.status])).toContainEqual([
      'Phone',
      'cucm3',
      'UnRegistered',
    ]);
  });

  test('for many items is split by them first', async () => {
    const cluster = ['cucm1', 'cucm2', 'cucm3'].flatMap((node) =>
      phones(100).map((row) => ({ ...row, node })),
    );
    const inner = risPort(cluster, 200);
    const query = deviceQuery({ items: phones(100).map((row) => row.name) });
    const snapshot = await createSweep(inner.lookup, { maxDevices: 200 })(query);
    expect(snapshot).toMatchObject({ complete: true, requests: 3, devices: { length: 300 } });
  });

  test('that nothing can split says that it is incomplete, and gives what there is', async () => {
    const cluster = phones(1_000).map((row) => ({ ...row, description: 'desk' }));
    const inner = risPort(cluster, 200);
    const query = deviceQuery({ selectBy: 'Description', items: ['desk'] });
    const snapshot = await createSweep(inner.lookup, { maxDevices: 200 })(query);
    expect(snapshot).toMatchObject({ complete: false, devices: { length: 200 } });
  });

  test('ends at the most requests a sweep may cost, and says that it is incomplete', async () => {
    const inner = risPort(phones(3_000), 100);
    const snapshot = await createSweep(inner.lookup, { maxDevices: 100, maxRequests: 5 })(everything);
    expect(snapshot).toMatchObject({ complete: false, requests: 6 });
  });

  test('names that no part brings back make it incomplete: this CUCM matches otherwise', async () => {
    const cluster = [...phones(300), ...Array.from({ length: 300 }, (_, n) => device(`gateway-${n}`))];
    const inner = risPort(cluster, 400);
    const strict: typeof inner.lookup = async (query, options) => {
      const snapshot = await inner.lookup(query, options);
      if (!('items' in query) || query.items.includes('*')) return snapshot;
      // Matches case, which ours is taken not to.
      return { ...snapshot, devices: snapshot.devices.filter((row) => row.name === row.name.toUpperCase()) };
    };
    const snapshot = await createSweep(strict, { maxDevices: 400 })(everything);
    expect(snapshot.complete).toBe(false);
  });

  test('a failed part fails the sweep: half an answer is not passed off as one', async () => {
    const inner = risPort(phones(3_000), 500);
    let calls = 0;
    const failing: typeof inner.lookup = async (query, options) => {
      calls += 1;
      if (calls === 4) throw new Error('no answer');
      return inner.lookup(query, options);
    };
    await expect(createSweep(failing, { maxDevices: 500 })(everything)).rejects.toThrow('no answer');
  });

  test('parts wait as sweeps, behind people', async () => {
    const inner = risPort(phones(900), 500);
    const priorities = new Set<unknown>();
    const sweep = createSweep(
      (query, options) => {
        priorities.add(options?.priority);
        return inner.lookup(query, options);
      },
      { maxDevices: 500 },
    );
    await sweep(everything, { priority: 'person' });
    expect(priorities).toEqual(new Set(['person', 'sweep']));
  });

  test('progress is told after every part', async () => {
    const told: Progress[] = [];
    const inner = risPort(phones(2_000), 500);
    await createSweep(inner.lookup, { maxDevices: 500 })(everything, { onProgress: (one) => told.push(one) });
    const sweeping = told.filter((one) => one.type === 'sweeping');
    expect(sweeping.map((one) => one.done)).toEqual(sweeping.map((_, index) => index));
    expect(sweeping.at(-1)?.rows).toBeGreaterThan(1_500);
  });
});

describe('splitting that brings nothing new ends, and the answer is incomplete', () => {
  /** Says of every reply that it was cut. */
  function neverWhole(rowsFor: (query: DeviceQuery) => readonly Device[]) {
    const asked: DeviceQuery[] = [];
    const lookup: Lookup = async (query) => {
      if (query.operation === 'selectCtiItem') throw new Error('no CTI here');
      asked.push(query);
      return answer(query, rowsFor(query), { complete: false });
    };
    return { lookup, asked };
  }

  const three = phones(3).map((row, n) => ({ ...row, description: 'desk', node: `cucm${n + 1}` }));
  const desk = deviceQuery({ selectBy: 'Description', items: ['desk'] });
  const manyNames = deviceQuery({ items: phones(500).map(({ name }) => name) });
  const matching = (query: DeviceQuery) =>
    three.filter(
      (row) =>
        [row.deviceClass, 'Any'].includes(query.deviceClass) && [row.node, ''].includes(query.nodeName),
    );

  test.each<readonly [string, DeviceQuery, (query: DeviceQuery) => readonly Device[], number]>([
    ['a description, and the server ignores every criterion', desk, () => three, 1 + 9],
    ['a description, and one part holds them all', desk, matching, 1 + 9],
    ['many names, and the server ignores them', manyNames, () => three, 1 + 2],
    ['many names, and nothing is there', manyNames, () => [], 1 + 2],
    ['everything, and the server ignores patterns', everything, () => three, 1 + 1],
    [
      'everything, and parts hold less',
      everything,
      (query) => (query.items.includes('*') ? three : []),
      1 + 1,
    ],
  ])('%s', async (_claim, query, rowsFor, requests) => {
    const server = neverWhole(rowsFor);
    const snapshot = await createSweep(server.lookup, { maxDevices: 1000 })(query);
    expect(snapshot.complete).toBe(false);
    expect(snapshot.devices).toHaveLength(rowsFor(query).length);
    expect(server.asked).toHaveLength(requests);
  });

  test('one part without news does not end it, as long as the others bring some', async () => {
    const cluster = [
      ...phones(300),
      ...Array.from({ length: 150 }, (_, n) => device(`gw-${n}`, { deviceClass: 'Gateway' })),
    ].map((row, n) => ({ ...row, description: 'desk', node: `cucm${1 + (n % 3)}` }));
    const inner = risPort(cluster, 200);
    const snapshot = await createSweep(inner.lookup, { maxDevices: 200 })(desk);
    expect(snapshot).toMatchObject({ complete: true, devices: { length: 450 } });
  });
});

describe('what needs no sweep', () => {
  test.each([
    ['a whole reply', everything, {}],
    ['a question with StateInfo, which is for the watch that asks', everything, { stateInfo: 'x' }],
  ])('%s is passed on as it is', async (_claim, query, options) => {
    const whole = answer(query, phones(3));
    expect(await createSweep(async () => whole, { maxDevices: 500 })(query, options)).toBe(whole);
  });

  test('names are loaded only when they are of use', async () => {
    let loaded = 0;
    const allNames = async () => {
      loaded += 1;
      return null;
    };
    await createSweep(risPort(phones(5)).lookup, { maxDevices: 500, allNames })(byName('SEP000000000001'));
    expect(loaded).toBe(0);
  });
});

test('a node that failed in one part has failed in the whole answer', async () => {
  const inner = risPort(phones(900), 500);
  let calls = 0;
  const sweep = createSweep(
    async (query, options) => {
      const snapshot = await inner.lookup(query, options);
      calls += 1;
      const returnCode = calls === 2 ? 'NodeNotResponding' : 'Ok';
      return { ...snapshot, nodes: [...snapshot.nodes, { name: 'cucm2', returnCode, noChange: false }] };
    },
    { maxDevices: 500 },
  );
  expect((await sweep(everything)).nodes).toContainEqual({
    name: 'cucm2',
    returnCode: 'NodeNotResponding',
    noChange: false,
  });
});
