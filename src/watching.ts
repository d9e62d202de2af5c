/** The watch wired: the store that remembers, the engine that looks, the delivery that tells. */
import { createAnnouncer } from './announce/announcer.ts';
import type { Chat } from './chat.ts';
import type { Clock } from './clock.ts';
import { readScope } from './command/scope.ts';
import type { WatchConfig } from './config/config.ts';
import type { Logger } from './log.ts';
import type { WatchMetrics } from './operations/watch-metrics.ts';
import type { Store } from './store/open.ts';
import { announcementView } from './view/announcement.ts';
import type { WatchedCluster } from './watch/cluster-watch.ts';
import { createDelivery, type Delivery } from './watch/deliver.ts';
import { type Engine, startEngine } from './watch/engine.ts';

export interface WatchingOptions {
  readonly store: Store;
  readonly clusters: readonly WatchedCluster[];
  /** Those that are connected now. */
  readonly platforms: () => readonly Pick<Chat, 'name' | 'post' | 'update'>[];
  readonly watch: WatchConfig;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics?: Pick<WatchMetrics, 'committed'>;
}

export interface Watching extends Pick<Engine, 'desk' | 'troubles'> {
  readonly deliveries: Delivery['status'];
  /** Stops looking, lets what is being told come to its end, and leaves the store open. */
  stop(): Promise<void>;
}

const DAY_MS = 86_400_000;

/** Rejects with StoreError when what was remembered cannot be read. */
export async function startWatching(options: WatchingOptions): Promise<Watching> {
  const { store, clusters, platforms, watch, clock, log, metrics } = options;
  let delivery: Delivery | null = null;
  const engine = await startEngine({
    clusters,
    store,
    readScope,
    quietHours: watch.quietHours,
    clock,
    log,
    onCommitted(delta) {
      metrics?.committed(delta);
      if ((delta.outgoing?.length ?? 0) > 0) delivery?.wake();
    },
    historyMs: watch.historyDays * DAY_MS,
  });
  const announcer = createAnnouncer({ platforms, view: announcementView });
  const told = createDelivery({
    outbox: store.outbox,
    announcer,
    clock,
    log,
    floor: engine.startedAt,
    onRoomLost: (room, reason, waiting) => engine.roomLost(room, reason, waiting),
  });
  delivery = told;
  told.start();
  return {
    desk: engine.desk,
    troubles: engine.troubles,
    deliveries: told.status,
    async stop() {
      await engine.stop();
      await told.stop();
    },
  };
}
