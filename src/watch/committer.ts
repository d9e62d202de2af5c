/** Commits changes one after the other; what the database could not take is kept, and goes with the next. */
import { isEmpty, mergeDeltas } from './merge.ts';
import type { Delta, WatchStore } from './ports.ts';

export interface Committer {
  /** True when it is in the database; false when it waits for the next try. */
  keep(delta: Delta): Promise<boolean>;
  /** For orders of people: rejects with StoreError when it is not in the database, and nothing of it is kept. */
  order(delta: Delta): Promise<void>;
  /** What is not in the database yet. */
  waiting(): boolean;
}

export function createCommitter(
  store: Pick<WatchStore, 'commit'>,
  onTrouble: (error: unknown) => void,
): Committer {
  let waiting: Delta = {};

  async function keep(delta: Delta): Promise<boolean> {
    const merged = isEmpty(waiting) ? delta : mergeDeltas(waiting, delta);
    try {
      await store.commit(merged);
      waiting = {};
      return true;
    } catch (error) {
      waiting = merged;
      onTrouble(error);
      return false;
    }
  }

  async function order(delta: Delta): Promise<void> {
    await store.commit(isEmpty(waiting) ? delta : mergeDeltas(waiting, delta));
    waiting = {};
  }

  return { keep, order, waiting: () => !isEmpty(waiting) };
}
