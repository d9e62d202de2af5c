/** What is the same for all clusters while a room is attended, and the scene of each. */
import type { AttendInput, ClusterSight } from './attend.ts';
import { createCoverage } from './coverage.ts';
import { draftOf } from './draft.ts';
import { flappingNames } from './flap.ts';
import { createShares } from './group.ts';
import type { MuteInForce } from './memory.ts';
import { createHolds } from './mute.ts';
import type { QuietNow } from './quiet.ts';
import type { Scene } from './scene.ts';
import { createWatchNotes, type WatchNotes } from './watch-notes.ts';

export interface Alarm {
  /** Time alone changes something at `at`, epoch milliseconds; what is past does not count. */
  wake(at: number): void;
  /** The first of them; null: none. */
  at(): number | null;
}

export function createAlarm(now: number): Alarm {
  let first = Number.POSITIVE_INFINITY;
  return {
    wake(at) {
      if (at > now) first = Math.min(first, at);
    },
    at: () => (first === Number.POSITIVE_INFINITY ? null : first),
  };
}

export interface Stage {
  readonly input: AttendInput;
  readonly alarm: Alarm;
  readonly quiet: QuietNow;
  /** Mutes that are not over. */
  readonly running: readonly MuteInForce[];
  readonly notes: WatchNotes;
}

export function stageOf(parts: Omit<Stage, 'notes'>): Stage {
  const sights = new Map(parts.input.clusters.map((sight) => [sight.cluster, sight]));
  return {
    ...parts,
    notes: createWatchNotes((watch, name) => sights.get(watch.cluster)?.known.get(name)),
  };
}

/** Null: the room has nothing to do with the cluster. */
export function sceneOf({ input, alarm, quiet, running, notes }: Stage, sight: ClusterSight): Scene | null {
  const { now, room } = input;
  const { cluster, known } = sight;
  const drafts = input.incidents
    .filter((incident) => incident.cluster === cluster && incident.closedAt === null)
    .map(draftOf);
  // A watch that waits for a return, and one that is over, hear of no loss.
  const watches = input.watches.filter(
    ({ watch }) => watch.cluster === cluster && watch.until !== 'back' && (watch.until ?? Infinity) > now,
  );
  if (watches.length === 0 && drafts.length === 0) return null;
  return {
    now,
    room,
    sight,
    coverage: createCoverage(watches),
    shares: createShares(known),
    holds: createHolds(cluster, running, quiet),
    notes,
    drafts,
    flapping: flappingNames(drafts, known, now),
    outgoing: [],
    wake: alarm.wake,
    nextIncident: input.nextIncident,
  };
}
