/** A change and everything that follows from it for the rooms, in one commit; one change at a time. */
import type { Attention } from './attention.ts';
import { createCommitter } from './committer.ts';
import type { Memory } from './memory.ts';
import { isEmpty, mergeDeltas } from './merge.ts';
import type { Delta, WatchStore } from './ports.ts';
import { createTurn } from './turn.ts';

export interface SettlingOptions {
  readonly memory: Memory;
  readonly attention: Attention;
  readonly store: Pick<WatchStore, 'commit'>;
  /** Epoch milliseconds, never going back. */
  readonly now: () => number;
  /** It is in the database; what is to be told waits there. */
  readonly onCommitted: (delta: Delta) => void;
  readonly onWatchesChanged: () => void;
  /** The rooms were attended: when that is due next has changed. */
  readonly onAttended: () => void;
  readonly onTrouble: (error: unknown) => void;
}

export interface Settling {
  /** What was seen: applied at once, committed now or, when the database cannot, with what comes next. Never rejects. */
  take(read: () => Delta): Promise<void>;
  /** What a person ordered: in the database before it counts. Rejects with StoreError. */
  order(make: () => Delta): Promise<void>;
  /** Resolves when nothing is being committed. */
  idle(): Promise<void>;
}

/** A look at which nothing changed is written down so often, so that a restart knows how long risbot was away. Milliseconds. */
const LOOKED_EVERY_MS = 15_000;

export function createSettling(options: SettlingOptions): Settling {
  const { memory, attention, now } = options;
  const committer = createCommitter(options.store, options.onTrouble);
  const turn = createTurn();
  let quietSince = Number.NEGATIVE_INFINITY;

  async function settle(seen: Delta): Promise<void> {
    const isQuiet = isEmpty(seen) && attention.wakeAt() > now() && !committer.waiting();
    if (isQuiet && now() - quietSince < LOOKED_EVERY_MS) return;
    quietSince = now();
    const attended = attention.attend();
    memory.apply(attended, now());
    options.onAttended();
    // What is noted with a watch changes nothing that is asked.
    if ((attended.endedWatches?.length ?? 0) > 0) options.onWatchesChanged();
    const delta = mergeDeltas(seen, attended);
    if (await committer.keep(delta)) options.onCommitted(delta);
  }

  return {
    take: (read) =>
      turn(async () => {
        const seen = read();
        memory.apply(seen, now());
        await settle(seen);
      }),
    order: (make) =>
      turn(async () => {
        const delta = make();
        await committer.order(delta);
        memory.apply(delta, now());
        if (changesWatches(delta)) options.onWatchesChanged();
        options.onCommitted(delta);
        quietSince = Number.NEGATIVE_INFINITY;
        await settle({});
      }),
    idle: () => turn(async () => {}),
  };
}

function changesWatches({ watches = [], endedWatches = [] }: Delta): boolean {
  return watches.length + endedWatches.length > 0;
}
