/** Forgets what happened long ago, a little at a time. */
import type { Breathe } from './rows.ts';
import type { Db } from './schema.ts';

/** Rows in a statement: none takes long enough for anybody to notice. */
const AT_ONCE = 2_000;

/**
 * Transitions, audit entries, incidents closed and messages told before `before`. Kept are the messages of open incidents, which are
 * still changed and answered, and those that something waits to change or to answer. Returns how many rows went.
 */
export async function expire(db: Db, before: number, breathe: Breathe): Promise<number> {
  let gone = 0;
  for (const step of [dropTransitions, dropAudit, dropIncidents]) {
    for (let count = AT_ONCE; count === AT_ONCE; gone += count) {
      count = await step(db, before);
      await breathe();
    }
  }
  return gone + (await dropTold(db, before));
}

async function dropTransitions(db: Db, before: number): Promise<number> {
  const old = db.selectFrom('transitions').select('seq').where('at', '<', before).limit(AT_ONCE);
  const { numDeletedRows } = await db.deleteFrom('transitions').where('seq', 'in', old).executeTakeFirst();
  return Number(numDeletedRows);
}

async function dropAudit(db: Db, before: number): Promise<number> {
  const old = db.selectFrom('audit').select('seq').where('at', '<', before).limit(AT_ONCE);
  const { numDeletedRows } = await db.deleteFrom('audit').where('seq', 'in', old).executeTakeFirst();
  return Number(numDeletedRows);
}

/** Their members go with them. */
async function dropIncidents(db: Db, before: number): Promise<number> {
  const old = db.selectFrom('incidents').select('id').where('closed_at', '<', before).limit(AT_ONCE);
  const { numDeletedRows } = await db.deleteFrom('incidents').where('id', 'in', old).executeTakeFirst();
  return Number(numDeletedRows);
}

async function dropTold(db: Db, before: number): Promise<number> {
  const open = await db.selectFrom('incidents').select('id').where('closed_at', 'is', null).execute();
  const kept = new Set(open.map(({ id }) => `incident:${id}`));
  const old = await db
    .selectFrom('told as t')
    .select(['t.room', 't.slot'])
    .where('t.at', '<', before)
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('outgoing as o')
            .select('o.version')
            .whereRef('o.room', '=', 't.room')
            .where((on) =>
              on.or([on('o.slot', '=', on.ref('t.slot')), on('o.under', '=', on.ref('t.slot'))]),
            ),
        ),
      ),
    )
    .execute();
  let gone = 0;
  for (const { room, slot } of old) {
    if (kept.has(slot.split(':').slice(0, 2).join(':'))) continue;
    await db.deleteFrom('told').where('room', '=', room).where('slot', '=', slot).execute();
    gone += 1;
  }
  return gone;
}
