/** Words of others as primary keys. */
import { hash } from 'node:crypto';
import type { Room } from '../watch/watch.ts';

const LONGEST = 200;

/**
 * The text itself when it is short and both engines can hold it, else its beginning and its SHA-256: PostgreSQL takes no NUL and no long
 * text into an index, SQLite no half of a surrogate pair. The text as it is stands in the row's JSON.
 */
export function keyOf(text: string): string {
  if (text.length <= LONGEST && text.isWellFormed() && !text.includes('\0')) return text;
  return `${text.slice(0, 60).toWellFormed().replaceAll('\0', ' ')} ${hash('sha256', JSON.stringify(text))}`;
}

/** `slack C012AB3CD`, and with an @ a person's direct messages. */
export function roomKeyOf({ platform, room, direct }: Room): string {
  return keyOf(`${platform} ${direct === true ? '@' : ''}${room}`);
}

/** A node's; the cluster as a whole has one of its own. */
export function nodeKeyOf(node: string | null): string {
  return keyOf(JSON.stringify(node));
}
