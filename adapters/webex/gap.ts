/** Times without news from Webex: what was asked meanwhile is looked up, and what cannot be looked up is said. */
import type { Log } from '../../src/chat/report.ts';
import type { Clock } from '../../src/clock.ts';
import type { Fresh } from './fresh.ts';
import type { Health } from './health.ts';
import type { IntakeOptions } from './intake.ts';
import type { Replies } from './reply.ts';
import { missedPresses, WORDS } from './words.ts';

export interface GapOptions {
  readonly health: Pick<Health, 'receiving' | 'onRecovery'>;
  /** Looks for everything asked since, epoch milliseconds. */
  readonly lookBack: (since: number) => Promise<void>;
  readonly fresh: Fresh;
  readonly note: Replies['note'];
  readonly clock: Clock;
  readonly log: Log;
}

export interface Gap {
  /** Hears whether news comes in. From the beginning to the first time that it does is a gap, too. */
  readonly state: IntakeOptions['state'];
  /** Something was told and could not be looked up: it is looked for when Webex takes calls again. */
  lost(): void;
}

/** Both clocks, so that a clock that is set back meanwhile moves no gap into the future, where nothing was said. */
interface Moment {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly monotonic: number;
}

/** Smaller differences are the two clocks' own. */
const SET_BACK_MS = 1_000;
/** Shorter ones hardly fit a press, and long sockets are changed for new ones now and then. */
const WORTH_SAYING_MS = 1_000;
/** Nobody waits for it. */
const BEHIND = { unasked: true } as const;

export function createGap(options: GapOptions): Gap {
  const { health, fresh, note, clock, log } = options;
  const look = createLook(options);
  const momentOf = (at = clock.now()): Moment => ({ at, monotonic: clock.monotonic() - (clock.now() - at) });
  /** By the clock as it is set now. */
  const epochOf = ({ at, monotonic }: Moment) => {
    const steady = clock.now() - (clock.monotonic() - monotonic);
    return at - steady > SET_BACK_MS ? steady : at;
  };
  let closed: Moment | null = momentOf();
  let lost: Moment | null = null;

  /** Never rejects. Nobody waits for it at the end: it ends with the calls. */
  async function makeUp(from: number, gapMs: number): Promise<void> {
    const isSeen = await look(from);
    if (isSeen && gapMs < WORTH_SAYING_MS) return;
    const words = isSeen ? missedPresses(Math.round(gapMs / 1000)) : WORDS.lateQuestions;
    await Promise.all(fresh.take().map((spot) => note(spot, words, BEHIND)));
  }

  health.onRecovery(() => {
    if (lost === null) return;
    const from = epochOf(lost);
    lost = null;
    void look(from);
  });

  return {
    lost() {
      lost ??= momentOf();
    },
    state(open, reason, since) {
      health.receiving(open, reason);
      if (!open) {
        if (closed !== null) return;
        closed = momentOf(since);
        log.warn({ reason }, 'no news comes from Webex');
        return;
      }
      if (closed === null) return;
      const from = epochOf(closed);
      const gapMs = clock.now() - from;
      closed = null;
      log.info({ gapMs: Math.round(gapMs) }, 'news comes from Webex');
      void makeUp(from, gapMs);
    },
  };
}

/** One look at a time: what is asked for meanwhile comes after it, from the earliest on. False when it could not be had. Never rejects. */
function createLook({
  lookBack,
  log,
}: Pick<GapOptions, 'lookBack' | 'log'>): (from: number) => Promise<boolean> {
  let running: Promise<boolean> | null = null;
  let next: { from: number; readonly done: Promise<boolean> } | null = null;

  async function run(from: number): Promise<boolean> {
    try {
      await lookBack(from);
      return true;
    } catch (error) {
      log.error({ err: error }, 'what was asked meanwhile could not be looked for');
      return false;
    } finally {
      running = null;
    }
  }

  return (from) => {
    if (running === null) {
      running = run(from);
      return running;
    }
    if (next !== null) {
      next.from = Math.min(next.from, from);
      return next.done;
    }
    const begin = async (): Promise<boolean> => {
      const asked = next?.from ?? from;
      next = null;
      running = run(asked);
      return running;
    };
    next = { from, done: running.then(begin) };
    return next.done;
  };
}
