/** The file of a SQLite database: may it be written, and is another risbot in it? */
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from './error.ts';
import type { StorePlace } from './place.ts';
import { inUse } from './refusal.ts';
import { holderOf } from './sqlite-inspect.ts';
import { asStoreError } from './trouble.ts';

/** SQLite needs the folder as well, for what it writes beside the file. */
export function checkAccess({ shown }: StorePlace, path: string): void {
  const folder = dirname(path);
  if (!existsSync(folder))
    throw new StoreError('failed', `${shown} cannot be made: there is no folder ${folder}`);
  if (existsSync(path) && statSync(path).isDirectory()) {
    throw new StoreError('failed', `${shown} cannot be opened: it is a folder`);
  }
  const closed =
    existsSync(path) && !isWritable(path) ? 'it' : isWritable(folder) ? null : `its folder ${folder}`;
  if (closed === null) return;
  const remedy = 'give risbot the right to write to the file and its folder';
  throw new StoreError(
    'read-only',
    `${shown} cannot be written: ${closed} is read-only for this user: ${remedy}`,
  );
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Holds `<path>.lock` for as long as the process lives: an empty SQLite database with an exclusive lock, which the operating system frees
 * when the process ends, however it ends. Returns what lets go of it; throws StoreError `in-use`, naming the other.
 */
export function holdFile(place: StorePlace, path: string): () => void {
  // The same file by two names is one database.
  const real = existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
  let lock: DatabaseSync | null = null;
  try {
    lock = new DatabaseSync(`${real}.lock`);
    lock.exec('begin exclusive');
    return () => lock?.close();
  } catch (error) {
    lock?.close();
    const found = asStoreError(error, { ...place, shown: `the lock file ${real}.lock` });
    throw found.code === 'locked' ? inUse(place, holderOf(path)) : found;
  }
}
