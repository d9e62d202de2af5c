/**
 * What waits to be told, and what was.
 *
 * A later announcement takes the place in the line of the one that it replaces, and waits no longer than that one did: a card that
 * changes often is told all the same. When the platform said "later", nothing in the slot is told before that, whatever replaces it.
 */
import type { Outgoing, Told, Waiting } from '../watch/outgoing.ts';
import type { Due } from '../watch/ports.ts';
import type { Room } from '../watch/watch.ts';
import { take } from './counters.ts';
import { keyOf, roomKeyOf } from './key.ts';
import type { Db, Tx, WaitingRow } from './schema.ts';

export async function writeOutgoing(tx: Tx, outgoing: readonly Outgoing[]): Promise<void> {
  if (outgoing.length === 0) return;
  let version = await take(tx, 'outgoing', outgoing.length);
  for (const one of outgoing) {
    const { slot, room, under, notBefore: not_before } = one;
    const state = {
      under: under === null ? null : keyOf(under),
      version: version++,
      attempts: 0,
      outgoing: JSON.stringify(one),
    };
    await tx
      .insertInto('outgoing')
      .values({
        ...state,
        room: roomKeyOf(room),
        slot: keyOf(slot),
        place: state.version,
        not_before,
        retry_at: 0,
      })
      .onConflict((is) =>
        is.columns(['room', 'slot']).doUpdateSet((row) => ({
          ...state,
          not_before: row
            .case()
            .when('outgoing.not_before', '<', not_before)
            .then(row.ref('outgoing.not_before'))
            .else(row.ref('excluded.not_before'))
            .end(),
        })),
      )
      .execute();
  }
}

/** A line of the queue: whether it may be told, without what it says. */
type Queued = Pick<WaitingRow, 'room' | 'slot' | 'under' | 'version'> & { readonly at: number };

/** In the order of the line, without those that wait for the message which they answer. When that is given up, they are on their own. */
async function queue(db: Db): Promise<readonly Queued[]> {
  const rows = await db
    .selectFrom('outgoing as o')
    .leftJoin('told as t', (on) => on.onRef('t.room', '=', 'o.room').onRef('t.slot', '=', 'o.under'))
    .select(['o.room', 'o.slot', 'o.under', 'o.version', 'o.not_before', 'o.retry_at', 't.at as told_at'])
    .orderBy('o.place')
    .execute();
  const waiting = new Set(rows.map(({ room, slot }) => JSON.stringify([room, slot])));
  return rows
    .filter(
      ({ room, under, told_at }) =>
        under === null || told_at !== null || !waiting.has(JSON.stringify([room, under])),
    )
    .map(({ not_before, retry_at, told_at: _told, ...row }) => ({
      ...row,
      at: Math.max(not_before, retry_at),
    }));
}

/** The first of each room that may be told at `now`. To be called in a transaction: it reads several times. */
export async function readDue(db: Tx, now: number): Promise<readonly Due[]> {
  const first = new Map<string, Queued>();
  for (const row of await queue(db)) {
    if (row.at <= now && !first.has(row.room)) first.set(row.room, row);
  }
  const due: Due[] = [];
  for (const queued of first.values()) {
    const waiting = await readWaiting(db, queued);
    const earlier = waiting.inPlace ? await readTold(db, queued.room, queued.slot) : null;
    const above = queued.under === null ? null : await readTold(db, queued.room, queued.under);
    due.push({ waiting, earlier, above });
  }
  return due;
}

async function readWaiting(db: Db, { room, slot, version, at }: Queued): Promise<Waiting> {
  const row = await db
    .selectFrom('outgoing')
    .select(['outgoing', 'attempts'])
    .where('room', '=', room)
    .where('slot', '=', slot)
    .executeTakeFirstOrThrow();
  return { ...(JSON.parse(row.outgoing) as Outgoing), notBefore: at, version, attempts: row.attempts };
}

async function readTold(db: Db, room: string, slot: string): Promise<Told | null> {
  const row = await db
    .selectFrom('told')
    .select('told')
    .where('room', '=', room)
    .where('slot', '=', slot)
    .executeTakeFirst();
  return row === undefined ? null : (JSON.parse(row.told) as Told);
}

export async function nextAt(db: Db): Promise<number | null> {
  const moments = (await queue(db)).map(({ at }) => at);
  return moments.length === 0 ? null : moments.reduce((earliest, at) => Math.min(earliest, at));
}

export async function writeTold(tx: Tx, waiting: Waiting, told: Told): Promise<void> {
  const row = { at: told.at, told: JSON.stringify(told) };
  await tx
    .insertInto('told')
    .values({ room: roomKeyOf(waiting.room), slot: keyOf(waiting.slot), ...row })
    .onConflict((is) => is.columns(['room', 'slot']).doUpdateSet(row))
    .execute();
  await dropWaiting(tx, waiting);
}

/** What has changed meanwhile stays: the new one is still to be told. */
export async function dropWaiting(db: Db, { room, slot, version }: Waiting): Promise<void> {
  await db
    .deleteFrom('outgoing')
    .where('room', '=', roomKeyOf(room))
    .where('slot', '=', keyOf(slot))
    .where('version', '=', version)
    .execute();
}

/** "Later" is the platform's word about the room: it holds for what has come into the slot meanwhile, too. */
export async function postpone(db: Db, { room, slot, version }: Waiting, until: number): Promise<void> {
  await db
    .updateTable('outgoing')
    .set((row) => ({
      retry_at: until,
      attempts: row
        .case()
        .when('version', '=', version)
        .then(row('attempts', '+', 1))
        .else(row.ref('attempts'))
        .end(),
    }))
    .where('room', '=', roomKeyOf(room))
    .where('slot', '=', keyOf(slot))
    .execute();
}

export async function countWaiting(db: Db, room: Room): Promise<number> {
  const { count } = await db
    .selectFrom('outgoing')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('room', '=', roomKeyOf(room))
    .executeTakeFirstOrThrow();
  return count;
}
