/** What went wrong with a call, in three kinds: wait, try again, or take no for an answer. */
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { networkReason, type Trouble } from '../../src/chat/retry.ts';

/** A call that came to nothing. `reason` is Slack's own word: `not_in_channel`, `invalid_blocks`, `missing_scope`… */
export class SlackRefusal extends Error {
  readonly code = 'slack-refused';
  readonly reason: string;
  readonly method: string;

  constructor({ method, reason }: { method: string; reason: string }, options?: ErrorOptions) {
    super(`Slack refused ${method}: ${reason}`, options);
    this.name = 'SlackRefusal';
    this.method = method;
    this.reason = reason;
  }
}

/** A call that was given up after it had been tried for as long as made sense. */
export class SlackLost extends Error {
  readonly code = 'slack-lost';
  readonly reason: string;
  /** Milliseconds that it would have had to wait for its turn; null when it was not for want of a turn. */
  readonly retryAfterMs: number | null;

  constructor(method: string, reason: string, retryAfterMs: number | null = null) {
    super(`Slack did not take ${method} in time: ${reason}`);
    this.name = 'SlackLost';
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Slack's words for what passes by itself. */
const PASSING: ReadonlySet<string> = new Set([
  'accesslimited',
  'fatal_error',
  'internal_error',
  'ratelimited',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
]);

/** The token, or what it stands for, is gone. */
const TOKEN_GONE: ReadonlySet<string> = new Set([
  'account_inactive',
  'invalid_auth',
  'not_allowed_token_type',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
]);

/** The message as it is will never be taken; its words alone may be. */
const UNSHOWABLE: ReadonlySet<string> = new Set([
  'block_mismatch',
  'invalid_attachments',
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'only_one_table_allowed',
  'too_many_attachments',
]);

/** The bot may not speak there. */
const CLOSED_ROOM: ReadonlySet<string> = new Set([
  'as_user_not_supported',
  'cannot_reply_to_message',
  'channel_is_limited_access',
  'channel_not_found',
  'ekm_access_denied',
  'is_archived',
  'message_limit_exceeded',
  'messages_tab_disabled',
  'not_in_channel',
  'posting_to_channel_denied',
  'restricted_action',
  'restricted_action_non_threadable_channel',
  'restricted_action_read_only_channel',
  'restricted_action_thread_locked',
  'thread_not_found',
  'user_not_in_channel',
]);

/** The message that was to be changed or answered is not there, or not for that any more. */
const MESSAGE_GONE: ReadonlySet<string> = new Set([
  'cannot_reply_to_message',
  'cant_update_message',
  'edit_window_closed',
  'message_not_found',
  'restricted_action_non_threadable_channel',
  'restricted_action_thread_locked',
  'thread_not_found',
]);

/** No words of it would be taken either. */
const UNFIT: ReadonlySet<string> = new Set([
  ...UNSHOWABLE,
  'attachment_payload_limit_exceeded',
  'invalid_arguments',
  'no_text',
]);

/** A message of that id was posted before, and is gone. */
const ID_GONE: ReadonlySet<string> = new Set(['duplicate_channel_not_found', 'duplicate_message_not_found']);

/** It is not about one message or room: nothing is taken from the app. */
export const isAppRefused = (reason: string) => TOKEN_GONE.has(reason) || reason === 'missing_scope';
export const isTokenGone = (reason: string) => TOKEN_GONE.has(reason);
export const isUnshowable = (error: unknown) => error instanceof SlackRefusal && UNSHOWABLE.has(error.reason);
export const isClosedRoom = (error: unknown) =>
  error instanceof SlackRefusal && CLOSED_ROOM.has(error.reason);

export const isUnfit = (reason: string) => UNFIT.has(reason);
export const isMessageGone = (reason: string) => MESSAGE_GONE.has(reason);
export const isIdGone = (error: unknown) => error instanceof SlackRefusal && ID_GONE.has(error.reason);

const SECOND = 1000;

/** Reads what a call threw. Whatever is not known passes: the network has many words. */
export function readTrouble(error: unknown): Trouble {
  if (error instanceof SlackRefusal) return { type: 'refused', reason: error.reason };
  if (error instanceof WebAPIRateLimitedError) {
    return { type: 'limited', waitMs: Math.max(1, error.retryAfter) * SECOND };
  }
  if (error instanceof WebAPIPlatformError) {
    const { error: reason } = error.data;
    if (PASSING.has(reason)) return { type: 'passing', reason };
    return { type: 'refused', reason };
  }
  if (error instanceof WebAPIHTTPError) return { type: 'passing', reason: `HTTP ${error.statusCode}` };
  return { type: 'passing', reason: networkReason(error) };
}

/** The scope that a call was refused for want of; null when it was not, or Slack did not say. */
export function neededScope(error: unknown): string | null {
  if (!(error instanceof WebAPIPlatformError) || !('needed' in error.data)) return null;
  return typeof error.data.needed === 'string' ? error.data.needed : null;
}
