/** Why a database that is all right is not opened. */
import type { Holder } from './database.ts';
import { StoreError } from './error.ts';
import type { StorePlace } from './place.ts';

/** `holder` null: it has not written its name yet. */
export function inUse({ shown }: StorePlace, holder: Holder | null): StoreError {
  const since = holder === null ? '' : new Date(holder.since).toISOString();
  const who = holder === null ? '' : `: process ${holder.pid} on ${holder.host}, since ${since}`;
  return new StoreError(
    'in-use',
    `${shown} is used by another risbot${who}. Stop that one, or give this one a database of its own`,
  );
}

/** `theirs` is the version that wrote it last; blank when unknown, like `ours`. */
export function tooNew({ shown }: StorePlace, theirs: string, ours: string): StoreError {
  const other = theirs === '' ? 'a newer risbot' : `risbot ${theirs}, which is newer`;
  const than = ours === '' ? '' : ` than this one, ${ours}`;
  return new StoreError(
    'newer',
    `${shown} was written by ${other}${than}. Nothing in it was changed: start that version, or restore a backup from before it`,
  );
}

/** Nothing is there yet, or not as this version needs it; only whoever holds the database makes it. */
export function absent({ shown }: StorePlace, age: 'new' | 'older'): StoreError {
  const what = age === 'new' ? 'is not there yet' : 'was written by an older risbot';
  return new StoreError('absent', `${shown} ${what}: start \`risbot serve\` once, which makes it`);
}
