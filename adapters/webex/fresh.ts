/** Where somebody may just be about to press a button: spaces with a card of the last minutes. */
import { keep } from '../../src/chat/bounded.ts';
import type { Clock } from '../../src/clock.ts';
import type { Placed, Speaker, Spot, Words } from './speak.ts';

const FRESH_MS = 10 * 60_000;
const MOST_SPACES = 1_000;

export interface Fresh {
  /** All of them, and none of these again until they get another card. */
  take(): readonly Spot[];
}

/** The same speaker, and what it leaves behind. */
export function noteFresh(
  speaker: Speaker,
  clock: Clock,
): { readonly speaker: Speaker; readonly fresh: Fresh } {
  const cards = new Map<string, { readonly spot: Spot; readonly until: number }>();
  const note = ({ room, thread }: Placed, { card }: Words) => {
    if (card === null || !hasButtons(card)) return;
    keep(cards, room, { spot: { room, thread }, until: clock.monotonic() + FRESH_MS }, MOST_SPACES);
  };
  return {
    speaker: {
      ...speaker,
      async post(spot, words, how) {
        const placed = await speaker.post(spot, words, how);
        note(placed, words);
        return placed;
      },
      async change(placed, words, how) {
        const isChanged = await speaker.change(placed, words, how);
        if (isChanged) note(placed, words);
        return isChanged;
      },
    },
    fresh: {
      take() {
        const now = clock.monotonic();
        const found = [...cards.values()].filter(({ until }) => until > now).map(({ spot }) => spot);
        cards.clear();
        return found;
      },
    },
  };
}

/** Below the card, or, where they need more than a line, in rows of its body. */
function hasButtons({ actions = [], body = [] }: NonNullable<Words['card']>): boolean {
  return actions.length > 0 || body.some(({ type }) => type === 'ActionSet');
}
