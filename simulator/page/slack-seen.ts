/** What of Slack's messages and views goes to the page. Pure. */
import { isObject, objectAt, textAt } from '../slack/json.ts';
import type { FileEntry, Message, View } from '../slack/model.ts';
import type { MessageSeen, OwnSeen, ViewSeen } from './wire.ts';

/** What goes with a message to be shown: the files there are, and when it was said, in demo time. */
export interface Beside {
  readonly files: readonly FileEntry[];
  readonly saidAt: (message: Message) => number;
}

export function messageSeen(message: Message, { files, saidAt }: Beside): MessageSeen {
  const { channel, ts, thread, user, text, blocks, onlyFor, edited } = message;
  return {
    channel,
    ts,
    at: saidAt(message),
    user,
    text,
    blocks,
    files: files
      .filter(({ id }) => message.files.includes(id))
      .map(({ id, name, length }) => ({ id, name, size: length })),
    edited: edited !== undefined,
    ...(thread !== undefined && { thread }),
    ...(onlyFor !== undefined && { onlyFor }),
  };
}

export function viewSeen({ id, hash, title, blocks, sent }: View): ViewSeen {
  const label = (key: string) => textAt(objectAt(sent, key) ?? {}, 'text') ?? '';
  return { id, hash, title, blocks, submit: label('submit'), close: label('close') };
}

interface Own {
  readonly whispers: readonly Message[];
  readonly views: readonly View[];
  readonly home: View | null;
}

export function ownSeen(own: Own, beside: Beside): OwnSeen {
  return {
    whispers: own.whispers.map((message) => messageSeen(message, beside)),
    views: own.views.map(viewSeen),
    home: own.home === null ? null : viewSeen(own.home),
  };
}

/** Values of a form, as the page sends them: texts, or null for what was left empty. Anything else is left out. */
export function filledOf(values: unknown): Readonly<Record<string, string | null>> {
  const filled: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(isObject(values) ? values : {})) {
    if (value === null || typeof value === 'string') filled[name] = value;
  }
  return filled;
}
