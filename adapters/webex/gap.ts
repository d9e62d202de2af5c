/** Times without news from Webex: what was asked meanwhile is looked up, and what cannot be looked up is said. */
import type { Log } from '../../src/chat/report.ts';
import type { Clock } from '../../src/clock.ts';
import type { Fresh } from './fresh.ts';
import type { Health } from './health.ts';
import type { IntakeOptions } from './intake.ts';
import type { Replies } from './reply.ts';
import { missedPresses } from './words.ts';

export interface GapOptions {
  readonly health: Pick<Health, 'receiving'>;
  /** Looks for everything asked since, epoch milliseconds. */
  readonly lookBack: (since: number) => Promise<void>;
  readonly fresh: Fresh;
  readonly note: Replies['note'];
  readonly clock: Clock;
  readonly log: Log;
}

/** Shorter ones hardly fit a press, and long sockets are changed for new ones now and then. */
const WORTH_SAYING_MS = 1_000;

/** Hears whether news comes in. From the beginning to the first time that it does is a gap, too. */
export function createGap(options: GapOptions): IntakeOptions['state'] {
  const { health, lookBack, fresh, note, clock, log } = options;
  let closedAt: number | null = clock.now();
  let since = clock.monotonic();

  /** Never rejects. Nobody waits for it at the end: it ends with the calls. */
  async function makeUp(from: number, gapMs: number): Promise<void> {
    try {
      await lookBack(from);
    } catch (error) {
      log.error({ err: error }, 'what was asked meanwhile could not be looked for');
    }
    if (gapMs < WORTH_SAYING_MS) return;
    const words = missedPresses(Math.round(gapMs / 1000));
    await Promise.all(fresh.take().map((spot) => note(spot, words)));
  }

  return (open, reason) => {
    health.receiving(open, reason);
    if (!open) {
      if (closedAt !== null) return;
      closedAt = clock.now();
      since = clock.monotonic();
      log.warn({ reason }, 'no news comes from Webex');
      return;
    }
    if (closedAt === null) return;
    const from = closedAt;
    const gapMs = clock.monotonic() - since;
    closedAt = null;
    log.info({ gapMs: Math.round(gapMs) }, 'news comes from Webex');
    void makeUp(from, gapMs);
  };
}
