/** Numbers that are never used twice, whatever was forgotten meanwhile. */
import { sql } from 'kysely';
import type { Db, Tx } from './schema.ts';

export type Counted = 'watch' | 'mute' | 'incident' | 'outgoing' | 'transition' | 'audit';

/** The first of `count` new numbers that follow each other. */
export async function take(tx: Tx | Db, name: Counted, count: number): Promise<number> {
  const { value } = await tx
    .insertInto('counters')
    .values({ name, value: count })
    .onConflict((is) => is.column('name').doUpdateSet({ value: sql`counters.value + ${count}` }))
    .returning('value')
    .executeTakeFirstOrThrow();
  return value - count + 1;
}

/** Numbers given by somebody else count as used. */
export async function raise(tx: Tx, name: Counted, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const value = ids.reduce((highest, id) => Math.max(highest, id), 0);
  await tx
    .insertInto('counters')
    .values({ name, value })
    .onConflict((is) =>
      is
        .column('name')
        .doUpdateSet((row) => ({ value: row.ref('excluded.value') }))
        .where('counters.value', '<', value),
    )
    .execute();
}

export async function counterValues(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db.selectFrom('counters').selectAll().execute();
  return new Map(rows.map(({ name, value }) => [name, value]));
}
