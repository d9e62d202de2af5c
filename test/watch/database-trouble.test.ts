/** The database fails while the watch is at work: it goes on looking, loses nothing, and tells nothing twice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Delta } from '../../src/watch/ports.ts';
import { type Day, openDay } from '../proof/day.ts';
import { dropSchemas, freshSchema, IS_REQUIRED, onServer, POSTGRES } from '../store/server.ts';

const PHONE = 'SEPE8B7480316D6';
const OTHER = 'SEPF01FAF38ABC2';

async function openTroubled(): Promise<{ readonly day: Day; readonly other: DatabaseSync }> {
  const folder = mkdtempSync(join(tmpdir(), 'risbot-failing-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'risbot.db');
  const day = await openDay({ cucm: { devices: 60 }, database: `sqlite:${path}` });
  const other = new DatabaseSync(path);
  onTestFinished(() => void (other.isOpen && other.close()));
  await day.watch('all phones');
  await day.pass('5 min');
  return { day, other };
}

/** What a person orders meanwhile is refused: they are told, and can try again. */
async function refusedOrder(day: Day): Promise<unknown> {
  const refused = day.watch('gateways').then(
    () => 'taken',
    (error: Error) => error.name,
  );
  await day.pass('10 s');
  return refused;
}

/** One loss each, told once, whatever lay between. */
async function expectToldOnce(day: Day): Promise<void> {
  await day.stopBot();
  await day.startBot();
  await day.pass('10 min');
  for (const name of [PHONE, OTHER]) {
    const posts = day.titles().filter((title) => title.includes('posts') && title.includes(name));
    expect(posts).toEqual([expect.stringContaining('lost registration')]);
  }
  expect(day.desk().watches.list(null)).toHaveLength(1);
}

test.each<readonly [claim: string, fail: string, mend: string]>([
  ['locked by another program', 'begin immediate', 'rollback'],
  [
    'that takes nothing',
    "create trigger no_room before insert on transitions begin select raise(abort, 'no room'); end; create trigger no_watch before insert on watches begin select raise(abort, 'no room'); end",
    'drop trigger no_room; drop trigger no_watch',
  ],
])('a database %s', async (_claim, fail, mend) => {
  const { day, other } = await openTroubled();
  other.exec(fail);
  const asked = day.requests();
  day.play(`unplug ${PHONE}`);
  await day.pass('4 min');
  day.play(`unplug ${OTHER}`);
  await day.pass('5 min');
  expect(day.requests() - asked).toBeGreaterThan(20);
  expect(await refusedOrder(day)).toBe('StoreError');
  other.exec(mend);
  await day.pass('5 min');
  await expectToldOnce(day);
});

/** A database that can be taken away and given back, reads and all or writes alone. */
interface Troubled {
  readonly url: string;
  fail(): unknown;
  mend(): unknown;
}

function sqliteFile(fail: string, mend: string): Troubled {
  const folder = mkdtempSync(join(tmpdir(), 'risbot-failing-'));
  const path = join(folder, 'risbot.db');
  let other: DatabaseSync | null = null;
  onTestFinished(() => {
    other?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const run = (sql: string) => {
    other ??= new DatabaseSync(path);
    other.exec(sql);
  };
  return { url: `sqlite:${path}`, fail: () => run(fail), mend: () => run(mend) };
}

async function server(): Promise<Troubled> {
  const { schema, url } = await freshSchema();
  return {
    url,
    fail: () => onServer(`alter schema ${schema} rename to ${schema}_away`),
    mend: () => onServer(`alter schema ${schema}_away rename to ${schema}`),
  };
}

const REFUSED = ['insert on looks', 'insert on outgoing', 'update on outgoing', 'delete on outgoing'];
const NO_ROOM = REFUSED.map(
  (what, n) => `create trigger full_${n} before ${what} begin select raise(abort, 'no room'); end;`,
).join('');
const ROOM = REFUSED.map((_what, n) => `drop trigger full_${n};`).join('');

const renamed = (from: string, to: string) => `alter table ${from} rename to ${to}`;

const databases: readonly (readonly [string, () => Troubled | Promise<Troubled>])[] = [
  ['SQLite on a full disk', () => sqliteFile(NO_ROOM, ROOM)],
  [
    'SQLite that cannot be read either',
    () => sqliteFile(renamed('outgoing', 'away'), renamed('away', 'outgoing')),
  ],
  ...(POSTGRES === '' ? [] : [['PostgreSQL whose tables are gone', server] as const]),
];
if (POSTGRES === '') {
  process.stderr.write('left out: PostgreSQL that goes away; RISBOT_TEST_POSTGRES names none\n');
}

test('there is a PostgreSQL where one is required', () => {
  expect(IS_REQUIRED && POSTGRES === '').toBe(false);
});

describe.each(databases)('%s: what was to be told meanwhile is told as soon as it is back', (_name, open) => {
  afterAll(dropSchemas);

  async function begin(text: string, watched: Parameters<Day['watch']>[1] = {}) {
    const database = await open();
    const committed: Delta[] = [];
    const day = await openDay({
      cucm: { devices: 60 },
      database: database.url,
      onCommitted: (delta) => committed.push(delta),
    });
    await day.watch(text, watched);
    await day.pass('3 min');
    const posts = (of: string) =>
      day.titles().filter((title) => title.includes('posts') && title.includes(of));
    return { database, day, posts, committed };
  }

  test('with nothing else to come', async () => {
    const { database, day, posts, committed } = await begin('all phones');
    await database.fail();
    day.play(`unplug ${PHONE}`);
    await day.pass('8 min');
    expect(posts(PHONE)).toEqual([]);
    await database.mend();
    await day.pass('20 s');
    expect(posts(PHONE)).toEqual([expect.stringContaining('lost registration')]);
    await day.pass('20 min');
    expect(posts(PHONE)).toHaveLength(1);
    // What is counted is what was committed.
    const changes = committed.flatMap(({ transitions = [] }) => transitions);
    expect(changes.map(({ name, kind }) => `${name} ${kind}`)).toEqual([`${PHONE} lost`]);
  });

  test('with somebody’s order as the first to reach it', async () => {
    const { database, day, posts } = await begin('all phones');
    await database.fail();
    day.play(`unplug ${PHONE}`);
    await day.pass('8 min');
    await database.mend();
    await day.watch('gateways');
    expect(posts(PHONE)).toHaveLength(1);
    await day.pass('20 min');
    expect(posts(PHONE)).toHaveLength(1);
  });

  test('with nothing left to be looked at', async () => {
    const { database, day, posts } = await begin(PHONE, { until: Date.UTC(2026, 2, 2, 8, 5) });
    await database.fail();
    await day.pass('30 min');
    await database.mend();
    await day.pass('20 s');
    expect(posts('')).toHaveLength(1);
    await day.pass('20 min');
    expect(posts('')).toHaveLength(1);
  });

  test('with the card in the database before it went, and only the delivery waiting for it', async () => {
    const { database, day, posts } = await begin('all phones');
    day.archive('#noc', true);
    day.play(`unplug ${PHONE}`);
    await day.pass('6 min');
    day.archive('#noc', false);
    await database.fail();
    await day.pass('30 min');
    await database.mend();
    // Half a minute, and the pause of a room that took nothing before.
    await day.pass('90 s');
    expect(posts(PHONE)).toHaveLength(1);
    await day.pass('20 min');
    expect(posts(PHONE)).toHaveLength(1);
  });
});
