/** What verbs of the watch have in common: a desk to order at, a room that is told, and whose things are whose. */
import type { Asker } from '../chat.ts';
import { type Forbidden, noDeskView } from '../view/desk.ts';
import type { MisreadReason } from '../view/misread.ts';
import { duration } from '../view/text.ts';
import type { View } from '../view/view.ts';
import type { Desk, Watched } from '../watch/desk.ts';
import type { Room } from '../watch/watch.ts';
import type { Context, Verb } from './command.ts';
import { momentOf, type Until } from './duration.ts';
import { type Command, type Filter, parseAgain } from './parse.ts';

export interface Order {
  readonly command: Command;
  readonly context: Context;
  readonly desk: Desk;
}

/** A verb that needs a desk says so where there is none. */
export function atDesk(run: (order: Order) => Promise<View>): Verb['run'] {
  return async (command, context) => {
    const { desk } = context;
    return desk === null ? noDeskView(command.verb) : run({ command, context, desk });
  };
}

/** Where somebody is, or their direct messages. A thread is no room of its own. */
export function roomOf({ person, place }: Asker, direct = false): Room {
  const { platform, room } = place;
  return direct ? { platform, room: person, direct: true } : { platform, room };
}

export function isSameRoom(a: Room, b: Room): boolean {
  return a.platform === b.platform && a.room === b.room && (a.direct === true) === (b.direct === true);
}

/** Something that was made in a room. */
export interface Made {
  /** Null: about all of them. */
  readonly cluster: string | null;
  readonly room: Room;
  /** Who made it; null: nobody did. */
  readonly by: string | null;
}

/** Whether it is of the asker's room, or theirs. */
export function isOfAsker({ room, by }: Made, { asker }: Context): boolean {
  if (asker === null || isSameRoom(room, roomOf(asker)) || isSameRoom(room, roomOf(asker, true))) return true;
  return by === asker.person && room.platform === asker.place.platform;
}

/** Why the asker may not change it; null: they may. An admin may anywhere. */
export function forbidden(made: Made, context: Context): Forbidden | null {
  const clusters = made.cluster === null ? context.clusters.map(({ name }) => name) : [made.cluster];
  const has = (needed: 'operator' | 'admin') => clusters.some((cluster) => context.may(needed, cluster));
  if (!has('operator')) return 'role-too-low';
  return isOfAsker(made, context) || has('admin') ? null : 'other-room';
}

/** Whether it is about a cluster that the asker may see, and meant when they named one. */
export function isMeant(cluster: string | null, { command, context }: Order): boolean {
  if (cluster === null) return true;
  const isSeen = context.clusters.some(({ name }) => name === cluster);
  return isSeen && (command.everywhere || cluster === command.cluster);
}

/**
 * The same for a watch. One of a cluster that is not configured any more belongs to its room and its maker: nobody else could say what may
 * be seen of it.
 */
export function isWatchMeant({ watch, unseen }: Watched, order: Order): boolean {
  const { cluster, room, maker: by } = watch;
  if (unseen !== 'no-cluster') return isMeant(cluster, order);
  return order.command.everywhere && isOfAsker({ cluster, room, by }, order.context);
}

/** Numbers typed: `#12` is one for sure, `12` may as well be an extension. */
export function typedNumbers({ about, subjects, words }: Command): readonly number[] {
  const plain = subjects.map(({ type, typed }) => (type === 'number' ? typed : '')).concat(words);
  const found = plain.flatMap((word) => (/^#?\d{1,9}$/.test(word) ? [Number(word.replace('#', ''))] : []));
  return [...new Set([...about.ids, ...found])];
}

/** The same for texts that name the same, however they were typed: `00:11:22…` is `SEP001122…`. */
export function meaningOf(text: string): string {
  const read = parseAgain(`watch ${text}`);
  if (read.type !== 'command' || read.command.verb !== 'watch') return text.toLowerCase();
  const { about, subjects, filters } = read.command;
  const named = subjects.map(({ readAs }) => readAs.replace(/^.*?→ /, ''));
  return JSON.stringify([about.cti, named.sort(), filters.map(filterWords).sort()]).toLowerCase();
}

function filterWords({ field, values, not }: Filter): string {
  return `${not ? '!' : ''}${field}:${values.toSorted().join(',')}`;
}

/** The moment at which it ends, or what is wrong with that. `most` is the longest time from now, in milliseconds. */
export function endOf(
  until: Until | null,
  now: number,
  most: number,
): number | 'back' | null | MisreadReason {
  if (until === null) return null;
  if (until.type === 'back') return 'back';
  const at = momentOf(until, now);
  if (at > now && at <= now + most) return at;
  return { type: 'bad-time', field: 'until', why: at <= now ? 'past' : 'too-far', most: duration(most) };
}
