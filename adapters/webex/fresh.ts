/** Where somebody may just be about to press a button: spaces with a card of the last minutes. */
import type { Clock } from '../../src/clock.ts';
import type { Placed, Speaker, Spot } from './speak.ts';

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
  const note = ({ room, thread }: Placed) => {
    cards.delete(room);
    cards.set(room, { spot: { room, thread }, until: clock.monotonic() + FRESH_MS });
    const [oldest] = cards.keys();
    if (cards.size > MOST_SPACES && oldest !== undefined) cards.delete(oldest);
  };
  return {
    speaker: {
      ...speaker,
      async post(spot, words, how) {
        const placed = await speaker.post(spot, words, how);
        if ((words.card?.actions?.length ?? 0) > 0) note(placed);
        return placed;
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
