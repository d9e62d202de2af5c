/** Where the bot's own messages stand: a press names the message of its card, not the thread of that. */
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
  /** Asks Webex, once for each. A card that was deleted stands where it was pressed, in no thread. Rejects as a call does. */
  of(action: Pick<Action, 'message' | 'room'>): Promise<Place>;
}

export function createPlaces(call: Call): Places {
  const known = new Map<string, Place>();

  async function look({ message: id, room }: Pick<Action, 'message' | 'room'>): Promise<Place> {
    try {
      const found = readMessage(await call('GET', 'messages/{id}', { id }));
      const thread = found?.parent ?? undefined;
      return { card: { room, thread, id }, isDirect: found?.isDirect ?? false };
    } catch (error) {
      if (!isGone(error)) throw error;
      return { card: { room, id }, isDirect: false };
    }
  }

  return {
    async of(action) {
      const found = known.get(action.message) ?? (await look(action));
      known.delete(action.message);
      known.set(action.message, found);
      const [oldest] = known.keys();
      if (known.size > MOST_PLACES && oldest !== undefined) known.delete(oldest);
      return found;
    },
  };
}
