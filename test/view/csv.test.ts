import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deviceRows, toCsv } from '../../src/view/csv.ts';
import { row } from '../command/fixture.ts';

function line(cell: string): string {
  return toCsv({ columns: ['a'], cells: [[cell]] }).slice('a\r\n'.length, -2);
}

describe('a cell that starts like a formula is text', () => {
  test.each([
    ['=cmd()', "'=cmd()"],
    ['+44 20', "'+44 20"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    [' =cmd()', "' =cmd()"],
    ['\n=cmd()', '"\'\n=cmd()"'],
    ['\uFF1Dcmd()', "'\uFF1Dcmd()"],
    ['=1,"x"', '"\'=1,""x"""'],
    ['front desk', 'front desk'],
    ['a=b', 'a=b'],
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['a\nb', '"a\nb"'],
  ])('%j → %j', (cell, expected) => {
    expect(line(cell)).toBe(expected);
  });

  test('whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (cell) => {
        expect(line(cell).replace(/^"/, '')).not.toMatch(/^[\s\u00A0]*[=+@-]/);
      }),
    );
  });
});

test('every device is a row, with its reason and models in words', () => {
  const device = row({ status: 'UnRegistered', statusReason: 13, timeStamp: 0, description: '=cmd()' });
  const rows = deviceRows([{ device, older: [] }]);
  const [cells] = rows.cells;
  expect(cells).toHaveLength(rows.columns.length);
  expect(cells).toContain('Cisco 8845');
  expect(cells?.[rows.columns.indexOf('since')]).toBe('');
  expect(cells?.[rows.columns.indexOf('cause')]).not.toBe('');
});
