/** What a workspace keeps. All of it is data; the state changes by replacing values in the maps of World. */
import type { JsonObject } from './json.ts';

export interface User {
  /** `U…` */
  readonly id: string;
  /** As typed after `@`. */
  readonly name: string;
  readonly realName: string;
  readonly email: string;
  readonly isBot: boolean;
  readonly isAdmin: boolean;
  readonly deleted: boolean;
}

export interface UserGroup {
  /** `S…` */
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly users: readonly string[];
  readonly disabled: boolean;
}

export interface Channel {
  /** `C…` for channels, `D…` for direct messages. */
  readonly id: string;
  /** Without `#`; for a direct message the person's name. */
  readonly name: string;
  readonly kind: 'public' | 'private' | 'im';
  readonly members: readonly string[];
  readonly archived: boolean;
  /** The person at the other end, for direct messages. */
  readonly user?: string;
}

/** What of a bot's message was looked at and found good. */
export type Check = 'text' | 'blocks' | 'attachments';

export interface Message {
  /** Channel and ts name a message. */
  readonly channel: string;
  readonly ts: string;
  /** `U…` of whoever wrote it. */
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  /** The ts of the thread's first message, when it is in a thread. */
  readonly thread?: string;
  /** Ids of shared files. */
  readonly files: readonly string[];
  /** The ts of the last edit. */
  readonly edited?: string;
  /** Whom alone it is shown to. */
  readonly onlyFor?: string;
  /** The checks it passed; none for what people write. */
  readonly passed: readonly Check[];
  /** How it came to be; `respond` and `acknowledge` are what a bot says through a response_url or in an acknowledgement. */
  readonly by: 'person' | 'chat.postMessage' | 'chat.postEphemeral' | 'files' | 'respond' | 'acknowledge';
}

export interface View {
  /** `V…` */
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly user: string;
  readonly callbackId: string;
  readonly externalId: string;
  readonly privateMetadata: string;
  /** Of a modal. */
  readonly title: string;
  readonly blocks: readonly JsonObject[];
  /** The view as the bot sent it. */
  readonly sent: JsonObject;
  readonly hash: string;
  readonly rootViewId: string;
  readonly previousViewId: string | null;
}

export interface FileEntry {
  /** `F…` */
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly length: number;
  /** Empty until it was uploaded. */
  readonly content: Buffer;
  readonly state: 'waiting' | 'uploaded' | 'complete';
  /** Where it was shared. */
  readonly channels: readonly string[];
}

/** A payload on its way to the bot, and what became of it. */
export interface Delivery {
  readonly kind: 'events_api' | 'slash_commands' | 'interactive';
  /** event_id, or trigger_id. */
  readonly id: string;
  readonly payload: JsonObject;
  /** Epoch milliseconds. */
  readonly at: number;
  /** How often it was sent so far. */
  readonly tries: number;
  /** given-up: the last try was not acknowledged in time either; refused: HTTP status other than 2xx. */
  readonly outcome: 'waiting' | 'acknowledged' | 'given-up' | 'refused';
  /** From the first try to the acknowledgement. */
  readonly acknowledgedMs?: number;
  /** What the acknowledgement carried, when it carried something. */
  readonly answer?: JsonObject;
  /** HTTP status of the last try, by HTTP. */
  readonly status?: number;
}

/** Something the bot sent that Slack would not have taken. */
export interface Rejection {
  readonly at: number;
  /** The method, or `response_url`, `acknowledgement`. */
  readonly method: string;
  readonly error: string;
  /** As in response_metadata.messages. */
  readonly messages: readonly string[];
  readonly sent: JsonObject;
}

/** A call of the Web API, or of a response_url. */
export interface Call {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly method: string;
  readonly args: JsonObject;
  readonly status: number;
  /** Null when it was ok. */
  readonly error: string | null;
  /** The channel it was for, when it said one. */
  readonly channel: string | null;
}

/** What changed, oldest first; the waiting functions read it. */
export type Happening =
  | {
      readonly type: 'posted' | 'updated' | 'deleted' | 'ephemeral';
      readonly message: Message;
      /** As it was, for updates. */
      readonly before?: Message;
      readonly at: number;
    }
  | { readonly type: 'opened' | 'pushed' | 'view-updated' | 'home'; readonly view: View; readonly at: number }
  | { readonly type: 'file'; readonly file: FileEntry; readonly at: number };
