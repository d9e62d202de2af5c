/**
 * What was asked while no news came in. Messages can be looked up by space; a press on a button cannot, so where a card of ours is fresh, its
 * readers are told.
 */
import type { Log } from '../../src/chat/report.ts';
import type { Call } from './calls.ts';
import { isClosedRoom } from './failure.ts';
import { idAt, type Message, readItems, readMessage, textAt } from './read.ts';
import type { Spot } from './speak.ts';

/** Connections are dead for a while before anybody notices, and clocks differ. What was answered already is not answered again. */
const OVERLAP_MS = 2 * 60_000;
/** Webex's clock may be a little behind. */
const CLOCKS_DIFFER_MS = 2_000;
/** People who wait come first: there may be hundreds of spaces. */
const BEHIND = { turn: 'behind' } as const;
/** https://developer.webex.com/docs/api/v1/rooms/list-rooms: the latest active first. Mostly the first few are enough. */
const SPACES = [100, 1_000] as const;
/** https://developer.webex.com/docs/api/v1/messages/list-messages: no more with `mentionedPeople`. */
const MESSAGES = 100;

export interface LookbackOptions {
  readonly call: Call;
  /** The bot's own id. */
  readonly bot: string;
  /** Nothing older is a question of this process: epoch milliseconds. */
  readonly startedAt: number;
  readonly hear: (messageId: string) => void;
  /** Some of what was asked in a space could not be seen. */
  readonly missed: (spot: Spot) => Promise<void>;
  readonly log: Log;
}

/** Hears of everything that was said to the bot since then, epoch milliseconds. Rejects as a call does. */
export function createLookback(options: LookbackOptions): (since: number) => Promise<void> {
  const { call, bot, startedAt, hear, missed, log } = options;

  return async (since) => {
    const from = Math.max(startedAt - CLOCKS_DIFFER_MS, since - OVERLAP_MS);
    const spaces = await activeSpaces(from);
    await Promise.all(spaces.map((space) => lookInto(space, from)));
    if (spaces.length > 0) log.info({ spaces: spaces.length }, 'looked for what was asked meanwhile');
  };

  async function activeSpaces(from: number): Promise<readonly Space[]> {
    let active: readonly Space[] = [];
    for (const most of SPACES) {
      const query = { sortBy: 'lastactivity', max: String(most) };
      const spaces = readItems(await call('GET', 'rooms', { ...BEHIND, query })).flatMap(readSpace);
      active = spaces.filter(({ lastActivity }) => lastActivity >= from);
      if (active.length < most) return active;
    }
    log.warn({ spaces: active.length }, 'not every space could be looked into');
    return active;
  }

  async function lookInto({ id, isDirect }: Space, from: number): Promise<void> {
    const whose = isDirect ? {} : { mentionedPeople: 'me' };
    const query = { roomId: id, max: String(MESSAGES), ...whose };
    const messages = await listed(query);
    const asked = messages.filter(({ at, personId }) => at >= from && personId !== bot);
    // The latest come first; people are answered in the order they asked.
    for (const message of asked.toReversed()) hear(message.id);
    const oldest = messages.at(-1);
    if (messages.length >= MESSAGES && oldest !== undefined && oldest.at >= from) await missed({ room: id });
  }

  async function listed(query: Readonly<Record<string, string>>): Promise<readonly Message[]> {
    try {
      const items = readItems(await call('GET', 'messages', { ...BEHIND, query }));
      return items.map(readMessage).filter((message) => message !== null);
    } catch (error) {
      // The bot was taken out of the space meanwhile: nobody there waits for it.
      if (isClosedRoom(error)) return [];
      throw error;
    }
  }
}

interface Space {
  readonly id: string;
  readonly isDirect: boolean;
  readonly lastActivity: number;
}

function readSpace(item: unknown): readonly Space[] {
  const id = idAt(item, 'id');
  if (id === null) return [];
  const lastActivity = Date.parse(textAt(item, 'lastActivity')) || 0;
  return [{ id, isDirect: textAt(item, 'type') === 'direct', lastActivity }];
}
