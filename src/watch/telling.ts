/** What an incident says: its card in place, and what goes into the thread below. */
import { change, type Draft, isOpen, notUp } from './draft.ts';
import type { Announcement, IncidentCard } from './incident.ts';
import { cardOf, shownOf } from './incident-card.ts';
import { CARD_PACE_MS, DETAIL_ABOVE } from './limits.ts';
import type { Scene } from './scene.ts';

/** To be called once everything else is decided. A frozen incident says nothing, and shows what it missed when it is free again. */
export function tellIncident(scene: Scene, draft: Draft): void {
  const { sight, holds, now } = scene;
  if (holds.isFrozen(draft, (name) => sight.known.get(name)?.row)) return;
  const shown = shownOf(draft.incident, draft.members);
  const isNew = draft.stored === null;
  const hasChanged = shown !== draft.incident.shown;
  const notBefore = isNew ? now : nextChange(draft.incident.cardAt, now);
  if (hasChanged) change(draft, { shown, cardAt: notBefore });
  const card = cardOf({ ...draft.incident, members: draft.members }, now);
  const say = (what: Telling) => scene.outgoing.push(outgoingOf(scene, card, what));
  if (hasChanged) say({ slot: '', inPlace: true, notBefore, announcement: { type: 'card', card } });
  const left = isOpen(draft) ? [] : notUp(draft);
  const isLong = draft.members.size > DETAIL_ABOVE;
  if (isNew && isLong && isOpen(draft)) say(detailOf(card, [...draft.members.values()], ':detail', now));
  for (const what of draft.says) {
    say({
      slot: `:${what}:${now}`,
      inPlace: false,
      notBefore: now,
      announcement: { type: 'milestone', what, card },
    });
  }
  if (draft.says.has('closed') && left.length > DETAIL_ABOVE)
    say(detailOf(card, left, ':detail:closed', now));
}

interface Telling {
  readonly slot: string;
  readonly inPlace: boolean;
  readonly notBefore: number;
  readonly announcement: Announcement;
}

/** A change that waits already is replaced by this one, and goes when it would have gone. */
function nextChange(cardAt: number, now: number): number {
  return cardAt > now ? cardAt : Math.max(now, cardAt + CARD_PACE_MS);
}

function detailOf(
  card: IncidentCard,
  members: Extract<Announcement, { type: 'detail' }>['members'],
  slot: string,
  now: number,
): Telling {
  return { slot, inPlace: false, notBefore: now, announcement: { type: 'detail', card, members } };
}

function outgoingOf(
  { room, now }: Scene,
  { incident }: IncidentCard,
  telling: Telling,
): Scene['outgoing'][number] {
  const slot = `incident:${incident.id}`;
  return {
    ...telling,
    slot: `${slot}${telling.slot}`,
    room,
    under: telling.slot === '' ? null : slot,
    at: now,
  };
}
