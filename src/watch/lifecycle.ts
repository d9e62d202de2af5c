/** What becomes of an incident as its devices change: it grows, calms down, is over. */
import { change, close, type Draft, isOpen, notUp, ownMembers, setMember } from './draft.ts';
import { calmAt } from './flap.ts';
import type { Incident, Member } from './incident.ts';
import {
  CALM_MS,
  CALM_SHARE,
  FAILOVER_SETTLES_MS,
  GROWTH,
  GROWTH_PACE_MS,
  MASS_COUNT,
  MOVES_SETTLE_MS,
  REMIND_MS,
} from './limits.ts';
import { isNotUp, memberNow } from './member.ts';
import { type Scene, watchesOf } from './scene.ts';

/** Members as their devices are known now. */
export function syncMembers(scene: Scene): void {
  const { sight, now } = scene;
  for (const draft of scene.drafts) {
    const { mass, opening } = draft.incident;
    const wasFailover = mass && opening.lost === 0;
    for (const member of ownMembers(draft)) {
      const fresh = memberNow(member, sight.known.get(member.name), now);
      // A phone of a failover that is lost later is another loss, unless it is told as part of the same event.
      const falls = isNotUp(fresh) && !isNotUp(member);
      if (fresh === member || (falls && (wasFailover || isToldLater(scene, draft, member)))) continue;
      setMember(draft, fresh);
    }
  }
}

/** A later incident told of the device, too: when it falls again, that one says so, and no other. */
function isToldLater({ drafts }: Scene, { incident }: Draft, { name }: Member): boolean {
  return drafts.some(
    (one) => isOpen(one) && one.incident.id > incident.id && isLoss(one) && one.members.has(name),
  );
}

const isLoss = ({ incident }: Draft) => incident.kind !== 'flap' && incident.kind !== 'failover';

export function progress(scene: Scene, draft: Draft): void {
  if (!isOpen(draft) || draft.incident.kind === 'blind') return;
  const down = notUp(draft);
  if (draft.stored === null && draft.members.size > draft.incident.opening.members)
    recount(draft, down.length);
  if (down.length > draft.incident.peak) change(draft, { peak: down.length });
  if (draft.incident.kind === 'partial' && hasLost(scene, down)) change(draft, { kind: 'loss' });
  const isFrozen = scene.holds.isFrozen(draft, (name) => scene.sight.known.get(name)?.row);
  if (!isFrozen && draft.stored !== null) {
    grow(scene, draft, draft.stored);
    sayTurns(draft);
  }
  if (!isFrozen && isUnwatched(scene, draft)) close(draft, 'unwatched', scene.now);
  // What cannot be seen is not over.
  else if (scene.sight.blind.every(({ node }) => node !== null)) settle(scene, draft, { down, isFrozen });
  if (!isFrozen && isOpen(draft)) remind(scene, draft, down);
}

/** More joined it in the look in which it was opened: it began with all of them. */
function recount(draft: Draft, lost: number): void {
  const members = draft.members.size;
  change(draft, { opening: { members, lost, moved: members - lost } });
}

/** A frozen incident calms down, but it does not end before it can say so. */
interface Settling {
  readonly down: readonly Member[];
  readonly isFrozen: boolean;
}

function hasLost({ sight }: Scene, down: readonly Member[]): boolean {
  return down.some(({ name }) => sight.known.get(name)?.condition === 'lost');
}

/** A quarter more than was told last, or acknowledged: an acknowledgement stands until then. */
function grow(scene: Scene, draft: Draft, stored: Incident): void {
  const { incident, members, before } = draft;
  const { ack, opening } = incident;
  if (stored.kind === 'partial' && incident.kind === 'loss') draft.says.add('grew');
  const grownNow = { members: members.size, at: scene.now };
  if (draft.says.has('grew')) change(draft, { grown: grownNow });
  const { grown } = draft.incident;
  const told = ack?.members ?? grown?.members ?? opening.members;
  if (members.size <= told || members.size < told * GROWTH || incident.kind === 'flap') return;
  // More that moved are no news to anybody who has not said that they look after it; nor are more that are back already.
  if ((incident.kind === 'failover' || notUp(draft).length === 0) && ack === null) return;
  const saysAt = (grown?.at ?? incident.openedAt) + GROWTH_PACE_MS;
  // It has come to be a mass event, or a mass event has leapt.
  const isSudden =
    members.size >= MASS_COUNT &&
    (told * 2 <= MASS_COUNT || (before.size >= MASS_COUNT && members.size >= before.size * GROWTH));
  scene.wake(saysAt);
  if (ack === null && !isSudden && scene.now < saysAt) return;
  draft.says.add('grew');
  change(draft, { ack: null, grown: grownNow });
}

