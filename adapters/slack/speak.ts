/** Messages to Slack: posted, changed, shown to one person. Each in its line, tried again, and without its blocks when Slack does not take them. */
import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../src/clock.ts';
import { ANSWER_PATIENCE_MS, type Run } from './calls.ts';
import { isUnshowable } from './failure.ts';
import type { Log } from './options.ts';
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

/** All reject with `SlackRefusal` and `SlackLost`. */
export interface Speaker {
  post(spot: Spot, words: Words, patienceMs?: number): Promise<Placed>;
  change(placed: Placed, words: Words): Promise<void>;
  /** Only the person sees it; it is gone when they load Slack again. */
  whisper(spot: Spot, person: string, words: Words): Promise<void>;
  upload(spot: Spot, files: Rendered['files']): Promise<void>;
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
  const patience = (ms = ANSWER_PATIENCE_MS) => clock.monotonic() + ms;
  return {
    post(spot, words, patienceMs) {
      const giveUpAt = patience(patienceMs);
      return pace.post(spot.channel, () =>
        shown(log, words, async (message) => {
          const said = { channel: spot.channel, ...threadOf(spot), ...message, ...PLAIN, ...NO_PREVIEW };
          const posted = await run('chat.postMessage', () => client.chat.postMessage(said), giveUpAt);
          return { channel: posted.channel ?? spot.channel, thread: spot.thread, ts: posted.ts ?? '' };
        }),
      );
    },
    change({ channel, ts }, words) {
      const giveUpAt = patience();
      return pace.edit(channel, () =>
        shown(log, words, async (message) => {
          const changed = { channel, ts, ...message, ...PLAIN };
          await run('chat.update', () => client.chat.update(changed), giveUpAt);
        }),
      );
    },
    whisper: (spot, person, words) =>
      shown(log, words, async (message) => {
        const said = { channel: spot.channel, user: person, ...threadOf(spot), ...message, ...PLAIN };
        await run('chat.postEphemeral', () => client.chat.postEphemeral(said));
      }),
    upload(spot, files) {
      const giveUpAt = patience();
      return pace.post(spot.channel, async () => {
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
