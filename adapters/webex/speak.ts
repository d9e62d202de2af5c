/** Messages to Webex: posted, changed, taken back, with a file; without its thread when that is gone. */
import type { Log } from '../../src/chat/report.ts';
import { ANSWER_PATIENCE_MS } from '../../src/chat/retry.ts';
import type { Clock } from '../../src/clock.ts';
import type { Call } from './calls.ts';
import { CARD_TYPE } from './card.ts';
import type { Edits } from './edits.ts';
import { isClosedRoom, isGone, isTokenGone, isUnshowable, WebexRefusal } from './failure.ts';
import { idAt, isEmail } from './read.ts';
import type { Rendered } from './render.ts';

/** What is said, without its files. */
export type Words = Pick<Rendered, 'markdown' | 'card'>;
type File = Rendered['files'][number];

/** A space (or a person's e-mail address: their direct messages), and the thread in it. */
export interface Spot {
  readonly room: string;
  /** The first message of the thread: Webex has no threads below threads. */
  readonly thread?: string | undefined;
}

/** A message where it came to stand; a person's address has become their space then. */
export interface Placed extends Spot {
  readonly id: string;
}

/** How something is said, and for how long that is tried. */
export interface How {
  /** Milliseconds; default `ANSWER_PATIENCE_MS`. */
  readonly patienceMs?: number;
  /** Nobody waits for it: answers go first. */
  readonly unasked?: boolean;
}

/** All reject with `WebexRefusal` and `WebexLost`. */
export interface Speaker {
  post(spot: Spot, words: Words, how?: How): Promise<Placed>;
  /** False when Webex does not let it be changed: it has a card, or was changed too often. */
  change(placed: Placed, words: Words, how?: How): Promise<boolean>;
  remove(placed: Placed, how?: How): Promise<void>;
  /** A message takes one file, and none beside a card: each comes as a message of its own. */
  upload(spot: Spot, file: File, how?: How): Promise<void>;
}

export interface SpeakerOptions {
  readonly call: Call;
  readonly edits: Edits;
  readonly log: Log;
  readonly clock: Clock;
}

export function createSpeaker({ call, edits, log, clock }: SpeakerOptions): Speaker {
  const within = ({ patienceMs = ANSWER_PATIENCE_MS, unasked = false }: How = {}) => ({
    giveUpAt: clock.monotonic() + patienceMs,
    turn: unasked ? ('unasked' as const) : ('first' as const),
  });
  // One change of a message after the other: the last that was begun with is what stands there in the end.
  const changing = new Map<string, Promise<unknown>>();

  async function change({ room, id }: Placed, words: Words, how?: How): Promise<boolean> {
    const hasCard = words.card !== null;
    if (!edits.may(id, hasCard)) return false;
    const json = { roomId: room, ...bodyOf(words) };
    try {
      await call('PUT', 'messages/{id}', { ...within(how), id, json });
      edits.taken(id, hasCard);
      return true;
    } catch (error) {
      // Whatever else Webex says to it, it says to this change; whether the space takes anything, the next message shows.
      if (!(error instanceof WebexRefusal) || isTokenGone(error) || isGone(error)) throw error;
      log.info({ err: error, card: hasCard }, 'Webex does not change this message; answering beside it');
      edits.refused(id, hasCard);
      return false;
    }
  }

  return {
    async post(spot, words, how) {
      const options = within(how);
      const send = async (place: Spot): Promise<Placed> => {
        const json = { ...whereTo(place), ...bodyOf(words) };
        const posted = await call('POST', 'messages', { ...options, json });
        const room = idAt(posted, 'roomId') ?? place.room;
        return { room, thread: place.thread, id: idAt(posted, 'id') ?? '' };
      };
      return firstTaken(waysToPlace(spot), send, log);
    },
    change(placed, words, how) {
      const before = changing.get(placed.id) ?? Promise.resolve();
      const changed = before.then(() => change(placed, words, how));
      const done = changed.catch(() => undefined);
      changing.set(placed.id, done);
      void done.then(() => {
        if (changing.get(placed.id) === done) changing.delete(placed.id);
      });
      return changed;
    },
    async remove({ id }, how) {
      await call('DELETE', 'messages/{id}', { ...within(how), id });
    },
    async upload(spot, file, how) {
      const options = within(how);
      const send = (place: Spot) => call('POST', 'messages', { ...options, form: whereTo(place), file });
      await firstTaken(waysToPlace(spot), send, log);
    },
  };
}

/** Webex does not say why it takes no answer in a thread: its first message may be gone, or somebody's whom the bot cannot see. */
const waysToPlace = (spot: Spot): readonly Spot[] =>
  spot.thread === undefined ? [spot] : [spot, { room: spot.room }];

/** The next place is tried when Webex takes no such thing there; what it says to the first one is thrown when it takes none. */
async function firstTaken<W, T>(ways: readonly W[], send: (way: W) => Promise<T>, log: Log): Promise<T> {
  let first: unknown;
  for (const [tries, way] of ways.entries()) {
    try {
      return await send(way);
    } catch (error) {
      if (!isUnshowable(error) && !isClosedRoom(error)) throw error;
      if (tries + 1 < ways.length)
        log.warn({ err: error }, 'Webex does not take a message so; trying plainer');
      first ??= error;
    }
  }
  throw first;
}

function whereTo({ room, thread }: Spot): Record<string, string> {
  const to = isEmail(room) ? { toPersonEmail: room } : { roomId: room };
  return { ...to, ...(thread !== undefined && { parentId: thread }) };
}

function bodyOf({ markdown, card }: Words): Record<string, unknown> {
  return { markdown, ...(card !== null && { attachments: [{ contentType: CARD_TYPE, content: card }] }) };
}
