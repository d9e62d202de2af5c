/** What is known of each device. */
import type { KnownRow } from '../device/known.ts';
import type { Known } from '../watch/known.ts';
import type { Delta } from '../watch/ports.ts';
import { keyOf } from './key.ts';
import { type Breathe, inChunks, lastOfEach } from './rows.ts';
import type { Db, Tx } from './schema.ts';

/** A row's fields in the order that they are stored in: a new one goes to the end. Without their names a row is half as long. */
const FIELDS = [
  'node',
  'name',
  'deviceClass',
  'model',
  'description',
  'dirNumber',
  'linesStatus',
  'ipAddress',
  'loginUserId',
  'protocol',
  'status',
  'statusReason',
  'timeStamp',
  'activeLoadId',
  'downloadStatus',
] as const satisfies readonly (keyof KnownRow)[];

export async function writeKnown(tx: Tx, known: readonly Known[], breathe: Breathe): Promise<void> {
  const rows = known.map(({ cluster, row, ...rest }) => ({
    cluster,
    name: keyOf(row.name),
    known: JSON.stringify({ ...rest, row: FIELDS.map((field) => row[field]) }),
  }));
  const each = lastOfEach(rows, ({ cluster, name }) => JSON.stringify([cluster, name]));
  for await (const chunk of inChunks(each, breathe)) {
    await tx
      .insertInto('known')
      .values(chunk)
      .onConflict((is) =>
        is.columns(['cluster', 'name']).doUpdateSet((row) => ({ known: row.ref('excluded.known') })),
      )
      .execute();
  }
}

export async function forget(
  tx: Tx,
  names: NonNullable<Delta['forgotten']>,
  breathe: Breathe,
): Promise<void> {
  for (const [cluster, forgotten] of Map.groupBy(names, (one) => one.cluster)) {
    for await (const chunk of inChunks(forgotten, breathe)) {
      const keys = chunk.map(({ name }) => keyOf(name));
      await tx.deleteFrom('known').where('cluster', '=', cluster).where('name', 'in', keys).execute();
    }
  }
}

export async function readKnown(db: Db): Promise<readonly Known[]> {
  const rows = await db.selectFrom('known').select(['cluster', 'known']).execute();
  return rows.map(({ cluster, known }) => {
    const { row, ...rest } = JSON.parse(known) as Omit<Known, 'cluster' | 'row'> & {
      row: readonly unknown[];
    };
    const named = Object.fromEntries(FIELDS.map((field, at) => [field, row[at]]));
    // A field that the list lacks is one that the result lacks, and does not compile.
    return { cluster, row: named as Pick<KnownRow, (typeof FIELDS)[number]>, ...rest };
  });
}