/** One device comes back, or falls again: with more than one the card is enough. */
function sayTurns({ incident, members, before, says }: Draft): void {
  const [now] = members.values();
  if (members.size !== 1 || now === undefined || incident.kind === 'flap') return;
  const was = before.get(now.name);
  if (was === undefined || isNotUp(was) === isNotUp(now) || now.state === 'gone') return;
  says.add(isNotUp(now) ? 'fell-again' : 'back');
}

function isUnwatched({ coverage, sight }: Scene, { members }: Draft): boolean {
  for (const name of members.keys()) {
    const known = sight.known.get(name);
    if (known !== undefined && coverage.isWatched(known.row)) return false;
  }
  return true;
}

function settle(scene: Scene, draft: Draft, settling: Settling): void {
  switch (draft.incident.kind) {
    case 'failover':
      if (!settling.isFrozen) settleFailover(scene, draft);
      break;
    case 'flap':
      if (!settling.isFrozen) settleFlap(scene, draft);
      break;
    case 'loss':
    case 'fault':
    case 'partial':
    case 'user':
      settleLoss(scene, draft, settling);
      break;
    case 'blind':
      break;
  }
}

function settleLoss(scene: Scene, draft: Draft, { down, isFrozen }: Settling): void {
  const { now } = scene;
  const { incident } = draft;
  const members = ownMembers(draft);
  // Measured by the worst moment: members that moved in time were never down, and do not make up for those that are.
  if (down.length > incident.peak * (1 - CALM_SHARE)) {
    if (incident.calmSince !== null) change(draft, { calmSince: null });
    return;
  }
  const calmSince = incident.calmSince ?? now;
  if (calmSince !== incident.calmSince) change(draft, { calmSince });
  scene.wake(calmSince + CALM_MS);
  if (now < calmSince + CALM_MS || isFrozen) return;
  const isStale = members.every(({ state }) => isNotUp({ state }) || state === 'gone');
  if (members.length > 1) draft.says.add('closed');
  leaveBehind(scene, down);
  close(draft, isStale ? 'stale' : 'recovered', now);
}

/** They stay known, and are no news before they have returned. */
function leaveBehind(scene: Scene, down: readonly Member[]): void {
  for (const { name } of down) {
    const known = scene.sight.known.get(name);
    if (known === undefined) continue;
    for (const watch of watchesOf(scene, known.row)) scene.notes.leave(watch, known);
  }
}

/** Nearly all are home: the last ones are waited for as long as they keep coming, so that nobody hears of them one by one. */
function settleFailover(scene: Scene, draft: Draft): void {
  const members = [...draft.members.values()];
  const away = members.filter(({ state }) => state === 'moved').length;
  const isHome = away <= members.length * (1 - CALM_SHARE);
  const lastArrival = members.reduce(
    (last, { state, changedAt }) => (state === 'back' ? Math.max(last, changedAt) : last),
    0,
  );
  const closesAt = isHome
    ? lastArrival + (away === 0 ? 0 : MOVES_SETTLE_MS)
    : draft.incident.openedAt + FAILOVER_SETTLES_MS;
  scene.wake(closesAt);
  if (scene.now < closesAt) return;
  if (isHome) draft.says.add('moved-home');
  close(draft, 'recovered', scene.now);
}

function settleFlap(scene: Scene, draft: Draft): void {
  const { flapping, sight, now } = scene;
  const own = ownMembers(draft);
  const restless = own.filter(({ name }) => flapping.has(name));
  for (const { name } of restless) scene.wake(calmAt(sight.known.get(name)));
  if (restless.length > 0) return;
  if (own.length > 1) draft.says.add('closed');
  close(draft, 'recovered', now);
}

function remind(scene: Scene, draft: Draft, down: readonly Member[]): void {
  const { kind, ack, remindedAt, openedAt } = draft.incident;
  if ((kind !== 'loss' && kind !== 'fault') || ack !== null || down.length === 0) return;
  const at = (remindedAt ?? openedAt) + REMIND_MS;
  scene.wake(at);
  if (scene.now < at) return;
  scene.wake(scene.now + REMIND_MS);
  draft.says.add('reminder');
  change(draft, { remindedAt: scene.now });
}
