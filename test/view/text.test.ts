import { describe, expect, test } from 'vitest';
import { parse } from '../../src/command/parse.ts';
import {
  asSubject,
  count,
  counted,
  duration,
  joined,
  moment,
  numbersOf,
  quoted,
  statusWords,
} from '../../src/view/text.ts';
import { row } from '../command/fixture.ts';

const MINUTE = 60_000;

test.each([
  [-5, '0 s'],
  [0, '0 s'],
  [1499, '1 s'],
  [59_000, '59 s'],
  [3 * MINUTE, '3 min'],
  [59.9 * MINUTE, '59 min'],
  [5 * 60 * MINUTE, '5 h'],
  [47 * 60 * MINUTE, '47 h'],
  [48 * 60 * MINUTE, '2 days'],
  [1240 * 24 * 60 * MINUTE, '1\u00A0240 days'],
  [Number.NaN, '0 s'],
])('%i ms are %s', (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1240, '1\u00A0240'],
  [1_234_567, '1\u00A0234\u00A0567'],
])('%i is written %s', (n, words) => {
  expect(count(n)).toBe(words);
});

describe('words', () => {
  test.each([
    [counted(1, 'phone'), '1 phone'],
    [counted(2, 'phone'), '2 phones'],
    [joined([]), ''],
    [joined(['a']), 'a'],
    [joined(['a', 'b', 'c']), 'a, b and c'],
    [joined(['a', 'b'], 'or'), 'a or b'],
    [statusWords('UnRegistered'), 'Not registered'],
    [statusWords('Brand-new'), 'Brand-new'],
    [statusWords(''), 'Unknown'],
    [moment(Date.UTC(2026, 2, 12, 14, 2)), '2026-03-12 14:02 UTC'],
    [moment(Number.MAX_VALUE), ''],
  ])('%s', (words, expected) => {
    expect(words).toBe(expected);
  });

  test('a long text is cut, and does not end in half a character', () => {
    const text = quoted('😀'.repeat(500));
    expect(text.length).toBeLessThan(210);
    expect(text.isWellFormed()).toBe(true);
  });
});

test.each(['SEP001122334455', 'HQ-GW', 'AALN/S1/SU0/0@HQ', 'front desk', '1002', 'why', 'a"b', 'x:y', '*x'])(
  'a name is typed so that it is read as that name: %s',
  (name) => {
    const read = parse(asSubject(name));
    expect(read.type === 'command' ? read.command.verb : '').toBe('device');
  },
);

test.each([
  [{ linesStatus: [{ directoryNumber: '1002', status: 'Registered' }], dirNumber: '9-Registered' }, ['1002']],
  [{ linesStatus: [], dirNumber: '6961-Registered, 6962-UnRegistered' }, ['6961', '6962']],
  [{ linesStatus: [], dirNumber: '' }, []],
])('numbers come from lines, or from the summary of them', (fields, expected) => {
  expect(numbersOf(row(fields))).toEqual(expected);
});
