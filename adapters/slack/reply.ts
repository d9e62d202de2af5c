/** An answer on its way to where it belongs: for everybody in a thread, for the asker alone, or in place of an earlier card. */

import type { Reply } from '../../src/chat/desk.ts';
import { keepsCard } from '../../src/chat/press.ts';
import type { Log } from '../../src/chat/report.ts';
import { SHORT_PATIENCE_MS } from '../../src/chat/retry.ts';
import type { View } from '../../src/view/view.ts';
import type { Confidant, Ear } from './confide.ts';
import type { Files } from './files.ts';
import { ownBlocks } from './marks.ts';
import type { Pace } from './pace.ts';
import { type Rendered, renderAsked, renderInterim, renderMessage } from './render.ts';
import type { Placed, Speaker, Spot } from './speak.ts';

export interface Replies {
  /** Everybody sees it. */
  open(spot: Spot): Reply;
  /** Only the person sees it. */
  aside(ear: Ear): Reply;
  /** Takes the place of the card; what the person has to read alone goes to them alone. */
  instead(instead: Instead): Reply;
}

/** A card that stands in a channel for everybody, or was shown to one person. */
export interface Card extends Placed {
  readonly alone: boolean;
}

export interface Instead {
  readonly card: Card;
  readonly ear: Ear;
  /** Another page of the same answer has no other file. */
  readonly sendsFiles: boolean;
}

export interface RepliesOptions {
  readonly speaker: Speaker;
  readonly confidant: Confidant;
  readonly files: Files;
  readonly pace: Pace;
  readonly log: Log;
  readonly remember: (command: string) => string;
  /** Keeps an answer that may be shared; the key goes into the button. */
  readonly keepShareable: (view: View, spot: Spot, person: string) => string;
}

export function createReplies(options: RepliesOptions): Replies {
  return {
    open: (spot) => openReply(spot, options),
    aside: (ear) => asideReply(ear, options),
    instead: (instead) => insteadReply(instead, options),
  };
}

function openReply(spot: Spot, { speaker, files, pace, log, remember }: RepliesOptions): Reply {
  let interim: Promise<Placed | null> | null = null;

  /** A line that would stand in a queue says nothing in time, and holds up answers. */
  async function sayInterim(text: string): Promise<Placed | null> {
    try {
      if (!(await pace.isFree(spot.channel))) return null;
      return await speaker.post(spot, renderInterim(text), { patienceMs: SHORT_PATIENCE_MS });
    } catch (error) {
      log.debug({ err: error }, 'an interim line was not taken');
      return null;
    }
  }

  return {
    tell(text) {
      interim ??= sayInterim(text);
    },
    async answer(view) {
      const rendered = renderMessage(view, { remember });
      const before = await (interim ?? null);
      if (before !== null) await speaker.change(before, rendered);
      const placed = before ?? (await speaker.post(spot, rendered));
      await files.beside(placed, rendered.files);
    },
  };
}

function asideReply(ear: Ear, options: RepliesOptions): Reply {
  const { confidant, files } = options;
  let interim: Promise<boolean> | null = null;
  return {
    tell(text) {
      interim ??= confidant.hint(ear, renderAsked(text), false);
    },
    async answer(view) {
      const rendered = renderAside(view, ear, options);
      // The line stays above the answer: nothing can change what a command's response_url has said, and a button's would change its card.
      // https://github.com/slackapi/bolt-js/issues/2287
      await (interim ?? null);
      await confidant.confide(ear, rendered);
      await files.alone(ear, rendered.files, view.title);
    },
  };
}

function insteadReply({ card, ear, sendsFiles }: Instead, options: RepliesOptions): Reply {
  const { confidant, speaker, files, remember } = options;
  let interim: Promise<boolean> | null = null;
  return {
    tell(text) {
      // A card that others read stays as it is until there is something better.
      interim ??= confidant.hint(ear, (card.alone ? renderInterim : renderAsked)(text), card.alone);
    },
    async answer(view) {
      const cardIsGone = (await (interim ?? false)) && card.alone;
      if (keepsCard(view.outcome)) {
        return confidant.confide(ear, renderAside(view, ear, options), cardIsGone);
      }
      if (card.alone) {
        const rendered = renderAside(view, ear, options);
        await confidant.confide(ear, rendered, true);
        if (sendsFiles) await files.alone(ear, rendered.files, view.title);
        return;
      }
      const rendered = renderMessage(view, { remember });
      await speaker.change(card, rendered);
      if (sendsFiles) await files.beside(card, rendered.files);
    },
  };
}

/** With a Share button, unless it is about the person alone, and the others marked as this person's. */
function renderAside(view: View, ear: Ear, { remember, keepShareable }: RepliesOptions): Rendered {
  const isOfUse = view.outcome !== 'refused';
  const share = isOfUse && { share: keepShareable(view, ear.shareTo ?? ear.spot, ear.person) };
  const rendered = renderMessage(view, { remember, ...share });
  return { ...rendered, blocks: ownBlocks(rendered.blocks, ear.person, ear.shareTo?.thread) };
}
