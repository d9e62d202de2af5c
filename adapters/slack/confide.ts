/** Words for one person alone, by the best way there is: response_url, the channel for them alone, their direct messages. */

import type { Log } from '../../src/chat/report.ts';
import { isClosedRoom } from './failure.ts';
import type { Responder, Ticket } from './respond.ts';
import { type Speaker, type Spot, shown, type Words } from './speak.ts';

/** Whom it is for, and where they are. */
export interface Ear {
  readonly spot: Spot;
  /** Where the answer goes when it is shared, if not to the spot. */
  readonly shareTo?: Spot;
  readonly person: string;
  readonly ticket: Ticket | null;
}

export interface Confidant {
  /** `replace`: instead of the message the ticket belongs to. Rejects with `SlackRefusal` or `SlackLost`. */
  confide(ear: Ear, words: Words, replace?: boolean): Promise<void>;
  /** A short word of `words.ts`. Never rejects. */
  note(ear: Ear, text: string): Promise<void>;
  /** A line that will be replaced; false when it was not taken, or the ticket should be spared. */
  hint(ear: Ear, words: Words, replace: boolean): Promise<boolean>;
}

/** Uses of a ticket that a line on what is under way must leave: the answer, and a word about its file. */
const SPARE = 2;

export function createConfidant(speaker: Speaker, responder: Responder, log: Log): Confidant {
  async function confide({ spot, person, ticket }: Ear, words: Words, replace = false): Promise<void> {
    if (responder.isGood(ticket)) {
      try {
        return await shown(log, words, (message) =>
          responder.send(ticket, { message, to: 'asker', replace, thread: spot.thread }),
        );
      } catch (error) {
        log.warn({ err: error }, 'a response_url was not taken; answering without');
      }
    }
    try {
      await speaker.whisper(spot, person, words);
    } catch (error) {
      if (!isClosedRoom(error)) throw error;
      await speaker.post({ channel: person }, words);
    }
  }

  return {
    confide,
    async note(ear, text) {
      try {
        await confide(ear, plain(text));
      } catch (error) {
        log.error(
          { err: error, person: ear.person, room: ear.spot.channel },
          'a note could not be delivered',
        );
      }
    },
    async hint({ spot, ticket }, message, replace) {
      if (!responder.isGood(ticket, SPARE)) return false;
      try {
        await responder.send(ticket, { message, to: 'asker', replace, thread: spot.thread });
        return true;
      } catch (error) {
        log.debug({ err: error }, 'an interim line was not taken');
        return false;
      }
    },
  };
}

/** Words of `words.ts`: the only text that may hold marks of Slack's. */
export function plain(text: string): Words {
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }] };
}
