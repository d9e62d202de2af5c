/**
 * The watch at work: a loop a cluster that asks, a memory of what is known, and one commit for each look with everything that follows
 * from it. What is to be told is committed here and delivered elsewhere.
 */
import type { Clock } from '../clock.ts';
import { createAttention } from './attention.ts';
import { deskByWall } from './by-wall.ts';
import { type ClusterWatch, createClusterWatch, type WatchedCluster } from './cluster-watch.ts';
import type { Desk } from './desk.ts';
import { createMemory } from './memory.ts';
import { createOrders } from './orders.ts';
import type { Delta, ReadScope, WatchStore } from './ports.ts';
import { roomLost } from './room-lost.ts';
import { createSettling, type Settling } from './settling.ts';
import { createSteadyTime, createWallAhead } from './steady.ts';
import { createWaiter } from './waiter.ts';
import type { QuietHours, Room } from './watch.ts';

export interface EngineOptions {
  readonly clusters: readonly WatchedCluster[];
  readonly store: WatchStore;
  readonly readScope: ReadScope;
  readonly quietHours: readonly QuietHours[];
  readonly clock: Clock;
  readonly log: {
    warn(fields: Readonly<Record<string, unknown>>, message: string): void;
    error(fields: Readonly<Record<string, unknown>>, message: string): void;
  };
  /** It is in the database, with what had waited for it; what is to be told waits there. */
  readonly onCommitted: (delta: Delta) => void;
  /** How long history is kept. Milliseconds. */
  readonly historyMs: number;
}

export interface Engine {
  readonly desk: Desk;
  /** Epoch milliseconds at which it began; never before what it remembers. */
  readonly startedAt: number;
  /** A room cannot be told any more: those who made its watches are. */
  roomLost(room: Room, reason: string, waiting: number): Promise<void>;
  /** The clusters that cannot be asked at the moment, each with the code of why. */
  troubles(): readonly { readonly cluster: string; readonly code: string }[];
  stop(): Promise<void>;
}

/** Loads what was remembered and starts to look. Rejects with StoreError when it cannot be loaded. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { store, clock, log } = options;
  const remembered = await store.load();
  const memory = createMemory(remembered, options.readScope);
  const now = createSteadyTime(clock, Math.max(0, ...Object.values(remembered.lookedAt)));
  const ending = new AbortController();
  const { signal } = ending;
  const waiter = createWaiter(clock, signal);
  const clusters = new Map<string, ClusterWatch>();
  const wallAhead = createWallAhead(clock, now);
  const attention = createAttention({ memory, clusters, now, wallAhead, quietHours: options.quietHours });
  const settling = createSettling({
    memory,
    attention,
    store,
    now,
    onCommitted: options.onCommitted,
    onAttended: () => waiter.call(),
    onWatchesChanged: () => {
      for (const watch of clusters.values()) watch.replan();
    },
    onTrouble: (error) => log.error({ err: error }, 'a look could not be committed; it goes with the next'),
  });
  for (const cluster of options.clusters) {
    const { name } = cluster;
    const onFailure = (error: unknown) => log.warn({ err: error, cluster: name }, 'a look failed');
    const { take } = settling;
    clusters.set(name, createClusterWatch({ cluster, memory, clock, now, signal, take, onFailure }));
  }
  const { order } = settling;
  const desk = createOrders({ memory, store, clusters, allowances: options.clusters, now, order });
  const running = Promise.all([
    keepTime({ ...options, waiter, signal, now, settling, wakeAt: attention.wakeAt }),
    ...[...clusters.values()].map((watch) => watch.run()),
  ]);
  return {
    startedAt: now(),
    desk: deskByWall(desk, wallAhead),
    roomLost: (room, reason, waiting) =>
      order(() => ({
        outgoing: roomLost({ room, reason, waiting, watches: memory.watches.values(), at: now() }),
      })),
    troubles: () =>
      [...clusters.values()].flatMap((watch) => {
        const code = watch.trouble();
        return code === null ? [] : [{ cluster: watch.name, code }];
      }),
    async stop() {
      ending.abort(new Error('the watch was stopped'));
      await running;
      await settling.idle();
    },
  };
}

interface Timekeeping extends Pick<EngineOptions, 'store' | 'log' | 'historyMs'> {
  readonly waiter: ReturnType<typeof createWaiter>;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly settling: Settling;
  readonly wakeAt: () => number;
}

/** Old history goes so often. Milliseconds. */
const EXPIRE_EVERY_MS = 3_600_000;

/** Attends the rooms when only time has passed: a grace, a mute, a reminder, or a pause of the database. Once in a while, removes what is too old. */
async function keepTime(options: Timekeeping): Promise<void> {
  const { waiter, signal, now, settling, store, log } = options;
  const wakeAt = () => Math.min(options.wakeAt(), settling.retryAt());
  let expiredAt = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    if (now() - expiredAt >= EXPIRE_EVERY_MS) {
      expiredAt = now();
      await store.past.expire(now() - options.historyMs).catch((error: unknown) => {
        log.error({ err: error }, 'old history could not be removed');
      });
    }
    if (wakeAt() <= now()) await settling.take(() => ({}));
    // Only stopping ends it by an error.
    await waiter.wait(Math.min(EXPIRE_EVERY_MS, wakeAt() - now())).catch(() => {});
  }
}
