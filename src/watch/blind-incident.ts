/** What cannot be seen, told once, and that it can be seen again. */
import { change, close, type Draft, isOpen } from './draft.ts';
import type { Incident } from './incident.ts';
import type { Blind } from './known.ts';
import { BLIND_CLUSTER_MS, BLIND_NODE_MS, SIGHT_SETTLES_MS } from './limits.ts';
import { openIncident, type Scene } from './scene.ts';

/** Opens, extends and closes the room's one incident of a cluster that cannot be seen. */
export function attendBlindness(scene: Scene): void {
  const { now, sight, holds } = scene;
  const open = scene.drafts.find((draft) => isOpen(draft) && draft.incident.kind === 'blind');
  const listed = new Set(open?.incident.blind?.nodes ?? []);
  const told = sight.blind.filter((blind) => {
    const ripe = blind.since + thresholdOf(blind);
    if (ripe > now) scene.wake(ripe);
    return ripe <= now || (blind.node !== null && listed.has(blind.node));
  });
  if (open !== undefined) {
    follow(scene, open, told);
    return;
  }
  if (told.length === 0 || scene.coverage.watches.length === 0) return;
  if (holds.mutedUntil !== null || holds.quiet.until !== null) return;
  const [first] = told;
  openIncident(scene, {
    kind: 'blind',
    members: [],
    subjects: [],
    reason: 'blind',
    grouping: 'alone',
    graceMs: first === undefined ? 0 : thresholdOf(first),
    blind: blindOf(told),
    startedAt: Math.min(...told.map(({ since }) => since)),
  });
}

function thresholdOf({ node }: Blind): number {
  return node === null ? BLIND_CLUSTER_MS : BLIND_NODE_MS;
}

function follow(scene: Scene, open: Draft, told: readonly Blind[]): void {
  if (holdsBack(scene, open)) return;
  if (scene.sight.blind.length === 0) {
    const endsAt = endOf(scene, open);
    scene.wake(endsAt);
    if (endsAt > scene.now) return;
    open.says.add('closed');
    close(open, 'seen-again', scene.now);
    return;
  }
  const blind = blindOf(told);
  if (told.length > 0 && !isSame(open.incident.blind, blind)) change(open, { blind });
}

/** A cluster that answers now and then is not seen again: it has to answer for a while without a failure in between. */
function endOf({ sight }: Scene, { incident }: Draft): number {
  const isWhole = incident.blind?.nodes === null;
  return isWhole && sight.answersSince != null ? sight.answersSince + SIGHT_SETTLES_MS : 0;
}

function holdsBack({ holds }: Scene, open: Draft): boolean {
  return holds.isFrozen(open, () => undefined);
}

/** The cluster as a whole says more than its nodes. */
function blindOf(told: readonly Blind[]): NonNullable<Incident['blind']> {
  const whole = told.find(({ node }) => node === null);
  if (whole !== undefined) return { nodes: null, code: whole.code };
  const nodes = told.flatMap(({ node }) => (node === null ? [] : [node])).toSorted();
  return { nodes, code: told[0]?.code ?? '' };
}

function isSame(a: Incident['blind'], b: Incident['blind']): boolean {
  return a?.code === b?.code && a?.nodes?.join(' ') === b?.nodes?.join(' ');
}
