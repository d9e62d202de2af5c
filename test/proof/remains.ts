/** What stands in a database whose risbot is dead: what it still had to tell, and what it knew to be told. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import type { Outgoing, Told } from '../../src/watch/outgoing.ts';
import { messageKey } from '../../src/watch/tell.ts';

/** An announcement that waits: `key` is the one that its message would have. */
export interface Held {
  readonly room: string;
  readonly slot: string;
  readonly key: string;
}

export interface Remains {
  waiting(): Promise<readonly Held[]>;
  told(): Promise<readonly Told[]>;
  close(): Promise<void>;
}

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Reads beside whoever holds the database, or before the next does; nothing as long as there are no tables. */
export async function openRemains(url: string): Promise<Remains> {
  const { read, close } = url.startsWith('sqlite:') ? overFile(url.slice(7)) : await overServer(url);
  return {
    async waiting() {
      const rows = await read('select version, outgoing from outgoing');
      return rows.map(({ version, outgoing }) => {
        const { room, slot } = JSON.parse(String(outgoing)) as Outgoing;
        return { room: room.room, slot, key: messageKey({ room, slot, version: Number(version) }) };
      });
    },
    async told() {
      const rows = await read('select told from told');
      return rows.map(({ told }) => JSON.parse(String(told)) as Told);
    },
    close,
  };
}

/** Opened for each look, so that nothing of it stands in the way of whoever comes next. */
function overFile(path: string) {
  return {
    async read(statement: string): Promise<Rows> {
      if (!existsSync(path)) return [];
      const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
      try {
        return database.prepare(statement).all();
      } catch (error) {
        return noTable(error);
      } finally {
        database.close();
      }
    },
    async close() {},
  };
}

async function overServer(url: string) {
  const client = new Client(url);
  await client.connect();
  return {
    read: async (statement: string): Promise<Rows> => {
      try {
        return (await client.query(statement)).rows as Rows;
      } catch (error) {
        return noTable(error);
      }
    },
    close: () => client.end(),
  };
}

/** Killed before it had made them. A journal that is still to be rolled back is another sign of that: SQLITE_READONLY_ROLLBACK. */
function noTable(error: unknown): Rows {
  const { message, errcode, code } = error as { message: string; errcode?: number; code?: string };
  if (code === '42P01' || errcode === 776 || message.includes('no such table')) return [];
  throw error;
}
