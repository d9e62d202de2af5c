/** Who has the database: told to whoever wants it as well. The lock itself is the engine's. */
import type { Holder } from './database.ts';
import type { Db } from './schema.ts';

export async function writeHolder(db: Db, holder: Holder): Promise<void> {
  await db
    .insertInto('holder')
    .values({ id: 1, ...holder })
    .onConflict((is) => is.column('id').doUpdateSet({ ...holder }))
    .execute();
}
