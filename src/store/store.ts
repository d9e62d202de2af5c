/** What the store gives beyond what the watch asks of it, and how one is opened. */
import type { Clock } from '../clock.ts';
import type { Past, Remembered, WatchStore } from '../watch/ports.ts';

export interface StoreOptions {
  /** `sqlite:<path>`, `sqlite::memory:` or `postgres://user:password@host:port/database`. */
  readonly url: string;
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'sleep' | 'breathe'>;
  /** Hears of trouble when it begins and when it is over; no secret is in it. */
  readonly log?: { readonly warn: (fields: Readonly<Record<string, unknown>>, message: string) => void };
  /** Of this program; a newer database's refusal names it. */
  readonly version?: string;
  /** Milliseconds to wait for another program's lock on the database. Default 5000. */
  readonly patienceMs?: number;
  /** Further PRAGMAs of a SQLite connection, such as `max_page_count = 1000`. */
  readonly pragmas?: readonly string[];
}

/** Remembers everything that outlives the process. Every method rejects with StoreError when the database cannot. */
export interface Store extends WatchStore {
  readonly requests: Requests;
  /** Keeps one entry of the audit, until `past.expire`. */
  audit(entry: AuditRecord): Promise<void>;
  /** What keeps it from writing, in words for the operator; null when the last write succeeded. For readiness. */
  trouble(): string | null;
  /** Lets go of the database, so that another risbot may have it. */
  close(): Promise<void>;
}

/** A database looked at without being held: another risbot may be at work in it. */
export interface StoreReader {
  load(): Promise<Remembered>;
  readonly past: Omit<Past, 'expire'>;
  close(): Promise<void>;
}

/** The requests of the last minutes, so that a restart does not spend an allowance twice. */
export interface Requests {
  /** Those of the last quarter of an hour, the oldest first. */
  of(cluster: string): Promise<readonly SpentRequest[]>;
  /** A request goes out at `at`, epoch milliseconds; no two of a cluster at the same. */
  note(cluster: string, at: number): Promise<void>;
  /** The request noted with `at` ended: it will not reach the cluster after `endedAt`. */
  ended(cluster: string, at: number, endedAt: number): Promise<void>;
}

/** A request as the store remembers it; epoch milliseconds. */
export interface SpentRequest {
  readonly at: number;
  /** Null: it was under way when it was last heard of. */
  readonly endedAt: number | null;
}

/** One entry of the audit: all of it is kept, as JSON. */
export interface AuditRecord {
  /** Epoch milliseconds. */
  readonly at: number;
}
