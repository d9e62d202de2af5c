/**
 * How fast Slack is spoken to: about one message a second in a channel, and few edits a minute in a workspace.
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
import Bottleneck from 'bottleneck';

/** One after another, a second apart and a little, since the way there may be shorter for the second one. */
const POST_EVERY_MS = 1050;
/** chat.update takes 50 a minute: ten at once, and one more every second and a half. */
const EDIT = {
  reservoir: 10,
  reservoirIncreaseAmount: 1,
  reservoirIncreaseInterval: 1500,
  reservoirIncreaseMaximum: 10,
} as const;
/** Channels that were silent for so long need no memory. */
const FORGET_MS = 5 * 60_000;
/** More than that in line for one channel would come hours late. */
const LONGEST_LINE = 500;

export interface Pace {
  /** In line with everything posted to the channel. Rejects with `Bottleneck.BottleneckError` when the line is too long or over. */
  post<T>(channel: string, send: () => Promise<T>): Promise<T>;
  /** In line with the workspace's edits; those of one message go out in order. */
  edit<T>(channel: string, send: () => Promise<T>): Promise<T>;
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
  const edits = new Bottleneck({ ...EDIT });
  return {
    post: (channel, send) => posts.key(channel).schedule(send),
    edit: (channel, send) =>
      lines.key(channel).schedule(async () => {
        await edits.schedule(async () => undefined);
        return send();
      }),
    async isFree(channel) {
      const line = posts.key(channel);
      const left = (await edits.currentReservoir()) ?? 0;
      return (await line.check()) && line.empty() && left > 1 && edits.empty();
    },
    async stop() {
      const all = [...posts.limiters(), ...lines.limiters()].map(({ limiter }) => limiter);
      const stopped = [...all, edits].map(async (limiter) => {
        // A second stop of the same limiter is refused.
        await limiter.stop({ dropWaitingJobs: true }).catch(() => undefined);
        await limiter.disconnect();
      });
      await Promise.all(stopped);
    },
  };
}
