/** Devices that change too often: one incident as long as they do. */
import { close, type Draft, isOpen, setMember } from './draft.ts';
import { bestFactor, hasFactor } from './group.ts';
import type { Known } from './known.ts';
import { FLAP_CHANGES, FLAP_MS, FLAP_TOGETHER } from './limits.ts';
import { memberOf } from './member.ts';
import { graceOf, type Subject } from './policy.ts';
import { openIncident, type Scene, watchesOf } from './scene.ts';

/**
 * Whether it changes too often; changes before `from`, epoch milliseconds, do not count. What a move explains is no flapping: leaving for
 * another node takes two changes, and so does coming home.
 */
export function isRestless({ changes, move }: Known, now: number, from: number): boolean {
  const since = Math.max(now - FLAP_MS, from - 1);
  const recent = changes.filter((at) => at > since).length;
  if (recent < FLAP_CHANGES) return false;
  const moved = move !== null && move.at > since;
  return recent - (moved ? (move.home ? 4 : 2) : 0) >= FLAP_CHANGES;
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
  const names = drafts
    .filter((draft) => isOpen(draft) && draft.incident.kind === 'flap')
    .flatMap(({ members }) => [...members.keys()]);
  return new Set(names.filter((name) => calmAt(known.get(name)) > now));
}

/** Opens and joins flap incidents. An incident that is about nothing else any more is superseded. */
export function attendFlaps(scene: Scene): void {
  if (scene.holds.quiet.until !== null || scene.holds.mutedUntil !== null) return;
  const left = joinFlaps(scene, restlessOnes(scene));
  const factor = bestFactor(
    left.map(({ known }) => known),
    scene.shares,
  );
  if (left.length > 0 && (factor !== null || left.length >= FLAP_TOGETHER)) openFlap(scene, left);
  else for (const one of left) openFlap(scene, [one]);
  for (const draft of scene.drafts) {
    const { kind } = draft.incident;
    if (!isOpen(draft) || kind === 'flap' || kind === 'blind') continue;
    if ([...draft.members.keys()].every((name) => scene.flapping.has(name)))
      close(draft, 'superseded', scene.now);
  }
}

function restlessOnes(scene: Scene): readonly Subject[] {
  const { now, sight, holds, flapping } = scene;
  const found: Subject[] = [];
  for (const known of sight.noteworthy.values()) {
    if (known.changes.length < FLAP_CHANGES || flapping.has(known.row.name)) continue;
    if (!isRestless(known, now, 0) || holds.rowMutedUntil(known.row) !== null) continue;
    const watches = watchesOf(scene, known.row).filter(({ createdAt }) => isRestless(known, now, createdAt));
    if (watches.length > 0) found.push({ known, watches, graceMs: graceOf(known.row, watches) });
  }
  return found;
}

/** Those left over flap for another reason than any that is told of. */
function joinFlaps(scene: Scene, restless: readonly Subject[]): readonly Subject[] {
  const open = scene.drafts.filter((draft) => isOpen(draft) && draft.incident.kind === 'flap');
  return restless.filter(({ known }) => {
    const draft =
      open.find(({ members }) => members.has(known.row.name)) ?? open.find((one) => hasRoomFor(one, known));
    if (draft === undefined) return true;
    setMember(draft, memberOf(known));
    scene.flapping.add(known.row.name);
    return false;
  });
}

function hasRoomFor({ incident, members }: Draft, known: Known): boolean {
  return incident.factor === null ? members.size >= FLAP_TOGETHER : hasFactor(known, incident.factor);
}

function openFlap(scene: Scene, subjects: readonly Subject[]): void {
  const devices = subjects.map(({ known }) => known);
  const [first] = subjects;
  openIncident(scene, {
    kind: 'flap',
    factor: bestFactor(devices, scene.shares),
    members: devices.map(memberOf),
    subjects,
    reason: 'flapping',
    grouping: devices.length === 1 ? 'alone' : 'burst',
    graceMs: first?.graceMs ?? 0,
    startedAt: Math.min(...devices.map(({ changes }) => changes[0] ?? scene.now)),
  });
  for (const { row } of devices) scene.flapping.add(row.name);
}
