/** `risbot serve` with a database that it cannot use: said in plain words at the start, and nothing in it is overwritten. */

import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { systemClock as clock } from '../../src/clock.ts';
import { openStore } from '../../src/store/open.ts';
import { aWatch } from '../store/samples.ts';
import { type Ended, risbot, start, type User } from './command-line.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'risbot-database-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Nobody is there: neither is asked before the database is open. */
const ENVIRONMENT = {
  CUCM_URL: '127.0.0.1:1',
  CUCM_USERNAME: 'risbot',
  CUCM_PASSWORD: 'cucm-secret',
  SLACK_BOT_TOKEN: 'xoxb-1-bot-secret',
  SLACK_APP_TOKEN: 'xapp-1-app-secret',
  SLACK_API_URL: 'http://127.0.0.1:1/',
  RISBOT_OPERATIONS_PORT: '0',
};

const serve = (url: string, user?: User) =>
  risbot(['serve'], { ...ENVIRONMENT, RISBOT_DATABASE: url }, '', user);
/** "Nobody" of every system, when the tests run as root, whom no file is closed to. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** A file with a watch in it, closed. */
async function filled(name: string, version = '1.0.0'): Promise<string> {
  const path = join(folder, name);
  const store = await openStore({ url: `sqlite:${path}`, clock, version });
  await store.commit({ watches: [aWatch(1)] });
  await store.close();
  return path;
}

/** One line for a person: what is wrong and what to do; no stack, no secret. */
function expectRefusal({ code, stdout, stderr }: Ended, words: RegExp): void {
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(/^risbot: .*\n$/);
  expect(stderr).toMatch(words);
  expect(stderr).not.toMatch(/\bat .*\.ts|cucm-secret|bot-secret|hush/);
}

describe('a file that cannot be used', () => {
  test.each<readonly [claim: string, spoil: () => Promise<string>, words: RegExp, user: User]>([
    [
      'from a newer version',
      async () => {
        const path = await filled('newer.db', '99.1.2');
        const later = new DatabaseSync(path);
        later.exec("insert into risbot_migration values ('0999-later', 'then')");
        later.close();
        return path;
      },
      /newer\.db was written by risbot 99\.1\.2, which is newer .* start that version, or restore a backup/,
      {},
    ],
    [
      'cut short',
      async () => {
        const path = await filled('cut.db');
        truncateSync(path, readFileSync(path).length - 4_096);
        return path;
      },
      /cut\.db is damaged.* Nothing in it was changed: restore a backup/,
      {},
    ],
    [
      'locked by another program',
      async () => {
        const path = await filled('locked.db');
        const other = new DatabaseSync(path);
        onTestFinished(() => other.close());
        other.exec('begin immediate');
        return path;
      },
      /locked\.db is locked by another program .* close that/,
      {},
    ],
    [
      'that may not be written',
      async () => {
        const path = await filled('closed.db');
        chmodSync(folder, 0o755);
        chmodSync(path, 0o444);
        return path;
      },
      /closed\.db cannot be written: it is read-only for this user: give risbot the right/,
      NOBODY,
    ],
  ])('%s', async (_claim, spoil, words, user) => {
    const path = await spoil();
    const before = readFileSync(path);
    expectRefusal(await serve(`sqlite:${path}`, user), words);
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

test('a second risbot on the same file is refused, and told which process has it; the first goes on', async () => {
  const path = await filled('shared.db');
  const environment = { ...ENVIRONMENT, RISBOT_DATABASE: `sqlite:${path}` };
  const first = start(['serve'], environment);
  await first.shows('serving slack');
  expectRefusal(
    await serve(`sqlite:${path}`),
    new RegExp(`is used by another risbot: process ${first.pid} on ${hostname()}, since \\d.* Stop that one`),
  );
  const base = /on (http:\S+)/.exec(first.stderr())?.[1] ?? '';
  expect((await fetch(`${base}/healthz`)).status).toBe(200);
  first.kill('SIGTERM');
  expect((await first.ended).code).toBe(0);
});

/** A PostgreSQL that knows nobody: asks for the password, and says that it is wrong. */
async function startRefusing(): Promise<number> {
  const message = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    return Buffer.concat([Buffer.from(type), length, body]);
  };
  const clearText = Buffer.from([0, 0, 0, 3]);
  const words = 'SFATAL\0C28P01\0Mpassword authentication failed for user "risbot", not "db-hush"\0\0';
  const server = createServer((socket: Socket) => {
    socket.once('data', () => {
      socket.write(message('R', clearText));
      socket.once('data', () => socket.end(message('E', Buffer.from(words))));
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('a server that cannot be used', () => {
  test('refuses the password', async () => {
    const port = await startRefusing();
    expectRefusal(
      await serve(`postgres://risbot:db-hush@127.0.0.1:${port}/watches`),
      /the PostgreSQL database 127\.0\.0\.1:\d+\/watches refuses risbot: check user, password/,
    );
  });

  test('is not there', async () => {
    expectRefusal(
      await serve('postgres://risbot:db-hush@127.0.0.1:1/watches'),
      /the PostgreSQL database 127\.0\.0\.1:1\/watches cannot be reached: check that the server runs/,
    );
  });

  test('is no URL of one', async () => {
    const { code, stderr } = await serve('mysql://risbot:db-hush@db/watches');
    expect([code, stderr]).toMatchObject([3, expect.stringContaining('RISBOT_DATABASE: must be')]);
    expect(stderr).not.toContain('hush');
  });
});
