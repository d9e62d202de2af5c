import { describe, expect, test } from 'vitest';
import { createCommitter } from '../../src/watch/committer.ts';
import type { Delta } from '../../src/watch/ports.ts';

function database() {
  const committed: Delta[] = [];
  const state = { broken: false };
  return {
    committed,
    state,
    async commit(delta: Delta) {
      if (state.broken) throw new Error('the disk is full');
      committed.push(delta);
    },
  };
}

const looked = (at: number): Delta => ({ lookedAt: { prod: at } });
const ended = (id: number): Delta => ({ endedWatches: [id] });

describe('committing', () => {
  test('what the database takes is in it once', async () => {
    const store = database();
    const committer = createCommitter(store, () => {});
    expect(await committer.keep(ended(1))).toBe(true);
    expect(await committer.keep(ended(2))).toBe(true);
    expect(store.committed.map(({ endedWatches }) => endedWatches)).toEqual([[1], [2]]);
  });

  test('what it could not take goes with the next, in order, and is said each time', async () => {
    const store = database();
    const troubles: unknown[] = [];
    const committer = createCommitter(store, (error) => troubles.push(error));
    store.state.broken = true;
    expect(await committer.keep(ended(1))).toBe(false);
    expect(await committer.keep(ended(2))).toBe(false);
    expect(committer.waiting()).toBe(true);
    expect(troubles).toHaveLength(2);
    store.state.broken = false;
    expect(await committer.keep(looked(3))).toBe(true);
    expect(store.committed).toEqual([{ endedWatches: [1, 2], lookedAt: { prod: 3 } }]);
    expect(committer.waiting()).toBe(false);
  });

  test('an order that the database cannot take is refused, and forgotten', async () => {
    const store = database();
    const committer = createCommitter(store, () => {});
    store.state.broken = true;
    await expect(committer.order(ended(1))).rejects.toThrow('the disk is full');
    store.state.broken = false;
    await committer.keep(ended(2));
    expect(store.committed.map(({ endedWatches }) => endedWatches)).toEqual([[2]]);
  });
});
