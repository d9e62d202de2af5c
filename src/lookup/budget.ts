/**
 * Keeps RisPort70's allowance: never more than N requests in any 60 s, as CUCM counts them. A request's place in the
 * window comes back 60 s after its reply, so no delay on the way can put N + 1 into one minute.
 */
import type { Clock } from '../clock.ts';
import type { Lookup, LookupOptions } from '../device/lookup.ts';
import type { Query } from '../device/query.ts';
import type { Snapshot } from '../device/snapshot.ts';
import type { RisPortError } from '../risport/fault.ts';
import { BusyError } from './busy.ts';
import { createGates } from './gates.ts';
import { createNoting, type Ledger } from './ledger.ts';
import { compareTurns, type Waiting } from './turn.ts';

export interface BudgetOptions {
  /** Requests in any 60 s. Cisco's default is 15, its highest 18, shared by every client of the cluster. */
  readonly allowance: number;
  readonly clock: Clock;
  /** A question that would wait longer is refused with `BusyError`. Milliseconds, default two minutes. */
  readonly longestWaitMs?: number;
  /** Remembers requests beyond the process; left out, every process starts with a full window. */
  readonly ledger?: Ledger;
  /** Hears when the ledger fails; the requests go on. */
  readonly onLedgerError?: (error: unknown) => void;
}

export interface BudgetStatus {
  /** Requests in any 60 s: as configured, or fewer as a throttle fault taught. */
  readonly allowance: number;
  /** Requests that the window would let out now. */
  readonly left: number;
  /** Questions that wait for a turn. */
  readonly queued: number;
  /** Milliseconds until the window after a throttle fault is over; 0 when not paused. */
  readonly pausedMs: number;
}

export interface Budget {
  readonly lookup: Lookup;
  status(): BudgetStatus;
  /** Rejects what waits, aborts what is under way and lets go of all timers. */
  stop(): Promise<void>;
}

interface Question extends Waiting {
  readonly query: Query;
  readonly options: LookupOptions;
  readonly resolve: (snapshot: Snapshot) => void;
  readonly reject: (error: unknown) => void;
  /** Set when it has been asked and was refused for a reason that passes. */
  readonly again: boolean;
}

/**
 * Wraps a lookup so that its requests keep the allowance. People come before watches before sweeps, and whoever waits
 * ages. A throttle fault teaches the allowance, pauses everything for a window and asks once more; a refused session is
 * asked once more at once, in a turn of its own.
 */
export function createBudget(lookup: Lookup, options: BudgetOptions): Budget {
  const { clock, allowance, ledger = null, longestWaitMs = 120_000, onLedgerError = () => {} } = options;
  const stopped = new AbortController();
  const gates = createGates({ allowance, clock, spent: ledger?.spent ?? [], stopped: stopped.signal });
  const noting = createNoting({ ledger, clock, onError: onLedgerError });
  const line = createLine();

  async function ask(query: Query, asked: LookupOptions = {}): Promise<Snapshot> {
    asked.signal?.throwIfAborted();
    stopped.signal.throwIfAborted();
    const turn: Waiting = { priority: asked.priority ?? 'person', since: clock.monotonic() };
    const ahead = line.ahead(turn);
    const waitMs = gates.expectedWait(ahead);
    if (waitMs > longestWaitMs) throw new BusyError(waitMs);
    if (waitMs > 0) asked.onProgress?.({ type: 'waiting', ahead, waitMs });
    return new Promise((resolve, reject) => {
      queue({ ...turn, query, options: asked, again: false, resolve, reject });
    });
  }

  function queue(question: Question): void {
    const withdraw = line.add(question);
    gates.turn(question.priority, takeTurn).catch(withdraw);
  }

  /** A turn belongs to nobody: who gets it is decided when it comes. */
  async function takeTurn(): Promise<'asked' | 'unused'> {
    const question = line.next();
    if (question === undefined) return 'unused';
    let { query } = question;
    const { signal } = question.options;
    const ends = signal ? AbortSignal.any([signal, stopped.signal]) : stopped.signal;
    try {
      const snapshot = await noting(() => {
        query = question.options.atTurn?.(query) ?? query;
        return lookup(query, { ...question.options, signal: ends });
      });
      question.resolve(snapshot);
    } catch (error) {
      const verdict = judge(error);
      // Also the second time, when nobody waits for this answer any more: everybody else would run into it.
      if (verdict === 'throttled') gates.pause((error as RisPortError).detail.allowance);
      if (verdict === 'final' || question.again) question.reject(error);
      else askAgain({ ...question, query, again: true });
    }
    return 'asked';
  }

  function askAgain(question: Question): void {
    const waitMs = gates.expectedWait(0);
    if (waitMs > 0) question.options.onProgress?.({ type: 'waiting', ahead: 0, waitMs });
    queue(question);
  }

  async function stop(): Promise<void> {
    stopped.abort(new Error('the budget was stopped'));
    line.close(stopped.signal.reason);
    await gates.stop();
  }

  return { lookup: ask, status: () => ({ ...gates.status(), queued: line.length() }), stop };
}

/** The questions that wait for a turn, each until its turn, its asker's leaving, or the end. */
function createLine() {
  const waiting = new Map<Question, () => void>();

  function add(question: Question): (reason: unknown) => void {
    const { signal } = question.options;
    const leave = () => withdraw(question, signal?.reason);
    waiting.set(question, () => signal?.removeEventListener('abort', leave));
    signal?.addEventListener('abort', leave, { once: true });
    if (signal?.aborted) leave();
    return (reason) => withdraw(question, reason);
  }

  function withdraw(question: Question, reason: unknown): void {
    if (remove(question)) question.reject(reason);
  }

  function remove(question: Question): boolean {
    waiting.get(question)?.();
    return waiting.delete(question);
  }

  function next(): Question | undefined {
    const question = [...waiting.keys()].sort(compareTurns)[0];
    if (question) remove(question);
    return question;
  }

  return {
    add,
    next,
    length: () => waiting.size,
    ahead: (turn: Waiting) => [...waiting.keys()].filter((other) => compareTurns(other, turn) <= 0).length,
    close: (reason: unknown) => {
      for (const question of waiting.keys()) withdraw(question, reason);
    },
  };
}

/** Whether a failed question deserves its one further turn. */
function judge(error: unknown): 'final' | 'throttled' | 'stale-session' {
  const failure = error as Partial<RisPortError> | undefined;
  if (failure?.code === 'throttled') return 'throttled';
  return failure?.detail?.staleSession === true ? 'stale-session' : 'final';
}
