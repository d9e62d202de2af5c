/** Losses that are no mass event: told when the first is due, with those that went with it. */
import { type Draft, isOpen, lastGrowth, setMember } from './draft.ts';
import { gapOf } from './gap-kind.ts';
import { bestFactor, hasFactor } from './group.ts';
import type { Factor, Incident, Member } from './incident.ts';
import { BURST_MS, MASS_ANYWAY, MASS_COUNT, MASS_JOIN_MS } from './limits.ts';
import { sharedBy } from './mass-window.ts';
import { memberOf } from './member.ts';
import type { Grouping, News, Telling } from './policy.ts';
import { replacedMember, replacements } from './replaced.ts';
import { openIncident, type Scene, watchesOf } from './scene.ts';

/** Takes what it tells out of `pending`. */
export function attendBursts(scene: Scene, pending: Map<string, News>): void {
  if (scene.holds.quiet.until !== null) return;
  const byAge = [...pending.values()].toSorted((a, b) => a.known.since - b.known.since);
  for (const kind of ['fault', 'loss', 'partial', 'user'] as const) {
    let rest = byAge.filter((news) => news.kind === kind);
    for (;;) {
      const first = rest.find(({ dueAt }) => dueAt <= scene.now);
      if (first === undefined) break;
      const burst = rest.filter((news) => goesWith(first, news, scene.now));
      const told = new Set(burst);
      rest = rest.filter((news) => !told.has(news));
      for (const { known } of burst) pending.delete(known.row.name);
      tellBurst(scene, burst, first);
    }
  }
}

/**
 * What happened while nobody could look is one burst, whenever it was first seen. A device with a longer grace than the first is not told
 * before its own is nearly over.
 */
function goesWith(first: News, { known, dueAt }: News, now: number): boolean {
  if (dueAt > now + BURST_MS) return false;
  if (first.known.gapMs > 0 || known.gapMs > 0) return first.known.gapMs > 0 && known.gapMs > 0;
  return Math.abs(known.since - first.known.since) <= BURST_MS;
}

function tellBurst(scene: Scene, burst: readonly News[], first: News): void {
  const draft = scene.drafts.find((one) => accepts(one, first));
  if (draft === undefined) {
    const reason = first.kind === 'fault' ? 'at-once' : 'grace-passed';
    openBurst(scene, burst, { reason: first.known.gapMs > 0 ? 'after-gap' : reason, kind: first.kind });
    return;
  }
  for (const { known } of burst) setMember(draft, memberOf(known));
}

/** So few may have been replaced; of more nobody looks for those in their place. */
const MOST_REPLACED = 5;

function membersOf(scene: Scene, burst: readonly News[]): readonly Member[] {
  const replaced = burst.length <= MOST_REPLACED ? replacements(burst, scene.sight.known) : new Map();
  return burst.map(({ known }) => {
    const by = replaced.get(known.row.name);
    if (by === undefined) return memberOf(known);
    for (const watch of watchesOf(scene, known.row)) scene.notes.leave(watch, known);
    return replacedMember(known, by);
  });
}

/** Whether the incident is about the same burst, or the same mass event. */
function accepts(draft: Draft, { known, kind }: News): boolean {
  const { incident } = draft;
  if (!isOpen(draft) || incident.kind !== kind) return false;
  const apart = Math.abs(known.since - incident.startedAt);
  if (known.gapMs > 0) return isMissed(incident) && apart <= MASS_JOIN_MS;
  if (incident.gap !== null) return false;
  if (!incident.mass) return apart <= BURST_MS;
  const { factor } = incident;
  return (
    known.since - lastGrowth(draft) <= MASS_JOIN_MS &&
    (factor === null ? apart <= MASS_JOIN_MS : hasFactor(known, factor))
  );
}

function isMissed({ gap }: Incident): boolean {
  return gap?.type === 'away' || gap?.type === 'blind';
}

export interface BurstOpening {
  readonly reason: Telling;
  readonly kind: News['kind'];
  /** When it is not what the members say of themselves. */
  readonly gap?: Incident['gap'];
}

/** One incident of all of them. */
export function openBurst(scene: Scene, burst: readonly News[], { reason, kind, gap }: BurstOpening): Draft {
  const devices = burst.map(({ known }) => known);
  const factor = bestFactor(devices, scene.shares);
  const grouping = groupingOf(burst.length, factor, scene.sight.size);
  const members = membersOf(scene, burst);
  const isReplaced = members.every(({ replacedBy }) => replacedBy !== undefined);
  return openIncident(scene, {
    kind: isReplaced ? 'user' : kind,
    // What people switch off, and what lacks a line, is no event however many they are.
    mass: grouping.startsWith('mass') && (kind === 'loss' || kind === 'fault'),
    factor,
    members,
    subjects: burst,
    reason,
    grouping,
    graceMs:
      kind === 'fault'
        ? 0
        : burst.reduce((least, { graceMs }) => Math.min(least, graceMs), Number.POSITIVE_INFINITY),
    gap: gap ?? gapOf(devices, scene),
  });
}

function groupingOf(count: number, factor: Factor | null, size: number | null): Grouping {
  if (count >= sharedBy(size)) return 'mass-share';
  if (count >= MASS_ANYWAY || (factor !== null && factor.count >= MASS_COUNT)) return 'mass-count';
  return count === 1 ? 'alone' : 'burst';
}
