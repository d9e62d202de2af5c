/** The audit, as long as history is kept. */
import { take } from './counters.ts';
import type { Db } from './schema.ts';
import type { AuditRecord } from './store.ts';

export async function writeAudit(tx: Db, entry: AuditRecord): Promise<void> {
  const seq = await take(tx, 'audit', 1);
  await tx
    .insertInto('audit')
    .values({ seq, at: entry.at, entry: JSON.stringify(entry) })
    .execute();
}
