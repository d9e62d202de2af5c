/** Names for new things, as the REST API shows them: base64 without padding of `ciscospark://us/KIND/name`. */
import { createHash } from 'node:crypto';

/** https://developer.webex.com/docs/basics and the ids in its examples. */
export type Kind =
  | 'APPLICATION'
  | 'ATTACHMENT_ACTION'
  | 'CONTENT'
  | 'MEMBERSHIP'
  | 'MESSAGE'
  | 'ORGANIZATION'
  | 'PEOPLE'
  | 'ROOM'
  | 'WEBHOOK';

export interface Ids {
  /** The id of something new; unique, and the same in every run. */
  next(kind: Kind): string;
  /** As `trackingId` in errors. */
  tracking(): string;
}

export function createIds(): Ids {
  let count = 0;
  const number = () => {
    count += 1;
    return count;
  };
  return {
    next: (kind) => idOf(kind, uuidOf(`${kind} ${number()}`)),
    tracking: () => `ROUTER_${uuidOf(`tracking ${number()}`).toUpperCase()}`,
  };
}

export function idOf(kind: Kind, name: string): string {
  return Buffer.from(`ciscospark://us/${kind}/${name}`).toString('base64url');
}

/** What is behind an id; undefined when it is none of that kind. */
export function nameIn(kind: Kind, id: string): string | undefined {
  const start = `ciscospark://us/${kind}/`;
  const uri = Buffer.from(id, 'base64').toString();
  return uri.startsWith(start) ? uri.slice(start.length) : undefined;
}

/** Always the same for the same words. */
export function uuidOf(words: string): string {
  const digits = createHash('sha256').update(words).digest('hex');
  return [0, 8, 12, 16, 20].map((from, n, all) => digits.slice(from, all[n + 1] ?? 32)).join('-');
}

export const personId = (name: string): string => idOf('PEOPLE', uuidOf(`person ${name}`));
export const roomId = (name: string): string => idOf('ROOM', uuidOf(`room ${name}`));

/** A membership is named after the person and the room. */
export function membershipId(person: string, room: string): string {
  return idOf('MEMBERSHIP', `${nameIn('PEOPLE', person) ?? person}:${nameIn('ROOM', room) ?? room}`);
}
