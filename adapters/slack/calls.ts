/** Calls of the Web API, tried again as long as it makes sense, counted, and judged. */

import type { ChatMetrics, Log } from '../../src/chat/report.ts';
import type { Clock } from '../../src/clock.ts';
import { readTrouble, SlackLost, SlackRefusal, type Trouble } from './failure.ts';
import type { Health } from './health.ts';

/** An answer is worth waiting for an outage: longer than response_url lives, it is not asked for any more. */
export const ANSWER_PATIENCE_MS = 25 * 60_000;
/** What is of use now or not at all: a form, a line on what is under way. */
export const SHORT_PATIENCE_MS = 2_000;

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

export interface CallsOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ChatMetrics;
  readonly health: Health;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
}

/**
 * Runs a call until it succeeds. Rejects with `SlackRefusal` when Slack says no, with `SlackLost` when the next try would come
 * after `giveUpAt` (on the monotonic clock; default `ANSWER_PATIENCE_MS` from now), and with the signal's reason.
 */
export type Run = <T>(method: string, send: () => Promise<T>, giveUpAt?: number) => Promise<T>;

/** 429 waits as told, passing trouble waits longer each time; both without holding up anybody else's call. */
export function createCalls({ clock, log, metrics, health, signal }: CallsOptions): Run {
  return async (method, send, giveUpAt = clock.monotonic() + ANSWER_PATIENCE_MS) => {
    for (let tries = 0; ; tries += 1) {
      signal.throwIfAborted();
      try {
        const result = await send();
        metrics.call(method, 'ok');
        health.worked();
        const scopes = scopesIn(result);
        if (scopes !== null) health.granted(scopes);
        return result;
      } catch (error) {
        const trouble = readTrouble(error);
        const waitMs = waitFor(method, trouble, tries, error);
        if (clock.monotonic() + waitMs > giveUpAt) throw lost(method, trouble);
        await clock.sleep(waitMs, signal);
      }
    }
  };

  /** Milliseconds until the next try. Throws when there is none. */
  function waitFor(method: string, trouble: Trouble, tries: number, error: unknown): number {
    switch (trouble.type) {
      case 'limited':
        metrics.call(method, 'limited');
        metrics.throttled(method);
        return trouble.waitMs;
      case 'passing':
        metrics.call(method, 'passing');
        if (tries === 0)
          log.warn({ method, reason: trouble.reason }, 'Slack did not take a call; trying again');
        health.silent(trouble.reason);
        return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
      case 'refused':
        metrics.call(method, 'refused');
        health.refused(method, trouble.reason, trouble.needed);
        throw new SlackRefusal({ method, reason: trouble.reason }, { cause: error });
    }
  }

  function lost(method: string, trouble: Trouble): SlackLost {
    metrics.call(method, 'lost');
    return trouble.type === 'limited'
      ? new SlackLost(method, 'rate limited', trouble.waitMs)
      : new SlackLost(method, trouble.reason);
  }
}

/** What Slack says of the token beside its reply; null when it does not, as gateways in between do not. */
function scopesIn(result: unknown): readonly string[] | null {
  if (typeof result !== 'object' || result === null || !('response_metadata' in result)) return null;
  const about = result.response_metadata;
  if (typeof about !== 'object' || about === null || !('scopes' in about)) return null;
  return Array.isArray(about.scopes) ? about.scopes.filter((scope) => typeof scope === 'string') : null;
}
