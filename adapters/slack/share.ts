/** Share: an answer that one person saw, posted for everybody, once, with the name of who asked. */

import type { Memory } from '../../src/chat/memory.ts';
import type { Log } from '../../src/chat/report.ts';
import type { View } from '../../src/view/view.ts';
import type { Confidant, Ear } from './confide.ts';
import { isClosedRoom } from './failure.ts';
import type { Files } from './files.ts';
import { type Rendered, renderShared } from './render.ts';
import type { Responder } from './respond.ts';
import type { Speaker, Spot } from './speak.ts';
import { WORDS } from './words.ts';

export interface Shareable {
  readonly view: View;
  readonly spot: Spot;
  readonly person: string;
  /** True from the first press on: two presses post once. */
  shared: boolean;
}

export interface ShareOptions {
  readonly kept: Memory<Shareable>;
  readonly confidant: Pick<Confidant, 'note'>;
  readonly files: Files;
  readonly speaker: Speaker;
  readonly responder: Responder;
  readonly log: Log;
  readonly remember: (command: string) => string;
}

/** Kept answers, by what they weigh: characters, files most of all. */
export function weighShareable({ view }: Shareable): number {
  const files = view.blocks.map((block) => (block.type === 'file' ? block.content.length : 0));
  return files.reduce((sum, length) => sum + length, 5_000);
}

/** Shares what the key stands for, or says why not. Never rejects. */
export function createShare(options: ShareOptions): (key: string, ear: Ear) => Promise<void> {
  const { kept, confidant, responder } = options;
  return async (key, ear) => {
    const found = kept.get(key);
    if (found === null) return confidant.note(ear, WORDS.shareGone);
    if (found.person !== ear.person) return confidant.note(ear, WORDS.notYours);
    if (found.shared) return;
    found.shared = true;
    try {
      found.shared = await shareNow(found, ear, options);
    } catch (error) {
      found.shared = false;
      options.log.error({ err: error, room: found.spot.channel }, 'an answer could not be shared');
      return confidant.note(ear, WORDS.broken);
    }
    if (!found.shared) return confidant.note(ear, WORDS.notShared);
    // It stands there for everybody now; twice would be once too many.
    if (responder.isGood(ear.ticket)) await responder.remove(ear.ticket).catch(() => undefined);
  };
}

/** False when the bot may not speak there. */
async function shareNow(found: Shareable, ear: Ear, options: ShareOptions): Promise<boolean> {
  const { speaker, files, remember } = options;
  const rendered = renderShared(found.view, ear.person, { remember });
  try {
    const placed = await speaker.post(found.spot, rendered);
    await files.beside(placed, rendered.files);
    return true;
  } catch (error) {
    if (!isClosedRoom(error)) throw error;
    return throughTicket(ear, rendered, options);
  }
}

/** A response_url reaches rooms that the bot was never invited to. */
async function throughTicket(
  { ticket, spot }: Ear,
  message: Rendered,
  { responder, log }: ShareOptions,
): Promise<boolean> {
  if (!responder.isGood(ticket, 1)) return false;
  try {
    await responder.send(ticket, { message, to: 'room', thread: spot.thread });
    return true;
  } catch (error) {
    log.warn({ err: error }, 'an answer could not be shared through its response_url');
    return false;
  }
}
