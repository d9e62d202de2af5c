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

/** `onCommitted` hears of everything that went into the database at once: what had waited for it, too. */
export function createCommitter(
  store: Pick<WatchStore, 'commit'>,
  onTrouble: (error: unknown) => void,
  onCommitted: (delta: Delta) => void = () => {},
): Committer {
  let waiting: Delta = {};

  async function commit(merged: Delta): Promise<void> {
    await store.commit(merged);
    waiting = {};
  }

  const withWaiting = (delta: Delta) => (isEmpty(waiting) ? delta : mergeDeltas(waiting, delta));

  async function keep(delta: Delta): Promise<boolean> {
    const merged = withWaiting(delta);
    try {
      await commit(merged);
    } catch (error) {
      waiting = merged;
      onTrouble(error);
      return false;
    }
    onCommitted(merged);
    return true;
  }

  async function order(delta: Delta): Promise<void> {
    const merged = withWaiting(delta);
    await commit(merged);
    onCommitted(merged);
  }

  return { keep, order, waiting: () => !isEmpty(waiting) };
}
