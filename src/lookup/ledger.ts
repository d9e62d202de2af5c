/** Requests as they are remembered beyond the process, so that a restart spends nothing twice. */
import type { Clock } from '../clock.ts';
import type { SpentRequest } from './window.ts';

/** Requests within so many milliseconds are told apart by another one each; a larger step back is the clock's. */
const SAME_MS = 1_000;

/** What the budget needs of whoever remembers. */
export interface Ledger {
  /** The requests of the last quarter of an hour, as they were when this process began. */
  readonly spent: readonly SpentRequest[];
  /** A request goes out at `at`, epoch milliseconds, once this resolves; no two at the same. */
  note(at: number): Promise<void>;
  /** The request noted with `at` ended: it cannot reach the server after `endedAt`. */
  ended(at: number, endedAt: number): Promise<void>;
}

export interface NotingOptions {
  readonly ledger: Ledger | null;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** A database that does not answer holds no question up for longer. */
const LONGEST_NOTE_MS = 2_000;

/** Wraps a request so that it is noted before it goes out and when it ended. A ledger that fails stops no request. */
export function createNoting({
  ledger,
  clock,
  onError,
}: NotingOptions): <T>(ask: () => Promise<T>) => Promise<T> {
  if (ledger === null) return (ask) => ask();
  let last = ledger.spent.reduce((latest, { at }) => Math.max(latest, at), 0);

  async function inTime(note: () => Promise<void>): Promise<void> {
    const noted = new AbortController();
    const late = clock.sleep(LONGEST_NOTE_MS, noted.signal).then(() => {
      throw new Error('the request could not be noted in time');
    });
    try {
      await Promise.race([note(), late]);
    } catch (error) {
      onError(error);
    } finally {
      noted.abort();
      late.catch(() => {});
    }
  }

  return async (ask) => {
    const now = clock.now();
    // A clock that was set back is followed: the next process goes by it.
    last = now <= last && last - now < SAME_MS ? last + 1 : now;
    const at = last;
    const since = clock.monotonic();
    await inTime(async () => ledger.note(at));
    try {
      return await ask();
    } finally {
      // Nobody waits for this: without it the request counts for longer, not for less.
      const endedAt = Math.ceil(at + (clock.monotonic() - since));
      void inTime(async () => ledger.ended(at, endedAt));
    }
  };
}
