/** What is remembered of standing queries. */
import type { StandingMemory } from '../watch/standing.ts';
import { keyOf } from './key.ts';
import type { Db, Tx } from './schema.ts';

/** StateInfo comes new with each look; the rows, which can be a hundred times as long, are written when they changed. */
export async function writeStanding(tx: Tx, memories: readonly StandingMemory[]): Promise<void> {
  for (const { cluster, rows, ...memory } of memories) {
    const key = keyOf(memory.key);
    await tx
      .insertInto('standing')
      .values({ cluster, key, memory: JSON.stringify(memory) })
      .onConflict((is) =>
        is.columns(['cluster', 'key']).doUpdateSet((row) => ({ memory: row.ref('excluded.memory') })),
      )
      .execute();
    await tx
      .insertInto('standing_rows')
      .values({ cluster, key, rows: JSON.stringify(rows) })
      .onConflict((is) =>
        is
          .columns(['cluster', 'key'])
          .doUpdateSet((row) => ({ rows: row.ref('excluded.rows') }))
          .whereRef('standing_rows.rows', '<>', 'excluded.rows'),
      )
      .execute();
  }
}

export async function dropStanding(
  tx: Tx,
  dropped: readonly { readonly cluster: string; readonly key: string }[],
): Promise<void> {
  for (const { cluster, key } of dropped) {
    for (const table of ['standing', 'standing_rows'] as const) {
      await tx.deleteFrom(table).where('cluster', '=', cluster).where('key', '=', keyOf(key)).execute();
    }
  }
}

export async function readStanding(db: Db): Promise<readonly StandingMemory[]> {
  const found = await db
    .selectFrom('standing as s')
    .innerJoin('standing_rows as r', (on) =>
      on.onRef('r.cluster', '=', 's.cluster').onRef('r.key', '=', 's.key'),
    )
    .select(['s.cluster', 's.memory', 'r.rows'])
    .execute();
  return found.map(({ cluster, memory, rows }) => ({
    cluster,
    ...(JSON.parse(memory) as Omit<StandingMemory, 'cluster' | 'rows'>),
    rows: JSON.parse(rows) as StandingMemory['rows'],
  }));
}
