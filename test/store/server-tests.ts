/** What only a server does to a store. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createLogger } from '../../src/log.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { known } from '../watch/known.ts';
import { startCut } from './cut-connection.ts';
import { freshSchema, onServer, POSTGRES, withOptions } from './server.ts';

const clock = systemClock;

/** The error's message, after a look that no secret is in anything of it or of what a log would make of it. */
async function refusal(url: string, code: string, secret: string): Promise<string> {
  const error = await openStore({ url, clock, version: '1.0.0' }).then(
    async (store) => store.close().then(() => new Error('it opened')),
    (thrown: Error) => thrown,
  );
  expect(error).toMatchObject({ name: 'StoreError', code });
  const lines: string[] = [];
  createLogger({ level: 'debug', destination: { write: (line) => lines.push(line) } }).error(
    { err: error },
    'x',
  );
  expect(`${inspect(error, { depth: 9, showHidden: true })} ${lines.join('')}`).not.toContain(secret);
  return error.message;
}

export function serverTests(): void {
  describe('a server that cannot be used', () => {
    const { hostname, port } = new URL(POSTGRES);

    test.each([
      ['nobody there', 'postgres://risbot:hunter2@127.0.0.1:1/risbot', 'unreachable', 'ECONNREFUSED'],
      [
        'no such name',
        'postgres://risbot:hunter2@no.such.host.invalid/risbot',
        'unreachable',
        'cannot be reached',
      ],
      [
        'a wrong password',
        `postgres://risbot:hunter2@${hostname}:${port}/postgres`,
        'refused',
        'check user, password',
      ],
      [
        'a password that is not there',
        `postgres://risbot@${hostname}:${port}/postgres?x=hunter2`,
        'refused',
        'check user, password',
      ],
      ['another program’s port', null, 'unreachable', 'cannot be reached'],
      ['no URL at all', 'postgres://risbot:hunter2@[/', 'failed', 'postgres://<user>@<host>/<database>'],
      ['a URL of something else', 'mysql://risbot:hunter2@127.0.0.1/', 'failed', 'sqlite:<path>'],
    ])('%s', async (_claim, url, code, words) => {
      if (url !== null) return expect(await refusal(url, code, 'hunter2')).toContain(words);
      const { createServer } = await import('node:net');
      const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      const { port: taken } = other.address() as { port: number };
      expect(await refusal(`postgres://risbot:hunter2@127.0.0.1:${taken}/x`, code, 'hunter2')).toContain(
        words,
      );
      other.close();
      return undefined;
    });

    test('a database that is not there', async () => {
      const url = POSTGRES.replace(/\/[^/]*$/, '/nowhere');
      expect(await refusal(url, 'refused', 'of%20the%20tests')).toContain('name of the database');
    });

    test('a schema that is not there', async () => {
      expect(await refusal(withOptions('-c search_path=nowhere'), 'refused', 'of the tests')).toContain(
        'search_path',
      );
    });

    test('a server that takes no writes', async () => {
      const { url } = await freshSchema();
      const readOnly = withOptions('-c default_transaction_read_only=on', url);
      expect(await refusal(readOnly, 'read-only', 'of the tests')).toContain('cannot be written');
    });

    test('tables of another program, which are left as they are', async () => {
      const { url, schema } = await freshSchema();
      await onServer(`create table ${schema}.members as select 1 as theirs`);
      expect(await refusal(url, 'failed', 'of the tests')).toContain('already exists');
      expect(await onServer(`select * from ${schema}.members`)).toEqual([{ theirs: 1 }]);
      expect(
        await onServer(
          `select * from information_schema.tables where table_schema = '${schema}' and table_name = 'known'`,
        ),
      ).toEqual([]);
    });

    test('one written by a newer risbot, which is left as it is', async () => {
      const { url, schema } = await freshSchema();
      await (await openStore({ url, clock, version: '9.9.9' })).close();
      await onServer(`insert into ${schema}.risbot_migration values ('0999-later', 'then')`);
      const message = await refusal(url, 'newer', 'of the tests');
      expect(message).toContain('risbot 9.9.9');
      expect(message).toContain('1.0.0');
      await onServer(`delete from ${schema}.risbot_migration where name = '0999-later'`);
      await (await openStore({ url, clock })).close();
    });
  });

  test('two schemas of one database are two stores', async () => {
    const [a, b] = [await freshSchema(), await freshSchema()];
    const stores = [await openStore({ url: a.url, clock }), await openStore({ url: b.url, clock })];
    await stores[0]?.commit({ known: [known('SEP1')] });
    expect((await stores[1]?.load())?.known).toEqual([]);
    for (const store of stores) await store.close();
  });

  describe('a connection that is lost', () => {
    async function through(
      use: (store: Store, way: Awaited<ReturnType<typeof startCut>>, schema: string) => Promise<void>,
      more = '',
    ) {
      const { url, schema } = await freshSchema();
      const way = await startCut(url);
      const store = await openStore({ url: `${way.url}${more}`, clock });
      try {
        await use(store, way, schema);
      } finally {
        await store.close();
        await way.stop();
      }
    }

    test('is said until a commit succeeds again, although the server still keeps the lock for us', () =>
      through(async (store, way) => {
        await store.commit({ known: [known('SEP1')] });
        way.cut();
        await expect(store.commit({ known: [known('SEP2')] })).rejects.toMatchObject({ code: 'unreachable' });
        expect(store.trouble()).toContain('cannot be reached');
        await store.commit({ known: [known('SEP3')] });
        expect(store.trouble()).toBeNull();
        expect((await store.load()).known.map(({ row }) => row.name).sort()).toEqual(['SEP1', 'SEP3']);
      }));

    test('by silence is given up after a while, and made anew', () =>
      through(async (store, way) => {
        await store.commit({ known: [known('SEP1')] });
        await way.hush(async () => {
          await expect(store.commit({ known: [known('SEP2')] })).rejects.toMatchObject({
            code: 'unreachable',
          });
        });
        await store.commit({ known: [known('SEP3')] });
        expect((await store.load()).known).toHaveLength(2);
      }, '&query_timeout=300'));

    test('to a server that ended it costs one commit at most: none when it was noticed before', () =>
      through(async (store, _way, schema) => {
        await store.commit({ known: [known('SEP1')] });
        await onServer(
          `select pg_terminate_backend(pid) from pg_locks
             where locktype = 'advisory' and objid::bigint = (hashtext('${schema}')::bigint & 4294967295)`,
        );
        const outcome = await store.commit({ known: [known('SEP2')] }).catch(({ code }) => code);
        expect([undefined, 'unreachable']).toContain(outcome);
        await store.commit({ known: [known('SEP3')] });
        expect(store.trouble()).toBeNull();
      }));

    test('lets another risbot in, and then the first writes no more', async () => {
      const { url } = await freshSchema();
      const way = await startCut(url);
      const first = await openStore({ url: way.url, clock });
      way.breakOff();
      const second = await openStore({ url, clock: { ...clock, now: () => clock.now() + 1 } });
      const outcomes = [];
      for (let n = 0; n < 2; n += 1) {
        outcomes.push(await first.commit({ known: [known('SEP1')] }).catch(({ code }) => code));
      }
      expect(outcomes.at(-1)).toBe('in-use');
      expect(first.trouble()).toContain('used by another risbot');
      expect((await second.load()).known).toEqual([]);
      await second.close();
      await first.commit({ known: [known('SEP1')] });
      expect(first.trouble()).toBeNull();
      await first.close();
      await way.stop();
    });
  });
}
