/** The one shape of asking. Everything that shares, delays, merges or splits questions wraps a `Lookup` and is one. */
import type { Query } from './query.ts';
import type { Snapshot } from './snapshot.ts';

/** Who waits for the answer: people before watches before sweeps. */
export type Priority = 'person' | 'watch' | 'sweep';

export type Progress =
  /** Waiting for a turn: questions ahead, and the expected wait in milliseconds. */
  | { readonly type: 'waiting'; readonly ahead: number; readonly waitMs: number }
  /** A cut reply is being asked again in parts: parts answered, parts still to ask, rows so far. */
  | { readonly type: 'sweeping'; readonly done: number; readonly left: number; readonly rows: number };

export interface LookupOptions {
  readonly signal?: AbortSignal;
  /** Default `person`. */
  readonly priority?: Priority;
  /** From the last answer to the identical query. Given, the question is never shared, merged or split. */
  readonly stateInfo?: string;
  /** How old a remembered answer may be, in milliseconds; 0 asks again. Default: the cache's own. */
  readonly maxAgeMs?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Called when the question's turn comes, with what it has become by then. For wrappers, not for askers. */
  readonly atTurn?: (query: Query) => Query;
}

export type Lookup = (query: Query, options?: LookupOptions) => Promise<Snapshot>;
