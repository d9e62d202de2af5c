/** Messages to Slack: posted, changed, shown to one person. Each in its line, tried again, and without its blocks when Slack does not take them. */
import type { WebClient } from '@slack/web-api';
import type { Log } from '../../src/chat/report.ts';
import { ANSWER_PATIENCE_MS, type Run } from '../../src/chat/retry.ts';
import type { Clock } from '../../src/clock.ts';
import { isIdGone, isUnshowable } from './failure.ts';
import type { Pace } from './pace.ts';
import type { Rendered } from './render.ts';

/** What is said, without its files. */
export type Words = Pick<Rendered, 'text' | 'blocks'>;

/** A channel (or a person's id: their direct messages), and the thread in it. */
export interface Spot {
  readonly channel: string;
  readonly thread?: string | undefined;
}

/** A message where it came to stand; a person's id has become their direct messages' then. */
export interface Placed extends Spot {
  readonly ts: string;
}

/** How something is said, and for how long that is tried. */
export interface How {
  /** Milliseconds; default `ANSWER_PATIENCE_MS`. */
  readonly patienceMs?: number;
  /** Nobody waits for it: answers go first. */
  readonly unasked?: boolean;
  /** A UUID that names the message. */
  readonly key?: string;
}

/** All reject with `SlackRefusal` and `SlackLost`. */
export interface Speaker {
  post(spot: Spot, words: Words, how?: How): Promise<Placed>;
  change(placed: Placed, words: Words, how?: How): Promise<void>;
  /** Only the person sees it; it is gone when they load Slack again. */
  whisper(spot: Spot, person: string, words: Words): Promise<void>;
  upload(spot: Spot, files: Rendered['files'], how?: How): Promise<void>;
}

export interface SpeakerOptions {
  readonly client: WebClient;
  readonly run: Run;
  readonly pace: Pace;
  readonly log: Log;
  readonly clock: Clock;
}

/** Nothing that comes from CUCM becomes a link, a mention or a preview. */
const PLAIN = { link_names: false, parse: 'none' } as const;
/** `text` beside blocks is for notifications; marks in it are nobody's. */
const NO_PREVIEW = { mrkdwn: false, unfurl_links: false, unfurl_media: false } as const;

export function createSpeaker({ client, run, pace, log, clock }: SpeakerOptions): Speaker {
  // Patience begins where the line does: what has waited for its turn has waited.
  const patience = ({ patienceMs = ANSWER_PATIENCE_MS }: How) => clock.monotonic() + patienceMs;
  const turnToPost = (how: How) => (how.unasked ? pace.unasked : pace).post;
  return {
    post(spot, words, how = {}) {
      const giveUpAt = patience(how);
      const send = (message: Words) =>
        named(how.key, async (name) => {
          const said = {
            channel: spot.channel,
            ...threadOf(spot),
            ...message,
            ...PLAIN,
            ...NO_PREVIEW,
            ...name,
          };
          const posted = await run('chat.postMessage', () => client.chat.postMessage(said), giveUpAt);
          return { channel: posted.channel ?? spot.channel, thread: spot.thread, ts: posted.ts ?? '' };
        });
      return turnToPost(how)(spot.channel, () => shown(log, words, send));
    },
    change({ channel, ts }, words, how = {}) {
      const { unasked = false, patienceMs = ANSWER_PATIENCE_MS } = how;
      const giveUpAt = patience(how);
      const send = () =>
        shown(log, words, async (message) => {
          const changed = { channel, ts, ...message, ...PLAIN };
          await run('chat.update', () => client.chat.update(changed), giveUpAt);
        });
      return unasked ? pace.unasked.edit(channel, send, patienceMs) : pace.edit(channel, send);
    },
    whisper: (spot, person, words) =>
      shown(log, words, async (message) => {
        const said = { channel: spot.channel, user: person, ...threadOf(spot), ...message, ...PLAIN };
        await run('chat.postEphemeral', () => client.chat.postEphemeral(said));
      }),
    upload(spot, files, how = {}) {
      const giveUpAt = patience(how);
      return turnToPost(how)(spot.channel, async () => {
        const uploads = files.map(({ name, content }) => ({
          filename: name,
          title: name,
          // A file that is empty would be refused.
          file: Buffer.from(content === '' ? '\n' : content),
        }));
        const shared = { channel_id: spot.channel, ...threadOf(spot), file_uploads: uploads };
        await run('files.uploadV2', () => client.filesUploadV2(shared), giveUpAt);
      });
    },
  };
}

/**
 * A message that has a name is sent with it. Slack's list of errors for chat.postMessage knows the name as `client_msg_id`
 * (`duplicate_message_not_found`), its list of arguments does not: where Slack takes it, the same message sent twice is one, and where it
 * does not, nothing is lost but that. https://docs.slack.dev/reference/methods/chat.postMessage
 */
async function named<T>(
  key: string | undefined,
  send: (name: { readonly client_msg_id?: string }) => Promise<T>,
): Promise<T> {
  if (key === undefined) return send({});
  try {
    return await send({ client_msg_id: key });
  } catch (error) {
    // It was posted before, and somebody has deleted it since.
    if (!isIdGone(error)) throw error;
    return send({});
  }
}

/** Sends words with their blocks, or, when Slack says it cannot show those, without: an answer in plain words beats none. */
export async function shown<T>(log: Log, words: Words, send: (words: Words) => Promise<T>): Promise<T> {
  try {
    return await send(words);
  } catch (error) {
    if (!isUnshowable(error) || words.blocks.length === 0) throw error;
    log.error(
      { err: error, blocks: words.blocks.length },
      'Slack cannot show a card; its title is sent alone',
    );
    return send({ text: words.text, blocks: [] });
  }
}

function threadOf({ thread }: Spot): { thread_ts?: string } {
  return thread === undefined ? {} : { thread_ts: thread };
}
