/** What the tour sees in the rooms where it plays. Pure. */
import { DEVICE_STATES, type DeviceState } from '../../wire.ts';
import type { Known } from '../reduce.ts';
import type { Chat } from '../stage.ts';

/** A message of the bot. */
export interface Said {
  readonly id: string;
  /** Id of the first message of its thread; null: it stands by itself, as alerts do. */
  readonly thread: string | null;
  readonly text: string;
  /** Epoch milliseconds of demo time. */
  readonly at: number;
}

/** What the bot has said in the first room of a chat, oldest first. */
export function saidIn({ slack, webex }: Pick<Known, 'slack' | 'webex'>, chat: Chat): readonly Said[] {
  if (chat === 'slack') {
    const room = slack?.rooms[0]?.id;
    return (slack?.messages ?? [])
      .filter(({ channel, user }) => channel === room && user === slack?.bot.id)
      .map(({ ts, thread, text, at }) => ({
        id: ts,
        thread: thread === undefined || thread === ts ? null : thread,
        text,
        at,
      }));
  }
  const room = webex?.rooms[0]?.id;
  return (webex?.messages ?? [])
    .filter((message) => message.room === room && message.person === webex?.bot.id)
    .map(({ id, parent, text, at }) => ({ id, thread: parent ?? null, text, at }));
}

/** Texts by id, as they stand at one moment. */
export type Mark = ReadonlyMap<string, string>;

export const markOf = (said: readonly Said[]): Mark => new Map(said.map(({ id, text }) => [id, text]));

/** A line on what is under way, which becomes the answer. */
const UNDER_WAY = /^(?:⏳ )?asking /;

/** What was said or changed since. */
export function newsSince(mark: Mark, said: readonly Said[]): readonly Said[] {
  return said.filter(({ id, text }) => mark.get(id) !== text && !UNDER_WAY.test(text));
}

export const isBack = ({ text }: Pick<Said, 'text'>): boolean => /\bback\b/i.test(text);

export const titleOf = ({ text }: Pick<Said, 'text'>): string => text.split('\n', 1)[0] ?? '';

/** What says that a device is lost: its newest card, or the last line on it in the card's thread; null once it is back. */
export function openCard(name: string, said: readonly Said[]): Said | null {
  const card = said.findLast(({ thread, text }) => thread === null && text.includes(name));
  if (card === undefined) return null;
  const last = said.findLast((one) => one.thread === card.id && titleOf(one).includes(name)) ?? card;
  return isBack({ text: titleOf(last) }) ? null : last;
}

/** The device with a number; null when there is none. */
export function phoneWith(
  number: string,
  { cluster }: Pick<Known, 'cluster'>,
): { readonly name: string; readonly isUp: boolean } | null {
  const place = cluster?.devices.numbers.indexOf(number) ?? -1;
  const name = cluster?.devices.names[place];
  if (name === undefined) return null;
  const state = DEVICE_STATES[Math.floor((cluster?.standings[place] ?? 0) / 10)] ?? 'absent';
  return { name, isUp: UP.includes(state) };
}

const UP: readonly DeviceState[] = ['registered', 'elsewhere', 'partial', 'upgrading'];
