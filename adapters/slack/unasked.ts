/** What nobody asked for: posted and changed behind everybody's answers, and refused in the words of src/chat.ts. */
import { ChatError, type Manner, type Place, type Posted } from '../../src/chat.ts';
import type { View } from '../../src/view/view.ts';
import { placeOf } from './desk.ts';
import { isAppRefused, isMessageGone, isUnfit, readTrouble, SlackLost, SlackRefusal } from './failure.ts';
import type { Files } from './files.ts';
import { keptBlocks } from './marks.ts';
import { type Rendered, renderMessage } from './render.ts';
import type { Speaker } from './speak.ts';

/** Both reject with ChatError. */
export interface Unasked {
  post(place: Place, view: View, manner?: Manner): Promise<Posted>;
  update(posted: Posted, view: View, manner?: Manner): Promise<Posted>;
}

export interface UnaskedOptions {
  readonly speaker: Speaker;
  readonly files: Files;
  readonly remember: (command: string) => string;
}

export function createUnasked({ speaker, files, remember }: UnaskedOptions): Unasked {
  const render = (view: View): Rendered => {
    const rendered = renderMessage(view, { remember });
    return { ...rendered, blocks: keptBlocks(rendered.blocks) };
  };
  return {
    async post(place, view, manner) {
      const rendered = render(view);
      const { key: _ofTheMessage, ...how } = { ...manner, unasked: true };
      const placed = await speaker.post(spotOf(place), rendered, { ...manner, ...how }).catch(rejectAsChat);
      // The message stands: to post it again for its file's sake would be worse than a missing file, which is logged.
      await files.beside(placed, rendered.files, how).catch(() => undefined);
      return { place: placeOf(placed), id: placed.ts };
    },
    async update(posted, view, manner) {
      const placed = { ...spotOf(posted.place), ts: posted.id };
      await speaker.change(placed, render(view), { ...manner, unasked: true }).catch(rejectAsChat);
      return posted;
    },
  };
}

const spotOf = ({ room, thread }: Place) => ({ channel: room, thread });

function rejectAsChat(error: unknown): never {
  throw chatError(error);
}

function chatError(error: unknown): ChatError {
  if (error instanceof SlackRefusal)
    return new ChatError(codeOf(error.reason), error.reason, { cause: error });
  if (!(error instanceof SlackLost)) return new ChatError('unreachable', reasonOf(error), { cause: error });
  const { reason, retryAfterMs } = error;
  return retryAfterMs === null
    ? new ChatError('unreachable', reason, { cause: error })
    : new ChatError('limited', reason, { retryAfterMs, cause: error });
}

/** What is not known is taken for a matter of the room: it is tried again there, and its people are told in the end. */
function codeOf(reason: string): ChatError['code'] {
  if (isAppRefused(reason)) return 'unreachable';
  if (isMessageGone(reason)) return 'gone';
  return isUnfit(reason) ? 'unfit' : 'refused';
}

/** The line was too long, or risbot is stopping. */
function reasonOf(error: unknown): string {
  const trouble = readTrouble(error);
  return trouble.type === 'limited' ? 'rate limited' : trouble.reason;
}
