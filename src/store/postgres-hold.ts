/** A session-level advisory lock: the server frees it when the connection ends, however it ends. */
import type { Client } from 'pg';
import type { Holder } from './database.ts';
import type { StorePlace } from './place.ts';
import { inUse } from './refusal.ts';

/** "risb" tells our lock from those of others; the second half is the schema, so that several may live in one database. */
const LOCK = 0x72697362;
const SCHEMA = "hashtext(coalesce(current_schema(), ''))";

/** A server needs a moment to notice that the last one went. */
const PATIENCE = '1s';
const LOCK_NOT_AVAILABLE = '55P03';

/** Takes the lock for this connection, or throws StoreError `in-use`. */
export async function hold(client: Client, place: StorePlace, self: Holder): Promise<void> {
  const tried = await client.query(`select pg_try_advisory_lock(${LOCK}, ${SCHEMA}) as held`);
  if (tried.rows[0]?.held === true) return;
  const holder = await readHolder(client);
  if (holder !== null && isSame(holder, self)) await endFormer(client);
  try {
    await client.query(`set lock_timeout = '${PATIENCE}'`);
    await client.query(`select pg_advisory_lock(${LOCK}, ${SCHEMA})`);
    await client.query('reset lock_timeout');
  } catch (error) {
    throw (error as { code?: unknown }).code === LOCK_NOT_AVAILABLE ? inUse(place, holder) : error;
  }
}

/** When a connection is lost the server may not know for hours, and keeps the lock for what was this very process. */
async function endFormer(client: Client): Promise<void> {
  await client.query(
    `select pg_terminate_backend(pid) from pg_locks
     where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
       and classid = ${LOCK}::oid and objid::bigint = (${SCHEMA}::bigint & 4294967295) and granted`,
  );
}

async function readHolder(client: Client): Promise<Holder | null> {
  const there = await client.query("select to_regclass('holder') is not null as there");
  if (there.rows[0]?.there !== true) return null;
  const { rows } = await client.query('select pid, host, since, version from holder');
  return rows[0] ?? null;
}

function isSame(a: Holder, b: Holder): boolean {
  return a.pid === b.pid && a.host === b.host && a.since === b.since;
}
