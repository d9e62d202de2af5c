/** Losses that are no mass event: told when the first is due, with those that went with it. */
import { type Draft, setMember } from './draft.ts';
import { gapOf } from './gap-kind.ts';
import { bestFactor, factorValue } from './group.ts';
import type { Factor, Incident, Member } from './incident.ts';
import { incidentFor, takesIn } from './joining.ts';
import { BURST_MS, MASS_ANYWAY, MASS_COUNT } from './limits.ts';
import { sharedBy } from './mass-window.ts';
import { memberOf } from './member.ts';
import type { Grouping, News, Telling } from './policy.ts';
import { replacedMember, replacements } from './replaced.ts';
import { openIncident, type Scene, watchesOf } from './scene.ts';
import { sitesOf } from './sites.ts';

/** Takes what it tells out of `pending`. */
export function attendBursts(scene: Scene, pending: Map<string, News>): void {
  if (scene.holds.quiet.until !== null) return;
  const byAge = [...pending.values()].toSorted((a, b) => a.known.since - b.known.since);
  for (const kind of ['fault', 'loss', 'partial', 'user'] as const) {
    let rest = byAge.filter((news) => news.kind === kind);
    for (;;) {
      const first = rest.find(({ dueAt }) => dueAt <= scene.now);
      if (first === undefined) break;
      const told = new Set(tellBurst(scene, burstOf(scene, rest, first), first));
      rest = rest.filter((news) => !told.has(news));
      for (const { known } of told) pending.delete(known.row.name);
    }
  }
}

/** Those that went with the first, and for the same cause as far as that shows: of several sites or failures, the part that it is of. */
function burstOf(scene: Scene, rest: readonly News[], first: News): readonly News[] {
  const burst = rest.filter((news) => goesWith(first, news, scene.now));
  if (burst.length < 3 || first.known.gapMs > 0) return burst;
  const alike = first.kind === 'fault' ? burst.filter((news) => failureOf(news) === failureOf(first)) : burst;
  const devices = alike.map(({ known }) => known);
  // What cannot register because of its model or firmware does so at every site.
  if (first.kind === 'fault' && bestFactor(devices, scene.shares, ['app', 'load', 'model']) !== null)
    return alike;
  const sites = sitesOf(devices, scene.shares, 2);
  const siteOf = ({ known }: News) => sites.find((site) => factorValue(known, 'subnet') === site);
  return alike.filter((news) => siteOf(news) === siteOf(first));
}

const failureOf = ({ known }: News) => known.row.statusReason;

/**
 * What happened while nobody could look is one burst, whenever it was first seen. A device with a longer grace than the first is not told
 * before its own is nearly over.
 */
function goesWith(first: News, { known, dueAt }: News, now: number): boolean {
  if (dueAt > now + BURST_MS) return false;
  if (first.known.gapMs > 0 || known.gapMs > 0) return first.known.gapMs > 0 && known.gapMs > 0;
  return Math.abs(known.since - first.known.since) <= BURST_MS;
}

/** Returns those that are told: what an open incident does not take in along with the first waits for its own turn. */
function tellBurst(scene: Scene, burst: readonly News[], first: News): readonly News[] {
  const draft = incidentFor(scene, first, burst);
  if (draft === undefined) {
    const reason = first.kind === 'fault' ? 'at-once' : 'grace-passed';
    openBurst(scene, burst, { reason: first.known.gapMs > 0 ? 'after-gap' : reason, kind: first.kind });
    return burst;
  }
  const told = burst.filter((news) => news === first || takesIn(scene, draft, news));
  for (const { known } of told) setMember(draft, memberOf(known));
  return told;
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
