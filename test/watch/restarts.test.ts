/** A risbot that ends and is started again all the time tells its rooms what happens all the same. */
import { expect, test } from 'vitest';
import { openDay } from '../proof/day.ts';

const PHONE = 'SEPE8B7480316D6';

test('news do not wait for a risbot that lives longer', async () => {
  const day = await openDay({ cucm: { devices: 60 } });
  await day.watch('all phones', { graceMs: 30_000 });
  await day.pass('5 min');
  day.play(`unplug ${PHONE}`);
  for (let life = 0; life < 40; life += 1) {
    await day.pass('5 s');
    await day.stopBot();
    await day.startBot();
  }
  expect(day.titles().filter((title) => title.includes(PHONE))).toEqual([
    expect.stringContaining('lost registration'),
  ]);
});
