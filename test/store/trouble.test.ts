/** SQLite files that cannot be used: each is said at the start in plain words, and nothing in them is overwritten. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock as clock } from '../../src/clock.ts';
import { openStore } from '../../src/store/open.ts';
import { readStore } from '../../src/store/read.ts';
import type { Store, StoreOptions } from '../../src/store/store.ts';
import { known } from '../watch/known.ts';
import { ROOM, transition } from './samples.ts';

const HOLD = join(import.meta.dirname, 'hold.ts');
/** "Nobody" of every system, when the tests run as root, whom no file is closed to. */
const NOBODY = 65_534;

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'risbot-trouble-'));
  path = join(folder, 'risbot.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (options: Partial<StoreOptions> = {}) =>
  openStore({ url: `sqlite:${path}`, clock, version: '1.0.0', ...options });

/** A database with something in it, closed. */
async function filled(): Promise<void> {
  const store = await open();
  const names = Array.from({ length: 300 }, (_, at) => `SEP${at}`);
  await store.commit({
    known: names.map((name) => known(name)),
    transitions: names.map((name) => transition({ name })),
  });
  await store.close();
}

const refusal = (options?: Partial<StoreOptions>) =>
  open(options).then(
    async (store) => {
      await store.close();
      return Object.assign(new Error('it opened'), { code: `opened, ${statSync(path).size} bytes` });
    },
    (error: Error & { code?: string }) => error,
  );

/** Refused with these words, and the file is as it was. */
async function refused(code: string, words: RegExp): Promise<void> {
  const before = readFileSync(path);
  const error = await refusal();
  expect(error).toMatchObject({ name: 'StoreError', code });
  expect(error.message).toMatch(words);
  expect(error.message).toContain(path);
  expect(readFileSync(path).equals(before)).toBe(true);
}

describe('a file that is no database of ours', () => {
  test.each([
    ['text', 'Dear diary, today I was taken for a database.\n'.repeat(99)],
    ['a few bytes', 'SQLi'],
    ['zeros', '\0'.repeat(8_192)],
  ])('%s is refused', async (_claim, content) => {
    writeFileSync(path, content);
    await refused('damaged', /restore a backup, or move it away/);
  });

  test('another program’s database is refused', async () => {
    const other = new DatabaseSync(path);
    other.exec('create table addresses (name text); insert into addresses values (1)');
    other.close();
    await refused('damaged', /tables of another program, such as addresses/);
  });

  test('an empty file is a new database', async () => {
    writeFileSync(path, '');
    await (await open()).close();
    expect(statSync(path).size).toBeGreaterThan(0);
  });

  test('one cut short is refused wherever it was cut', async () => {
    await filled();
    const whole = join(folder, 'whole.db');
    copyFileSync(path, whole);
    const { size } = statSync(whole);
    for (const length of [1, 50, 99, 100, 511, 512, 4_095, 4_096, 10_000, size / 2, size - 4_096, size - 1]) {
      copyFileSync(whole, path);
      truncateSync(path, Math.floor(length));
      await refused('damaged', /Nothing in it was changed/);
    }
    copyFileSync(whole, path);
    const store = await open();
    expect((await store.load()).known).toHaveLength(300);
    await store.close();
  });

  test('one with pages that were overwritten is refused', async () => {
    await filled();
    const bytes = readFileSync(path);
    bytes.fill(0xff, 8_192, 20_480);
    writeFileSync(path, bytes);
    await refused('damaged', /Nothing in it was changed/);
  });

  test('one of a newer risbot is refused, and says which', async () => {
    await (await open({ version: '9.9.9' })).close();
    const later = new DatabaseSync(path);
    later.exec("insert into risbot_migration values ('0999-later', 'then'); pragma wal_checkpoint(truncate)");
    later.close();
    await refused('newer', /written by risbot 9\.9\.9, which is newer than this one, 1\.0\.0/);
    await expect(readStore(`sqlite:${path}`)).rejects.toMatchObject({ code: 'newer' });
  });

  test('a folder, and a file in a folder that is not there, are refused', async () => {
    mkdirSync(path);
    expect(await refusal()).toMatchObject({
      code: 'failed',
      message: expect.stringContaining('it is a folder'),
    });
    path = join(folder, 'none', 'risbot.db');
    expect(await refusal()).toMatchObject({
      code: 'failed',
      message: expect.stringContaining('there is no folder'),
    });
  });
});

describe('what may not be written', () => {
  /** The same in a process without root's rights. */
  function openAsNobody(): string {
    const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    const { stdout, stderr } = spawnSync(process.execPath, [HOLD, `sqlite:${path}`, 'once'], {
      ...asNobody,
      encoding: 'utf8',
    });
    return `${stdout}${stderr}`;
  }

  /** A folder that the process may use, as far as its mode says. */
  function give(one: string, mode: number): void {
    if (process.getuid?.() === 0 && existsSync(one)) chownSync(one, NOBODY, NOBODY);
    chmodSync(one, mode);
  }

  test('a file is refused as read-only', async () => {
    await filled();
    give(folder, 0o700);
    give(path, 0o400);
    const before = readFileSync(path);
    expect(openAsNobody()).toMatch(/^read-only: the database .* cannot be written: it is read-only/);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('a folder is refused as read-only, with or without a file in it', async () => {
    give(folder, 0o500);
    expect(openAsNobody()).toMatch(/^read-only: .*its folder .* is read-only for this user/);
    give(folder, 0o700);
    await filled();
    give(path, 0o600);
    give(folder, 0o500);
    expect(openAsNobody()).toMatch(/^read-only: .*its folder/);
    give(folder, 0o700);
    rmSync(`${path}.lock`);
    expect(openAsNobody()).toMatch(/^open/);
  });
});

describe('a database that is held', () => {
  test('by another program is refused as locked, and works once that lets go', async () => {
    await filled();
    const other = new DatabaseSync(path);
    other.exec('begin immediate');
    expect(await refusal({ patienceMs: 50 })).toMatchObject({
      code: 'locked',
      message: expect.stringContaining('locked by another program'),
    });
    other.exec('rollback');
    other.close();
    await (await open()).close();
  });

  test('by another risbot is refused, under another name of the file, too', async () => {
    const store = await open();
    const link = join(folder, 'link.db');
    symlinkSync(path, link);
    expect(await refusal({ url: `sqlite:${link}` })).toMatchObject({ code: 'in-use' });
    await store.close();
    await (await open({ url: `sqlite:${link}` })).close();
  });

  test('by a process that is killed is free at once, with all that it had committed', async () => {
    const other = spawn(process.execPath, [HOLD, `sqlite:${path}`, 'stay'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(other.stdout, 'data');
    const error = await refusal();
    expect(error).toMatchObject({ code: 'in-use' });
    expect(error.message).toContain(`process ${other.pid} on `);
    other.kill('SIGKILL');
    await once(other, 'exit');
    const store = await open();
    expect((await store.load()).known.map(({ row }) => row.name)).toEqual(['SEPHELD']);
    await store.close();
  });
});

test('a process that is killed while it writes leaves whole commits', async () => {
  const writer = spawn(process.execPath, [HOLD, `sqlite:${path}`, 'write'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(writer.stdout, 'data');
  writer.kill('SIGKILL');
  await once(writer, 'exit');
  const store = await open();
  const count = (await store.load()).known.length;
  expect(count).toBeGreaterThan(20);
  expect(await store.outbox.count(ROOM)).toBe(count);
  const past = await store.past.transitions({ cluster: 'prod', names: null, since: 0, limit: 1_000_000 });
  expect(past).toHaveLength(count);
  await store.close();
});

describe('trouble while it runs', () => {
  const many = (count: number) => ({
    transitions: Array.from({ length: count }, (_, at) =>
      transition({ name: `SEP${at}`, description: 'x'.repeat(500) }),
    ),
  });

  async function troubled(store: Store): Promise<string> {
    const message = store.trouble();
    if (message === null) throw new Error('all is well');
    return message;
  }

  test('a full disk loses the commit and nothing else, and is said until one succeeds', async () => {
    const heard: string[] = [];
    const log = { warn: (_fields: object, message: string) => heard.push(message) };
    const store = await open({ pragmas: ['max_page_count = 120'], log });
    await store.commit({ known: [known('SEP1')] });
    await expect(store.commit(many(2_000))).rejects.toMatchObject({ name: 'StoreError', code: 'full' });
    await expect(store.commit(many(2_000))).rejects.toMatchObject({ code: 'full' });
    expect(await troubled(store)).toMatch(/has no room left: free some on its disk/);
    expect((await store.load()).known).toHaveLength(1);
    expect(await troubled(store)).toMatch(/no room left/);
    await store.commit({ known: [known('SEP2')] });
    expect(store.trouble()).toBeNull();
    expect(heard).toEqual(['the database fails', 'the database works again']);
    await store.close();
    expect((await (await open()).load()).known).toHaveLength(2);
  });

  test('a disk that is full at the first start says so, and the next start begins anew', async () => {
    expect(await refusal({ pragmas: ['max_page_count = 8'] })).toMatchObject({ code: 'full' });
    await (await open()).close();
  });

  test('a lock of another program is waited for, then said', async () => {
    const store = await open({ patienceMs: 50 });
    const other = new DatabaseSync(path);
    other.exec('begin immediate');
    await expect(store.commit({ known: [known('SEP1')] })).rejects.toMatchObject({ code: 'locked' });
    expect(await troubled(store)).toContain('locked by another program');
    other.exec('rollback');
    other.close();
    await store.commit({ known: [known('SEP1')] });
    expect(store.trouble()).toBeNull();
    await store.close();
  });

  test('a lock of another program keeps nothing else waiting: between two tries the clock is asked', async () => {
    let elapsed = 0;
    let onSleep = () => {};
    const turned = {
      ...clock,
      monotonic: () => elapsed,
      async sleep(ms: number) {
        elapsed += ms;
        onSleep();
      },
    };
    const store = await open({ clock: turned });
    const other = new DatabaseSync(path);
    other.exec('begin immediate');
    await expect(store.commit({ known: [known('SEP1')] })).rejects.toMatchObject({ code: 'locked' });
    expect(elapsed).toBe(5_000);
    onSleep = () => {
      if (elapsed > 7_000 && other.isOpen) other.close();
    };
    await store.commit({ known: [known('SEP2')] });
    expect((await store.load()).known.map(({ row }) => row.name)).toEqual(['SEP2']);
    await store.close();
  });

  test('nothing is heard of what is closed', async () => {
    const store = await open();
    await store.close();
    await store.close();
    await expect(store.commit({})).rejects.toMatchObject({ name: 'StoreError', code: 'failed' });
  });
});

test('a quiet day of forty thousand phones adds less than 5 MB', async () => {
  const store = await open({ pragmas: ['synchronous = off'] });
  const phones = Array.from({ length: 40_000 }, (_, at) =>
    known(`SEP${String(at).padStart(12, '0')}`, {
      row: {
        description: `Desk ${at}, a place with a name`,
        dirNumber: `${at}-Registered`,
        activeLoadId: 'sip88xx.14-2-1-0101-21',
      },
    }),
  );
  await store.commit({ known: phones });
  // One look, so that the log beside the file is cut back first.
  await store.commit({ lookedAt: { prod: 0 } });
  const size = () => [path, `${path}-wal`].reduce((sum, file) => sum + statSync(file).size, 0);
  const before = size();
  const rows = Object.fromEntries(
    phones.slice(0, 800).map(({ row }) => [`${row.name} cucm1`, 'UnRegistered 1700000000']),
  );
  const stateInfo = `<StateInfo>${'<Node Name="cucm1" SubsystemStartTime="1700000000" StateId="12345"/>'.repeat(4)}</StateInfo>`;
  for (let look = 0; look < 2_000; look += 1) {
    await store.commit({
      lookedAt: { prod: look },
      standing: [
        {
          cluster: 'prod',
          key: 'exceptions',
          stateInfo: `${stateInfo}${look}`,
          baselined: true,
          parts: null,
          rows,
        },
      ],
      // A phone goes and comes back now and then.
      ...(look % 2 === 0 && {
        known: [phones[look] ?? known('SEP1')],
        transitions: [
          transition({ name: `SEP${String(look).padStart(12, '0')}`, at: look }),
          transition({ kind: 'back', at: look }),
        ],
      }),
    });
  }
  expect(size() - before).toBeLessThan(5_000_000);
  await store.close();
}, 60_000);
