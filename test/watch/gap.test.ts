import { describe, expect, test } from 'vitest';
import { createGap } from '../../src/watch/gap.ts';

const NOW = 10_000_000;
const MINUTE = 60_000;

describe('how long nobody could look', () => {
  test('a first start has no gap', () => {
    const gap = createGap(null);
    gap.looked(NOW);
    expect(gap.now(NOW)).toBeNull();
  });

  test('ordinary looks leave none', () => {
    const gap = createGap(null);
    for (let at = NOW; at < NOW + 10 * MINUTE; at += 7_000) gap.looked(at);
    expect(gap.now(NOW + 10 * MINUTE)).toBeNull();
  });

  test('after a restart it is the time since the last look, and said so long as risbot catches up', () => {
    const gap = createGap(NOW - 12 * MINUTE);
    gap.looked(NOW);
    expect(gap.now(NOW + MINUTE)).toEqual({ type: 'away', ms: 12 * MINUTE });
    expect(gap.now(NOW + 2 * MINUTE)).toBeNull();
  });

  test('a short restart is not worth mentioning', () => {
    const gap = createGap(NOW - 30_000);
    gap.looked(NOW);
    expect(gap.now(NOW)).toBeNull();
  });

  test('a cluster that could not be asked for an hour was blind, not away', () => {
    const gap = createGap(null);
    gap.looked(NOW);
    gap.looked(NOW + 60 * MINUTE);
    expect(gap.now(NOW + 60 * MINUTE)).toEqual({ type: 'blind', ms: 60 * MINUTE });
  });

  test('what is lost after the first look at it was not lost while nobody could look', () => {
    const gap = createGap(NOW - 12 * MINUTE);
    const away = { type: 'away', ms: 12 * MINUTE };
    gap.looked(NOW, 'losses');
    expect(gap.seenAt(NOW, 'losses')).toEqual(away);
    expect(gap.seenAt(NOW + 1_000)).toEqual(away);
    gap.looked(NOW + 2_000, 'rejected');
    gap.looked(NOW + 10_000, 'losses');
    expect(gap.seenAt(NOW + 10_000, 'losses')).toBeNull();
    expect(gap.seenAt(NOW + 11_000)).toBeNull();
    expect(gap.seenAt(NOW + 11_000, 'rejected')).toEqual(away);
  });

  test('a node that could not be seen for ten minutes leaves one, too', () => {
    const gap = createGap(null);
    gap.looked(NOW);
    gap.nodeSeen(10 * MINUTE, NOW + 1);
    expect(gap.now(NOW + 2)).toEqual({ type: 'blind', ms: 10 * MINUTE });
  });
});
