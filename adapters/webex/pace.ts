/**
 * How fast Webex is spoken to. It publishes no numbers, only 429 with Retry-After (https://developer.webex.com/docs/basics#rate-limiting),
 * so no more than a few calls are under way at once, people's first, and what nobody asked for comes slowly.
 */
import Bottleneck from 'bottleneck';
import { steady } from '../../src/chat/limiter.ts';

/** Enough for ten questions a second at a tenth of a second a call. */
const AT_ONCE = 8;
/** All that is said unasked, over all spaces. Milliseconds. */
const UNASKED_EVERY_MS = 250;
/** In Bottleneck's order: 5 is what answers have, 9 comes last. */
const LAST = { priority: 9 } as const;
/** More than that in line would come too late for anybody. */
const LONGEST_LINE = 5_000;
const LONGEST_CROWD = 1_000;

/** first: somebody waits; behind: somebody may; unasked: nobody does. */
export type Turn = 'first' | 'behind' | 'unasked';

export interface Pace {
  /** Runs when its turn comes. Rejects with `Bottleneck.BottleneckError` when the line is too long or over. */
  turn<T>(turn: Turn, send: () => Promise<T>): Promise<T>;
  /** Whether a line on what is under way, which costs a message and its change, would hold up nothing. */
  isFree(): boolean;
  stop(): Promise<void>;
}

export function createPace(): Pace {
  const line = steady(
    new Bottleneck({
      maxConcurrent: AT_ONCE,
      highWater: LONGEST_LINE,
      strategy: Bottleneck.strategy.OVERFLOW,
    }),
  );
  const crowd = steady(
    new Bottleneck({
      minTime: UNASKED_EVERY_MS,
      highWater: LONGEST_CROWD,
      strategy: Bottleneck.strategy.OVERFLOW,
    }),
  );
  return {
    async turn(turn, send) {
      if (turn === 'first') return line.schedule(async () => send());
      // The slow line is waited in first: nothing stands in the other that has to wait for its own kind.
      if (turn === 'unasked') await crowd.schedule(async () => undefined);
      return line.schedule(LAST, async () => send());
    },
    isFree: () => line.empty(),
    async stop() {
      for (const limiter of [line, crowd]) {
        // A second stop of the same limiter is refused.
        await limiter.stop({ dropWaitingJobs: true }).catch(() => undefined);
        await limiter.disconnect();
      }
    },
  };
}
