/** Standing queries: what is asked again and again, with its own StateInfo. */
import type { Query } from '../device/query.ts';

/**
 * named: devices by name; numbers: by directory number; exceptions: what is not registered; cti: providers, devices, lines.
 * Names to be confirmed and the audit are not standing queries: see `engine.ts`.
 */
export type StandingRole = 'named' | 'numbers' | 'exceptions' | 'cti';

export interface Standing {
  /** The same for the same query, over restarts. */
  readonly key: string;
  readonly role: StandingRole;
  readonly query: Query;
  /** Milliseconds from one look to the next. */
  readonly everyMs: number;
  /** Why it is asked, and that often, as a literal: `fast`, `slow`, `covered`… */
  readonly reason: string;
}

/** What is remembered of a standing query; stored. */
export interface StandingMemory {
  readonly cluster: string;
  readonly key: string;
  /** Kept when the new one is blank. */
  readonly stateInfo: string;
  /** False until a reply came whole: what is first seen before that is no news. */
  readonly baselined: boolean;
  /** What a cut reply taught: the items that cover the query in parts, each a list of SelectItems; null: never cut. */
  readonly parts: readonly (readonly string[])[] | null;
  /** Rows seen last: for exception queries `name node` → status and TimeStamp, to tell what is news. */
  readonly rows: Readonly<Record<string, string>>;
}
