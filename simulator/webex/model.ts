/** What the platform keeps. All of it is data; the state changes by replacing values in the maps of World. */
import type { JsonObject } from './json.ts';
import type { Occurrence } from './occurrence.ts';

export interface Person {
  readonly id: string;
  /** As typed after `@`. */
  readonly name: string;
  readonly displayName: string;
  readonly email: string;
  readonly orgId: string;
  readonly type: 'person' | 'bot';
  readonly deleted: boolean;
}

export interface Room {
  readonly id: string;
  /** Of a direct space the other person's display name, as the bot sees it. */
  readonly title: string;
  readonly type: 'group' | 'direct';
  /** Ids of people. */
  readonly members: readonly string[];
  readonly creator: string;
  /** Epoch milliseconds, both. */
  readonly created: number;
  readonly lastActivity: number;
}

/** What of a bot's message was looked at and found good. */
export type Check = 'text' | 'markdown' | 'card' | 'file';

export interface Message {
  readonly id: string;
  readonly roomId: string;
  readonly roomType: Room['type'];
  /** The first message of the thread, when it is in one. */
  readonly parentId?: string;
  readonly personId: string;
  /** Without any formatting. */
  readonly text: string;
  readonly markdown?: string;
  /** What clients show, when there is formatting. */
  readonly html?: string;
  /** Ids of people; and `all`, for a mention of everybody. */
  readonly mentionedPeople: readonly string[];
  readonly mentionedGroups: readonly string[];
  /** Ids of files. */
  readonly files: readonly string[];
  /** The content of its card. */
  readonly card: JsonObject | null;
  /** Epoch milliseconds, both. */
  readonly created: number;
  readonly updated?: number;
  readonly edits: number;
  /** The checks it passed; none for what people write. */
  readonly passed: readonly Check[];
  readonly by: 'person' | 'bot';
}

/** A press on Action.Submit. */
export interface Action {
  readonly id: string;
  readonly messageId: string;
  readonly roomId: string;
  readonly personId: string;
  readonly inputs: JsonObject;
  readonly created: number;
}

export interface FileEntry {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
  readonly roomId: string;
  readonly personId: string;
  readonly messageId: string;
}

export interface Webhook {
  readonly id: string;
  readonly name: string;
  readonly targetUrl: string;
  readonly resource: string;
  readonly event: string;
  readonly filter?: string;
  readonly secret?: string;
  readonly status: 'active' | 'inactive';
  readonly created: number;
}

/** An occurrence on its way to a webhook, and what became of it. */
export interface Delivery {
  readonly id: string;
  /** Id of the webhook. */
  readonly webhook: string;
  readonly occurrence: Occurrence;
  /** The body, before it was laid out. */
  readonly payload: JsonObject;
  /** Epoch milliseconds. */
  readonly at: number;
  /** How often it was sent so far. */
  readonly tries: number;
  /** given-up: the last try was not answered in time, or not with 2xx. */
  readonly outcome: 'waiting' | 'acknowledged' | 'given-up';
  /** HTTP status of the last try, when there was one. */
  readonly status?: number;
}

/** Something the bot sent that Webex would not have taken. */
export interface Rejection {
  readonly at: number;
  /** As calls are named: `POST messages`. */
  readonly method: string;
  readonly status: number;
  readonly messages: readonly string[];
  readonly sent: JsonObject;
}

/** A call of the REST API. */
export interface Call {
  /** Epoch milliseconds. */
  readonly at: number;
  /** `POST messages`, `PUT messages/{id}`, `GET attachment/actions/{id}`, `GET people/me` … */
  readonly method: string;
  /** With the query: `messages/Y2lz…`. */
  readonly path: string;
  /** What the body and the query said; files only by name. */
  readonly args: JsonObject;
  /** 0 when nobody answered. */
  readonly status: number;
  /** Null when it was ok. */
  readonly error: string | null;
  /** The room it was for, when it said one. */
  readonly roomId: string | null;
}

/** What changed, oldest first; the waiting functions and the occurrences come from it. */
export type Happening =
  | {
      readonly type: 'posted' | 'updated' | 'deleted';
      readonly message: Message;
      /** Who did it. */
      readonly actor: string;
      /** As it was, for updates. */
      readonly before?: Message;
      readonly at: number;
    }
  | { readonly type: 'pressed'; readonly action: Action; readonly at: number }
  | {
      readonly type: 'joined' | 'left';
      readonly room: Room;
      readonly person: string;
      readonly actor: string;
      readonly at: number;
    }
  | { readonly type: 'renamed'; readonly room: Room; readonly actor: string; readonly at: number }
  | { readonly type: 'file'; readonly file: FileEntry; readonly at: number };
