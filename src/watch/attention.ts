/** All rooms attended at once: who has to hear what of everything that is known. */

import type { KnownRow } from '../device/known.ts';
import { attend, type ClusterSight } from './attend.ts';
import type { ClusterWatch } from './cluster-watch.ts';
import type { OpenIncident } from './incident.ts';
import type { Memory, MuteInForce, WatchedScope } from './memory.ts';
import { mergeDeltas } from './merge.ts';
import { isNoteworthy } from './noteworthy.ts';
import type { Delta } from './ports.ts';
import { type QuietHours, type Room, roomKey } from './watch.ts';

export interface AttentionOptions {
  readonly memory: Memory;
  readonly quietHours: readonly QuietHours[];
  readonly clusters: ReadonlyMap<string, ClusterWatch>;
  /** Epoch milliseconds, never going back. */
  readonly now: () => number;
  /** How far the wall clock is ahead of it. Milliseconds. */
  readonly wallAhead: () => number;
}

export interface Attention {
  /**
   * Nothing of a cluster that has been asked since the start and has given neither an answer nor a failure: what is remembered of it is no
   * news. That lasts as long as its first question may take; whatever else a room watches goes on meanwhile.
   */
  attend(): Delta;
  /** Epoch milliseconds at which time alone changes something; infinite when never. */
  wakeAt(): number;
}

export function createAttention(options: AttentionOptions): Attention {
  const { memory, quietHours, clusters, now, wallAhead } = options;
  let wakeAt = Number.NEGATIVE_INFINITY;

  function sights(): readonly ClusterSight[] {
    return [...clusters.values()].map((watch) => {
      const { known, noteworthy, blind, seenAgain } = memory.cluster(watch.name);
      for (const [name, one] of noteworthy) if (!isNoteworthy(one, now())) noteworthy.delete(name);
      return {
        cluster: watch.name,
        silent: isSilent(watch),
        answersSince: watch.answersSince(),
        known,
        noteworthy,
        blind: [...blind.values()],
        seenAgain,
        size: watch.audit.status().size,
        resumedAt: watch.resumedAt(),
        gap: watch.gap(),
        everyMs: (row) => everyMs(watch, row),
      };
    });
  }

  return {
    attend() {
      const at = now();
      const resuming = new Set([...clusters.values()].filter(isResuming).map(({ name }) => name));
      const clusterSights = sights().filter(({ cluster }) => !resuming.has(cluster));
      const attended = roomsOf(memory).map((room) =>
        attend({
          ...room,
          mutes: room.mutes.filter((muted) => !waitsFor(muted, at, room, resuming)),
          now: at,
          wallAheadMs: wallAhead(),
          clusters: clusterSights,
          quiet: quietHours.filter((hours) => means(hours, room.room)),
          nextIncident: () => {
            memory.lastIds.incident += 1;
            return memory.lastIds.incident;
          },
        }),
      );
      const wakes = attended.map((room) => room.wakeAt ?? Number.POSITIVE_INFINITY);
      // Never at once again: a decision that leaves things as they are must not spin.
      wakeAt = resuming.size > 0 ? at + LEAST_WAIT_MS : Math.max(Math.min(...wakes), at + LEAST_WAIT_MS);
      return mergeDeltas(...attended.map(({ wakeAt: _wakeAt, ...delta }) => delta));
    },
    wakeAt: () => wakeAt,
  };
}

const LEAST_WAIT_MS = 1_000;

/** It is asked, and no answer has come yet: what is remembered is not known to be so still. */
function isSilent(watch: ClusterWatch): boolean {
  return watch.plan().standing.length > 0 && watch.isStale();
}

/** No failure has come either: the first question is still under way. */
function isResuming(watch: ClusterWatch): boolean {
  return watch.trouble() === null && isSilent(watch);
}

/** What a mute held is said of all that it meant at once: one that is over waits for the room's clusters that are asked just now. */
function waitsFor(
  { mute }: MuteInForce,
  now: number,
  { watches }: Pick<RoomSight, 'watches'>,
  resuming: ReadonlySet<string>,
): boolean {
  if (mute.until > now) return false;
  if (mute.cluster !== null) return resuming.has(mute.cluster);
  return watches.some(({ watch }) => resuming.has(watch.cluster));
}

interface RoomSight {
  readonly room: Room;
  readonly watches: WatchedScope[];
  readonly mutes: MuteInForce[];
  readonly incidents: OpenIncident[];
}

function roomsOf(memory: Memory): readonly RoomSight[] {
  const rooms = new Map<string, RoomSight>();
  const of = (room: Room): RoomSight => {
    const key = roomKey(room);
    const found = rooms.get(key) ?? { room, watches: [], mutes: [], incidents: [] };
    rooms.set(key, found);
    return found;
  };
  for (const watched of memory.watches.values()) of(watched.watch.room).watches.push(watched);
  for (const muted of memory.mutes.values()) of(muted.mute.room).mutes.push(muted);
  for (const incident of memory.incidents.values()) of(incident.room).incidents.push(incident);
  return [...rooms.values()];
}

function means({ platform, rooms }: QuietHours, room: Room): boolean {
  return (platform === null || platform === room.platform) && (rooms === null || rooms.includes(room.room));
}

/** How often a row is looked at; null when no standing query asks for it. */
function everyMs(watch: ClusterWatch, row: KnownRow): number | null {
  const name = row.name.toUpperCase();
  const asking = watch.plan().standing.filter(({ role, query }) => {
    if (query.operation === 'selectCtiItem') return row.deviceClass.startsWith('Cti');
    if (role === 'named') return query.items.some((item) => item.toUpperCase() === name);
    if (role === 'numbers') return row.linesStatus.some((line) => query.items.includes(line.directoryNumber));
    return query.deviceClass === 'Any' || query.deviceClass === row.deviceClass;
  });
  return asking.length === 0 ? null : Math.min(...asking.map((standing) => standing.everyMs));
}
