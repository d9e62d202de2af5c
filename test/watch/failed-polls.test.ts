/** CUCM refuses some requests and answers the others: what it shows is believed, and only silence is blindness. */
import { describe, expect, test } from 'vitest';
import { type Day, openDay } from '../proof/day.ts';

const PHONE = 'SEPE8B7480316D6';
const MINUTE = 60_000;
const START = Date.UTC(2026, 2, 2, 8);

/** Whether the n-th request, from 1, fails. */
type Pattern = (n: number) => boolean;

/** The same each time. */
function byChance(share: number, seed: number): Pattern {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 < share;
  };
}

/** A day in whose cluster requests fail as said from the fourth minute on. */
async function openBusy(kind: 'unavailable' | 'reset' | 'unauthorized' | 'ratecontrol' | 'text500') {
  let fails: Pattern | null = null;
  let asked = 0;
  const hook = () => {
    asked += 1;
    if (fails !== null) day.cucm.cluster.service.misbehaviour = fails(asked) ? { kind, left: 1 } : null;
    return 0;
  };
  const day: Day = await openDay({ cucm: { devices: 60, latencyMs: hook } });
  await day.watch('all phones');
  await day.pass('4 min');
  const heard = () =>
    day
      .titles()
      .map((title) => `${(Date.parse(`2026-03-02T${title.slice(0, 8)}Z`) - START) / 1000} ${title}`);
  return {
    day,
    fail(pattern: Pattern) {
      asked = 0;
      fails = pattern;
    },
    mend() {
      fails = () => false;
    },
    /** Seconds from a moment to the first message with the words; null: none came. */
    secondsTo(at: number, words: string): number | null {
      const found = day.heard().findIndex((one, n) => one.at >= at && day.titles()[n]?.includes(words));
      const one = day.heard()[found];
      return one === undefined ? null : (one.at - at) / 1000;
    },
    heard,
  };
}

const everyNth =
  (n: number): Pattern =>
  (asked) =>
    asked % n === 0;

describe('a loss is told in time, and nothing else is said', () => {
  test.each<readonly [claim: string, kind: Parameters<typeof openBusy>[0], fails: Pattern, withinS: number]>([
    ['one request in five', 'unavailable', everyNth(5), 420],
    ['one in three', 'unavailable', everyNth(3), 420],
    ['one in two', 'unavailable', everyNth(2), 420],
    ['a third, by chance', 'unavailable', byChance(1 / 3, 3), 420],
    ['half, by chance', 'unavailable', byChance(1 / 2, 7), 700],
    ['half, by chance, as broken connections', 'reset', byChance(1 / 2, 11), 700],
    ['half, by chance, as errors without a word', 'text500', byChance(1 / 2, 13), 700],
    ['one in three, as a password refused', 'unauthorized', everyNth(3), 700],
  ])('%s fails', async (_claim, kind, fails, withinS) => {
    const { day, fail, secondsTo } = await openBusy(kind);
    fail(fails);
    await day.pass('2 min');
    day.play(`unplug ${PHONE}`);
    const at = day.clock.cucm.now();
    await day.pass('12 min');
    expect(secondsTo(at, PHONE)).toBeLessThanOrEqual(withinS);
    expect(day.titles().filter((title) => !title.includes(PHONE))).toEqual([]);
  });
});

describe('a cluster without an answer', () => {
  test.each<readonly [claim: string, kind: Parameters<typeof openBusy>[0]]>([
    ['that is unavailable', 'unavailable'],
    ['that breaks connections', 'reset'],
    ['that refuses the password', 'unauthorized'],
    ['that says it is asked too often', 'ratecontrol'],
  ])(
    '%s is called that after a minute, and can be seen again once it answers for a while',
    async (_claim, kind) => {
      const { day, fail, mend, secondsTo } = await openBusy(kind);
      const at = day.clock.cucm.now();
      fail(() => true);
      await day.pass('10 min');
      const cannot = secondsTo(at, 'Cannot see');
      expect(cannot).toBeGreaterThanOrEqual(60);
      expect(cannot).toBeLessThanOrEqual(75);
      mend();
      await day.pass('10 min');
      expect(day.titles()).toHaveLength(3);
      expect(secondsTo(at, 'again')).not.toBeNull();
    },
  );

  test('for less than a minute is not spoken of', async () => {
    const { day, fail, mend } = await openBusy('unavailable');
    for (let round = 0; round < 5; round += 1) {
      fail(() => true);
      await day.pass('50 s');
      mend();
      await day.pass('30 s');
    }
    expect(day.titles()).toEqual([]);
  });

  test('but for one now and then stays on one card, until they keep coming', async () => {
    const { day, fail, mend, heard } = await openBusy('unavailable');
    fail((asked) => asked <= 10 || asked % 5 !== 0);
    await day.pass('30 min');
    expect(heard()).toEqual([expect.stringContaining('Cannot see prod')]);
    mend();
    await day.pass('5 min');
    expect(day.titles().slice(1)).toEqual([
      expect.stringContaining('changes 1: Can see prod again'),
      expect.stringContaining('answers 1: Can see prod again'),
    ]);
  });
});

test('an open outage is not over because a look has failed, and its return is told in time', async () => {
  const { day, fail, secondsTo } = await openBusy('unavailable');
  day.play(`unplug ${PHONE}`);
  await day.pass('8 min');
  expect(day.titles()).toHaveLength(1);
  fail(everyNth(2));
  await day.pass('20 min');
  expect(day.titles()).toHaveLength(1);
  day.play(`plug ${PHONE}`);
  const at = day.clock.cucm.now();
  await day.pass('10 min');
  expect(secondsTo(at, 'is back')).toBeLessThanOrEqual(2 * (MINUTE / 1000));
});
