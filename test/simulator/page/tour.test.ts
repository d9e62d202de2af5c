/** What the tour of the page sees in its rooms, and is let know. */
import { describe, expect, test } from 'vitest';
import {
  markOf,
  newsSince,
  openCard,
  phoneWith,
  type Said,
} from '../../../simulator/page/client/tour/sights.ts';
import { OrderError } from '../../../simulator/page/pane.ts';
import { createTourPane } from '../../../simulator/page/tour-pane.ts';
import { type ClusterState, DEVICE_STATES } from '../../../simulator/page/wire.ts';

const PHONE = 'SEP001122334455';
const said = (id: string, text: string, thread: string | null = null): Said => ({ id, text, thread, at: 0 });
const LOST = said('1', `${PHONE} lost registration`);
const BACK = said('2', `${PHONE} is back on cucm1`, '1');

test('news is what was said or changed, and no line on what is under way', () => {
  const before = [said('1', 'a'), said('2', 'b')];
  const now = [
    said('1', 'a'),
    said('2', 'changed'),
    said('3', 'new'),
    said('4', 'asking demo'),
    said('5', '⏳ asking demo: about 5 s'),
  ];
  expect(newsSince(markOf(before), now).map(({ id }) => id)).toEqual(['2', '3']);
});

describe('the open card on a phone', () => {
  test.each<[string, readonly Said[], string | null]>([
    ['lost', [LOST], '1'],
    ['never lost', [], null],
    ['another one lost', [said('1', 'SEP0000DEADBEEF lost registration')], null],
    ['asked for, not lost', [said('1', `${PHONE} is Registered`, 'q')], null],
    ['back, on its card', [said('1', `${PHONE} is back on cucm1`)], null],
    ['back, in its thread, as where no card can be changed', [LOST, BACK], null],
    ['lost again, on another card', [LOST, BACK, said('3', `${PHONE} lost registration`)], '3'],
    ['lost again, in the thread', [LOST, BACK, said('3', `${PHONE} is gone again`, '1')], '3'],
    ['lost, and acknowledged', [LOST, said('2', 'Anna is on it, back in a minute', '1')], '1'],
  ])('%s', (_claim, all, id) => {
    expect(openCard(PHONE, all)?.id ?? null).toBe(id);
  });
});

test.each([
  ['registered', true],
  ['elsewhere', true],
  ['unheard', false],
  ['unregistered', false],
  ['absent', false],
] as const)('a phone is found by its number, and whether it is up: %s', (state, isUp) => {
  const devices = { names: ['SEP1', PHONE], numbers: ['1001', '1002'] };
  const standings = [0, DEVICE_STATES.indexOf(state) * 10];
  const cluster = { devices, standings } as unknown as ClusterState;
  expect(phoneWith('1002', { cluster })).toEqual({ name: PHONE, isUp });
  expect(phoneWith('9999', { cluster })).toBeNull();
});

test('the tour is let know what holds in its rooms, and can do nothing', async () => {
  const stage = { slack: { graceMs: 120_000, isMuted: false }, webex: { graceMs: null, isMuted: true } };
  const pane = createTourPane(() => stage);
  expect(await pane.act({ do: 'look' })).toEqual(stage);
  await expect(pane.act({ do: 'mute' })).rejects.toThrow(OrderError);
});
