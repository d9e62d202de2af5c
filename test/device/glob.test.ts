import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contains, glob } from '../../src/device/glob.ts';

describe('a pattern', () => {
  test.each([
    ['matches itself in any case', 'sep1', 'SEP1', true],
    ['without a star is the whole text', 'SEP', 'SEP1', false],
    ['may end in a star', 'SEP*', 'SEP1', true],
    ['may begin with one', '*1', 'SEP1', true],
    ['may have one inside', 'S*1', 'SEP1', true],
    ['does not use a letter twice', 'aba*aba', 'ababa', false],
    ['lets a star be nothing', 'S**EP*', 'sep', true],
    ['takes its parts in order', '*b*a*', 'ab', false],
    ['knows no other wildcard', 'S?P', 'SEP', false],
    ['of one star is everything', '*', '', true],
  ])('%s', (_claim, pattern, text, matches) => {
    expect(glob(pattern, text)).toBe(matches);
  });

  test('agrees with a regular expression made of it', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', '.'), { maxLength: 8 })
      .map((letters) => letters.join(''));
    const pattern = fc
      .array(fc.constantFrom('a', 'b', '.', '*'), { maxLength: 6 })
      .map((letters) => letters.join(''));
    fc.assert(
      fc.property(pattern, text, (typed, given) => {
        const same = new RegExp(`^${typed.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
        expect(glob(typed, given)).toBe(same.test(given));
      }),
      { numRuns: 500 },
    );
  });
});

test('a pattern of a hundred stars ends at once, whatever the text', () => {
  expect(glob(`${'*a'.repeat(100)}b`, 'a'.repeat(200_000))).toBe(false);
});

test('every text contains its parts', () => {
  const plain = fc.string().map((text) => text.replaceAll('*', ''));
  fc.assert(
    fc.property(fc.string(), plain, fc.string(), (before, part, after) => {
      expect(contains(part, before + part + after)).toBe(true);
    }),
  );
});

test('words are found anywhere in a text', () => {
  expect([contains('lobby', 'Main Lobby 1'), contains('lob*1', 'Main Lobby 1'), contains('x', 'y')]).toEqual([
    true,
    true,
    false,
  ]);
});
