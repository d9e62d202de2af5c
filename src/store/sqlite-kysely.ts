/** node:sqlite under Kysely. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely';
import type { Db } from './schema.ts';

/** Rows come back through `all`, so `iterate` has nobody who calls it. */
type Prepared = ReturnType<SqliteDatabase['prepare']>;

/** A transaction takes its lock when it begins, so that it waits for somebody else's instead of failing half-way. */
export function kyselyOver(database: DatabaseSync, { readOnly = false } = {}): Db {
  const dialect = new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare: (text) => {
        // On a full disk SQLite rolls back by itself, and would complain to be asked to.
        if (text === 'rollback' && !database.isTransaction) return NOTHING;
        const statement = database.prepare(text === 'begin' && !readOnly ? 'begin immediate' : text);
        const values = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[];
        return {
          reader: statement.columns().length > 0,
          all: (parameters) => statement.all(...values(parameters)),
          run: (parameters) => statement.run(...values(parameters)),
          iterate: (parameters) => statement.iterate(...values(parameters)) as IterableIterator<unknown>,
        };
      },
    },
  });
  // SQLite can undo a CREATE TABLE; Kysely asks the adapter whether it does the migrations in one transaction.
  const adapter = Object.create(dialect.createAdapter(), { supportsTransactionalDdl: { value: true } });
  dialect.createAdapter = () => adapter;
  return new Kysely({ dialect });
}

const NOTHING: Prepared = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
};
