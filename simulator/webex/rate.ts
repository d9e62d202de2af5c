/** Rate limits as token buckets. https://developer.webex.com/blog/rate-limiting-and-the-webex-api names no numbers. */

import type { SimulatorClock } from '../stand-in/time.ts';
import { RATE } from './limits.ts';

export interface RateLimits {
  /** Seconds to wait, or null: it may go ahead, and counts. */
  take(method: string): number | null;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** All calls together have one limit, and new messages one of their own. */
export function createRateLimits(clock: SimulatorClock): RateLimits {
  const buckets = new Map<string, Bucket>();
  const takeOne = (key: string, size: number, perSecond: number) => {
    const now = clock.now();
    const bucket = buckets.get(key) ?? { tokens: size, at: now };
    bucket.tokens = Math.min(size, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    buckets.set(key, bucket);
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
    bucket.tokens -= 1;
    return null;
  };
  return {
    take(method) {
      const wait = takeOne('all', RATE.atOnce, RATE.perMinute / 60);
      if (wait !== null || method !== 'POST messages') return wait;
      return takeOne('messages', RATE.messagesAtOnce, RATE.messagesPerSecond);
    },
  };
}

export const noRateLimits: RateLimits = { take: () => null };
