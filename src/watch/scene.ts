/** One cluster as one room sees it, while it is attended: what is known, what holds, and what has come of it so far. */
import type { KnownRow } from '../device/known.ts';
import type { ClusterSight } from './attend.ts';
import type { Coverage } from './coverage.ts';
import { type Draft, isOpen, newDraft, notUp } from './draft.ts';
import type { Shares } from './group.ts';
import type { Factor, Incident, IncidentKind, Member } from './incident.ts';
import type { Known } from './known.ts';
import { BLIND_CLUSTER_MS, MOST_WATCHES_NAMED, SIGHT_SETTLES_MS } from './limits.ts';
import { isNotUp } from './member.ts';
import type { Holds } from './mute.ts';
import type { Outgoing } from './outgoing.ts';
import {
  flapsUntil,
  type Grouping,
  graceOf,
  type Subject,
  type Surroundings,
  type Telling,
} from './policy.ts';
import type { Room, Watch } from './watch.ts';
import type { WatchNotes } from './watch-notes.ts';

export interface Scene {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly room: Room;
  readonly sight: ClusterSight;
  /** The watches that hear of losses. */
  readonly coverage: Coverage;
  readonly shares: Shares;
  readonly holds: Holds;
  readonly notes: WatchNotes;
  /** The room's incidents of the cluster: those that were open, and those opened now. */
  readonly drafts: Draft[];
  /** Names of devices that are told of as flapping. */
  readonly flapping: Set<string>;
  readonly outgoing: Outgoing[];
  /** Time alone changes something at `at`. */
  wake(at: number): void;
  nextIncident(): number;
}

export function watchesOf({ coverage }: Pick<Scene, 'coverage'>, row: KnownRow): readonly Watch[] {
  return coverage.of(row).map(({ watch }) => watch);
}

/** What decides over a device besides itself. */
export function surroundingsOf(scene: Scene): Surroundings {
  const { sight, now, holds } = scene;
  const told = toldNames(scene);
  // Failed polls hold nothing back, neither while they fail nor afterwards; once blind, until the next answer and a little longer.
  const isAllBlind =
    sight.silent === true ||
    sight.blind.some(({ node, since }) => node === null && since + BLIND_CLUSTER_MS <= now);
  const blind = new Set(sight.blind.flatMap(({ node }) => node ?? []));
  const fresh = sight.seenAgain.filter(
    ({ node, ms, at }) => at + SIGHT_SETTLES_MS > now && (node !== null || ms >= BLIND_CLUSTER_MS),
  );
  const resumed = sight.resumedAt == null ? [] : [sight.resumedAt];
  // It may have gone back to where it came from.
  const nodesOf = ({ row, move }: Known) => [row.node, ...(move === null ? [] : [move.from])];
  return {
    watchesOf: (row) => watchesOf(scene, row),
    isTold: (name) => told.has(name),
    isFlapping: (known) =>
      scene.flapping.has(known.row.name) &&
      now < flapsUntil(known, graceOf(known.row, watchesOf(scene, known.row))),
    isBlind: (known) => isAllBlind || (blind.size > 0 && nodesOf(known).some((node) => blind.has(node))),
    settlesAt(known) {
      const mine = fresh.filter(({ node }) => node === null || nodesOf(known).includes(node));
      const settlesAt = Math.max(...resumed, ...mine.map(({ at }) => at)) + SIGHT_SETTLES_MS;
      return settlesAt > now ? settlesAt : null;
    },
    mutedUntil: holds.rowMutedUntil,
  };
}

function toldNames({ drafts }: Scene): ReadonlySet<string> {
  const names = new Set<string>();
  for (const draft of drafts.filter((one) => isOpen(one) && one.incident.kind !== 'flap')) {
    for (const { name } of notUp(draft)) names.add(name);
  }
  return names;
}

export interface Opening {
  readonly kind: IncidentKind;
  readonly mass?: boolean;
  readonly factor?: Factor | null;
  readonly members: readonly Member[];
  /** Those whose watches, and whose rows, the reason names. */
  readonly subjects: readonly Subject[];
  readonly reason: Telling;
  readonly grouping: Grouping;
  readonly graceMs: number;
  readonly gap?: Incident['gap'];
  readonly blind?: Incident['blind'];
  /** Epoch milliseconds; when it began, if its members do not say. */
  readonly startedAt?: number;
}

/** A new incident of the room. */
export function openIncident(scene: Scene, opening: Opening): Draft {
  const { now, room, sight } = scene;
  const { members, subjects, reason, grouping, graceMs } = opening;
  const lost = members.filter(isNotUp).length;
  const [first] = subjects;
  const draft = newDraft(
    {
      id: scene.nextIncident(),
      cluster: sight.cluster,
      room,
      kind: opening.kind,
      mass: opening.mass ?? false,
      factor: opening.factor ?? null,
      startedAt: members.reduce((least, { since }) => Math.min(least, since), opening.startedAt ?? now),
      openedAt: now,
      opening: { members: members.length, lost, moved: members.length - lost, ...onlyOf(members) },
      peak: lost,
      calmSince: null,
      closedAt: null,
      closedBy: null,
      ack: null,
      remindedAt: null,
      why: {
        watches: named(
          subjects.length > 0 ? subjects : [{ watches: scene.coverage.watches.map(({ watch }) => watch) }],
        ),
        reason,
        graceMs,
        everyMs: first === undefined ? null : sight.everyMs(first.known.row),
        grouping,
      },
      blind: opening.blind ?? null,
      gap: opening.gap ?? null,
      cardAt: now,
    },
    members,
  );
  scene.drafts.push(draft);
  return draft;
}

/** One device has a name that says more than its number. */
function onlyOf([first, ...others]: readonly Member[]): Pick<Incident['opening'], 'only'> {
  if (first === undefined || others.length > 0) return {};
  const { name, description, deviceClass, numbers } = first;
  return { only: { name, description, deviceClass, ...(numbers && { numbers }) } };
}

/** The watches behind it, each once; no more than a person can read. */
function named(subjects: readonly Pick<Subject, 'watches'>[]): Incident['why']['watches'] {
  const found = new Map<number, Watch>();
  for (const { watches } of subjects) {
    for (const watch of watches) found.set(watch.id, watch);
    if (found.size >= MOST_WATCHES_NAMED) break;
  }
  return [...found.values()].slice(0, MOST_WATCHES_NAMED).map(({ id, text, maker }) => ({ id, text, maker }));
}
