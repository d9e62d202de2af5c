/** Opens the store. */
import { hostname } from 'node:os';
import { writeAudit } from './audit.ts';
import { writeDelta } from './commit.ts';
import type { Database, Holder } from './database.ts';
import { StoreError } from './error.ts';
import { expire } from './expire.ts';
import { createGuard, type Guard } from './guard.ts';
import { readTransitions } from './history.ts';
import { writeHolder } from './holder.ts';
import { readIncident, readIncidents } from './incidents.ts';
import { readRemembered } from './load.ts';
import { migrate } from './migrate.ts';
import { countWaiting, dropWaiting, nextAt, postpone, readDue, writeTold } from './outbox.ts';
import { type StorePlace, storePlace } from './place.ts';
import { endRequest, noteRequest, readRequests } from './requests.ts';
import type { Db, Tx } from './schema.ts';
import { openSqlite } from './sqlite.ts';
import type { Store, StoreOptions } from './store.ts';
import { asStoreError } from './trouble.ts';

export type { Store } from './store.ts';

/**
 * Opens the database, makes or brings up to date what is in it, and holds it until closed: nobody else can. Rejects with StoreError; then
 * nothing in it was changed.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { clock, version = '' } = options;
  const place = placeOf(options.url);
  const self = { pid: process.pid, host: hostname(), since: clock.now(), version };
  try {
    const database = await openDatabase(place, options, self);
    return storeOver(database, createGuard(database, options), clock);
  } catch (error) {
    throw asStoreError(error, place);
  }
}

/** Throws StoreError, without the URL: it may hold a password. */
export function placeOf(url: string): StorePlace {
  const place = storePlace(url);
  if (place !== null) return place;
  const forms = 'sqlite:<path> or postgres://<user>@<host>/<database>';
  throw new StoreError('failed', `the URL of the database is none: it must be ${forms}`);
}

async function openDatabase(place: StorePlace, options: StoreOptions, self: Holder): Promise<Database> {
  const database = place.engine === 'sqlite' ? openSqlite(place, options) : await openServer(place, self);
  try {
    await migrate(database.db, database.schema);
    await writeHolder(database.db, self);
    database.ready();
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** pg is loaded by those who use it. */
async function openServer(place: StorePlace & { engine: 'postgres' }, self: Holder): Promise<Database> {
  const { openPostgres } = await import('./postgres.ts');
  return openPostgres(place, self);
}

function storeOver(database: Database, guard: Guard, { now, breathe }: StoreOptions['clock']): Store {
  const { db } = database;
  const { read, write } = guard;
  const pause = () => breathe();
  let closed: Promise<void> | null = null;
  return {
    load: () => read(() => readRemembered(db)),
    commit: (delta) => write(() => whole(db, (tx) => writeDelta(tx, delta, pause))),
    outbox: {
      due: (at) => read(() => whole(db, (tx) => readDue(tx, at))),
      next: () => read(() => nextAt(db)),
      told: (waiting, told) => write(() => whole(db, (tx) => writeTold(tx, waiting, told))),
      postpone: (waiting, until) => write(() => postpone(db, waiting, until)),
      giveUp: (waiting) => write(() => dropWaiting(db, waiting)),
      count: (room) => read(() => countWaiting(db, room)),
    },
    past: {
      ...pastOf(db, read),
      expire: (before) => write(() => expire(db, before, pause)),
    },
    requests: {
      of: (cluster) => read(() => readRequests(db, cluster, now())),
      note: (cluster, at) => write(() => whole(db, (tx) => noteRequest(tx, cluster, at))),
      ended: (cluster, at, endedAt) => write(() => endRequest(db, cluster, at, endedAt)),
    },
    audit: (entry) => write(() => whole(db, (tx) => writeAudit(tx, entry))),
    trouble: guard.trouble,
    close() {
      closed ??= database.close();
      return closed;
    },
  };
}

/** Several statements as one. */
function whole<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(work);
}

/** What both the store and whoever only looks into it can be asked. */
export function pastOf(db: Db, read: Guard['read']) {
  return {
    transitions: (filter) => read(() => readTransitions(db, filter)),
    incidents: (filter) => read(() => readIncidents(db, filter)),
    incident: (id) => read(() => whole(db, (tx) => readIncident(tx, id))),
  } satisfies Omit<Store['past'], 'expire'>;
}
