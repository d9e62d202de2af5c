/** Devices that change too often: one incident as long as they do. */
import { close, type Draft, isOpen, ownMembers, setMember } from './draft.ts';
import { bestFactor, hasFactor } from './group.ts';
import type { Known } from './known.ts';
import { CALM_MS, FLAP_CHANGES, FLAP_MS, FLAP_TOGETHER, MASS_WINDOW_MS } from './limits.ts';
import { memberNow, memberOf } from './member.ts';
import { graceOf, type Subject } from './policy.ts';
import { openIncident, type Scene, watchesOf } from './scene.ts';

/**
 * Whether it changes too often; changes before `from`, epoch milliseconds, do not count. Nor do those that led to its move: they are not
 * counted any more, but what an earlier version stored has them.
 */
export function isRestless({ changes, move }: Known, now: number, from: number): boolean {
  const since = Math.max(now - FLAP_MS, from - 1);
  const isOfMove = (at: number) => move !== null && at <= move.at && move.at - at <= MASS_WINDOW_MS;
  return changes.filter((at) => at > since && !isOfMove(at)).length >= FLAP_CHANGES;
}

/** When a device that flaps will have been calm for long enough. Epoch milliseconds. */
export function calmAt(known: Known | undefined): number {
  return (known?.changes.at(-1) ?? Number.NEGATIVE_INFINITY) + FLAP_MS;
}

/** Names that open flap incidents speak of, and that are not calm yet. */
export function flappingNames(
  drafts: readonly Draft[],
  known: ReadonlyMap<string, Known>,
  now: number,
): Set<string> {
  const names = drafts.filter(isOpenFlap).flatMap((draft) => ownMembers(draft).map(({ name }) => name));
  return new Set(names.filter((name) => calmAt(known.get(name)) > now));
}

function isOpenFlap(draft: Draft): boolean {
  return isOpen(draft) && draft.incident.kind === 'flap';
}

/** Opens and joins flap incidents. */
export function attendFlaps(scene: Scene): void {
  if (scene.holds.quiet.until !== null || scene.holds.mutedUntil !== null) return;
  const left = joinFlaps(scene, restlessOnes(scene));
  const factor = bestFactor(
    left.map(({ known }) => known),
    scene.shares,
  );
  if (left.length > 0 && (factor !== null || left.length >= FLAP_TOGETHER)) openFlap(scene, left);
  else for (const one of left) openFlap(scene, [one]);
}

/** Those that have just come back once too often. What is down is no flapping: it is back soon, or it is lost. */
function restlessOnes(scene: Scene): readonly Subject[] {
  const { now, sight, holds, flapping } = scene;
  const bouncing = bouncingTogether(scene);
  const found: Subject[] = [];
  for (const known of sight.noteworthy.values()) {
    const { row, condition, changes } = known;
    if (condition !== 'up' || changes.length < FLAP_CHANGES || now - (changes.at(-1) ?? 0) >= CALM_MS)
      continue;
    if (flapping.has(row.name) || bouncing.has(row.name) || holds.rowMutedUntil(row) !== null) continue;
    const from = countedFrom(scene, row.name);
    const watches = watchesOf(scene, row).filter(({ createdAt }) =>
      isRestless(known, now, Math.max(from, createdAt)),
    );
    if (watches.length > 0) found.push({ known, watches, graceMs: graceOf(row, watches) });
  }
  return found;
}

/** The return from an outage that was told though the device flapped is the end of that outage, and no flapping. Epoch milliseconds. */
function countedFrom({ drafts }: Scene, name: string): number {
  const told = drafts.filter(isOpen).flatMap(({ members }) => members.get(name) ?? []);
  return told.reduce((last, { restless, since }) => (restless === true ? Math.max(last, since) : last), 0);
}

/** An open incident of several that come and go as a whole says how many are down as it is: it needs no other beside it. */
function bouncingTogether({ drafts, sight, now }: Scene): ReadonlySet<string> {
  const names = new Set<string>();
  for (const draft of drafts.filter((one) => isOpen(one) && one.incident.kind !== 'flap')) {
    const own = ownMembers(draft);
    const restless = own.filter(({ name }) => {
      const known = sight.known.get(name);
      return known !== undefined && isRestless(known, now, 0);
    });
    if (own.length > 1 && restless.length * 2 > own.length) for (const { name } of own) names.add(name);
  }
  return names;
}

/** Those left over flap for another reason than any that is told of. */
function joinFlaps(scene: Scene, restless: readonly Subject[]): readonly Subject[] {
  const open = scene.drafts.filter(isOpenFlap);
  return restless.filter(({ known }) => {
    const draft =
      open.find(({ members }) => members.has(known.row.name)) ?? open.find((one) => hasRoomFor(one, known));
    if (draft === undefined) return true;
    setMember(draft, memberOf(known));
    takeOver(scene, draft, known);
    return false;
  });
}

function hasRoomFor({ incident, members }: Draft, known: Known): boolean {
  return incident.factor === null ? members.size >= FLAP_TOGETHER : hasFactor(known, incident.factor);
}

function openFlap(scene: Scene, subjects: readonly Subject[]): void {
  const devices = subjects.map(({ known }) => known);
  const [first] = subjects;
  const draft = openIncident(scene, {
    kind: 'flap',
    factor: bestFactor(devices, scene.shares),
    members: devices.map(memberOf),
    subjects,
    reason: 'flapping',
    grouping: devices.length === 1 ? 'alone' : 'burst',
    graceMs: first?.graceMs ?? 0,
    startedAt: Math.min(...devices.map(({ changes }) => changes[0] ?? scene.now)),
  });
  for (const known of devices) takeOver(scene, draft, known);
}

function takeOver(scene: Scene, flap: Draft, known: Known): void {
  scene.flapping.add(known.row.name);
  handOver(scene, flap, known.row.name);
}

/** Only one of two open incidents speaks of a device: `to`, from now on. What only moved is counted where it is as well. */
function handOver({ drafts, sight, now }: Scene, to: Draft, name: string): void {
  for (const draft of drafts) {
    const member = draft.members.get(name);
    if (draft === to || !isOpen(draft) || member === undefined || member.elsewhere === true) continue;
    if (draft.incident.kind === 'failover') continue;
    setMember(draft, { ...memberNow(member, sight.known.get(name), now), elsewhere: true });
  }
}

/** To be called when all losses are told: what was told though it flaps is spoken of there. Incidents that have nothing left are over. */
export function settleFlapping(scene: Scene): void {
  for (const draft of scene.drafts.filter((one) => isOpen(one) && one.incident.kind !== 'flap')) {
    for (const [name, member] of draft.changed) {
      const before = draft.before.get(name);
      const joins = before === undefined || (before.elsewhere === true && member.elsewhere !== true);
      if (!joins || !scene.flapping.delete(name)) continue;
      setMember(draft, { ...member, restless: true });
      handOver(scene, draft, name);
    }
  }
  for (const draft of scene.drafts.filter((one) => isOpen(one) && one.members.size > 0)) {
    if (ownMembers(draft).length > 0 || isFrozen(scene, draft)) continue;
    close(draft, 'superseded', scene.now);
  }
}

const isFrozen = ({ holds, sight }: Scene, draft: Draft) =>
  holds.isFrozen(draft, (name) => sight.known.get(name)?.row);
