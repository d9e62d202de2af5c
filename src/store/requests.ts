/** The requests of the last minutes. */
import type { Db, Tx } from './schema.ts';
import type { SpentRequest } from './store.ts';

/** Longer than any request takes, and the window after it. */
const KEPT_MS = 15 * 60_000;

export async function noteRequest(tx: Tx, cluster: string, at: number): Promise<void> {
  await tx
    .deleteFrom('requests')
    .where('cluster', '=', cluster)
    // Those of the far future were noted before the clock was set back.
    .where((is) => is.or([is('at', '<', at - KEPT_MS), is('at', '>', at + KEPT_MS)]))
    .execute();
  await tx
    .insertInto('requests')
    .values({ cluster, at, ended_at: null })
    .onConflict((is) => is.columns(['cluster', 'at']).doUpdateSet({ ended_at: null }))
    .execute();
}

export async function endRequest(db: Db, cluster: string, at: number, ended_at: number): Promise<void> {
  await db
    .updateTable('requests')
    .set({ ended_at })
    .where('cluster', '=', cluster)
    .where('at', '=', at)
    .execute();
}

export async function readRequests(db: Db, cluster: string, now: number): Promise<readonly SpentRequest[]> {
  const rows = await db
    .selectFrom('requests')
    .select(['at', 'ended_at'])
    .where('cluster', '=', cluster)
    .where('at', '>=', now - KEPT_MS)
    .orderBy('at')
    .execute();
  return rows.map(({ at, ended_at: endedAt }) => ({ at, endedAt }));
}
