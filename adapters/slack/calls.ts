/** Calls of the Web API: what Slack's trouble is, and what health hears of it. */
import type { ChatMetrics, Log } from '../../src/chat/report.ts';
import { createRun, type Run } from '../../src/chat/retry.ts';
import type { Clock } from '../../src/clock.ts';
import { neededScope, readTrouble, SlackLost, SlackRefusal } from './failure.ts';
import type { Health } from './health.ts';

export interface CallsOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ChatMetrics;
  readonly health: Health;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
}

/** Calls reject with `SlackRefusal` and `SlackLost`. */
export function createCalls({ clock, log, metrics, health, signal }: CallsOptions): Run {
  return createRun({
    clock,
    metrics,
    signal,
    read: readTrouble,
    worked(result) {
      health.worked();
      const scopes = scopesIn(result);
      if (scopes !== null) health.granted(scopes);
    },
    stumbled(method, reason, tries) {
      if (tries === 0) log.warn({ method, reason }, 'Slack did not take a call; trying again');
      health.silent(reason);
    },
    refuse(method, reason, cause) {
      health.refused(method, reason, neededScope(cause));
      return new SlackRefusal({ method, reason }, { cause });
    },
    lose: (method, reason, retryAfterMs) => new SlackLost(method, reason, retryAfterMs),
  });
}

/** What Slack says of the token beside its reply; null when it does not, as gateways in between do not. */
function scopesIn(result: unknown): readonly string[] | null {
  if (typeof result !== 'object' || result === null || !('response_metadata' in result)) return null;
  const about = result.response_metadata;
  if (typeof about !== 'object' || about === null || !('scopes' in about)) return null;
  return Array.isArray(about.scopes) ? about.scopes.filter((scope) => typeof scope === 'string') : null;
}
