/** Every use of the database goes through here: what fails becomes a StoreError, and is remembered until a write succeeds. */
import type { Database } from './database.ts';
import type { StoreError } from './error.ts';
import type { StoreOptions } from './store.ts';
import { asStoreError } from './trouble.ts';

/** How long another program's lock is waited for, unless somebody says so. Milliseconds. */
export const PATIENCE_MS = 5_000;
/** Between two tries to get by it. */
const AGAIN_MS = 25;

export interface Guard {
  read<T>(work: () => Promise<T>): Promise<T>;
  write<T>(work: () => Promise<T>): Promise<T>;
  trouble(): string | null;
}

/** Without a clock nothing is tried again. */
export function createGuard(
  database: Pick<Database, 'place' | 'failed'>,
  { clock, log, patienceMs = PATIENCE_MS }: Partial<StoreOptions> = {},
): Guard {
  const { place } = database;
  let trouble: StoreError | null = null;

  /** What SQLite found locked has not begun, so it may be tried again. A server waits by itself, and says so when it gives up. */
  async function patiently<T>(work: () => Promise<T>): Promise<T> {
    if (clock === undefined || place.engine !== 'sqlite') return work();
    const since = clock.monotonic();
    for (;;) {
      try {
        return await work();
      } catch (thrown) {
        const isOver = clock.monotonic() - since >= patienceMs;
        if (isOver || asStoreError(thrown, place).code !== 'locked') throw thrown;
      }
      await clock.sleep(AGAIN_MS);
    }
  }

  async function read<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await patiently(work);
    } catch (thrown) {
      database.failed(thrown);
      const error = asStoreError(thrown, place);
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
