/** Opens a PostgreSQL database: one connection, which holds it. Whoever writes is whoever holds, also after a lost connection. */
import { Kysely, PostgresDialect, sql } from 'kysely';
import { type Client, types } from 'pg';
import type { Database, Holder } from './database.ts';
import { StoreError } from './error.ts';
import { ageOf, appliedMigrations, MIGRATION_TABLE } from './migrate.ts';
import type { StorePlace } from './place.ts';
import { createConnection } from './postgres-connection.ts';
import { hold } from './postgres-hold.ts';
import { tooNew } from './refusal.ts';
import type { Db, Tables } from './schema.ts';
import { asStoreError } from './trouble.ts';

type Place = StorePlace & { readonly engine: 'postgres' };

/** The type of BIGINT; its numbers are times and counters here, far below 2^53. */
const BIGINT = 20;

/** Milliseconds for the connection, and for one statement: a server that says nothing is not waited for. */
const CONNECT_MS = 10_000;
const STATEMENT_MS = 30_000;

/** Holds the database until closed. Throws StoreError, or what pg throws. */
export async function openPostgres(place: Place, self: Holder): Promise<Database> {
  const database = connect(place, (client) => hold(client, place, self));
  try {
    const schema = await schemaOf(database);
    if (await hasTables(database.db)) {
      const applied = await appliedMigrations(database.db);
      if (ageOf(applied) === 'newer') throw tooNew(place, await lastVersion(database.db), self.version);
    }
    return { ...database, schema };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Null: there is nothing to read yet. */
export async function lookIntoPostgres(place: Place): Promise<Database | null> {
  const database = connect(place, (client) => client.query('set default_transaction_read_only = on'));
  try {
    if (await hasTables(database.db)) return database;
  } catch (error) {
    await database.close();
    throw error;
  }
  await database.close();
  return null;
}

function connect(place: Place, begin: (client: Client) => Promise<unknown>): Database {
  const config = {
    connectionString: place.url,
    application_name: 'risbot',
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: STATEMENT_MS,
    keepAlive: true,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === BIGINT ? Number : types.getTypeParser(oid, format as 'text'),
    },
  };
  const connection = createConnection(config, async (client) => {
    await begin(client);
  });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: connection }) });
  return {
    db,
    place,
    schema: null,
    ready: () => {},
    failed(error) {
      if (asStoreError(error, place).code === 'unreachable') connection.drop();
    },
    async close() {
      await db.destroy();
      // Kysely ends only what it has used.
      await connection.end();
    },
  };
}

async function schemaOf({ db, place }: Database): Promise<string> {
  const { rows } = await sql<{ schema: string | null }>`select current_schema() as schema`.execute(db);
  const schema = rows[0]?.schema ?? null;
  if (schema !== null) return schema;
  throw new StoreError(
    'refused',
    `${place.shown} has no schema to work in: make the one that search_path names`,
  );
}

async function hasTables(db: Db): Promise<boolean> {
  const asked = sql<{ there: boolean }>`select to_regclass(${MIGRATION_TABLE}) is not null as there`;
  return (await asked.execute(db)).rows[0]?.there === true;
}

async function lastVersion(db: Db): Promise<string> {
  const row = await db.selectFrom('holder').select('version').executeTakeFirst();
  return row?.version ?? '';
}
