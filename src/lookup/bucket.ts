/**
 * So many turns at once, then one after another. Bottleneck could refill by itself, but never again once its settings were changed, and
 * only as fast as the machine's timers go.
 */
import type Bottleneck from 'bottleneck';
import { type Clock, systemClock } from '../clock.ts';
import { createLimiter } from './limiter.ts';

export interface Bucket {
  readonly limiter: Bottleneck;
  /** To be called in the limiter's turn. */
  take(): void;
  /** The turn was not used. */
  giveBack(): Promise<void>;
  /** Holds fewer from now on, or fills more slowly. */
  change(size: Size): void;
}

export interface Size {
  readonly burst: number;
  /** Milliseconds until there is one more. */
  readonly everyMs: number;
}

/** Full at first. It fills by the machine's time, `clock.rate` times as fast. `stopped` lets go of its timer. */
export function createBucket(size: Size, clock: Pick<Clock, 'rate'>, stopped: AbortSignal): Bucket {
  const limiter = createLimiter({ reservoir: size.burst });
  let { burst, everyMs } = size;
  let missing = 0;
  let isFilling = false;

  async function fill(): Promise<void> {
    if (isFilling) return;
    isFilling = true;
    let dueAt = systemClock.monotonic();
    while (missing > 0 && !stopped.aborted) {
      const stepMs = everyMs / (clock.rate?.() ?? 1);
      const now = systemClock.monotonic();
      // By the time that has passed: timers that come late on a busy machine slow nothing down, nor does a clock that was set.
      dueAt = Math.max(dueAt + stepMs, now - burst * stepMs);
      // Only stopping ends this sleep early, and then nobody counts any more.
      await systemClock.sleep(Math.min(stepMs, Math.max(0, dueAt - now)), stopped).catch(() => {});
      if (!stopped.aborted) await giveBack();
    }
    isFilling = false;
  }

  async function giveBack(): Promise<void> {
    if (missing <= 0) return;
    missing -= 1;
    await limiter.incrementReservoir(1);
  }

  return {
    limiter,
    take() {
      missing += 1;
      void fill();
    },
    giveBack,
    change(next) {
      const left = burst - missing;
      ({ burst, everyMs } = next);
      missing = Math.max(0, burst - left);
      if (left > burst) void limiter.incrementReservoir(burst - left);
    },
  };
}
