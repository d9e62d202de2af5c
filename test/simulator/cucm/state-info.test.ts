import { afterEach, expect, test } from 'vitest';
import { type Cucm, type CucmOptions, startCucm } from '../../../simulator/cucm/cucm.ts';
import { deviceEnvelope, devices, handClock, post } from './ask.ts';

let cucm: Cucm;
afterEach(() => cucm.stop());
const clock = handClock();
async function start(options: CucmOptions = {}): Promise<void> {
  cucm = await startCucm({ requestsPerMinute: null, clock, ...options });
}

test('nothing changed: NoChange on every node, no rows, a blank StateInfo', async () => {
  await start();
  const { stateInfo } = await devices(cucm);
  const again = await devices(cucm, { stateInfo });
  expect(again).toMatchObject({ total: 0, rows: [], stateInfo: '' });
  expect(again.nodes.map(({ noChange, code }) => [noChange, code])).toEqual([
    [true, 'Ok'],
    [true, 'Ok'],
    [true, 'Ok'],
  ]);
});

test('StateInfo names every node, its start and its state', async () => {
  await start();
  const { stateInfo } = await devices(cucm, { items: ['SEPE8B7480316D6'] });
  expect(stateInfo).toMatch(
    /^<StateInfo ClusterWide="1"><Node Name="cucm1" SubsystemStartTime="\d+" StateId="\d+" TotalItemsFound="0" TotalItemsReturned="0"\/>/,
  );
  expect(stateInfo).toContain('Name="cucm3"');
});

test('something changed: everything again, and a new StateInfo', async () => {
  await start();
  const { stateInfo, total } = await devices(cucm, { deviceClass: 'Phone' });
  cucm.play('low battery SEP001122334455');
  const again = await devices(cucm, { deviceClass: 'Phone', stateInfo });
  expect(again.total).toBe(total);
  expect(again.stateInfo).not.toBe(stateInfo);
  expect(again.nodes.every(({ noChange }) => !noChange)).toBe(true);
});

test('a change that the query does not see is no change', async () => {
  await start();
  const { stateInfo } = await devices(cucm, { deviceClass: 'HuntList' });
  cucm.play('low battery SEP001122334455');
  expect(
    (await devices(cucm, { deviceClass: 'HuntList', stateInfo })).nodes.every(({ noChange }) => noChange),
  ).toBe(true);
});

test('a row that no longer matches is a change', async () => {
  await start();
  const ask = { status: 'PartiallyRegistered', items: ['SEP00562B0000A4', 'SEP001122334455'] };
  cucm.play('partial SEP001122334455');
  const { stateInfo } = await devices(cucm, ask);
  cucm.play('low battery SEP001122334455');
  expect((await devices(cucm, { ...ask, stateInfo })).rows.map((row) => row.Name)).toEqual([
    'SEP00562B0000A4',
  ]);
});

test.each([
  ['of another query', async () => (await devices(cucm, { status: 'Registered' })).stateInfo],
  ['that is no StateInfo', async () => 'RisPort70'],
  ['that is broken off', async () => (await devices(cucm)).stateInfo.slice(0, 80)],
])('a StateInfo %s counts as none', async (_claim, text) => {
  await start();
  const { total } = await devices(cucm, { stateInfo: await text() });
  expect(total).toBe(241);
});

test('a StateInfo of another query that finds the same rows counts as none too', async () => {
  await start();
  const { stateInfo } = await devices(cucm, { items: ['SEP0011*'] });
  expect((await devices(cucm, { items: ['SEP001122334455'], stateInfo })).total).toBe(1);
  expect((await devices(cucm, { items: ['SEP0011*'], most: 5, stateInfo })).total).toBe(1);
  expect((await devices(cucm, { items: ['SEP0011*'], stateInfo })).total).toBe(0);
});

test('after a RIS restart everything comes though nothing changed', async () => {
  await start();
  const { stateInfo } = await devices(cucm);
  cucm.play('ris restart');
  expect((await devices(cucm, { stateInfo })).total).toBe(241);
});

test('it is no cursor: asked again with a cut reply’s StateInfo, the same rows do not go on', async () => {
  await start({ maxDevices: 50 });
  const { stateInfo, total } = await devices(cucm);
  expect(total).toBe(50);
  expect((await devices(cucm, { stateInfo })).rows).toEqual([]);
});

test('mixed: only the node that changed sends rows', async () => {
  await start({ noChange: 'mixed' });
  const { stateInfo } = await devices(cucm);
  cucm.play('low battery SEP001122334455');
  const again = await devices(cucm, { stateInfo });
  expect(again.nodes.map(({ noChange }) => noChange)).toEqual([false, true, true]);
  expect(again.stateInfo).not.toBe('');
  const third = await devices(cucm, { stateInfo: again.stateInfo });
  expect(third.nodes.map(({ noChange }) => noChange)).toEqual([true, true, true]);
});

test.each([
  ['silent', 30, 30],
  ['hinted', 241, 30],
] as const)('a cut reply is %s about it', async (truncation, found, returned) => {
  await start({ maxDevices: 30, truncation });
  const { stateInfo, rows } = await devices(cucm);
  const sum = (name: string) =>
    [...stateInfo.matchAll(new RegExp(`${name}="(\\d+)"`, 'g'))].reduce(
      (total, [, count]) => total + Number(count),
      0,
    );
  expect(rows).toHaveLength(30);
  expect([sum('TotalItemsFound'), sum('TotalItemsReturned')]).toEqual([found, returned]);
});

test('MaxReturnedDevices cuts too when it is the smaller', async () => {
  await start();
  expect((await devices(cucm, { most: 7 })).rows).toHaveLength(7);
  expect((await devices(cucm, { most: 999999 })).rows).toHaveLength(241);
});

test('a node that falls silent ends NoChange, and stays apart while it is silent', async () => {
  await start();
  const { stateInfo } = await devices(cucm);
  cucm.play('node not-responding cucm2');
  const full = await devices(cucm, { stateInfo });
  expect(full.nodes.map(({ code }) => code)).toEqual(['Ok', 'NodeNotResponding', 'Ok']);
  expect(full.stateInfo).not.toContain('cucm2');
  const still = await devices(cucm, { stateInfo: full.stateInfo });
  expect(still.nodes.map(({ code, noChange }) => [code, noChange])).toEqual([
    ['Ok', true],
    ['NodeNotResponding', false],
    ['Ok', true],
  ]);
  cucm.play('node responding cucm2');
  expect((await devices(cucm, { stateInfo: full.stateInfo })).total).toBe(241);
});

test('a NoChange reply is still a well-formed selectCmDeviceResponse', async () => {
  await start();
  const { stateInfo } = await devices(cucm);
  const { text } = await post(cucm, deviceEnvelope({ stateInfo }));
  expect(text).toContain('<ns1:StateInfo></ns1:StateInfo>');
  expect(text).toContain('<ns1:TotalDevicesFound>0</ns1:TotalDevicesFound>');
});
