/** Slack's desk: who asks, by group too, and where an answer goes when its channel takes nothing. */

import { type Desk as AnyDesk, createDesk as createAnyDesk, type Reply } from '../../src/chat/desk.ts';
import type { ChatMetrics, Log } from '../../src/chat/report.ts';
import type { Asker, Core, Place } from '../../src/chat.ts';
import type { Clock } from '../../src/clock.ts';
import { plain } from './confide.ts';
import { isClosedRoom } from './failure.ts';
import type { Groups } from './groups.ts';
import type { Replies } from './reply.ts';
import type { Speaker, Spot } from './speak.ts';
import { lostAnswers, WORDS } from './words.ts';

export interface Question {
  readonly text: string;
  readonly person: string;
  readonly spot: Spot;
  readonly reply: Reply;
  /** On the monotonic clock. */
  readonly receivedAt: number;
}

export interface Desk {
  /** Takes work on; what it throws is logged. Nothing waits for it but `idle`. */
  begin(where: Spot, person: string, work: () => Promise<void>): void;
  /** Rejects only with what `begin` may log. */
  ask(question: Question): Promise<void>;
  asker(person: string, spot: Spot): Promise<Asker>;
  idle: AnyDesk['idle'];
}

export interface DeskOptions {
  readonly core: Core;
  readonly groups: Groups;
  readonly replies: Replies;
  readonly speaker: Speaker;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ChatMetrics;
  /** Ends questions. */
  readonly signal: AbortSignal;
}

export function createDesk(options: DeskOptions): Desk {
  const { groups, replies, speaker, log } = options;
  const desk = createAnyDesk({
    ...options,
    async rescue(error, { asker: { person, place } }, view) {
      if (!isClosedRoom(error)) throw error;
      log.warn({ err: error, room: place.room }, 'answering in direct messages instead');
      await speaker.post({ channel: person }, plain(WORDS.inDirectMessage));
      await replies.open({ channel: person }).answer(view);
    },
    ownUp: async (person, count) => void (await speaker.post({ channel: person }, plain(lostAnswers(count)))),
  });

  async function asker(person: string, spot: Spot): Promise<Asker> {
    const theirs = await groups.of(person);
    return { person, place: placeOf(spot), ...(theirs === undefined ? {} : { groups: theirs }) };
  }

  return {
    begin: (where, person, work) => desk.begin({ person, room: where.channel }, work),
    ask: async ({ person, spot, ...question }) => desk.ask({ ...question, asker: await asker(person, spot) }),
    asker,
    idle: desk.idle,
  };
}

export function placeOf({ channel, thread }: Spot): Place {
  return { platform: 'slack', room: channel, ...(thread === undefined ? {} : { thread }) };
}
