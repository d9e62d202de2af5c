/** What cannot be seen, and when each cluster was last looked at. */
import type { Blind } from '../watch/known.ts';
import type { Delta } from '../watch/ports.ts';
import { nodeKeyOf } from './key.ts';
import type { Db, Tx } from './schema.ts';

export async function writeBlind(tx: Tx, blind: readonly Blind[]): Promise<void> {
  for (const one of blind) {
    await tx
      .insertInto('blind')
      .values({ cluster: one.cluster, node: nodeKeyOf(one.node), blind: JSON.stringify(one) })
      .onConflict((is) =>
        is.columns(['cluster', 'node']).doUpdateSet((row) => ({ blind: row.ref('excluded.blind') })),
      )
      .execute();
  }
}

export async function writeSeen(tx: Tx, seen: NonNullable<Delta['seen']>): Promise<void> {
  for (const { cluster, node } of seen) {
    await tx.deleteFrom('blind').where('cluster', '=', cluster).where('node', '=', nodeKeyOf(node)).execute();
  }
}

export async function readBlind(db: Db): Promise<readonly Blind[]> {
  const rows = await db.selectFrom('blind').select('blind').execute();
  return rows.map(({ blind }) => JSON.parse(blind) as Blind);
}

export async function writeLooks(tx: Tx, looks: NonNullable<Delta['lookedAt']>): Promise<void> {
  for (const [cluster, at] of Object.entries(looks)) {
    await tx
      .insertInto('looks')
      .values({ cluster, at })
      .onConflict((is) => is.column('cluster').doUpdateSet({ at }))
      .execute();
  }
}

export async function readLooks(db: Db): Promise<Readonly<Record<string, number>>> {
  const rows = await db.selectFrom('looks').selectAll().execute();
  return Object.fromEntries(rows.map(({ cluster, at }) => [cluster, at]));
}
