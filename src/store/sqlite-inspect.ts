/** What stands in the file of a SQLite database, before anything is written to it: is it whole, and is it ours? */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Holder } from './database.ts';
import type { StoreError } from './error.ts';
import { type Age, ageOf, MIGRATION_TABLE } from './migrate.ts';
import type { StorePlace } from './place.ts';
import { tooNew } from './refusal.ts';
import { asStoreError } from './trouble.ts';

/** Of the file's header, and where in it the size of a page stands, 1 for 65 536: https://www.sqlite.org/fileformat.html. */
const HEADER_BYTES = 100;
const PAGE_SIZE_AT = 16;

/** Who wrote its name there last; null when nobody has, or it cannot be read. */
export function holderOf(path: string): Holder | null {
  try {
    return withReader(path, (database) => {
      const row = database.prepare('select pid, host, since, version from holder').get();
      return row === undefined ? null : ({ ...row } as unknown as Holder);
    });
  } catch {
    return null;
  }
}

/** What stands in the file is read without a right to write, so that not even a repair is tried. */
export function inspectFile(place: StorePlace, path: string, version: string): Age {
  if (!existsSync(path) || statSync(path).size === 0) return 'new';
  if (isCutInPage(path)) throw damaged(place, 'it ends within a page');
  try {
    const age = withReader(path, (database) => inspect(database, place));
    if (age === 'newer') throw tooNew(place, holderOf(path)?.version ?? '', version);
    return age;
  } catch (error) {
    // A first start that was killed leaves a journal that has to be rolled back by whoever may write: SQLITE_READONLY_ROLLBACK.
    if ((error as { errcode?: unknown }).errcode === 776) return 'new';
    throw error;
  }
}

function inspect(database: DatabaseSync, place: StorePlace): Age {
  const [finding] = database.prepare('pragma quick_check(1)').all();
  if (finding?.['quick_check'] !== 'ok') throw damaged(place, String(finding?.['quick_check']));
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
  if (tables.length === 0) return 'new';
  if (!tables.some(({ name }) => name === MIGRATION_TABLE)) {
    throw damaged(place, `it holds tables of another program, such as ${String(tables[0]?.['name'])}`);
  }
  const applied = database.prepare(`select name from ${MIGRATION_TABLE}`).all();
  return ageOf(applied.map(({ name }) => String(name)));
}

/** SQLite fills a page up with zeros, and finds nothing wrong with text that lost its end. */
function isCutInPage(path: string): boolean {
  // What a crash left unfinished is in the log, and made whole from there.
  if (existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0) return false;
  const header = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, 'r');
  const bytes = readSync(file, header);
  closeSync(file);
  if (bytes < HEADER_BYTES) return true;
  const pageBytes = header.readUInt16BE(PAGE_SIZE_AT);
  // Zeros and text are no database at all: SQLite says so better.
  return pageBytes > 0 && statSync(path).size % (pageBytes === 1 ? 65_536 : pageBytes) !== 0;
}

function damaged(place: StorePlace, finding: string): StoreError {
  return asStoreError(Object.assign(new Error(finding), { errcode: 11 }), place);
}

function withReader<T>(path: string, look: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 1_000 });
  try {
    return look(database);
  } finally {
    database.close();
  }
}
