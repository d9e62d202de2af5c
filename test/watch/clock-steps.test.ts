/** The machine's clock is set while the watch is at work: graces and mutes go on as if it had not been. */
import { describe, expect, test } from 'vitest';
import { type Day, openDay } from '../proof/day.ts';

const PHONE = 'SEPE8B7480316D6';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 2, 2, 8);

const steps: readonly (readonly [string, number])[] = [
  ['forward by ten minutes', 10 * MINUTE],
  ['back by ten minutes', -10 * MINUTE],
  ['forward by an hour', HOUR],
  ['back by an hour', -HOUR],
];

/** Seconds since the day began, and the title. */
function posts(day: Day): readonly string[] {
  return day
    .heard()
    .map(({ at, how }, n) => ({ at: (at - START) / 1000, how, title: day.titles()[n] ?? '' }))
    .filter(({ how }) => how === 'posts')
    .map(({ at, title }) => `${at} ${title.replace(/^.*?: /, '')}`);
}

/** What a day sounds like whose clock is set by `step` in the middle of what it plays. */
async function heardWith(
  step: (day: Day) => unknown,
  play: (day: Day, step: () => unknown) => Promise<void>,
) {
  const day = await openDay({ cucm: { devices: 60 } });
  await day.watch('all phones');
  await day.pass('3 min');
  await play(day, () => step(day));
  return posts(day);
}

const plays: Readonly<Record<string, (day: Day, step: () => unknown) => Promise<void>>> = {
  async 'a failover'(day, step) {
    day.play('node down cucm2');
    await day.pass('25 s');
    step();
    await day.pass('5 min');
  },
  async 'a grace'(day, step) {
    day.play(`unplug ${PHONE}`);
    await day.pass('3 min');
    step();
    await day.pass('5 min');
  },
  async 'a mute'(day, step) {
    await day.desk().mutes.add({
      cluster: null,
      room: { platform: 'slack', room: '#noc' },
      about: { type: 'room' },
      until: day.clock.clock.now() + 10 * MINUTE,
      by: 'maria',
      why: 'works',
    });
    day.play(`unplug ${PHONE}`);
    await day.pass('5 min');
    step();
    await day.pass('8 min');
  },
};

describe.each(Object.entries(plays))('%s is told as if nothing had been set', (_name, play) => {
  let usual: Promise<readonly string[]> | null = null;
  test.each(steps)('%s', async (_claim, byMs) => {
    usual ??= heardWith(() => {}, play);
    expect(await heardWith((day) => day.clock.set(byMs), play)).toEqual(await usual);
  });
});

test('a clock that is set by a little all the time neither', async () => {
  const play = async (day: Day, step: () => unknown) => {
    day.play('node down cucm2');
    for (let n = 0; n < 60; n += 1) {
      await day.pass('5 s');
      step();
    }
    await day.pass('1 min');
  };
  const usual = await heardWith(() => {}, play);
  for (const byMs of [2_000, -2_000]) {
    expect(await heardWith((day) => day.clock.set(byMs), play)).toEqual(usual);
  }
});

describe.each(steps)('after the clock was set %s', (_claim, byMs) => {
  const room = { platform: 'slack', room: '#noc' };
  const muted = { cluster: null, room, about: { type: 'room' }, by: 'maria', why: 'works' } as const;

  test('a mute that is ordered for ten minutes lasts ten minutes, and is shown by the wall clock', async () => {
    const day = await openDay({ cucm: { devices: 60 } });
    await day.watch('all phones');
    day.clock.set(byMs);
    await day.pass('1 min');
    const until = day.clock.clock.now() + 10 * MINUTE;
    const mute = await day.desk().mutes.add({ ...muted, until });
    expect(mute.until).toBe(until);
    await day.pass('9 min');
    expect(day.desk().mutes.list(null)).toEqual([{ ...mute, until }]);
    await day.pass('2 min');
    expect(day.desk().mutes.list(null)).toEqual([]);
  });

  test('a watch that ends at a moment ends when the wall clock shows it', async () => {
    const day = await openDay({ cucm: { devices: 60 } });
    day.clock.set(byMs);
    const until = day.clock.clock.now() + 10 * MINUTE;
    await day.watch('all phones', { until });
    await day.pass('9 min');
    expect(
      day
        .desk()
        .watches.list(null)
        .map(({ watch }) => watch.until),
    ).toEqual([until]);
    await day.pass('2 min');
    expect(day.desk().watches.list(null)).toEqual([]);
  });

  test('quiet hours begin and end by the wall clock', async () => {
    const at = (ms: number) => Math.floor((((START + ms) / MINUTE) % 1440) + 1440) % 1440;
    const hours = { rooms: null, platform: null, timeZone: 'UTC', massBreaksThrough: false };
    // By the clock as it is set: from 5 min after that until 25 min after.
    const quietHours = [{ ...hours, from: at(byMs + 5 * MINUTE), until: at(byMs + 25 * MINUTE) }];
    const day = await openDay({ cucm: { devices: 60 }, quietHours });
    await day.watch('all phones', { graceMs: MINUTE });
    day.clock.set(byMs);
    await day.pass('6 min');
    day.play(`unplug ${PHONE}`);
    await day.pass('30 min');
    const [first = ''] = posts(day);
    expect(Number(first.split(' ')[0])).toBeGreaterThanOrEqual(25 * 60);
    expect(Number(first.split(' ')[0])).toBeLessThan(25 * 60 + 30);
    expect(first).toContain(PHONE);
  });
});

test('a machine whose clock is set before risbot is started again does not go back in time', async () => {
  const day = await openDay({ cucm: { devices: 60 } });
  await day.watch('all phones');
  await day.pass('3 min');
  day.play(`unplug ${PHONE}`);
  await day.pass('4 min');
  await day.stopBot();
  day.clock.set(-HOUR);
  await day.startBot();
  await day.pass('10 min');
  expect(posts(day)).toEqual([expect.stringContaining(PHONE)]);
});
