/** What the REST API says, read without trust: what does not fit is not there. Pure. */

/** Ids are base64; anything else is none of Webex's. */
const ID = /^[A-Za-z0-9_=+/-]{1,400}$/;
/** More names than fit into a message. */
const MOST_MENTIONED = 500;
const EMAIL = /^[^\s@<>|"]{1,120}@[^\s@<>|"]{1,120}$/;

export interface Message {
  readonly id: string;
  readonly room: string;
  readonly isDirect: boolean;
  /** The first message of its thread; null when it is none's answer. */
  readonly parent: string | null;
  readonly personId: string;
  readonly text: string;
  readonly html: string | null;
  readonly mentioned: readonly string[];
  /** Epoch milliseconds; 0 when it does not say. */
  readonly at: number;
}

/** Somebody pressed a button of a card. */
export interface Action {
  readonly id: string;
  readonly room: string;
  /** The message that the card is on. */
  readonly message: string;
  readonly personId: string;
  readonly inputs: unknown;
}

export interface Person {
  readonly id: string;
  /** In lower case. */
  readonly email: string;
  readonly org: string;
  readonly isBot: boolean;
}

export function readMessage(body: unknown): Message | null {
  const [id, room, personId] = [idAt(body, 'id'), idAt(body, 'roomId'), idAt(body, 'personId')];
  if (id === null || room === null || personId === null) return null;
  const html = valueAt(body, 'html');
  const mentioned = valueAt(body, 'mentionedPeople');
  return {
    id,
    room,
    isDirect: valueAt(body, 'roomType') === 'direct',
    parent: idAt(body, 'parentId'),
    personId,
    text: textAt(body, 'text'),
    html: typeof html === 'string' ? html : null,
    mentioned: Array.isArray(mentioned) ? mentioned.slice(0, MOST_MENTIONED).filter(isId) : [],
    at: Date.parse(textAt(body, 'created')) || 0,
  };
}

export function readActionBody(body: unknown): Action | null {
  const [id, room, message] = [idAt(body, 'id'), idAt(body, 'roomId'), idAt(body, 'messageId')];
  const personId = idAt(body, 'personId');
  if (id === null || room === null || message === null || personId === null) return null;
  return { id, room, message, personId, inputs: valueAt(body, 'inputs') };
}

export function readPerson(body: unknown): Person | null {
  const id = idAt(body, 'id');
  const emails = valueAt(body, 'emails');
  const email = Array.isArray(emails) ? emails.find(isEmail) : undefined;
  if (id === null || email === undefined) return null;
  const org = idAt(body, 'orgId') ?? '';
  return { id, email: email.toLowerCase(), org, isBot: valueAt(body, 'type') === 'bot' };
}

/** The `items` of a list. */
export function readItems(body: unknown): readonly unknown[] {
  const items = valueAt(body, 'items');
  return Array.isArray(items) ? items : [];
}

export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

export function isEmail(value: unknown): value is string {
  return typeof value === 'string' && EMAIL.test(value);
}

export function idAt(body: unknown, name: string): string | null {
  const value = valueAt(body, name);
  return isId(value) ? value : null;
}

/** Blank when there is none. */
export function textAt(body: unknown, name: string): string {
  const value = valueAt(body, name);
  return typeof value === 'string' ? value : '';
}

function valueAt(body: unknown, name: string): unknown {
  if (typeof body !== 'object' || body === null) return undefined;
  return Object.getOwnPropertyDescriptor(body, name)?.value;
}
