/** What the command of a pressed button means for the card that it stands on. */
import type { Outcome } from '../view/view.ts';
import type { Reply } from './desk.ts';

/** Paging and refreshing change the card; everything else is a new question. */
const IN_PLACE = /(?:^|\s)(?:page|fresh|refresh):/i;
const PAGING = /(?:^|\s)page:/i;

export const changesCard = (command: string) => IN_PLACE.test(command);
/** Another page of the same answer has no other file. */
export const sendsFiles = (command: string) => !PAGING.test(command);

/** A card that answered something is not worth losing for one of these. */
const KEEPS_CARD: ReadonlySet<Outcome> = new Set(['failed', 'misread', 'refused']);
export const keepsCard = (outcome: Outcome) => KEEPS_CARD.has(outcome);

/** Of several presses of one person on one card, the last is what they wait for: a reply that is overtaken meanwhile is not given. */
export function createLatest(): (cardAndPerson: string, reply: Reply) => Reply {
  const latest = new Map<string, number>();
  let presses = 0;
  return (card, reply) => {
    presses += 1;
    const mine = presses;
    latest.set(card, mine);
    return {
      tell: (text) => reply.tell(text),
      async answer(view) {
        if (latest.get(card) !== mine) return;
        try {
          await reply.answer(view);
        } finally {
          if (latest.get(card) === mine) latest.delete(card);
        }
      },
    };
  };
}
