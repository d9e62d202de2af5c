/** Mutes and quiet hours that are over: what they held is told as one difference. */
import type { KnownRow } from '../device/known.ts';
import type { AttendInput } from './attend.ts';
import { openBurst } from './bursts.ts';
import { type Draft, notUp } from './draft.ts';
import type { Member } from './incident.ts';
import { isNotUp } from './member.ts';
import type { MuteInForce } from './memory.ts';
import type { Outgoing } from './outgoing.ts';
import type { News } from './policy.ts';
import type { QuietNow } from './quiet.ts';
import { type Scene, watchesOf } from './scene.ts';
import type { Mute, Room } from './watch.ts';
import type { WatchNotes } from './watch-notes.ts';

/** What is over, and what is found to have happened meanwhile. Times are epoch milliseconds. */
export interface Over {
  readonly type: 'muted' | 'quiet';
  /** Null: quiet hours. */
  readonly mute: Mute | null;
  readonly from: number;
  readonly until: number;
  covers(row: KnownRow): boolean;
  /** Opened for what was lost meanwhile: what is over is said in its thread. */
  incident: number | null;
  readonly lost: Member[];
  passed: number;
  back: number;
}

export interface OverOptions {
  readonly input: AttendInput;
  readonly quiet: QuietNow;
  readonly running: readonly MuteInForce[];
  readonly notes: WatchNotes;
}

/** As long as something else keeps the room from being told, nothing is over. */
export function oversOf({ input, quiet, running, notes }: OverOptions): readonly Over[] {
  if (quiet.until !== null) return [];
  const isHeld = (cluster: string | null) =>
    running.some(
      ({ mute }) => mute.about.type === 'room' && (mute.cluster === null || mute.cluster === cluster),
    );
  const mutes = input.mutes.filter(({ mute }) => mute.until <= input.now && !isHeld(mute.cluster));
  const overs = mutes.map(({ mute, covers }): Over => {
    const { from, until, about } = mute;
    return {
      ...nothing(),
      type: 'muted',
      mute,
      from,
      until,
      covers: about.type === 'room' ? () => true : covers,
    };
  });
  const told = input.watches.map(({ watch }) => Math.max(notes.toldUntil(watch), watch.createdAt));
  const isTold = quiet.over === null || told.length === 0 || Math.max(...told) >= quiet.over.until;
  if (isTold || quiet.over === null || isHeld(null)) return overs;
  return [...overs, { ...nothing(), ...quiet.over, type: 'quiet', mute: null, covers: () => true }];
}

function nothing(): Pick<Over, 'incident' | 'lost' | 'passed' | 'back'> {
  return { incident: null, lost: [], passed: 0, back: 0 };
}

/** Takes what it tells out of `pending`: one incident of everything that was lost meanwhile and still is. */
export function release(scene: Scene, over: Over, pending: Map<string, News>): void {
  const { mute } = over;
  if (mute !== null && mute.cluster !== null && mute.cluster !== scene.sight.cluster) return;
  if (mute?.about.type === 'incident') {
    const { incident } = mute.about;
    const draft = scene.drafts.find((one) => one.incident.id === incident);
    if (draft === undefined) return;
    over.lost.push(...notUp(draft));
    over.back += backIn(scene, draft, { ...over, covers: () => true });
    return;
  }
  for (const draft of scene.drafts) over.back += backIn(scene, draft, over);
  over.passed += passedBy(scene, over);
  const held = [...pending.values()].filter(
    ({ known, dueAt }) => dueAt <= scene.now && known.since < over.until && over.covers(known.row),
  );
  const [first] = held;
  if (first === undefined) return;
  for (const { known } of held) pending.delete(known.row.name);
  const draft = openBurst(scene, held, {
    reason: over.type === 'quiet' ? 'after-quiet' : 'after-mute',
    kind: held.every(({ kind }) => kind === first.kind) ? first.kind : 'loss',
    gap: { type: over.type, ms: over.until - over.from },
  });
  over.incident ??= draft.incident.id;
  over.lost.push(...draft.members.values());
}

/** Members of open incidents that returned meanwhile. */
function backIn({ sight }: Scene, { members, incident }: Draft, over: Over): number {
  if (incident.kind === 'flap' || incident.kind === 'failover') return 0;
  return [...members.values()].filter((member) => {
    if (isNotUp(member) || member.state === 'gone' || !isWithin(member.changedAt, over)) return false;
    const row = sight.known.get(member.name)?.row;
    return row !== undefined && over.covers(row);
  }).length;
}

/** Devices that went and came again, as far as that can be known: they are up since then, and were not new. */
function passedBy(scene: Scene, over: Over): number {
  const told = new Set(scene.drafts.flatMap(({ members }) => [...members.keys()]));
  let passed = 0;
  for (const { condition, baseline, since, row } of scene.sight.known.values()) {
    if (condition !== 'up' || baseline || !isWithin(since, over) || told.has(row.name)) continue;
    if (over.covers(row) && watchesOf(scene, row).some(({ createdAt }) => since >= createdAt)) passed += 1;
  }
  return passed;
}

function isWithin(at: number, { from, until }: Over): boolean {
  return at >= from && at <= until;
}

/** Null: quiet hours in which nothing happened. */
export function overAnnouncement(over: Over, room: Room, now: number): Outgoing | null {
  const { mute, lost, passed, back, from, until } = over;
  if (mute === null && lost.length + passed + back === 0) return null;
  const above = mute?.about.type === 'incident' ? mute.about.incident : over.incident;
  return {
    slot: mute === null ? `quiet:${until}` : `mute:${mute.id}`,
    room,
    under: above === null ? null : `incident:${above}`,
    inPlace: false,
    announcement: {
      type: 'mute-over',
      mute: mute?.id ?? 0,
      why: mute?.why ?? '',
      ms: until - from,
      at: now,
      quiet: mute === null,
      lost,
      passed,
      back,
    },
    at: now,
    notBefore: now,
  };
}
