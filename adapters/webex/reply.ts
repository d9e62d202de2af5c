/** An answer on its way to where it belongs: into a thread, to a person, or in place of an earlier card where Webex allows that. */
import type { Reply } from '../../src/chat/desk.ts';
import { keepsCard } from '../../src/chat/press.ts';
import type { Log } from '../../src/chat/report.ts';
import { SHORT_PATIENCE_MS } from '../../src/chat/retry.ts';
import type { View } from '../../src/view/view.ts';
import { isGone } from './failure.ts';
import type { Pace } from './pace.ts';
import { type Rendered, renderInterim, renderMessage } from './render.ts';
import { type Said, say } from './say.ts';
import type { How, Placed, Speaker, Spot } from './speak.ts';
import { WORDS } from './words.ts';

export interface Replies {
  /** A message of its own. */
  open(spot: Spot): Reply;
  /** Takes the place of the card, or answers it. */
  instead(card: Placed, options: { readonly sendsFiles: boolean }): Reply;
  /** A few words of `words.ts`. Never rejects. */
  note(spot: Spot, words: string, how?: How): Promise<void>;
  /** Each in a message of its own, below the one that it belongs to; says there when it did not work. */
  files(placed: Placed, files: Rendered['files'], how?: How): Promise<void>;
}

export interface RepliesOptions {
  readonly speaker: Speaker;
  readonly pace: Pick<Pace, 'isFree'>;
  readonly log: Log;
  readonly remember: (command: string) => string;
}

export function createReplies({ speaker, pace, log, remember }: RepliesOptions): Replies {
  async function note(spot: Spot, markdown: string, how?: How): Promise<void> {
    try {
      await speaker.post(spot, { markdown, card: null }, how);
    } catch (error) {
      log.error({ err: error, room: spot.room }, 'a note could not be delivered');
    }
  }

  async function files(placed: Placed, all: Rendered['files'], how?: How): Promise<void> {
    const below = belowOf(placed);
    for (const file of all) {
      try {
        await speaker.upload(below, file, how);
      } catch (error) {
        log.error({ err: error, room: placed.room }, 'a file could not be sent');
        return note(below, WORDS.fileFailed, how);
      }
    }
  }

  function open(spot: Spot): Reply {
    let interim: Promise<Placed | null> | null = null;
    return {
      tell(text) {
        interim ??= sayInterim(spot, text);
      },
      async answer(view) {
        const said = await inPlaceOf(await (interim ?? null), spot, view);
        await files(said.placed, said.files);
      },
    };
  }

  /** A line that would stand in a queue says nothing in time, and holds up answers. */
  async function sayInterim(spot: Spot, text: string): Promise<Placed | null> {
    if (!pace.isFree()) return null;
    try {
      return await speaker.post(spot, renderInterim(text), { patienceMs: SHORT_PATIENCE_MS });
    } catch (error) {
      log.debug({ err: error }, 'an interim line was not taken');
      return null;
    }
  }

  /** The line becomes the answer; where Webex does not let it, the answer comes below and the line goes. */
  async function inPlaceOf(line: Placed | null, spot: Spot, view: View): Promise<Said> {
    if (line === null) return say(view, spot, { speaker, log, remember });
    const rendered = renderMessage(view, { remember });
    if (await speaker.change(line, rendered).catch(() => false))
      return { placed: line, files: rendered.files };
    const said = await say(view, spot, { speaker, log, remember });
    await speaker.remove(line).catch((error: unknown) => log.debug({ err: error }, 'a line stays'));
    return said;
  }

  return {
    open,
    note,
    files,
    instead(card, { sendsFiles }) {
      const below = open(belowOf(card));
      return {
        tell: () => undefined,
        async answer(view: View) {
          if (keepsCard(view.outcome)) return below.answer(view);
          const rendered = renderMessage(view, { remember });
          const isChanged = await speaker.change(card, rendered).catch((error: unknown) => {
            // Somebody deleted the card meanwhile.
            if (isGone(error)) return false;
            throw error;
          });
          if (!isChanged) return below.answer(sendsFiles ? view : withoutFiles(view));
          if (sendsFiles) await files(card, rendered.files);
        },
      };
    },
  };
}

/** The thread that answers to a message belong to. */
export function belowOf({ room, thread, id }: Placed): Spot {
  return { room, thread: thread ?? id };
}

const withoutFiles = (view: View): View => ({
  ...view,
  blocks: view.blocks.filter(({ type }) => type !== 'file'),
});
