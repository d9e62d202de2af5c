import { describe, expect, test } from 'vitest';
import { createShares } from '../../src/watch/group.ts';
import type { Known } from '../../src/watch/known.ts';
import { findMass, type Swing } from '../../src/watch/mass-window.ts';
import { MINUTE, phones, SECOND, START } from './room-day.ts';

/** Two hundred phones of a thousand behind each of five switches; thirty behind the first one's corner. */
const ROWS = phones(1000, (index) => ({
  site: index < 30 ? 9 : 10 + (index % 50),
  node: index % 2 === 0 ? 'cucm1' : 'cucm2',
}));
const KNOWN: readonly Known[] = ROWS.map((row) => ({
  cluster: 'prod',
  row,
  condition: 'lost',
  since: START,
  baseline: false,
  gapMs: 0,
  move: null,
  changes: [],
}));
const SHARES = createShares(new Map(KNOWN.map((known) => [known.row.name, known])));

/** The phones from `from`, one every so many milliseconds. */
const swings = (from: number, count: number, everyMs: number, begin = START): readonly Swing[] =>
  KNOWN.slice(from, from + count).map((known, index) => ({
    known,
    watches: [],
    graceMs: 5 * MINUTE,
    at: begin + index * everyMs,
    lost: true,
    fresh: true,
  }));

describe('a mass event', () => {
  test.each<[claim: string, swings: readonly Swing[], size: number | null, found: unknown]>([
    ['twenty of a subnet at once', swings(0, 20, 0), 1000, ['mass-count', 20, 'subnet 10.1.9.0/24', 0]],
    ['nineteen are not', swings(0, 19, 0), 1000, null],
    ['nor are twenty over three minutes', swings(0, 20, 9 * SECOND), 1000, null],
    [
      'thirty, of which twenty fall within two minutes',
      swings(0, 30, 5 * SECOND),
      1000,
      ['mass-count', 25, 'subnet 10.1.9.0/24', 0],
    ],
    ['a tenth of the cluster, whoever they are', swings(100, 100, 0), 1000, ['mass-share', 100, null, 0]],
    ['a tenth of a small cluster is five at least', swings(100, 5, 0), 20, ['mass-share', 5, null, 0]],
    ['four are not', swings(100, 4, 0), 20, null],
    ['sixty without a factor are not', swings(100, 60, 0), 1000, null],
    ['a hundred always are', swings(100, 100, 0), null, ['mass-count', 100, null, 0]],
    [
      'one that was lost long before is not in it',
      [...swings(500, 1, 0), ...swings(0, 20, 0, START + 10 * MINUTE)],
      1000,
      ['mass-count', 20, 'subnet 10.1.9.0/24', 10 * MINUTE],
    ],
    [
      'others that were lost at the same time are not in it',
      [...swings(500, 10, 0), ...swings(0, 20, 0)],
      1000,
      ['mass-count', 20, 'subnet 10.1.9.0/24', 0],
    ],
  ])('%s', (_claim, all, size, found) => {
    const mass = findMass(all, size, SHARES);
    const factor = mass?.factor && `${mass.factor.by} ${mass.factor.value}`;
    expect(mass && [mass.grouping, mass.swings.length, factor, (mass.swings[0]?.at ?? 0) - START]).toEqual(
      found,
    );
  });
});
