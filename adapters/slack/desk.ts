/** Where questions are taken in and answered: asks the core, delivers, and owns up to what could not be delivered. */

import type { ChatMetrics, Log } from '../../src/chat/report.ts';
import type { Asker, Core, Place } from '../../src/chat.ts';
import type { Clock } from '../../src/clock.ts';
import { plain } from './confide.ts';
import { isClosedRoom } from './failure.ts';
import type { Groups } from './groups.ts';
import type { Replies, Reply } from './reply.ts';
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
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
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

/** People whose answers were lost, and are told with their next one. */
const MOST_LOST = 1000;

export function createDesk(options: DeskOptions): Desk {
  const { core, groups, replies, speaker, clock, log, metrics, signal } = options;
  const underWay = new Set<Promise<void>>();
  const lost = new Map<string, number>();

  function begin(where: Spot, person: string, work: () => Promise<void>): void {
    const running = work().catch(async (error: unknown) => {
      log.error({ err: error, person, room: where.channel }, 'something for Slack could not be done');
    });
    underWay.add(running);
    running.finally(() => underWay.delete(running)).catch(() => undefined);
  }

  async function asker(person: string, spot: Spot): Promise<Asker> {
    const theirs = await groups.of(person);
    return { person, place: placeOf(spot), ...(theirs === undefined ? {} : { groups: theirs }) };
  }

  async function ask({ text, person, spot, reply, receivedAt }: Question): Promise<void> {
    const from = await asker(person, spot);
    const view = await core.answer({ ...from, text, signal }, (interim) => reply.tell(interim.text));
    try {
      await reply.answer(view).catch(async (error: unknown) => {
        if (!isClosedRoom(error)) throw error;
        log.warn({ err: error, room: spot.channel }, 'answering in direct messages instead');
        await speaker.post({ channel: person }, plain(WORDS.inDirectMessage));
        await replies.open({ channel: person }).answer(view);
      });
    } catch (error) {
      if (lost.size < MOST_LOST || lost.has(person)) lost.set(person, (lost.get(person) ?? 0) + 1);
      log.error({ err: error, person, room: spot.channel }, 'an answer was lost');
      return;
    }
    metrics.answered(clock.monotonic() - receivedAt);
    await ownUp(person);
  }

  async function ownUp(person: string): Promise<void> {
    const count = lost.get(person);
    if (count === undefined) return;
    lost.delete(person);
    await speaker.post({ channel: person }, plain(lostAnswers(count)));
  }

  return {
    begin,
    ask,
    asker,
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

export function placeOf({ channel, thread }: Spot): Place {
  return { platform: 'slack', room: channel, ...(thread === undefined ? {} : { thread }) };
}
