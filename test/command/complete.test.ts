import { describe, expect, test } from 'vitest';
import { complete, lastWord } from '../../src/command/complete.ts';

const NAMES = [
  { name: 'SEP001122334455', description: 'Front desk', numbers: ['1001', '1002'] },
  { name: 'HQ GW', description: '', numbers: [] },
];

describe('the last word becomes', () => {
  test.each([
    ['a verb or a filter', 'do', ['down', 'download:']],
    ['a verb or a filter', 'mo', ['model', 'model:']],
    ['a filter', 'down no', ['node:']],
    ['a value', 'down status:unr', ['status:unregistered']],
    ['a value after a star of its own', 'down status:!rej', ['status:!rejected']],
    ['a model', 'find model:8845', ['model:8845']],
    ['a description in quotes', 'find desc:"Fr', ['desc:"Front desk"']],
    ['a class', 'find class:ga', ['class:gateway']],
    ['a known name', 'why sep00', ['SEP001122334455']],
    ['a known number', 'lines 100', ['1001', '1002']],
    ['a known name as a value', 'find name:HQ', ['name:"HQ GW"']],
    ['a known description', 'find desc:fr', ['desc:"Front desk"']],
    ['a verb after help', 'help do', ['down']],
    ['a verb of the watch', 'unw', ['unwatch']],
    ['an option of the verb', 'watch SEP001122334455 gr', ['grace:']],
    ['an option without a value', 'watch 1002 d', ['dm', 'download:', 'dn:', 'desc:']],
    ['no option of another verb', 'find gr', []],
    ['a usual value of an option', 'watch 1002 until:b', ['until:back']],
    ['a usual length of time', 'mute for:', ['for:1h', 'for:2h', 'for:8h', 'for:1d', 'for:7d']],
    ['nothing, when nothing fits', 'zzz', []],
    ['nothing, after a field nobody knows', 'colour:r', []],
  ])('%s: %s', (_claim, text, expected) => {
    expect(complete(text, NAMES)).toEqual(expected);
  });
});

test.each([
  ['why +14', ['+14085551234']],
  ['why \\+14', ['+14085551234']],
  ['find dn:+14', ['dn:+14085551234']],
  ['find dn:\\+14', ['dn:+14085551234']],
])('a number that CUCM keeps with a backslash is completed: %s', (text, expected) => {
  expect(complete(text, [{ name: 'X', description: '', numbers: ['\\+14085551234'] }])).toEqual(expected);
});

test('no more than asked for, however many are known', () => {
  const many = Array.from({ length: 1000 }, (_, i) => ({ name: `SEP${i}`, description: '', numbers: [] }));
  expect(complete('why SEP', many, 5)).toHaveLength(5);
});

test.each([
  ['down no', 'no'],
  ['down ', ''],
  ['1001,10', '10'],
])('the last word of "%s" is "%s"', (text, word) => {
  expect(lastWord(text)).toBe(word);
});
