import { describe, expect, test } from 'vitest';
import type { Known } from '../../src/watch/known.ts';
import { graceOf, type Judged, judge, type Surroundings } from '../../src/watch/policy.ts';
import type { Watch } from '../../src/watch/watch.ts';
import { MINUTE, phone, ROOM, SECOND, START } from './room-day.ts';

const WATCH: Watch = {
  id: 1,
  cluster: 'prod',
  room: ROOM,
  maker: 'maria',
  text: 'all',
  graceMs: null,
  until: null,
  createdAt: START,
};

const known = (fields: Partial<Known> = {}): Known => ({
  cluster: 'prod',
  row: phone('P1'),
  condition: 'lost',
  since: START + MINUTE,
  baseline: false,
  gapMs: 0,
  move: null,
  changes: [],
  ...fields,
});

const around = (fields: Partial<Surroundings> = {}): Surroundings => ({
  watchesOf: () => [WATCH],
  isTold: () => false,
  isFlapping: () => false,
  isBlind: () => false,
  settlesAt: () => null,
  mutedUntil: () => null,
  ...fields,
});

const said = (judged: Judged) =>
  judged.type === 'hold'
    ? judged.reason
    : [judged.news.kind, judged.news.dueAt - START, judged.news.readyAt - START];

describe('whether a device that is not up is news', () => {
  test.each<[claim: string, known: Known, around: Surroundings, said: unknown]>([
    [
      'a lost phone, after its grace, and sooner in a mass event',
      known(),
      around(),
      ['loss', 6 * MINUTE, 3 * MINUTE],
    ],
    [
      'a reset one, which is no part of an early mass event',
      known({ condition: 'expected' }),
      around(),
      ['loss', 6 * MINUTE, 6 * MINUTE],
    ],
    ['a fault, at once', known({ condition: 'fault' }), around(), ['fault', MINUTE, Infinity]],
    ['one that ran down', known({ condition: 'user' }), around(), ['user', 6 * MINUTE, Infinity]],
    ['one without a line', known({ condition: 'partial' }), around(), ['partial', 6 * MINUTE, Infinity]],
    ['one that is up', known({ condition: 'up' }), around(), 'up'],
    ['one without a record', known({ condition: 'gone' }), around(), 'no-signal'],
    ['one whose state says nothing', known({ condition: 'unknown' }), around(), 'no-signal'],
    ['one that was so when first seen', known({ baseline: true }), around(), 'baseline'],
    ['one that nobody watches', known(), around({ watchesOf: () => [] }), 'not-watched'],
    ['one that went before the watch was made', known({ since: START - 1 }), around(), 'before-watch'],
    [
      'one that went as the watch was made',
      known({ since: START }),
      around(),
      ['loss', 5 * MINUTE, 2 * MINUTE],
    ],
    ['one that is in a card already', known(), around({ isTold: () => true }), 'told'],
    ['one that flaps', known(), around({ isFlapping: () => true, isTold: () => true }), 'flapping'],
    ['one that cannot be seen', known(), around({ isBlind: () => true }), 'blind'],
    ['one that was just seen again', known(), around({ settlesAt: () => START }), 'just-seen-again'],
    ['one that is muted', known(), around({ mutedUntil: () => START }), 'muted'],
    [
      'one that stayed behind when its incident closed',
      known(),
      around({ watchesOf: () => [{ ...WATCH, left: { P1: START + MINUTE } }] }),
      'left-behind',
    ],
    [
      'one that stayed behind, returned and fell again',
      known(),
      around({ watchesOf: () => [{ ...WATCH, left: { P1: START } }] }),
      ['loss', 6 * MINUTE, 3 * MINUTE],
    ],
  ])('%s', (_claim, device, where, answer) => expect(said(judge(device, where))).toEqual(answer));
});

describe('grace', () => {
  test.each<[deviceClass: string, graces: readonly (number | null)[], grace: number]>([
    ['Phone', [null], 5 * MINUTE],
    ['Unknown', [null], 5 * MINUTE],
    ['Gateway', [null], 30 * SECOND],
    ['SIPTrunk', [null], 30 * SECOND],
    ['H323', [null], 30 * SECOND],
    ['HuntList', [null], 30 * SECOND],
    ['MediaResources', [null], 30 * SECOND],
    ['VoiceMail', [null], 30 * SECOND],
    ['Cti', [null], 30 * SECOND],
    ['CtiProvider', [null], 30 * SECOND],
    ['Phone', [10 * MINUTE, null], 5 * MINUTE],
    ['Phone', [10 * MINUTE, 0], 0],
    ['Gateway', [10 * MINUTE], 10 * MINUTE],
  ])('%s with %j: %d ms', (deviceClass, graces, grace) => {
    const watches = graces.map((graceMs) => ({ ...WATCH, graceMs }));
    expect(graceOf({ deviceClass }, watches)).toBe(grace);
  });
});
