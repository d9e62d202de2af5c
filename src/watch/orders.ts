/** What people order of the watch, carried out: see `desk.ts`. */
import type { ClusterWatch, WatchedCluster } from './cluster-watch.ts';
import type { Desk, PlanReport, Watched } from './desk.ts';
import type { Incident, OpenIncident } from './incident.ts';
import { cardOf } from './incident-card.ts';
import type { Memory, WatchedScope } from './memory.ts';
import { NO_ANSWER, planReport } from './plan-report.ts';
import type { Delta, WatchStore } from './ports.ts';
import { type Mute, roomKey, type Watch } from './watch.ts';

export interface OrdersOptions {
  readonly memory: Memory;
  readonly store: Pick<WatchStore, 'past'>;
  readonly clusters: ReadonlyMap<string, ClusterWatch>;
  readonly allowances: readonly Pick<WatchedCluster, 'name' | 'allowance'>[];
  /** Epoch milliseconds, never going back. */
  readonly now: () => number;
  /** Commits what `make` says, and then applies it. Rejects with StoreError. */
  readonly order: (make: () => Delta) => Promise<void>;
}

/** More than anybody can read of, and no more than memory and a minute of every poll can bear. */
const MOST_WATCHES = 10_000;

export function createOrders(options: OrdersOptions): Desk {
  const { memory, store, now, order } = options;

  return {
    watches: {
      async add(wanted) {
        return addWatch(wanted, options);
      },
      async remove(ids, room) {
        const ended = all(memory).filter(
          (watch) => ids.includes(watch.id) && (room === null || roomKey(watch.room) === roomKey(room)),
        );
        if (ended.length > 0) await order(() => ({ endedWatches: ended.map(({ id }) => id) }));
        return ended;
      },
      list: (room) =>
        all(memory)
          .filter((watch) => room === null || roomKey(watch.room) === roomKey(room))
          .map((watch) => watched(watch, memory)),
    },
    mutes: {
      async add(wanted) {
        const mute: Mute = { ...wanted, id: memory.lastIds.mute + 1, from: now() };
        await order(() => ({ mutes: [mute] }));
        return mute;
      },
      async remove(ids, room) {
        const ended = [...memory.mutes.values()]
          .map(({ mute }) => mute)
          .filter((mute) => ids.includes(mute.id) && roomKey(mute.room) === roomKey(room))
          .map((mute) => ({ ...mute, until: Math.min(mute.until, now()) }));
        // It ends as it would by itself, so that what was held is told.
        if (ended.length > 0) await order(() => ({ mutes: ended }));
        return ended;
      },
      list: (room) =>
        [...memory.mutes.values()]
          .map(({ mute }) => mute)
          .filter((mute) => mute.until > now() && (room === null || roomKey(mute.room) === roomKey(room))),
    },
    incidents: {
      list: (filter) => store.past.incidents(filter),
      async get(id) {
        const incident = memory.incidents.get(id) ?? (await store.past.incident(id));
        if (incident === null) return null;
        return { card: cardOf(incident, now()), members: [...incident.members.values()] };
      },
      ack: (id, by) => acknowledge(id, by, options),
    },
    async history({ cluster, names, sinceMs, limit }) {
      const transitions = await store.past.transitions({ cluster, names, since: now() - sinceMs, limit });
      const { known } = memory.cluster(cluster);
      return { transitions, known: (names ?? []).flatMap((name) => known.get(name) ?? []) };
    },
    plan: (cluster) => report(cluster, options),
  };
}

async function addWatch(
  wanted: Omit<Watch, 'id' | 'createdAt'>,
  { memory, now, order }: OrdersOptions,
): ReturnType<Desk['watches']['add']> {
  const here = all(memory).find((watch) => isSame(watch, wanted));
  if (here !== undefined) return { type: 'same', watch: here };
  if (all(memory).length >= MOST_WATCHES) return { type: 'too-many', most: MOST_WATCHES };
  if (memory.readScope(wanted.text) === null) return { type: 'unreadable' };
  let watch: Watch | null = null;
  await order(() => {
    watch = { ...wanted, id: memory.lastIds.watch + 1, createdAt: now() };
    return { watches: [watch] };
  });
  return watch === null ? { type: 'unreadable' } : { type: 'added', watch };
}

function isSame(watch: Watch, wanted: Omit<Watch, 'id' | 'createdAt'>): boolean {
  return (
    watch.cluster === wanted.cluster &&
    roomKey(watch.room) === roomKey(wanted.room) &&
    watch.text.toLowerCase() === wanted.text.toLowerCase() &&
    (watch.until === 'back') === (wanted.until === 'back')
  );
}

function all(memory: Memory): readonly Watch[] {
  return [...[...memory.watches.values()].map(({ watch }) => watch), ...memory.unreadable.values()].sort(
    (a, b) => a.id - b.id,
  );
}

function watched(watch: Watch, memory: Memory): Watched {
  const scoped = memory.watches.get(watch.id);
  const open = [...memory.incidents.values()].filter(
    ({ room, cluster, why }) =>
      cluster === watch.cluster &&
      roomKey(room) === roomKey(watch.room) &&
      why.watches.some(({ id }) => id === watch.id),
  );
  return { watch, ...countKnown(scoped, memory), openIncidents: open.length };
}

function countKnown(scoped: WatchedScope | undefined, memory: Memory): Pick<Watched, 'devices' | 'notUp'> {
  if (scoped === undefined) return { devices: 0, notUp: 0 };
  const { known } = memory.cluster(scoped.watch.cluster);
  let devices = 0;
  let notUp = 0;
  for (const { row, condition } of known.values()) {
    if (condition === 'gone' || !scoped.scope.matches(row)) continue;
    devices += 1;
    if (condition !== 'up' && condition !== 'unknown') notUp += 1;
  }
  return { devices, notUp };
}

async function acknowledge(
  id: number,
  by: string,
  { memory, store, now, order }: OrdersOptions,
): ReturnType<Desk['incidents']['ack']> {
  const open = memory.incidents.get(id);
  if (open === undefined) return { type: (await store.past.incident(id)) === null ? 'unknown' : 'not-open' };
  if (open.ack?.by === by) return { type: 'already', card: cardOf(open, now()) };
  const at = now();
  const acknowledged: OpenIncident = { ...open, ack: { by, at, members: open.members.size }, cardAt: at };
  const card = cardOf(acknowledged, at);
  const { members: _members, ...incident } = acknowledged;
  await order(() => ({
    incidents: [incident satisfies Incident],
    outgoing: [
      {
        slot: `incident:${id}`,
        room: open.room,
        under: null,
        inPlace: true,
        announcement: { type: 'card', card },
        at,
        notBefore: at,
      },
    ],
  }));
  return { type: 'acknowledged', card };
}

function report(name: string, { memory, clusters, allowances }: OrdersOptions): PlanReport {
  const watch = clusters.get(name);
  const cluster = { name, allowance: allowances.find((one) => one.name === name)?.allowance ?? 0 };
  const devices = memory.cluster(name).known.size;
  const answers = watch?.report ?? (() => NO_ANSWER);
  const watches = [...memory.watches.values()].filter((one) => one.watch.cluster === name).length;
  return planReport(cluster, watch?.plan() ?? null, {
    watches,
    devices,
    answers,
    audit: watch?.audit.status() ?? null,
  });
}
