/** Signs of formatting that were typed, where nobody says what was formatted. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MENTION, undoListNumbers, undoTypedMarks } from '../../src/chat/typed-marks.ts';

const read = (typed: string) =>
  undoTypedMarks(typed.replaceAll('@risbot', MENTION)).replace(/ +/g, ' ').trim();

describe('signs around the mention go', () => {
  test.each([
    ['*@risbot* 1002', '1002'],
    ['*@risbot 1002*', '1002'],
    ['_@risbot_ 1002', '1002'],
    ['*_@risbot_* 1002', '1002'],
    ['**@risbot** 1002', '1002'],
    ['~*@risbot* 1002~', '1002'],
    ['why *@risbot* 1002', 'why 1002'],
    ['1002 *@risbot*', '1002'],
    ['*4455 and *@risbot*', '*4455 and'],
    ['*@risbot*', ''],
    ['*@risbot', ''],
    ['@risbot*', ''],
    ['@risbot *4455', '*4455'],
  ])('%s', (typed, text) => {
    expect(read(typed)).toBe(text);
  });
});

describe('signs around what is no pattern go', () => {
  test.each([
    ['*00:11:22:33:44:55*', '00:11:22:33:44:55'],
    ['*00 11 22 33 44 55*', '00 11 22 33 44 55'],
    ['*0011.2233.4455*', '0011.2233.4455'],
    ['*SEP001122334455*', 'SEP001122334455'],
    ['*SEP001122334455 1002*', 'SEP001122334455 1002'],
    ['why *10.4.2.21*', 'why 10.4.2.21'],
    ['*10.4.2.0/24*', '10.4.2.0/24'],
    ['*2001:db8::17*', '2001:db8::17'],
    ['*anna@example.com*', 'anna@example.com'],
    ['*+14085551234*', '+14085551234'],
    ['*node:cucm2*', 'node:cucm2'],
    ['*LON desk 2*', 'LON desk 2'],
    ['*"Lobby 2"*', '"Lobby 2"'],
    ['*watch* 1002', 'watch 1002'],
    ['unwatch *3*', 'unwatch 3'],
    ['_SEP001122334455_', 'SEP001122334455'],
    ['~1002~ and _1003_.', '1002 and 1003.'],
    ['_*1002*_', '*1002*'],
  ])('%s', (typed, text) => {
    expect(read(typed)).toBe(text);
  });
});

describe('what may be a pattern, or was typed for what it is, stays', () => {
  test.each([
    ['*4455'],
    ['4455*'],
    ['*4455*'],
    ['*1002*, *1003*'],
    ['*4455 SEP0011*'],
    ['*lon*'],
    ['*lon* status:down'],
    ['*AALN/S1/SU0/0@gw*'],
    ['find name:*4455*'],
    ['MTP_2 and CFB_1'],
    ['2 * 3 ~ 4'],
    ['find desc:"a *e* _f_ ~g~"'],
  ])('%s', (typed) => {
    expect(read(typed)).toBe(typed);
  });
});

test.each([
  ['a numbered list is its items', '1. 1002\n2. 1001\n10. 1003', '1002\n1001\n10. 1003'],
  ['below a verb, too', 'watch\n 1) 1002\n 2) 1001', 'watch\n1002\n1001'],
  ['a number at the start of a line is one', '1002. 1003\n3 phones', '1002. 1003\n3 phones'],
])('%s', (_claim, typed, text) => {
  expect(undoListNumbers(typed)).toBe(text);
});

test('whatever is typed, no mark is added, and twice the text takes about twice the time', () => {
  const piece = fc.constantFrom('*', '_', '~', ' ', '\n', '"', MENTION, '1002', 'lon', 'SEP001122334455');
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 60 }).map((all) => all.join('')),
      (typed) => {
        const text = undoTypedMarks(typed);
        expect(text.length).toBeLessThanOrEqual(typed.length);
        expect(text).not.toContain(MENTION);
      },
    ),
  );
  for (const hard of ['*a ', '_a_', '*', '"', `*${MENTION}`, '*a_']) {
    const costs = [20_000, 40_000].map((length) => {
      const text = hard.repeat(length / hard.length);
      undoTypedMarks(text);
      const before = process.cpuUsage();
      for (let i = 0; i < 3; i += 1) undoTypedMarks(text);
      return process.cpuUsage(before).user;
    });
    // Quadratic would be four times; the constant is for a machine with other things to do.
    expect(costs[1]).toBeLessThan(3 * (costs[0] ?? 0) + 50_000);
  }
});
