/** Calls of a platform's API, tried again as long as it makes sense, counted, and judged. */
import type { Clock } from '../clock.ts';
import type { ChatMetrics } from './report.ts';

/** What came of a call that did not succeed: wait as told, try again, or take no for an answer. */
export type Trouble =
  | { readonly type: 'limited'; readonly waitMs: number }
  | { readonly type: 'passing'; readonly reason: string }
  | { readonly type: 'refused'; readonly reason: string };

/** An answer is worth waiting for an outage: half an hour later it is not asked for any more. */
export const ANSWER_PATIENCE_MS = 25 * 60_000;
/** What is of use now or not at all: a form, a line on what is under way. */
export const SHORT_PATIENCE_MS = 2_000;

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** What the platform's own trouble is, and what is thrown for it. */
export interface RetryOptions {
  readonly clock: Clock;
  readonly metrics: ChatMetrics;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
  readonly read: (error: unknown) => Trouble;
  /** Hears of every result. */
  readonly worked: (result: unknown) => void;
  /** Hears of trouble that passes, and how often the call has been tried before. */
  readonly stumbled: (method: string, reason: string, tries: number) => void;
  /** Hears of a no, and makes the error that says so. */
  readonly refuse: (method: string, reason: string, cause: unknown) => Error;
  /** Makes the error for a call that was given up; `retryAfterMs` null: not for want of a turn. */
  readonly lose: (method: string, reason: string, retryAfterMs: number | null) => Error;
}

/**
 * Runs a call until it succeeds. Rejects with what `refuse` makes when the platform says no, with what `lose` makes when the next try would
 * come after `giveUpAt` (on the monotonic clock; default `ANSWER_PATIENCE_MS` from now), and with the signal's reason.
 */
export type Run = <T>(method: string, send: () => Promise<T>, giveUpAt?: number) => Promise<T>;

/** 429 waits as told, passing trouble waits longer each time; both without holding up anybody else's call. */
export function createRun(options: RetryOptions): Run {
  const { clock, metrics, signal } = options;
  return async (method, send, giveUpAt = clock.monotonic() + ANSWER_PATIENCE_MS) => {
    for (let tries = 0; ; tries += 1) {
      signal.throwIfAborted();
      try {
        const result = await send();
        metrics.call(method, 'ok');
        options.worked(result);
        return result;
      } catch (error) {
        const trouble = options.read(error);
        const waitMs = waitFor(method, trouble, tries, error);
        if (clock.monotonic() + waitMs > giveUpAt) throw lost(method, trouble);
        await clock.sleep(waitMs, signal);
      }
    }
  };

  /** Milliseconds until the next try. Throws when there is none. */
  function waitFor(method: string, trouble: Trouble, tries: number, error: unknown): number {
    metrics.call(method, trouble.type);
    switch (trouble.type) {
      case 'limited':
        metrics.throttled(method);
        return trouble.waitMs;
      case 'passing':
        options.stumbled(method, trouble.reason, tries);
        return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
      case 'refused':
        throw options.refuse(method, trouble.reason, error);
    }
  }

  function lost(method: string, trouble: Trouble): Error {
    metrics.call(method, 'lost');
    return trouble.type === 'limited'
      ? options.lose(method, 'rate limited', trouble.waitMs)
      : options.lose(method, trouble.reason, null);
  }
}

/** The innermost code, `ECONNREFUSED` say, or the name: messages may hold addresses that work like a token. */
export function networkReason(error: unknown): string {
  let reason = 'unknown';
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    reason = 'code' in at && typeof at.code === 'string' ? at.code : at.name;
  }
  return reason;
}
