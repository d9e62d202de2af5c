/** `complete`, for scripts: whether anything can be missing from an answer. */
import { describe, expect, test } from 'vitest';
import { openHouse } from './house.ts';

const QUESTIONS = [
  '1002',
  'SEP001122334455',
  'SEP001122334455, SEPF01FAF38ABC2',
  'lines 1002',
  'find class:gateway',
  'find name:SEP*',
  'find model:8845 node:cucm*',
  'desc:lobby',
  'down',
  'summary',
  'export class:phone',
  'cti',
  'cti 1002',
  'cti nobody-at-all',
];

describe.each([
  ['does not answer', 'node not-responding cucm2'],
  ['is off', 'node off cucm2'],
])('a node %s', (_claim, event) => {
  test.each(QUESTIONS)('"%s" is not complete, until it answers again', async (question) => {
    const house = await openHouse();
    house.cucm.play(event);
    expect((await house.ask(question)).data).toMatchObject({ complete: false });
    house.cucm.play('node responding cucm2');
    house.cucm.play('node up cucm2');
    expect((await house.ask(`${question} fresh:yes`)).data).toMatchObject({ complete: true });
  });
});

test.each([
  ['a node with nothing of it has answered', 'SEP001122334455'],
  ['nor does a name that nobody has take anything away', 'SEP0000000000AB'],
  ['a node that CUCM does not know holds nothing', 'find node:nowhere'],
  ['one that was not asked is not missing', 'find node:cucm1 status:registered'],
])('%s: "%s" is complete', async (_claim, question) => {
  const house = await openHouse();
  if (question.includes('cucm1')) house.cucm.play('node not-responding cucm2');
  expect((await house.ask(question)).data).toMatchObject({ complete: true });
});
