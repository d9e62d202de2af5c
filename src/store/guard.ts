/** Every use of the database goes through here: what fails becomes a StoreError, and is remembered until a write succeeds. */
import type { Database } from './database.ts';
import type { StoreError } from './error.ts';
import type { StoreOptions } from './store.ts';
import { asStoreError } from './trouble.ts';

export interface Guard {
  read<T>(work: () => Promise<T>): Promise<T>;
  write<T>(work: () => Promise<T>): Promise<T>;
  trouble(): string | null;
}

export function createGuard(database: Pick<Database, 'place' | 'failed'>, log: StoreOptions['log']): Guard {
  let trouble: StoreError | null = null;

  async function read<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      database.failed(thrown);
      const error = asStoreError(thrown, database.place);
      if (trouble?.code !== error.code) log?.warn({ err: error }, 'the database fails');
      trouble = error;
      throw error;
    }
  }

  async function write<T>(work: () => Promise<T>): Promise<T> {
    const result = await read(work);
    if (trouble !== null) log?.warn({}, 'the database works again');
    trouble = null;
    return result;
  }

  return { read, write, trouble: () => trouble?.message ?? null };
}
