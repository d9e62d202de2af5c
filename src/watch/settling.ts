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
  /** It is in the database, with what had waited for it; what is to be told waits there. */
  readonly onCommitted: (delta: Delta) => void;
  readonly onWatchesChanged: () => void;
  /** The rooms were attended, or the database has failed: when that is due next has changed. */
  readonly onAttended: () => void;
  readonly onTrouble: (error: unknown) => void;
}

export interface Settling {
  /** What was seen: applied at once, committed now or, when the database cannot, with what comes next. Never rejects. */
  take(read: () => Delta): Promise<void>;
  /** What a person ordered: in the database before it counts. Rejects with StoreError. */
  order(make: () => Delta): Promise<void>;
  /** Epoch milliseconds at which what the database could not take is tried again, whether anything is seen or not; infinite when nothing waits. */
  retryAt(): number;
  /** Resolves when nothing is being committed. */
  idle(): Promise<void>;
}

/** A look at which nothing changed is written down so often, so that a restart knows how long risbot was away. Milliseconds. */
const LOOKED_EVERY_MS = 15_000;
/** Looks try again as they come; with none to come, nobody else would. Milliseconds after the try before. */
const RETRY_MS = 10_000;

export function createSettling(options: SettlingOptions): Settling {
  const { memory, attention, now } = options;
  const committer = createCommitter(options.store, options.onTrouble, options.onCommitted);
  const turn = createTurn();
  let quietSince = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;

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
    if (await committer.keep(delta)) return;
    triedAt = now();
    options.onAttended();
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
        quietSince = Number.NEGATIVE_INFINITY;
        await settle({});
      }),
    retryAt: () => (committer.waiting() ? triedAt + RETRY_MS : Number.POSITIVE_INFINITY),
    idle: () => turn(async () => {}),
  };
}

function changesWatches({ watches = [], endedWatches = [] }: Delta): boolean {
  return watches.length + endedWatches.length > 0;
}
