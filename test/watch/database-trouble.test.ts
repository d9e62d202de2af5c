/** The database fails while the watch is at work: it goes on looking, loses nothing, and tells nothing twice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { type Day, openDay } from '../proof/day.ts';

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
