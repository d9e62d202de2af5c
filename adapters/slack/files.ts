/** Files that belong to an answer: beside it in its thread, or in direct messages when the answer is for one person alone. */

import type { Log } from '../../src/chat/report.ts';
import type { Confidant, Ear } from './confide.ts';
import { plain } from './confide.ts';
import { type Rendered, renderBelow, renderNotSent } from './render.ts';
import type { How, Placed, Speaker } from './speak.ts';
import { WORDS } from './words.ts';

export interface Files {
  /** In the thread of the message; says there when it did not work. */
  beside(placed: Placed, files: Rendered['files'], how?: How): Promise<void>;
  /** A file cannot be shown to one person of a channel: it goes to their direct messages, under the answer's title. */
  alone(ear: Ear, files: Rendered['files'], title: string): Promise<void>;
}

export function createFiles(speaker: Speaker, confidant: Confidant, log: Log): Files {
  /** False when Slack did not take them. */
  async function send(
    { channel, thread, ts }: Placed,
    files: Rendered['files'],
    how?: How,
  ): Promise<boolean> {
    try {
      await speaker.upload({ channel, thread: thread ?? ts }, files, how);
      return true;
    } catch (error) {
      log.error({ err: error, room: channel }, 'a file could not be sent');
      return false;
    }
  }
  return {
    async beside(placed, files, how) {
      if (files.length === 0 || (await send(placed, files, how))) return;
      await speaker.post({ ...placed, thread: placed.thread ?? placed.ts }, plain(WORDS.fileFailed), how);
    },
    async alone(ear, files, title) {
      if (files.length === 0) return;
      const placed = await speaker.post({ channel: ear.person }, renderBelow(title));
      const sent = await send(placed, files);
      if (!sent) await speaker.change(placed, renderNotSent(title));
      await confidant.note(ear, sent ? WORDS.fileApart : WORDS.fileFailed);
    },
  };
}
