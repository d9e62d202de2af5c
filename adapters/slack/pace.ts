/**
 * How fast Slack is spoken to: about one message a second in a channel, and few edits a minute in a workspace.
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
import Bottleneck from 'bottleneck';
import { steady } from '../../src/chat/limiter.ts';
import { SlackLost } from './failure.ts';

/** One after another, a second apart and a little, since the way there may be shorter for the second one. */
const POST_EVERY_MS = 1050;
/** chat.update takes 50 a minute: ten at once, and one more every second and a half. */
const EDIT = {
  reservoir: 10,
  reservoirIncreaseAmount: 1,
  reservoirIncreaseInterval: 1500,
  reservoirIncreaseMaximum: 10,
} as const;
/** All that is said unasked, over all channels: Slack takes some hundred messages a minute of a workspace, and most are for answers. */
const UNASKED_EVERY_MS = 250;
/** In Bottleneck's order: 5 is what answers have, 9 comes last. */
const LAST = { priority: 9 } as const;
/** Channels that were silent for so long need no memory. */
const FORGET_MS = 5 * 60_000;
/** More than that in line for one channel would come hours late. */
const LONGEST_LINE = 500;

/** Rejects with `Bottleneck.BottleneckError` when the line is too long or over. */
export interface Pace {
  /** In line with everything posted to the channel. */
  post<T>(channel: string, send: () => Promise<T>): Promise<T>;
  /** In line with the workspace's edits; those of one message go out in order. */
  edit<T>(channel: string, send: () => Promise<T>): Promise<T>;
  /** The same two for what nobody asked for: answers go first. An edit whose turn would not come in time rejects with `SlackLost` at once. */
  readonly unasked: {
    post<T>(channel: string, send: () => Promise<T>): Promise<T>;
    edit<T>(channel: string, send: () => Promise<T>, patienceMs: number): Promise<T>;
  };
  /** Whether a line on what is under way, which costs a message and an edit, would hold up nothing. */
  isFree(channel: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** No line before any channel yet. */
export function createPace(postEveryMs = POST_EVERY_MS): Pace {
  const bounds = { highWater: LONGEST_LINE, strategy: Bottleneck.strategy.OVERFLOW, timeout: FORGET_MS };
  const posts = new Bottleneck.Group({ minTime: postEveryMs, maxConcurrent: 1, ...bounds });
  // One channel's 429 holds up its own edits alone, so that every channel has a line and all share the allowance.
  const lines = new Bottleneck.Group({ maxConcurrent: 1, ...bounds });
  for (const group of [posts, lines]) group.on('created', steady);
  const edits = steady(new Bottleneck({ ...EDIT }));
  const crowd = steady(new Bottleneck({ minTime: Math.min(postEveryMs, UNASKED_EVERY_MS) }));
  // A turn is had before the channel's line is joined, so that nothing stands there that has to wait for others.
  const unasked: Pace['unasked'] = {
    async post(channel, send) {
      await crowd.schedule(turn);
      return posts.key(channel).schedule(LAST, send);
    },
    async edit(channel, send, patienceMs) {
      const waitMs = edits.queued() * EDIT.reservoirIncreaseInterval;
      if (waitMs > patienceMs) throw new SlackLost('chat.update', 'too many edits', waitMs);
      await edits.schedule(LAST, turn);
      return lines.key(channel).schedule(LAST, send);
    },
  };
  return {
    post: (channel, send) => posts.key(channel).schedule(send),
    edit: (channel, send) =>
      lines.key(channel).schedule(async () => {
        await edits.schedule(turn);
        return send();
      }),
    unasked,
    async isFree(channel) {
      const line = posts.key(channel);
      const left = (await edits.currentReservoir()) ?? 0;
      return (await line.check()) && line.empty() && left > 1 && edits.empty();
    },
    async stop() {
      const all = [...posts.limiters(), ...lines.limiters()].map(({ limiter }) => limiter);
      const stopped = [...all, edits, crowd].map(async (limiter) => {
        // A second stop of the same limiter is refused.
        await limiter.stop({ dropWaitingJobs: true }).catch(() => undefined);
        await limiter.disconnect();
      });
      await Promise.all(stopped);
    },
  };
}

/** Nothing but the turn itself. */
async function turn(): Promise<void> {}
