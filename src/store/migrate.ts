/** Makes the tables, or brings them up to date: all pending migrations or none. */
import { sql } from 'kysely';
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration';
import { migration as watches } from './migrations/0001-watches.ts';
import type { Db } from './schema.ts';

/** By name, in order; a migration that was ever released is never changed. */
const MIGRATIONS: Readonly<Record<string, Migration>> = { '0001-watches': watches };
const provider: MigrationProvider = { getMigrations: async () => ({ ...MIGRATIONS }) };

/** Named so that nobody else's are taken for ours. */
export const MIGRATION_TABLE = 'risbot_migration';

/** What the migrations applied say of a database: nothing there yet, older, as this version makes it, or newer than it knows. */
export type Age = 'new' | 'older' | 'same' | 'newer';

export function ageOf(applied: readonly string[]): Age {
  if (applied.length === 0) return 'new';
  if (applied.some((name) => !Object.hasOwn(MIGRATIONS, name))) return 'newer';
  return applied.length < Object.keys(MIGRATIONS).length ? 'older' : 'same';
}

/** Names of the migrations applied. The table is there. */
export async function appliedMigrations(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(MIGRATION_TABLE)}`.execute(db);
  return rows.map(({ name }) => name);
}

/** `schema` is PostgreSQL's; SQLite has none. Throws what the engine throws. */
export async function migrate(db: Db, schema: string | null): Promise<void> {
  const migrator = new Migrator({
    db,
    provider,
    migrationTableName: MIGRATION_TABLE,
    migrationLockTableName: `${MIGRATION_TABLE}_lock`,
    ...(schema !== null && { migrationTableSchema: schema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
