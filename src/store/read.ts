/** Looks into a database that another risbot may be at work in. */
import type { Database } from './database.ts';
import { createGuard } from './guard.ts';
import { readRemembered } from './load.ts';
import { ageOf, appliedMigrations } from './migrate.ts';
import { pastOf, placeOf } from './open.ts';
import type { StorePlace } from './place.ts';
import { absent, tooNew } from './refusal.ts';
import { lookIntoSqlite } from './sqlite.ts';
import type { StoreReader } from './store.ts';
import { asStoreError } from './trouble.ts';

/** Opens read-only, without holding the database. Rejects with StoreError, `absent` when nothing has been written there yet. */
export async function readStore(url: string): Promise<StoreReader> {
  const place = placeOf(url);
  try {
    const database = await lookInto(place);
    if (database === null) throw absent(place, 'new');
    const { read } = createGuard(database);
    return {
      load: () => read(() => readRemembered(database.db)),
      past: pastOf(database.db, read),
      close: database.close,
    };
  } catch (error) {
    throw asStoreError(error, place);
  }
}

async function lookInto(place: StorePlace): Promise<Database | null> {
  const database = place.engine === 'sqlite' ? lookIntoSqlite(place) : await lookIntoServer(place);
  if (database === null) return null;
  try {
    const age = ageOf(await appliedMigrations(database.db));
    if (age === 'same') return database;
    throw age === 'newer' ? tooNew(place, '', '') : absent(place, age);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function lookIntoServer(place: StorePlace & { engine: 'postgres' }): Promise<Database | null> {
  const { lookIntoPostgres } = await import('./postgres.ts');
  return lookIntoPostgres(place);
}
