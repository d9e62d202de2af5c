/** What people order of the watch, carried out: see `desk.ts`. */
import type { ClusterWatch, WatchedCluster } from './cluster-watch.ts';
import type { Desk, PlanReport } from './desk.ts';
import type { Incident, OpenIncident } from './incident.ts';
import { cardOf, countedMembers } from './incident-card.ts';
import type { Memory } from './memory.ts';
import { NO_ANSWER, planReport } from './plan-report.ts';
import type { Delta, WatchStore } from './ports.ts';
import { type Mute, roomKey, type Watch } from './watch.ts';
import { watchedOf } from './watched.ts';

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
        const wanted = new Set(ids);
        const isMeant = ({ id, room: its }: Watch) =>
          wanted.has(id) && (room === null || roomKey(its) === roomKey(room));
        if (!all(memory).some(isMeant)) return [];
        return inTurn(order, () => {
          const ended = all(memory).filter(isMeant);
          return { delta: { endedWatches: ended.map(({ id }) => id) }, result: ended };
        });
      },
      list: (room) =>
        watchedOf(
          all(memory).filter((watch) => room === null || roomKey(watch.room) === roomKey(room)),
          memory,
          (cluster) => options.clusters.has(cluster),
        ),
    },
    mutes: {
      add: (wanted) =>
        inTurn(order, () => {
          const mute: Mute = { ...wanted, id: memory.lastIds.mute + 1, from: now() };
          return { delta: { mutes: [mute] }, result: mute };
        }),
      async remove(ids, room) {
        const isMeant = ({ id, room: its }: Mute) => ids.includes(id) && roomKey(its) === roomKey(room);
        const running = () => [...memory.mutes.values()].map(({ mute }) => mute).filter(isMeant);
        if (running().length === 0) return [];
        return inTurn(order, () => {
          // It ends as it would by itself, so that what was held is told.
          const ended = running().map((mute) => ({ ...mute, until: Math.min(mute.until, now()) }));
          return { delta: { mutes: ended }, result: ended };
        });
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
        return { card: cardOf(incident, now()), members: countedMembers(incident.members) };
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

/** What is decided over what is remembered when its turn has come: another order, or a look, may have come before. */
async function inTurn<T>(
  order: OrdersOptions['order'],
  make: () => { readonly delta: Delta; readonly result: T },
): Promise<T> {
  const results: T[] = [];
  await order(() => {
    const { delta, result } = make();
    results.push(result);
    return delta;
  });
  // An order that did not reject was made.
  return results[0] as T;
}

type Added = Awaited<ReturnType<Desk['watches']['add']>>;

async function addWatch(
  wanted: Omit<Watch, 'id' | 'createdAt'>,
  { memory, now, order }: OrdersOptions,
): Promise<Added> {
  const decide = (): Added => {
    const here = all(memory).find((watch) => isSame(watch, wanted));
    if (here !== undefined) return { type: 'same', watch: here };
    if (all(memory).length >= MOST_WATCHES) return { type: 'too-many', most: MOST_WATCHES };
    if (memory.readScope(wanted.text) === null) return { type: 'unreadable' };
    return { type: 'added', watch: { ...wanted, id: memory.lastIds.watch + 1, createdAt: now() } };
  };
  const first = decide();
  if (first.type !== 'added') return first;
  return inTurn(order, () => {
    const result = decide();
    return { delta: result.type === 'added' ? { watches: [result.watch] } : {}, result };
  });
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

type Acknowledged = Awaited<ReturnType<Desk['incidents']['ack']>>;

async function acknowledge(
  id: number,
  by: string,
  { memory, store, now, order }: OrdersOptions,
): Promise<Acknowledged> {
  if (!memory.incidents.has(id)) {
    return { type: (await store.past.incident(id)) === null ? 'unknown' : 'not-open' };
  }
  return inTurn<Acknowledged>(order, () => {
    const open = memory.incidents.get(id);
    if (open === undefined) return { delta: {}, result: { type: 'not-open' } };
    const at = now();
    if (open.ack?.by === by) return { delta: {}, result: { type: 'already', card: cardOf(open, at) } };
    const acknowledged: OpenIncident = { ...open, ack: { by, at, members: open.members.size }, cardAt: at };
    const card = cardOf(acknowledged, at);
    const { members: _members, ...incident } = acknowledged;
    const outgoing = {
      slot: `incident:${id}`,
      room: open.room,
      under: null,
      inPlace: true,
      announcement: { type: 'card' as const, card },
      at,
      notBefore: at,
    };
    return {
      delta: { incidents: [incident satisfies Incident], outgoing: [outgoing] },
      result: { type: 'acknowledged', card },
    };
  });
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
