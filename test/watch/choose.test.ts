import { describe, expect, test } from 'vitest';
import { deviceQuery } from '../../src/device/query.ts';
import { type Chances, choose } from '../../src/watch/choose.ts';
import type { Standing } from '../../src/watch/standing.ts';

const NOW = 1_000_000;
const standing = (key: string, everyMs: number, reason = 'fast'): Standing => ({
  key,
  role: 'exceptions',
  query: deviceQuery(),
  everyMs,
  reason,
});
const FAST = standing('fast', 7_000);
const SLOW = standing('slow', 60_000, 'slow');

const QUIET: Chances = {
  now: NOW,
  standing: [FAST, SLOW],
  askedAt: new Map([
    ['fast', NOW - 1_000],
    ['slow', NOW - 1_000],
  ]),
  confirm: [],
  follow: [],
  followedAt: 0,
  notBefore: 0,
  spareAt: 0,
  most: 2,
};

/** What is chosen, in a word or two. */
function chosen(chances: Partial<Chances>): string {
  const choice = choose({ ...QUIET, ...chances });
  if (choice.type === 'standing') return `ask ${choice.standing.key}`;
  if (choice.type === 'wait') return `wait ${choice.until - NOW}`;
  const also = choice.type === 'confirm' && choice.also ? ` and ${choice.also.join(' ')}` : '';
  return `${choice.type} ${choice.names.join(' ')}${also}`;
}

const asked = (fastAgo: number, slowAgo: number) =>
  new Map([
    ['fast', NOW - fastAgo],
    ['slow', NOW - slowAgo],
  ]);

describe('what is asked next', () => {
  test.each([
    ['nothing is due: the next query decides how long', {}, 'wait 6000'],
    ['there is nothing to ask at all', { standing: [] }, 'wait Infinity'],
    ['a query that was never asked is due at once', { askedAt: new Map([['fast', NOW]]) }, 'ask slow'],
    ['what is due is asked', { askedAt: asked(7_000, 1_000) }, 'ask fast'],
    [
      'the one that is most of its own period late goes first',
      { askedAt: asked(8_000, 130_000) },
      'ask slow',
    ],
    [
      'news are confirmed before anything else',
      { confirm: ['A', 'B', 'C'], askedAt: asked(8_000, 0) },
      'confirm A B',
    ],
    [
      'many names to confirm do not keep a query from its turn for ever',
      { confirm: ['A'], askedAt: asked(14_000, 0) },
      'ask fast',
    ],
    [
      'what waited to be confirmed before a restart is, before the queries are asked anew',
      { confirm: ['A'], askedAt: new Map() },
      'confirm A',
    ],
    [
      'nor do they keep a query that was never asked from its turn',
      { confirm: ['A'], askedAt: new Map([['fast', NOW - 14_000]]) },
      'ask slow',
    ],
    ['what is not up is followed', { follow: ['A', 'B', 'C'] }, 'follow A B'],
    ['but not more often than it is worth', { follow: ['A'], followedAt: NOW - 15_000 }, 'wait 5000'],
    ['queries come before those that are followed', { follow: ['A'], askedAt: asked(7_000, 0) }, 'ask fast'],
    ['what is followed is asked along with news', { confirm: ['A'], follow: ['B'] }, 'confirm A and B'],
    ['each name once', { confirm: ['A', 'B'], follow: ['B'], most: 3 }, 'confirm A B'],
    ['unless there is no room', { confirm: ['A'], follow: ['B', 'C'] }, 'confirm A'],
    [
      'a slow query leaves requests to spare for news',
      { askedAt: asked(1_000, 61_000), spareAt: NOW + 3_000 },
      'wait 3000',
    ],
    ['for as long as its own period', { askedAt: asked(1_000, 120_000), spareAt: NOW + 3_000 }, 'ask slow'],
    ['a fast one does not', { askedAt: asked(7_000, 0), spareAt: NOW + 3_000 }, 'ask fast'],
    ['following does, too', { follow: ['A'], followedAt: NOW - 21_000, spareAt: NOW + 3_000 }, 'wait 3000'],
    ['and no longer', { follow: ['A'], followedAt: NOW - 40_000, spareAt: NOW + 3_000 }, 'follow A'],
    ['after a failure nothing is asked', { notBefore: NOW + 4_000, confirm: ['A'] }, 'wait 4000'],
  ] as const)('%s', (_claim, chances, said) => {
    expect(chosen(chances)).toBe(said);
  });
});
