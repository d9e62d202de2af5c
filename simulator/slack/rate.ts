/** Rate limits as token buckets. https://docs.slack.dev/apis/web-api/rate-limits */

import type { SimulatorClock } from '../stand-in/time.ts';
import { TIERS, type Tier } from './limits.ts';

export interface RateLimits {
  /** Seconds to wait, or null: it may go ahead, and counts. */
  take(method: string, tier: Tier, channel: string | null): number | null;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** `postBurst` messages at once in a channel, then one a second; other methods a minute's worth at once, then by tier. */
export function createRateLimits(clock: SimulatorClock, postBurst: number): RateLimits {
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
    take(method, tier, channel) {
      if (method === 'chat.postMessage') return takeOne(`${method} ${channel ?? ''}`, postBurst, 1);
      return takeOne(method, TIERS[tier], TIERS[tier] / 60);
    },
  };
}

export const noRateLimits: RateLimits = { take: () => null };
