/** An open database, whichever engine it is. */
import type { StorePlace } from './place.ts';
import type { Db } from './schema.ts';

export interface Database {
  readonly db: Db;
  readonly place: StorePlace;
  /** PostgreSQL's schema; SQLite has none. */
  readonly schema: string | null;
  /** Hears of what failed, as the engine threw it. */
  failed(error: unknown): void;
  /** It is at work from now on: nothing it does may keep the whole process waiting for somebody else's lock. */
  ready(): void;
  close(): Promise<void>;
}

/** Who has a database, told to whoever wants it as well. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Epoch milliseconds. */
  readonly since: number;
  readonly version: string;
}
