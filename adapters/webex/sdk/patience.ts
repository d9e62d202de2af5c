/**
 * Calls that wait and try again. The SDK gives up at the first 429 and at the first 5xx, and its HTTP client waits for an answer without
 * end. Pure, but for the interceptor.
 */
import type { Agent } from 'node:https';
import type { Clock } from '../../../src/clock.ts';
import type { CallOptions, Interceptor, Webex } from './framework.ts';
import { type Failure, readFailure } from './trouble.ts';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8_000;
/** Webex asks for more than that only from those who were asked often before. */
const LONGEST_RETRY_AFTER_MS = 60_000;
/** All waits for one call together: long enough for a device's renewal to outlive an outage. */
const LONGEST_PATIENCE_MS = 5 * 60_000;

export interface Tries {
  readonly tries: number;
  readonly waitedMs: number;
}

/** How many milliseconds to wait before a call is made again; null when it is not. */
export function waitBefore(
  { place, status, retryAfter }: Failure,
  { tries, waitedMs }: Tries,
): number | null {
  if (place === 'metrics') return null;
  if (status !== 0 && status !== 429 && status < 500) return null;
  const growing = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
  const asked = status === 429 ? Math.min(LONGEST_RETRY_AFTER_MS, (retryAfter ?? 1) * 1_000) : 0;
  const waitMs = Math.max(growing, asked);
  return waitedMs + waitMs > LONGEST_PATIENCE_MS ? null : waitMs;
}

export interface PatienceOptions {
  readonly clock: Clock;
  readonly webex: Webex;
  readonly callMs: number;
  /** For addresses with https. */
  readonly agent: Agent | undefined;
  readonly onFailure: (failure: Failure) => void;
}

export function createPatience({ clock, webex, callMs, agent, onFailure }: PatienceOptions): Interceptor {
  const known = new WeakMap<CallOptions, Tries>();
  return {
    logOptions: () => undefined,
    async onRequest(options) {
      options.timeout ??= callMs;
      if (agent !== undefined && options.uri?.startsWith('https:')) options.agent = agent;
      return options;
    },
    async onResponseError(options, reason) {
      const failure = readFailure(options, reason);
      onFailure(failure);
      const sofar = known.get(options) ?? { tries: 0, waitedMs: 0 };
      const waitMs = waitBefore(failure, sofar);
      if (waitMs === null) throw reason;
      known.set(options, { tries: sofar.tries + 1, waitedMs: sofar.waitedMs + waitMs });
      await clock.sleep(waitMs);
      return webex.request(options);
    },
  };
}
