/** A CUCM whose counts are wrong, and one that cuts at a cap lower than it was asked for: what a question costs, and what is said of it. */
import { describe, expect, test } from 'vitest';
import type { CucmOptions } from '../../simulator/cucm/cucm.ts';
import type { Misbehaviour } from '../../simulator/cucm/misbehaviour.ts';
import { openHouse } from './house.ts';

const QUESTIONS = [
  '1002',
  'lines 1002',
  'SEP001122334455',
  '1001, 1002',
  'find class:gateway',
  'find class:phone node:cucm2',
  'find name:SEP*',
  'find ip:10.4.2.0/24',
  'desc:lobby',
  'down',
  'summary',
  'export class:phone',
  'cti',
  'cti 1002',
];

describe.each<Misbehaviour>(['countsmore', 'countsless'])('counts are wrong (%s)', (misbehave) => {
  test.each(QUESTIONS)('"%s" costs what it costs otherwise, and is the same answer', async (question) => {
    const right = await openHouse();
    const wrong = await openHouse({ clusters: { prod: { misbehave } } });
    // What is shown first is what the counts are judged by.
    await right.ask('SEPE8B7480316D6');
    await wrong.ask('SEPE8B7480316D6');
    const expected = await right.ask(question);
    const view = await wrong.ask(question);
    expect(wrong.requests()).toBe(right.requests());
    expect(view.title).toBe(expected.title);
    expect(view.data).toMatchObject({ complete: true });
  });
});

test('a large first answer that counts a row more for each node is whole, in one request', async () => {
  const house = await openHouse({ clusters: { prod: { misbehave: 'countsmore' } } });
  expect(await house.ask('summary')).toMatchObject({
    title: expect.stringMatching(/^240 devices/),
    data: { complete: true },
  });
  expect(house.requests()).toBe(1);
});

test.each<readonly [string, CucmOptions]>([
  ['at the cap it was asked for', { devices: 1500 }],
  ['at 200, saying nothing', { devices: 600, maxDevices: 200 }],
  ['at 500, which its nodes say', { devices: 1200, maxDevices: 500, truncation: 'hinted' }],
  ['at 300, which its total says, too', { devices: 900, maxDevices: 300, truncation: 'counted' }],
  ['at 200, with counts that are wrong besides', { devices: 600, maxDevices: 200, misbehave: 'countsmore' }],
])('a CUCM that cuts %s is asked in parts, until everything is there', async (_claim, options) => {
  const house = await openHouse({ clusters: { prod: options } });
  const { data } = await house.ask('summary');
  expect(data).toMatchObject({ total: options.devices, complete: true });
  expect(house.requests()).toBeGreaterThan(2);
});
