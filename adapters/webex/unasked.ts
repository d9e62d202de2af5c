/** What nobody asked for: posted and changed behind everybody's answers, and refused in the words of src/chat.ts. */

import { keep } from '../../src/chat/bounded.ts';
import type { Log } from '../../src/chat/report.ts';
import { networkReason } from '../../src/chat/retry.ts';
import { ChatError, type Manner, type Place, type Posted } from '../../src/chat.ts';
import type { View } from '../../src/view/view.ts';
import type { Edits } from './edits.ts';
import { isClosedRoom, isGone, isTokenGone, isUnshowable, WebexLost, WebexRefusal } from './failure.ts';
import { renderMessage } from './render.ts';
import { belowOf, type Replies } from './reply.ts';
import { say } from './say.ts';
import type { Placed, Speaker, Spot } from './speak.ts';

/** Both reject with ChatError. */
export interface Unasked {
  post(place: Place, view: View, manner?: Manner): Promise<Posted>;
  update(posted: Posted, view: View, manner?: Manner): Promise<Posted>;
}

export interface UnaskedOptions {
  readonly speaker: Speaker;
  readonly edits: Edits;
  readonly replies: Pick<Replies, 'files'>;
  readonly log: Log;
  readonly remember: (command: string) => string;
}

/** Changes that are kept for another stage of an incident: acknowledged, half back, over, and twice more. */
const KEPT_EDITS = 5;
const MOST_STAGES = 20_000;

export function createUnasked({ speaker, edits, replies, log, remember }: UnaskedOptions): Unasked {
  // What the message shows now, as far as is known here: after a restart every stage is another one.
  const shown = new Map<string, string>();
  const show = (id: string, stage: string) => keep(shown, id, stage, MOST_STAGES);
  const look = { remember, kept: true };
  const howOf = (manner: Manner = {}) => ({
    unasked: true,
    ...(manner.patienceMs !== undefined && { patienceMs: manner.patienceMs }),
  });

  async function post(place: Place, view: View, manner?: Manner): Promise<Posted> {
    const how = howOf(manner);
    const said = say(view, spotOf(place), { speaker, log, ...look }, how);
    const { placed, files } = await said.catch(rejectAsChat);
    if (manner?.stage !== undefined) show(placed.id, manner.stage);
    // The message stands: to post it again for its file's sake would be worse than a missing file, which is logged.
    await replies.files(placed, files, how).catch(() => undefined);
    return { place: placeOf(placed), id: placed.id };
  }

  async function update(posted: Posted, view: View, manner: Manner = {}): Promise<Posted> {
    const { stage, toldBeside = false } = manner;
    const placed: Placed = { ...spotOf(posted.place), id: posted.id };
    const isNews = stage === undefined || shown.get(posted.id) !== stage;
    // The details between two stages are worth a change only while there are plenty.
    if (!isNews && edits.left(posted.id) <= KEPT_EDITS) return posted;
    const how = howOf(manner);
    const isChanged = await speaker.change(placed, renderMessage(view, look), how).catch(rejectAsChat);
    if (!isChanged && isNews && !toldBeside) {
      await say(view, belowOf(placed), { speaker, log, ...look }, how).catch(rejectAsChat);
    }
    if (stage !== undefined) show(posted.id, stage);
    return posted;
  }

  return { post, update };
}

const spotOf = ({ room, thread }: Place): Spot => ({ room, thread });

export function placeOf({ room, thread }: Spot): Place {
  return { platform: 'webex', room, ...(thread === undefined ? {} : { thread }) };
}

function rejectAsChat(error: unknown): never {
  throw chatError(error);
}

function chatError(error: unknown): ChatError {
  if (error instanceof WebexRefusal) return new ChatError(codeOf(error), error.reason, { cause: error });
  if (!(error instanceof WebexLost))
    return new ChatError('unreachable', networkReason(error), { cause: error });
  const { reason, retryAfterMs } = error;
  return retryAfterMs === null
    ? new ChatError('unreachable', reason, { cause: error })
    : new ChatError('limited', reason, { retryAfterMs, cause: error });
}

/** What is not known is taken for a matter of the room: it is tried again there, and its people are told in the end. */
function codeOf(error: WebexRefusal): ChatError['code'] {
  if (isTokenGone(error)) return 'unreachable';
  // A message that cannot be changed because it is not there; one that cannot be posted has no room.
  if (error.method === 'messages.put' && isGone(error)) return 'gone';
  if (isClosedRoom(error)) return 'refused';
  return isUnshowable(error) ? 'unfit' : 'refused';
}
