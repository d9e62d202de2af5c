/** What one room is to be told now, and why. Pure: everything that matters is an argument. */
import type { KnownRow } from '../device/known.ts';
import { attendBlindness } from './blind-incident.ts';
import { attendBursts } from './bursts.ts';
import { endWatches } from './ends.ts';
import { attendFlaps, settleFlapping } from './flap.ts';
import type { OpenIncident } from './incident.ts';
import type { Blind, Known } from './known.ts';
import { progress, syncMembers } from './lifecycle.ts';
import { attendMasses } from './masses.ts';
import { attendMoves } from './moves.ts';
import { createHolds } from './mute.ts';
import { type Over, overAnnouncement, oversOf, release } from './over.ts';
import { type Decision, judge, type News } from './policy.ts';
import type { Delta } from './ports.ts';
import { quietBy } from './quiet.ts';
import { type Scene, surroundingsOf } from './scene.ts';
import { createAlarm, sceneOf, stageOf } from './stage.ts';
import { tellIncident } from './telling.ts';
import type { Mute, QuietHours, Room, Scope, Watch } from './watch.ts';

export interface AttendInput {
  /** Epoch milliseconds. Never goes back. */
  readonly now: number;
  /** How far the wall clock is ahead of `now`, for quiet hours. Milliseconds; left out: not at all. */
  readonly wallAheadMs?: number;
  readonly room: Room;
  readonly clusters: readonly ClusterSight[];
  readonly watches: readonly { readonly watch: Watch; readonly scope: Scope }[];
  /** Of this room, those that are over included. */
  readonly mutes: readonly { readonly mute: Mute; covers(row: KnownRow): boolean }[];
  /** Those of the configuration that mean this room. */
  readonly quiet: readonly QuietHours[];
  /** Open ones of this room. */
  readonly incidents: readonly OpenIncident[];
  nextIncident(): number;
}

/** A cluster as it is known now. */
export interface ClusterSight {
  readonly cluster: string;
  readonly known: ReadonlyMap<string, Known>;
  /** Those of `known` that are worth a look: not up, or changed or moved in the last half hour. */
  readonly noteworthy: ReadonlyMap<string, Known>;
  readonly blind: readonly Blind[];
  /** What could not be seen until a moment ago: nodes (null: all of it), and for how long. */
  readonly seenAgain: readonly { readonly node: string | null; readonly ms: number; readonly at: number }[];
  /** True: no look has succeeded since the start, or for minutes. What is remembered is not known to be so still. */
  readonly silent?: boolean;
  /** Epoch milliseconds of the first answer after the last look that failed; null or missing: none has failed. */
  readonly answersSince?: number | null;
  /** Epoch milliseconds of the first look since risbot began; null or missing: it has looked for long, or cannot. */
  readonly resumedAt?: number | null;
  /** Devices known; null as long as not all have been walked through. */
  readonly size: number | null;
  /** Not null: what is seen now may have happened while nobody could look, for so long. */
  readonly gap?: { readonly type: 'away' | 'blind'; readonly ms: number } | null;
  /** How often a row is looked at, milliseconds; null: not by a standing query. */
  everyMs(row: KnownRow): number | null;
}

/** What changes for the room. `outgoing` is what it hears. */
export type Attended = Pick<
  Delta,
  'incidents' | 'members' | 'outgoing' | 'watches' | 'endedWatches' | 'endedMutes'
> & {
  /** Epoch milliseconds at which it has to be attended again though nothing is seen: a grace or a mute passes. Null: never. */
  readonly wakeAt: number | null;
};

/** Called again with what it said, it says nothing new: all it goes by is stored. */
export function attend(input: AttendInput): Attended {
  const { now, room, watches } = input;
  const alarm = createAlarm(now);
  const quiet = quietBy(now, input.wallAheadMs ?? 0, input.quiet);
  const running = input.mutes.filter(({ mute }) => mute.until > now);
  if (quiet.until !== null) alarm.wake(quiet.until);
  for (const { mute } of running) alarm.wake(mute.until);
  const stage = stageOf({ input, alarm, quiet, running });
  const { notes } = stage;
  const overs = oversOf({ input, quiet, running, notes });
  const scenes = input.clusters.flatMap((sight) => sceneOf(stage, sight) ?? []);
  for (const scene of scenes) attendCluster(scene, overs);
  const ends = endWatches(input, {
    wake: alarm.wake,
    isHeld: (cluster) => quiet.until !== null || createHolds(cluster, running, quiet).mutedUntil !== null,
  });
  if (overs.some(({ type }) => type === 'quiet')) {
    for (const { watch } of watches) notes.setToldUntil(watch, quiet.over?.until ?? now);
  }
  const drafts = scenes.flatMap((scene) => scene.drafts);
  const ended = new Set(ends.ended);
  return {
    incidents: drafts.filter(({ incident, stored }) => incident !== stored).map(({ incident }) => incident),
    members: drafts.flatMap(({ incident, changed }) =>
      [...changed.values()].map((member) => ({ incident: incident.id, member })),
    ),
    outgoing: [
      ...overs.flatMap((over) => overAnnouncement(over, room, now) ?? []),
      ...scenes.flatMap(({ outgoing }) => outgoing),
      ...ends.outgoing,
    ],
    watches: notes.changed().filter(({ id }) => !ended.has(id)),
    endedWatches: ends.ended,
    endedMutes: overs.flatMap(({ mute }) => (mute === null ? [] : [mute.id])),
    wakeAt: alarm.at(),
  };
}

function attendCluster(scene: Scene, overs: readonly Over[]): void {
  attendBlindness(scene);
  attendFlaps(scene);
  syncMembers(scene);
  const pending = newsOf(scene);
  for (const over of overs) release(scene, over, pending);
  const waiting = attendMasses(scene, pending);
  attendBursts(scene, pending);
  settleFlapping(scene);
  for (const draft of scene.drafts) progress(scene, draft);
  attendMoves(scene, waiting);
  for (const draft of scene.drafts) tellIncident(scene, draft);
}

/** What may be told, now or when its grace has passed. */
function newsOf(scene: Scene): Map<string, News> {
  const around = surroundingsOf(scene);
  const pending = new Map<string, News>();
  for (const known of scene.sight.noteworthy.values()) {
    const judged = judge(known, around);
    if (judged.type === 'hold') {
      if (judged.until !== null) scene.wake(judged.until);
      continue;
    }
    pending.set(known.row.name, judged.news);
    scene.wake(judged.news.dueAt);
    scene.wake(judged.news.readyAt);
  }
  return pending;
}

/** Why nothing is told of a device, or why it is. Null: nothing is known of it. */
export function explainHold(input: AttendInput, cluster: string, name: string): Decision | null {
  const { now } = input;
  const quiet = quietBy(now, input.wallAheadMs ?? 0, input.quiet);
  const running = input.mutes.filter(({ mute }) => mute.until > now);
  const stage = stageOf({ input, alarm: createAlarm(now), quiet, running });
  const sight = input.clusters.find((one) => one.cluster === cluster);
  const known = sight?.known.get(name);
  const scene = sight && sceneOf(stage, sight);
  if (known === undefined || scene == null) return null;
  const judged = judge(known, surroundingsOf(scene));
  if (judged.type === 'hold') return judged;
  const { kind, dueAt } = judged.news;
  if (quiet.until !== null) return { type: 'hold', reason: 'quiet', until: quiet.until };
  if (dueAt > now) return { type: 'hold', reason: 'in-grace', until: dueAt };
  return { type: 'tell', reason: kind === 'fault' ? 'at-once' : 'grace-passed', kind };
}
