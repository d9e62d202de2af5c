/** One process after the other, with growing pauses between them. */
import type { Log } from '../../../src/chat/report.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Notice } from '../intake.ts';
import type { Child, End } from './child.ts';

/** A process that was connected for so long is followed by another after the shortest pause. */
const STEADY_MS = 60_000;
const LONGEST_PAUSE_MS = 60_000;

export interface Heard {
  open(): void;
  /** Also when it stays closed, and the reason is another one. */
  closed(reason: string): void;
  notice(notice: Notice): void;
}

export interface SuccessionOptions {
  readonly start: (heard: Heard) => Child;
  readonly heard: Heard;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds before the second process. */
  readonly firstPauseMs: number;
}

export interface Succession {
  /** Resolves when stopped; with the reason, when the token was refused before it was ever accepted. */
  run(): Promise<string | null>;
  stop(): Promise<void>;
  pid(): number | null;
}

/** Milliseconds before the next process, after so many that did not last; `failures` is 1 at least. */
export function pauseBefore(failures: number, firstPauseMs: number): number {
  return Math.min(LONGEST_PAUSE_MS, firstPauseMs * 2 ** (failures - 1));
}

export function createSuccession(options: SuccessionOptions): Succession {
  const { start, heard, clock, log } = options;
  const stopping = new AbortController();
  let child: Child | null = null;
  let wasOpen = false;
  let failures = 0;

  /** One process from its start to its end. */
  async function live(): Promise<End> {
    let openedAt: number | null = null;
    const settle = () => {
      // Steady: the failures before it are forgotten.
      if (openedAt !== null && clock.monotonic() - openedAt >= STEADY_MS) failures = 0;
      openedAt = null;
    };
    child = start({
      open() {
        wasOpen = true;
        openedAt ??= clock.monotonic();
        heard.open();
      },
      closed(reason) {
        settle();
        heard.closed(reason);
      },
      notice: heard.notice,
    });
    const end = await child.ended;
    child = null;
    settle();
    failures += 1;
    return end;
  }

  return {
    async run() {
      while (!stopping.signal.aborted) {
        const { reason, isRefused } = await live();
        if (stopping.signal.aborted) break;
        heard.closed(reason);
        if (isRefused && !wasOpen) return reason;
        const againInMs = pauseBefore(failures, options.firstPauseMs);
        log.warn({ reason, againInMs }, 'the process of the Webex SDK ended; another will be started');
        await clock.sleep(againInMs, stopping.signal).catch(() => undefined);
      }
      return null;
    },
    async stop() {
      stopping.abort();
      await child?.stop();
    },
    pid: () => child?.pid ?? null,
  };
}
