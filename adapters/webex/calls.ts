/** Calls of the REST API: in their line, tried again as long as it makes sense, and judged. */
import type { ChatMetrics, Log } from '../../src/chat/report.ts';
import { ANSWER_PATIENCE_MS, createRun } from '../../src/chat/retry.ts';
import type { Clock } from '../../src/clock.ts';
import { readTrouble, WebexLost, WebexRefusal, WebexStatus } from './failure.ts';
import type { Health } from './health.ts';
import type { Pace, Turn } from './pace.ts';
import type { Ask, Rest } from './rest.ts';

export interface CallOptions extends Ask {
  /** On the monotonic clock; default as `Run` has it. */
  readonly giveUpAt?: number;
  /** What people wait for goes first. `behind` them what somebody may wait for, `unasked` what nobody does, and slowly. */
  readonly turn?: Turn;
}

/**
 * One call, `GET`, `messages/{id}`, with what stands for `{…}`: only the pattern is counted and logged, the ids are not. Resolves with
 * what Webex answered. Rejects with `WebexRefusal` when Webex says no and with `WebexLost` when it could not be had in time.
 */
export type Call = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  options?: CallOptions & { readonly id?: string },
) => Promise<unknown>;

export interface CallsOptions {
  readonly rest: Rest;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ChatMetrics;
  readonly health: Health;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
}

/** A place in the line is held while Webex is asked, not while a call waits to be tried again. */
export function createCalls({ rest, pace, clock, log, metrics, health, signal }: CallsOptions): Call {
  const run = createRun({
    clock,
    metrics,
    signal,
    read: readTrouble,
    worked: health.worked,
    stumbled(method, reason, tries) {
      if (tries === 0) log.warn({ method, reason }, 'Webex did not take a call; trying again');
      health.silent(reason);
    },
    refuse(method, reason, cause) {
      if (cause instanceof WebexStatus && cause.status === 401) health.tokenRefused(method);
      return new WebexRefusal(method, reason, { cause });
    },
    lose: (method, reason, retryAfterMs) => new WebexLost(method, reason, retryAfterMs),
  });
  return (method, path, options = {}) => {
    const { giveUpAt = clock.monotonic() + ANSWER_PATIENCE_MS, turn = 'first', id = '', ...ask } = options;
    const name = metricName(method, path);
    const send = () => {
      const withinMs = giveUpAt - clock.monotonic();
      if (withinMs <= 0) throw new WebexLost(name, 'its turn came too late');
      return rest.ask(method, path.replace(/\{\w+\}/, encodeURIComponent(id)), { ...ask, withinMs });
    };
    return run(name, () => pace.turn(turn, send), giveUpAt);
  };
}

/** `GET messages/{id}` → `messages.get`: a word that a metric's label can be. */
function metricName(method: string, path: string): string {
  return `${path.replace(/\/\{\w+\}/, '').replaceAll('/', '.')}.${method.toLowerCase()}`;
}
