/** What an open incident takes in: the burst that it began with, and later whatever has the factor that explains it. */
import { change, type Draft, isOpen, lastGrowth, notUp, ownMembers } from './draft.ts';
import { bestFactor, type FactorBy, factorValue, frequent, hasFactor, subnetOf } from './group.ts';
import type { Factor, Incident, Member } from './incident.ts';
import type { Known } from './known.ts';
import { BURST_MS, FACTOR_COVERS, MASS_JOIN_MS } from './limits.ts';
import type { News } from './policy.ts';
import type { Scene } from './scene.ts';

/** What says where or what it was. A node and a class are shared by far too much; a reason is looked at for faults alone. */
const TIGHT: readonly FactorBy[] = ['subnet', 'app', 'load', 'model'];
const PLACES: readonly FactorBy[] = ['subnet', 'app'];
/** So few faults of one subnet say nothing of the site: what cannot register has other causes. A count. */
const FAULTS_OF_A_SITE = 5;

/**
 * The open incident that `news` belongs to; undefined: none. One that had no factor, or a loose one, gets the one that it turns out to have
 * in common with `news` and those that come with it.
 */
export function incidentFor(scene: Scene, news: News, together: readonly News[]): Draft | undefined {
  const open = scene.drafts.filter(({ incident }) => incident.kind === news.kind);
  return (
    open.find((draft) => takesIn(scene, draft, news)) ??
    open.find((draft) => {
      const factor = companionFactor(scene, draft, [news, ...together]);
      if (factor === null) return false;
      const { why } = draft.incident;
      change(draft, { factor, why: { ...why, grouping: 'joined' } });
      return true;
    })
  );
}

/** Whether it is about the same burst, the same mass event, or has grown by it. */
export function takesIn(scene: Scene, draft: Draft, { known, kind }: News): boolean {
  const { incident } = draft;
  if (!isOpen(draft) || incident.kind !== kind) return false;
  const apart = Math.abs(known.since - incident.startedAt);
  if (known.gapMs > 0) return isMissed(incident) && apart <= MASS_JOIN_MS;
  if (incident.gap !== null || !isOfItsKind(draft, known)) return false;
  const { factor, mass } = incident;
  if (mass && factor === null) return isGrowing(draft, known) && apart <= MASS_JOIN_MS;
  if (mass && factor !== null) return isGrowing(draft, known) && hasFactor(known, factor);
  if (apart <= BURST_MS && !isOfAnotherSite(incident, known)) return true;
  return factor !== null && isTight(factor, kind) && mayGrow(scene, draft, known) && hasFactor(known, factor);
}

function isMissed({ gap }: Incident): boolean {
  return gap?.type === 'away' || gap?.type === 'blind';
}

function isTight({ by }: Factor, kind: Incident['kind']): boolean {
  return TIGHT.includes(by) || (by === 'reason' && kind === 'fault');
}

function isGrowing(draft: Draft, { since }: Known): boolean {
  return since - lastGrowth(draft) <= MASS_JOIN_MS && draft.incident.startedAt - since <= MASS_JOIN_MS;
}

/** A few that are back have nothing to do with what goes now; and a mute that means those few must not swallow others. */
function mayGrow({ holds, sight }: Scene, draft: Draft, known: Known): boolean {
  if (notUp(draft).length === 0 || !isGrowing(draft, known)) return false;
  return !holds.isFrozen(draft, (name) => sight.known.get(name)?.row);
}

/**
 * What nearly all members share must be shared by what joins, whatever else they have in common: an incident of one site takes in nothing of
 * another, and one of a registration failure no other failure.
 */
export function isOfItsKind(draft: Draft, known: Known): boolean {
  const members = ownMembers(draft);
  const isFault = draft.incident.kind === 'fault';
  const site = sharedBy(members, ({ ip }) => subnetOf(ip), isFault ? FAULTS_OF_A_SITE : 2);
  if (site !== null && factorValue(known, 'subnet') !== site) return false;
  const reason = isFault ? sharedBy(members, reasonOf, 1) : null;
  return reason === null || String(known.row.statusReason) === reason;
}

/** All that it began with were of one site. */
function isOfAnotherSite({ factor, opening }: Incident, known: Known): boolean {
  return factor?.by === 'subnet' && factor.count >= opening.members && !hasFactor(known, factor);
}

const reasonOf = ({ statusReason }: Member) => (statusReason === null ? null : String(statusReason));

function sharedBy(
  members: readonly Member[],
  of: (member: Member) => string | null,
  least: number,
): string | null {
  const [most] = frequent(members.map(of), 'subnet', 1);
  return most !== undefined && members.length >= least && most.count >= FACTOR_COVERS * members.length
    ? most.value
    : null;
}

/** What its members turn out to have in common with those that went after them; null: nothing that tells. */
function companionFactor(scene: Scene, draft: Draft, news: readonly News[]): Factor | null {
  const { kind, mass, gap, factor } = draft.incident;
  const [first] = news;
  if (first === undefined || !isOpen(draft) || mass || gap !== null || first.known.gapMs > 0) return null;
  if (factor !== null && isTight(factor, kind)) return null;
  if (!mayGrow(scene, draft, first.known) || !isOfItsKind(draft, first.known)) return null;
  const members = ownMembers(draft).flatMap(({ name }) => scene.sight.known.get(name) ?? []);
  const among = kind === 'fault' ? TIGHT : PLACES;
  const found = bestFactor([...members, ...news.map(({ known }) => known)], scene.shares, among);
  if (found === null || ![...members, first.known].every((known) => hasFactor(known, found))) return null;
  return { ...found, count: members.length };
}
