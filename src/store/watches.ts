/** Watches, and what holds back what they would say. */
import type { Mute, Watch } from '../watch/watch.ts';
import { raise } from './counters.ts';
import type { Db, Tx } from './schema.ts';

export async function writeWatches(tx: Tx, watches: readonly Watch[]): Promise<void> {
  for (const { id, ...rest } of watches) {
    const watch = JSON.stringify(rest);
    await tx
      .insertInto('watches')
      .values({ id, watch })
      .onConflict((is) => is.column('id').doUpdateSet({ watch }))
      .execute();
  }
  await raise(
    tx,
    'watch',
    watches.map(({ id }) => id),
  );
}

export async function endWatches(tx: Tx, ids: readonly number[]): Promise<void> {
  for (const id of ids) await tx.deleteFrom('watches').where('id', '=', id).execute();
}

export async function readWatches(db: Db): Promise<readonly Watch[]> {
  const rows = await db.selectFrom('watches').selectAll().orderBy('id').execute();
  return rows.map(({ id, watch }) => ({ id, ...(JSON.parse(watch) as Omit<Watch, 'id'>) }));
}

export async function writeMutes(tx: Tx, mutes: readonly Mute[]): Promise<void> {
  for (const { id, ...rest } of mutes) {
    const mute = JSON.stringify(rest);
    await tx
      .insertInto('mutes')
      .values({ id, mute })
      .onConflict((is) => is.column('id').doUpdateSet({ mute }))
      .execute();
  }
  await raise(
    tx,
    'mute',
    mutes.map(({ id }) => id),
  );
}

export async function endMutes(tx: Tx, ids: readonly number[]): Promise<void> {
  for (const id of ids) await tx.deleteFrom('mutes').where('id', '=', id).execute();
}

export async function readMutes(db: Db): Promise<readonly Mute[]> {
  const rows = await db.selectFrom('mutes').selectAll().orderBy('id').execute();
  return rows.map(({ id, mute }) => ({ id, ...(JSON.parse(mute) as Omit<Mute, 'id'>) }));
}
