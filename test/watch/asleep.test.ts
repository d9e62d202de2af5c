/** The machine sleeps for a day, and everything is as late as it can be. */
import { expect, test } from 'vitest';
import { openDay } from '../proof/day.ts';

const PHONE = 'SEPE8B7480316D6';

test.each(['all phones', PHONE])(
  '%s: a phone in grace that came back meanwhile is no outage, and one that did not is told',
  async (text) => {
    for (const comesBack of [true, false]) {
      const day = await openDay({ cucm: { devices: 60 } });
      await day.watch(text);
      await day.pass('5 min');
      day.play(`unplug ${PHONE}`);
      await day.pass('4 min');
      if (comesBack) day.play(`plug ${PHONE}`);
      day.clock.turn(86_400_000);
      await day.pass('12 min');
      const lost = day.titles().filter((title) => title.includes('posts'));
      expect(lost).toEqual(comesBack ? [] : [expect.stringContaining(`${PHONE} (`)]);
    }
  },
);
