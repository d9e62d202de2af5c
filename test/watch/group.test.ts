import { describe, expect, test } from 'vitest';
import type { KnownRow } from '../../src/device/known.ts';
import { bestFactor, createShares, factorValue, oddsOf, subnetOf } from '../../src/watch/group.ts';
import type { Known } from '../../src/watch/known.ts';
import { knownRow, phones, START } from './room-day.ts';

const known = (row: KnownRow, fields: Partial<Known> = {}): Known => ({
  cluster: 'prod',
  row,
  condition: 'lost',
  since: START,
  baseline: false,
  gapMs: 0,
  move: null,
  changes: [],
  ...fields,
});

const cluster = (rows: readonly KnownRow[]) =>
  new Map(rows.map((row) => [row.name, known(row, { condition: 'up' })]));

/** The best factor of the first so many rows, in a cluster of all of them. */
function best(rows: readonly KnownRow[], lost: number): string | null {
  const factor = bestFactor(
    rows.slice(0, lost).map((row) => known(row)),
    createShares(cluster(rows)),
  );
  return factor && `${factor.by} ${factor.value} ${factor.count}`;
}

describe('the best common factor', () => {
  test.each<[claim: string, rows: readonly KnownRow[], lost: number, factor: string | null]>([
    [
      'a subnet says more than the node it is on',
      phones(300, (i) => ({ site: i < 30 ? 7 : 1, node: i < 100 ? 'a' : 'b' })),
      20,
      'subnet 10.1.7.0/24 20',
    ],
    [
      'a node, where its subnets are many',
      phones(300, (i) => ({ site: i % 30, node: i < 100 ? 'a' : 'b' })),
      50,
      'node a 50',
    ],
    [
      'one that covers four fifths',
      phones(300, (i) => ({ site: i < 8 ? 7 : i % 5 })),
      10,
      'subnet 10.1.7.0/24 8',
    ],
    ['less than that is nothing in common', phones(300, (i) => ({ site: i < 7 ? 7 : i % 5 })), 10, null],
    ['what the whole cluster shares says nothing', phones(300), 20, null],
    [
      'what half the cluster shares is chance for two',
      phones(300, (i) => ({ node: i % 4 < 2 ? 'a' : 'b', site: i })),
      2,
      null,
    ],
    [
      'a load says more than a model',
      phones(300, (i) => ({ site: i, activeLoadId: i < 5 ? 'new' : 'old', model: i < 40 ? 683 : 684 })),
      5,
      'load new 5',
    ],
    ['a model', phones(300, (i) => ({ site: i, model: i < 40 ? 683 : 684 })), 20, 'model 683 20'],
    [
      'a reason that is not everyday’s, when there is nothing else',
      phones(300, (i) => ({ site: i, statusReason: 12 })),
      5,
      'reason 12 5',
    ],
    [
      'a lost connection is what all losses look like',
      phones(300, (i) => ({ site: i, statusReason: 13 })),
      50,
      null,
    ],
    ['one device has nothing in common', phones(300, (i) => ({ site: i })), 1, null],
    [
      'a class that is rare',
      [
        ...Array.from({ length: 3 }, (_, i) =>
          knownRow({ name: `GW${i}`, deviceClass: 'Gateway', model: null }),
        ),
        ...phones(300),
      ],
      3,
      'class Gateway 3',
    ],
    [
      'an application',
      [
        ...Array.from({ length: 5 }, (_, i) =>
          knownRow({ name: `app › ${i}`, deviceClass: 'CtiDevice', model: null, loginUserId: 'app' }),
        ),
        ...Array.from({ length: 100 }, (_, i) =>
          knownRow({ name: `other › ${i}`, deviceClass: 'CtiDevice', model: null, loginUserId: 'other' }),
        ),
      ],
      5,
      'app app 5',
    ],
    [
      'who is logged in to a phone is nothing in common',
      phones(300, (i) => ({ site: i, loginUserId: i < 5 ? 'x' : '' })),
      5,
      null,
    ],
  ])('%s', (_claim, rows, lost, factor) => expect(best(rows, lost)).toBe(factor));

  test('a device that has moved counts with the node that it left', () => {
    const move = { from: 'a', to: 'b', at: START, home: false };
    const row = knownRow({ node: 'b' });
    expect(factorValue(known(row, { condition: 'up', move }), 'node')).toBe('a');
    expect(factorValue(known(row, { condition: 'up', move: { ...move, home: true } }), 'node')).toBe('b');
    expect(factorValue(known(row, { condition: 'lost', move }), 'node')).toBe('b');
  });

  test('a sample of a big cluster is near enough', () => {
    const shares = createShares(
      cluster(phones(40_000, (index) => ({ site: index % 200, node: index % 4 ? 'a' : 'b' }))),
    );
    expect(shares.of('subnet', '10.1.7.0/24')).toBeCloseTo(0.005, 3);
    expect(shares.of('node', 'a')).toBeCloseTo(0.75, 1);
    expect(shares.of('class', 'Phone')).toBe(1);
    expect(shares.of('class', 'Gateway')).toBe(0);
  });
});

test.each([
  ['10.4.2.17', '10.4.2.0/24'],
  ['2001:db8:0:7:a::1', '2001:db8:0:7::/64'],
  ['2001:DB8::1', '2001:db8::/64'],
  ['::ffff:10.4.2.17', '10.4.2.0/24'],
  ['', null],
  ['attendant', null],
  ['a:b', null],
])('the subnet of %s is %s', (ip, subnet) => expect(subnetOf(ip)).toBe(subnet));

test.each([
  ['no more than others have it', 5, 10, 0.5, 0],
  ['less than others have it', 2, 10, 0.5, 0],
  ['nearly all have it', 10, 10, 0.95, 0],
])('%s: that says nothing', (_claim, count, total, share, odds) =>
  expect(oddsOf(count, total, share)).toBe(odds),
);
