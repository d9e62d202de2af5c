import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanLine, cleanText, shorten, unitsOf } from '../../src/view/clean.ts';

test.each([
  ['control characters go', 'a\u0000b\u001bc', 'abc'],
  ['a direction override goes, its text stays', 'a\u202Etxt.exe', 'atxt.exe'],
  ['invisible letters go', 'S\u200bE\u2060P\ufeff', 'SEP'],
  ['half a character is marked', 'a\ud800', 'a\ufffd'],
  ['marks are not piled up', `e${'\u0301'.repeat(50)}`, `e${'\u0301'.repeat(4)}`],
  ['line ends of every kind are one kind', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
  ['joined emoji stay joined', '👩‍👩‍👧', '👩‍👩‍👧'],
  ['a name all in Hebrew needs no help', 'דלפק קבלה', 'דלפק קבלה'],
  ['Hebrew among Latin letters is isolated', 'Desk דלפק קבלה (2)', 'Desk \u2068דלפק קבלה\u2069 (2)'],
  ['Arabic beside digits too', 'مكتب 12', '\u2068مكتب\u2069 12'],
])('cleaning: %s', (_claim, text, clean) => {
  expect(cleanText(text)).toBe(clean);
});

test('a line is one line', () => {
  expect(cleanLine(' a\n\tb\u2028c ')).toBe('a b c');
});

const bytesOf = (text: string) => Buffer.byteLength(text);

describe('shortening', () => {
  test.each([
    ['what fits stays', 'abcdef', 6, unitsOf, 'abcdef'],
    ['what does not ends in an ellipsis', 'abcdef', 4, unitsOf, 'abc…'],
    ['an emoji is kept whole or not at all', 'ab👩‍👩‍👧cd', 6, unitsOf, 'ab…'],
    ['in bytes an ellipsis is three', 'abcdef', 5, bytesOf, 'ab…'],
    ['in bytes an emoji is four', '😀😀', 7, bytesOf, '😀…'],
    ['an isolate is not left open', 'ab \u2068דלפק קבלה\u2069 cd', 9, unitsOf, 'ab דלפק…'],
  ])('%s', (_claim, text, longest, lengthOf, short) => {
    expect(shorten(text, longest, lengthOf)).toBe(short);
  });

  test('never longer than asked for, in bytes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.integer({ min: 3, max: 60 }),
        (text, longest) => {
          const short = shorten(cleanText(text), longest, bytesOf);
          expect(bytesOf(short)).toBeLessThanOrEqual(longest);
          expect(short.isWellFormed()).toBe(true);
        },
      ),
    );
  });
});
