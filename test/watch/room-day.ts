/**
 * A day of one room: what is known changes over minutes, the room is attended when it asks to be, and what it is told is written down when
 * it would be delivered. Everything goes through stored state alone, and every look is taken twice: the second must say nothing.
 */
import { expect } from 'vitest';
import type { KnownRow } from '../../src/device/known.ts';
import { applyToRoom } from '../../src/watch/apply-to-room.ts';
import { type Attended, type AttendInput, attend, type ClusterSight } from '../../src/watch/attend.ts';
import { changesAfterReturn, changesOnLeaving, recentChanges } from '../../src/watch/changes.ts';
import type { Announcement, IncidentCard, OpenIncident } from '../../src/watch/incident.ts';
import type { Blind, Condition, Known } from '../../src/watch/known.ts';
import { isNoteworthy } from '../../src/watch/noteworthy.ts';
import type { Outgoing } from '../../src/watch/outgoing.ts';
import type { Mute, QuietHours, Room, Scope, Watch } from '../../src/watch/watch.ts';
import { deviceRow } from '../device/row.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
/** A Monday, 08:00 UTC. */
export const START = Date.UTC(2026, 0, 5, 8);
export const ROOM: Room = { platform: 'slack', room: '#noc' };

export interface RoomDayOptions {
  readonly size?: number | null;
  readonly quiet?: readonly QuietHours[];
  readonly now?: number;
  /** The room is attended this often, though it did not ask for it. */
  readonly everyMs?: number;
}

export function knownRow(fields: Partial<KnownRow> = {}): KnownRow {
  return deviceRow(fields as Partial<ReturnType<typeof deviceRow>>);
}

/** A phone on `node` in 10.1.`site`.0/24. */
export function phone(
  name: string,
  { node = 'cucm1', site = 1, ...fields }: Partial<KnownRow> & { site?: number } = {},
) {
  const host = 1 + (Number(name.replace(/\D/g, '')) % 250);
  const ipAddress = [{ ip: `10.1.${site}.${host}`, ipAddrType: 'ipv4', attribute: 'Unknown' }] as const;
  return knownRow({ name, node, ipAddress, ...fields });
}

/** `P1`…`Pn`. */
export function phones(count: number, fields: (index: number) => Parameters<typeof phone>[1] = () => ({})) {
  return Array.from({ length: count }, (_, index) => phone(`P${index + 1}`, fields(index)));
}

export const names = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => `P${index + from}`);

export function scopeOf(matches: (row: KnownRow) => boolean, fields: Partial<Scope> = {}): Scope {
  return { names: [], numbers: [], exceptions: { deviceClass: 'Any' }, cti: [], ...fields, matches };
}

export const EVERYTHING = scopeOf(() => true);
export const named = (...wanted: string[]) =>
  scopeOf(({ name }) => wanted.includes(name), { names: wanted, exceptions: null });

export interface Heard {
  readonly at: number;
  readonly slot: string;
  readonly announcement: Announcement;
}

