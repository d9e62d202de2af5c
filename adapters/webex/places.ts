/** Where the bot's own messages stand: a press names the message of its card, not the thread of that. */
import { keep } from '../../src/chat/bounded.ts';
import type { Call } from './calls.ts';
import { isGone } from './failure.ts';
import { type Action, readMessage } from './read.ts';
import type { Placed } from './speak.ts';

const MOST_PLACES = 20_000;

export interface Place {
  readonly card: Placed;
  readonly isDirect: boolean;
}

export interface Places {
  /**
   * Asks Webex, once for each. A card that was deleted stands where it was pressed, in no thread; null for what is no message of the bot's.
   * Rejects as a call does.
   */
  of(action: Pick<Action, 'message' | 'room'>): Promise<Place | null>;
}

export function createPlaces(call: Call, bot: string): Places {
  const known = new Map<string, Promise<Place | null>>();

  async function look({ message: id, room }: Pick<Action, 'message' | 'room'>): Promise<Place | null> {
    try {
      const found = readMessage(await call('GET', 'messages/{id}', { id }));
      if (found !== null && found.personId !== bot) return null;
      return { card: { room, thread: found?.parent ?? undefined, id }, isDirect: found?.isDirect ?? false };
    } catch (error) {
      if (!isGone(error)) throw error;
      return { card: { room, id }, isDirect: false };
    }
  }

  return {
    of(action) {
      const place = known.get(action.message) ?? look(action);
      keep(known, action.message, place, MOST_PLACES);
      place.catch(() => known.delete(action.message));
      return place;
    },
  };
}
