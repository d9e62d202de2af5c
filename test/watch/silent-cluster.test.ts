/** A cluster that says nothing since the start holds back what is watched of it, and nothing else. */
import { expect, test } from 'vitest';
import type { Lookup } from '../../src/device/lookup.ts';
import { type Day, openDay } from '../proof/day.ts';

const PHONE = 'SEPE8B7480316D6';
const room = (name: string) => ({ room: { platform: 'slack', room: name } });

/** Three rooms: one of `prod`, one of `lab`, one of both. `lab` is silent until it fails. */
async function openBoth() {
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {});
  const silent: Lookup = (_query, asked) =>
    Promise.race([
      failed.promise,
      new Promise<never>((_resolve, reject) => {
        asked?.signal?.addEventListener('abort', () => reject(asked.signal?.reason));
      }),
    ]);
  const day = await openDay({ cucm: { devices: 60 }, others: { lab: silent } });
  await day.watch('all phones', room('#prod'));
  await day.watch('all phones', room('#both'));
  await day.pass('3 min');
  await day.watch('all phones', { cluster: 'lab', ...room('#lab') });
  await day.watch('all phones', { cluster: 'lab', ...room('#both') });
  const toldIn = (name: string) => day.heard().filter((one) => one.room === name);
  return {
    day,
    toldIn,
    fail: () => failed.reject(Object.assign(new Error('no answer'), { code: 'timeout' })),
  };
}

/** Seconds from `at` to what the room hears first. */
function firstIn(day: Day, name: string, at: number): number | undefined {
  const [first] = day.heard().filter((one) => one.room === name && one.at >= at);
  return first && (first.at - at) / 1000;
}

test('rooms hear of a loss on the other cluster at the usual time, those that watch both included', async () => {
  const { day, toldIn } = await openBoth();
  const at = day.clock.cucm.now();
  day.play(`unplug ${PHONE}`);
  await day.pass('9 min');
  expect(firstIn(day, '#prod', at)).toBeLessThan(420);
  expect(firstIn(day, '#both', at)).toBe(firstIn(day, '#prod', at));
  expect(toldIn('#lab')).toEqual([]);
});

test('a silent cluster is spoken of when its question has failed, to those who watch it', async () => {
  const { day, toldIn, fail } = await openBoth();
  await day.pass('5 min');
  expect(day.heard()).toEqual([]);
  fail();
  await day.pass('2 min');
  expect(toldIn('#prod')).toEqual([]);
  expect(toldIn('#lab')).toHaveLength(1);
  expect(toldIn('#both')).toHaveLength(1);
});

test('a mute of everything that ends meanwhile is over for all of it at once, as soon as it has failed', async () => {
  const { day, toldIn, fail } = await openBoth();
  const until = day.clock.clock.now() + 8 * 60_000;
  const about = { type: 'room' } as const;
  for (const name of ['#prod', '#both']) {
    await day.desk().mutes.add({ cluster: null, about, until, by: 'maria', why: 'works', ...room(name) });
  }
  await day.pass('10 min');
  expect(toldIn('#prod').map(({ announcement }) => announcement.type)).toEqual(['mute-over']);
  expect(toldIn('#both')).toEqual([]);
  fail();
  await day.pass('10 s');
  expect(toldIn('#both').map(({ announcement }) => announcement.type)).toContain('mute-over');
});