export function createRoomDay(rows: readonly KnownRow[], options: RoomDayOptions = {}) {
  const known = new Map<string, Known>();
  const watches = new Map<number, { watch: Watch; scope: Scope }>();
  const mutes = new Map<number, { mute: Mute; covers: (row: KnownRow) => boolean }>();
  const blind = new Map<string, Blind>();
  const seenAgain: { node: string | null; ms: number; at: number }[] = [];
  const waiting = new Map<string, Outgoing>();
  const heard: Heard[] = [];
  let incidents: readonly OpenIncident[] = [];
  let now = options.now ?? START;
  let wakeAt: number | null = null;
  let ids = 0;
  let outgoing = 0;
  let gapMs = 0;

  for (const row of rows) {
    known.set(row.name, {
      cluster: 'prod',
      row,
      condition: 'up',
      since: now - HOUR,
      baseline: true,
      gapMs: 0,
      move: null,
      changes: [],
    });
  }

  function sight(): ClusterSight {
    return {
      cluster: 'prod',
      known,
      noteworthy: new Map([...known].filter(([, one]) => isNoteworthy(one, now))),
      blind: [...blind.values()],
      seenAgain: seenAgain.filter(({ at }) => now - at < 10 * MINUTE),
      size: options.size === undefined ? known.size : options.size,
      everyMs: () => 10 * SECOND,
    };
  }

  function input(): AttendInput {
    return {
      now,
      room: ROOM,
      clusters: [sight()],
      watches: [...watches.values()],
      mutes: [...mutes.values()],
      quiet: options.quiet ?? [],
      incidents,
      nextIncident: () => ++ids,
    };
  }

  function apply(attended: Attended): void {
    incidents = structuredClone(applyToRoom(incidents, attended)) as readonly OpenIncident[];
    for (const watch of attended.watches ?? []) {
      const found = watches.get(watch.id);
      if (found) watches.set(watch.id, { ...found, watch: structuredClone(watch) });
    }
    for (const id of attended.endedWatches ?? []) watches.delete(id);
    for (const id of attended.endedMutes ?? []) mutes.delete(id);
  }

  function look(): void {
    deliver();
    const attended = attend(input());
    apply(attended);
    outgoing += attended.outgoing?.length ?? 0;
    for (const one of attended.outgoing ?? []) {
      expect(one.notBefore).toBeGreaterThanOrEqual(now);
      waiting.set(one.slot, structuredClone(one));
    }
    wakeAt = attended.wakeAt;
    if (wakeAt !== null) expect(wakeAt).toBeGreaterThan(now);
    const { wakeAt: wakesAt, ...again } = attend(input());
    // A look that comes too early does no harm; one that is missed does.
    expect(wakeAt ?? Infinity).toBeLessThanOrEqual(wakesAt ?? Infinity);
    expect(again).toEqual({
      incidents: [],
      members: [],
      outgoing: [],
      watches: [],
      endedWatches: [],
      endedMutes: [],
    });
    deliver();
  }

  function deliver(): void {
    for (const [slot, { notBefore, announcement }] of [...waiting]) {
      if (notBefore > now) continue;
      heard.push({ at: notBefore, slot, announcement });
      waiting.delete(slot);
    }
  }

  function pass(ms: number): void {
    const until = now + ms;
    for (;;) {
      const sent = [...waiting.values()].map(({ notBefore }) => notBefore);
      const tick = now + (options.everyMs ?? Number.POSITIVE_INFINITY);
      const next = Math.min(until, tick, wakeAt ?? until, ...sent.filter((at) => at > now));
      now = next;
      look();
      if (now >= until) return;
    }
  }

  function set(name: string, condition: Condition, fields: Partial<KnownRow> = {}): void {
    const before = known.get(name);
    if (before === undefined) throw new Error(`no ${name}`);
    const turns = (before.condition === 'up') !== (condition === 'up');
    const row = { ...before.row, ...fields };
    const moved = condition === 'up' && row.node !== before.row.node;
    known.set(name, {
      ...before,
      row,
      condition,
      since: turns ? now : before.since,
      baseline: before.baseline && !turns,
      gapMs: turns ? gapMs : before.gapMs,
      changes: changesOf(before, row, condition),
      ...(turns && condition === 'up' && { goneAt: before.since }),
      move: moved ? moveOf(before, row.node) : before.move,
    });
  }

  function changesOf(before: Known, row: KnownRow, condition: Condition): readonly number[] {
    if ((before.condition === 'up') === (condition === 'up') || condition === 'gone')
      return recentChanges(before, now);
    return condition === 'up' ? changesAfterReturn(before, row, now) : changesOnLeaving(before, row, now);
  }

  function moveOf({ move, row }: Known, to: string): NonNullable<Known['move']> {
    const returns = move !== null && move.from === to;
    return { from: row.node, to, at: now, home: returns && !move.home, leftAt: returns ? move.at : null };
  }

  const day = {
    now: () => now,
    known,
    input,
    look,
    pass,
    watch(scope: Scope = EVERYTHING, fields: Partial<Watch> = {}): Watch {
      const id = watches.size + 1;
      const watch: Watch = {
        id,
        cluster: 'prod',
        room: ROOM,
        maker: 'maria',
        text: 'all',
        graceMs: null,
        until: null,
        createdAt: now,
        ...fields,
      };
      watches.set(watch.id, { watch, scope });
      look();
      return watch;
    },
    unwatch(id: number): void {
      watches.delete(id);
      look();
    },
    mute(about: Mute['about'], ms: number, covers: (row: KnownRow) => boolean = () => false): number {
      const id = mutes.size + 1;
      const mute = {
        id,
        cluster: null,
        room: ROOM,
        about,
        from: now,
        until: now + ms,
        by: 'maria',
        why: 'works',
      };
      mutes.set(id, { mute, covers });
      look();
      return id;
    },
    unmute(id: number): void {
      const found = mutes.get(id);
      if (found) mutes.set(id, { ...found, mute: { ...found.mute, until: now } });
      look();
    },
    down(which: readonly string[], condition: Condition = 'lost', statusReason = 13): void {
      for (const name of which) set(name, condition, { status: 'UnRegistered', statusReason });
      look();
    },
    up(which: readonly string[], node?: string): void {
      const fields = { status: 'Registered', statusReason: 0, ...(node === undefined ? {} : { node }) };
      for (const name of which) set(name, 'up', fields);
      look();
    },
    blind(node: string | null, code = 'NodeNotResponding'): void {
      blind.set(node ?? '', { cluster: 'prod', node, code, since: now, lastSeen: now });
      look();
    },
    see(node: string | null, then: () => void = () => {}): void {
      const found = blind.get(node ?? '');
      blind.delete(node ?? '');
      if (found) {
        seenAgain.push({ node, ms: now - found.since, at: now });
        gapMs = now - found.since;
      }
      then();
      gapMs = 0;
      look();
    },
    /** risbot is not there for so long; what `then` says is seen when it is back. */
    away(ms: number, then: () => void): void {
      now += ms;
      gapMs = ms;
      then();
      gapMs = 0;
      look();
    },
    acknowledge(id: number): void {
      incidents = incidents.map((one) =>
        one.id === id ? { ...one, ack: { by: 'bob', at: now, members: one.members.size }, cardAt: now } : one,
      );
      look();
    },
    set(name: string, condition: Condition, fields: Partial<KnownRow> = {}): void {
      set(name, condition, fields);
      look();
    },
    incidents: () => incidents,
    heard: () => heard,
    sent: () => outgoing,
    /** What was told since it was last asked, with the minutes since the start. */
    told(): readonly string[] {
      return heard.splice(0).map(({ at, announcement }) => `${clock(at - START)} ${describe(announcement)}`);
    },
  };
  return day;
}

