/** What the link and its child process say to each other. Nothing of it is taken on trust, on neither side. */
import type { ChatProxy } from '../../../src/chat/report.ts';
import type { Notice } from '../intake.ts';

/** Milliseconds. */
export interface Timings {
  /** Between two pings over the websocket. */
  readonly pingMs: number;
  /** How long a pong may take, before the websocket counts as lost. */
  readonly pongMs: number;
  /** How long a websocket may take to open and to be let in. */
  readonly letInMs: number;
  /** A call without an answer is given up after that, and tried again. */
  readonly callMs: number;
}

export interface Order extends Timings {
  readonly token: string;
  readonly proxy: ChatProxy;
  /** Certificate authorities that are trusted besides Node's own, as PEM. */
  readonly authorities: readonly string[];
}

export type ToChild =
  | { readonly type: 'connect'; readonly order: Order }
  | { readonly type: 'ping' }
  | { readonly type: 'stop' };

export type FromChild =
  | { readonly type: 'pong' | 'loaded' | 'open' }
  /** closed: the websocket was lost; trouble: a call failed. Both are being tried again. */
  | { readonly type: 'closed' | 'trouble'; readonly reason: string }
  /** Nothing more will come. `isRefused`: the token is not good, and trying again is of no use. */
  | { readonly type: 'failed'; readonly reason: string; readonly isRefused: boolean }
  | { readonly type: 'notice'; readonly notice: Notice };

const LONGEST_REASON = 200;
const LONGEST_ID = 500;

/** Undefined when it is no id as the REST API writes them: base64 in either alphabet. */
export function readId(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= LONGEST_ID && /^[\w+/=-]+$/.test(value)
    ? value
    : undefined;
}

/** Null when it is nothing that a child would say. */
export function readFromChild(value: unknown): FromChild | null {
  if (typeof value !== 'object' || value === null || !('type' in value)) return null;
  const reason = 'reason' in value ? String(value.reason).slice(0, LONGEST_REASON) : '';
  switch (value.type) {
    case 'pong':
    case 'loaded':
    case 'open':
      return { type: value.type };
    case 'closed':
    case 'trouble':
      return { type: value.type, reason };
    case 'failed':
      return { type: 'failed', reason, isRefused: 'isRefused' in value && value.isRefused === true };
    case 'notice':
      return readNotice('notice' in value ? value.notice : null);
    default:
      return null;
  }
}

function readNotice(value: unknown): FromChild | null {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('resource' in value)) return null;
  const { resource } = value;
  const id = readId(value.id);
  if (id === undefined || (resource !== 'messages' && resource !== 'attachmentActions')) return null;
  return { type: 'notice', notice: { resource, id } };
}
