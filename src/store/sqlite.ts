/** Opens a SQLite database. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Database } from './database.ts';
import { PATIENCE_MS } from './guard.ts';
import type { StorePlace } from './place.ts';
import { checkAccess, holdFile } from './sqlite-file.ts';
import { inspectFile } from './sqlite-inspect.ts';
import { kyselyOver } from './sqlite-kysely.ts';
import type { StoreOptions } from './store.ts';

type Place = StorePlace & { readonly engine: 'sqlite' };

/** Rows that are committed have reached the disk; readers do not wait for writers; the log beside the file stays small. */
const PRAGMAS = ['journal_mode = wal', 'synchronous = full', 'journal_size_limit = 1048576'];

/** Holds the file until closed. Throws StoreError, or what SQLite throws. */
export function openSqlite(place: Place, options: Omit<StoreOptions, 'url'>): Database {
  const { path } = place;
  if (path === null) return opened(place, connect(':memory:', options), () => {});
  checkAccess(place, path);
  const letGo = holdFile(place, path);
  try {
    inspectFile(place, path, options.version ?? '');
    return opened(place, connect(path, options), letGo);
  } catch (error) {
    letGo();
    throw error;
  }
}

/** Null: there is nothing to read yet. */
export function lookIntoSqlite(place: Place): Database | null {
  const { path } = place;
  if (path === null || !existsSync(path) || inspectFile(place, path, '') === 'new') return null;
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  const db = kyselyOver(database, { readOnly: true });
  return { db, place, schema: null, ready: () => {}, failed: () => {}, close: () => db.destroy() };
}

function connect(
  path: string,
  { patienceMs = PATIENCE_MS, pragmas = [] }: Omit<StoreOptions, 'url'>,
): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: patienceMs, enableForeignKeyConstraints: true });
  try {
    for (const pragma of [...PRAGMAS, ...pragmas]) database.exec(`pragma ${pragma}`);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

function opened(place: Place, database: DatabaseSync, letGo: () => void): Database {
  const db = kyselyOver(database);
  async function close(): Promise<void> {
    await db.destroy();
    // Kysely closes only what it has used.
    if (database.isOpen) database.close();
    letGo();
  }
  // SQLite waits by keeping the thread, and with it everything else.
  const ready = () => database.exec('pragma busy_timeout = 0');
  return { db, place, schema: null, ready, failed: () => {}, close };
}