export type RoomDay = ReturnType<typeof createRoomDay>;

function clock(ms: number): string {
  const minutes = Math.floor(ms / MINUTE);
  return `${minutes}:${String(Math.round((ms % MINUTE) / SECOND)).padStart(2, '0')}`;
}

export function describe(announcement: Announcement): string {
  switch (announcement.type) {
    case 'card':
      return `card ${card(announcement.card)}`;
    case 'detail':
      return `detail #${announcement.card.incident.id} ${announcement.members.length}`;
    case 'milestone':
      return `${announcement.what} ${card(announcement.card)}`;
    case 'moved':
      return `moved ${announcement.total}: ${announcement.moves.map(({ name, to, kind }) => `${name}>${to}${kind === 'home' ? '(home)' : ''}`).join(' ')}`;
    case 'back':
      return `back #${announcement.watch} ${announcement.transition.name} ${clock(announcement.transition.awayMs ?? 0)}`;
    case 'mute-over': {
      const { quiet, lost, passed, back } = announcement;
      return `${quiet ? 'quiet' : 'mute'} over: ${lost.length} lost ${passed} passed ${back} back`;
    }
    case 'watch-over':
      return `watch #${announcement.watch} over: ${announcement.why}`;
    case 'room-lost':
      return 'room lost';
  }
}

function card({ incident, counts }: IncidentCard): string {
  const { id, kind, mass, factor, closedBy, blind, gap } = incident;
  return [
    `#${id} ${mass ? 'mass ' : ''}${kind}`,
    ...(blind ? [blind.nodes?.join('+') ?? 'cluster'] : []),
    ...(factor ? [`(${factor.by} ${factor.value})`] : []),
    ...(gap ? [`[${gap.type} ${clock(gap.ms)}]`] : []),
    ...Object.entries(counts).flatMap(([state, count]) => (count > 0 ? [`${count} ${state}`] : [])),
    ...(closedBy ? [`closed ${closedBy}`] : []),
  ].join(' ');
}
