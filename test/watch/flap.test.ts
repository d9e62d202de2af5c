import { describe, expect, test } from 'vitest';
import { calmAt, isRestless } from '../../src/watch/flap.ts';
import type { Known } from '../../src/watch/known.ts';
import { MINUTE, phone, START } from './room-day.ts';

const NOW = START + 60 * MINUTE;

/** Changes so many minutes ago. */
const changed = (
  ago: readonly number[],
  move: { readonly ago: number; readonly home: boolean } | null = null,
): Known => ({
  cluster: 'prod',
  row: phone('P1'),
  condition: 'up',
  since: START,
  baseline: false,
  gapMs: 0,
  move: move && { from: 'a', to: 'b', at: NOW - move.ago * MINUTE, home: move.home },
  changes: ago.map((minutes) => NOW - minutes * MINUTE),
});

describe('too many changes', () => {
  test.each<[claim: string, known: Known, restless: boolean]>([
    ['four within half an hour', changed([29, 20, 10, 0]), true],
    ['three are not', changed([20, 10, 0]), false],
    ['nor are four in a longer time', changed([30, 20, 10, 0]), false],
    ['a failover and the return home take four', changed([20, 19, 5, 4], { ago: 4, home: true }), false],
    ['eight are more than that', changed([20, 19, 15, 14, 10, 9, 5, 4], { ago: 4, home: true }), true],
    ['a failover takes two', changed([20, 19, 5, 4], { ago: 4, home: false }), false],
    ['a move of long ago explains nothing', changed([20, 19, 5, 4], { ago: 40, home: true }), true],
  ])('%s', (_claim, known, restless) => expect(isRestless(known, NOW, 0)).toBe(restless));

  test('those before the watch was made do not count', () => {
    expect(isRestless(changed([29, 20, 10, 0]), NOW, NOW - 29 * MINUTE)).toBe(true);
    expect(isRestless(changed([29, 20, 10, 0]), NOW, NOW - 28 * MINUTE)).toBe(false);
  });
});

test('calm is half an hour after the last change', () => {
  expect(calmAt(changed([20, 10]))).toBe(NOW + 20 * MINUTE);
  expect(calmAt(undefined)).toBe(Number.NEGATIVE_INFINITY);
});
