/** A desk that remembers in memory and watches nothing: what verbs order is kept, and what they are to find is given. */
import type { Desk, PlanReport, Watched } from '../../src/watch/desk.ts';
import type { IncidentCard, Member } from '../../src/watch/incident.ts';
import type { Known, Transition } from '../../src/watch/known.ts';
import { type Mute, type Room, roomKey, type Watch } from '../../src/watch/watch.ts';

export interface DeskOptions {
  readonly now: number;
  readonly watches?: readonly Watch[];
  readonly mutes?: readonly Mute[];
  readonly incidents?: readonly { readonly card: IncidentCard; readonly members: readonly Member[] }[];
  readonly transitions?: readonly Transition[];
  readonly known?: readonly Known[];
  readonly plan?: Partial<PlanReport>;
  /** Watches kept at the most. */
  readonly most?: number;
  /** A cluster that was configured once. */
  readonly removed?: string;
}

export interface TestDesk extends Desk {
  /** What `history` was asked for. */
  readonly asked: Parameters<Desk['history']>[0][];
}

export function createTestDesk(options: DeskOptions): TestDesk {
  const { now, most = 100, plan = {}, transitions = [], known = [] } = options;
  let watches = [...(options.watches ?? [])];
  let mutes = [...(options.mutes ?? [])];
  const incidents = new Map((options.incidents ?? []).map((one) => [one.card.incident.id, one]));
  const asked: Parameters<Desk['history']>[0][] = [];
  const isIn = (room: Room | null) => (one: { readonly room: Room }) =>
    room === null || roomKey(one.room) === roomKey(room);
  const next = (used: readonly { readonly id: number }[]) => Math.max(0, ...used.map(({ id }) => id)) + 1;
  const openIncidents = (id: number) =>
    [...incidents.values()].filter(
      ({ card: { incident } }) =>
        incident.closedAt === null && incident.why.watches.some((watch) => watch.id === id),
    ).length;

  return {
    asked,
    watches: {
      async add(wanted) {
        const same = watches.filter(isIn(wanted.room)).find(({ text }) => text === wanted.text);
        if (same !== undefined) return { type: 'same', watch: same };
        if (watches.length >= most) return { type: 'too-many', most };
        const watch = { ...wanted, id: next(watches), createdAt: now };
        watches.push(watch);
        return { type: 'added', watch };
      },
      async remove(ids, room) {
        const ended = watches.filter(({ id }) => ids.includes(id)).filter(isIn(room));
        watches = watches.filter((watch) => !ended.includes(watch));
        return ended;
      },
      list: (room) =>
        watches.filter(isIn(room)).map(
          (watch): Watched => ({
            watch,
            devices: 0,
            notUp: 0,
            openIncidents: openIncidents(watch.id),
            ...(watch.cluster === options.removed && { unseen: 'no-cluster' as const }),
          }),
        ),
    },
    mutes: {
      async add(wanted) {
        const mute = { ...wanted, id: next(mutes), from: now };
        mutes.push(mute);
        return mute;
      },
      async remove(ids, room) {
        const ended = mutes.filter(({ id }) => ids.includes(id)).filter(isIn(room));
        mutes = mutes.filter((mute) => !ended.includes(mute));
        return ended;
      },
      list: (room) => mutes.filter(isIn(room)),
    },
    incidents: {
      list: async ({ room, cluster, limit }) =>
        [...incidents.values()]
          .map(({ card }) => card.incident)
          .filter(isIn(room))
          .filter((incident) => cluster === null || incident.cluster === cluster)
          .slice(0, limit),
      get: async (id) => incidents.get(id) ?? null,
      async ack(id, by) {
        const found = incidents.get(id);
        if (found === undefined) return { type: 'unknown' };
        const { card, members } = found;
        if (card.incident.closedAt !== null) return { type: 'not-open' };
        if (card.incident.ack?.by === by) return { type: 'already', card };
        const acknowledged = {
          ...card,
          incident: { ...card.incident, ack: { by, at: now, members: members.length } },
        };
        incidents.set(id, { card: acknowledged, members });
        return { type: 'acknowledged', card: acknowledged };
      },
    },
    async history(filter) {
      asked.push(filter);
      const { names, sinceMs, limit, cluster } = filter;
      const isAsked = (name: string) => names === null || names.includes(name);
      const found = transitions.filter(
        (one) => one.cluster === cluster && isAsked(one.name) && one.at >= now - sinceMs,
      );
      return {
        transitions: found.slice(0, limit),
        known: names === null ? [] : known.filter(({ row }) => isAsked(row.name)),
      };
    },
    plan: (cluster) => ({
      cluster,
      standing: [],
      devices: 0,
      audit: null,
      requestsPerMinute: 0,
      allowance: 15,
      watches: 0,
      lossSeenMs: null,
      ...plan,
    }),
  };
}
