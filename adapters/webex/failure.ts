/** What went wrong with a call, in three kinds: wait, try again, or take no for an answer. */
import { networkReason, type Trouble } from '../../src/chat/retry.ts';

/** What the REST API answered when it was not what was asked for. */
export class WebexStatus extends Error {
  override name = 'WebexStatus';
  readonly code = 'webex-status';
  readonly status: number;
  /** Seconds, as Retry-After has it; null without. */
  readonly retryAfter: number | null;
  /** Webex's own name for the exchange, for its support. */
  readonly trackingId: string;

  constructor(status: number, options: { readonly retryAfter: number | null; readonly trackingId: string }) {
    super(`Webex answered ${status}${options.trackingId && ` (${options.trackingId})`}`);
    this.status = status;
    this.retryAfter = options.retryAfter;
    this.trackingId = options.trackingId;
  }
}

/** A call that came to nothing: Webex said no. */
export class WebexRefusal extends Error {
  override name = 'WebexRefusal';
  readonly code = 'webex-refused';
  /** `HTTP 404`, or a word of ours. */
  readonly reason: string;
  readonly status: number;
  /** As it is counted, `messages.post`. */
  readonly method: string;

  constructor(method: string, reason: string, options?: ErrorOptions) {
    super(`Webex refused ${method}: ${reason}`, options);
    this.method = method;
    this.reason = reason;
    this.status = options?.cause instanceof WebexStatus ? options.cause.status : 0;
  }
}

/** A call that was given up after it had been tried for as long as made sense. */
export class WebexLost extends Error {
  override name = 'WebexLost';
  readonly code = 'webex-lost';
  readonly reason: string;
  /** Milliseconds that it would have had to wait for its turn; null when it was not for want of a turn. */
  readonly retryAfterMs: number | null;

  constructor(method: string, reason: string, retryAfterMs: number | null = null) {
    super(`Webex did not take ${method} in time: ${reason}`);
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}

const SECOND = 1000;
/** More than an hour is a mistake of somebody's, or a ban: the call is given up either way. */
const LONGEST_WAIT_S = 3600;
const SHORTEST_WAIT_S = 1;
/** When Webex says 429 or 423 and not for how long. */
const UNSAID_WAIT_S = 5;

/** Reads what a call threw. Whatever is not known passes: the network has many words. */
export function readTrouble(error: unknown): Trouble {
  if (error instanceof WebexRefusal) return { type: 'refused', reason: error.reason };
  if (error instanceof WebexLost) return { type: 'passing', reason: error.reason };
  if (!(error instanceof WebexStatus)) return { type: 'passing', reason: networkReason(error) };
  const { status, retryAfter } = error;
  const reason = `HTTP ${status}`;
  // 423: a file is still looked at for viruses; https://developer.webex.com/docs/basics#antimalware-scanning
  if (status === 429 || status === 423) {
    const seconds = Math.max(SHORTEST_WAIT_S, retryAfter ?? UNSAID_WAIT_S);
    return { type: 'limited', waitMs: Math.min(seconds, LONGEST_WAIT_S) * SECOND };
  }
  // 501: what Webex does not do at all is not done later.
  const passes = (status >= 500 && status !== 501) || status === 408;
  return { type: passes ? 'passing' : 'refused', reason };
}

const refusedWith = (error: unknown, ...statuses: readonly number[]) =>
  error instanceof WebexRefusal && statuses.includes(error.status);

/** The token is not accepted: nothing is taken from the bot. */
export const isTokenGone = (error: unknown) => refusedWith(error, 401);
/** The thing is not there, or not for the bot: deleted, or it was taken out of the space. Webex does not say which. */
export const isGone = (error: unknown) => refusedWith(error, 404, 410);
/** The bot may not speak there. */
export const isClosedRoom = (error: unknown) => refusedWith(error, 403, 404, 409, 410);
/** The message as it is will never be taken; in other words it may be. */
export const isUnshowable = (error: unknown) => refusedWith(error, 400, 413, 415);
