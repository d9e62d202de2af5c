import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  escapedLength,
  escapeFallback,
  escapeMarkup,
  isInert,
  shorten,
} from '../../../adapters/slack/escape.ts';
import { cleanText } from '../../../src/view/clean.ts';
import { expectLinear } from '../../growth.ts';

test.each([
  ['SEP001122334455', true],
  ['AN_2 in MOH_group_1', true],
  ['2026-03-12 13:00 UTC (1 h)', true],
  ['R&D <lab>', true],
  ['*bold*', false],
  ['_italic_', false],
  ['_', false],
  ['~x~', false],
  ['a `b`', false],
  ['> quoted', false],
  ['a\n> quoted', false],
  ['a > b', true],
  [':smile:', false],
  [':100:', false],
  ['2001:db8:100::5', false],
  [':)', false],
  ['see: that', true],
])('mrkdwn shows %j as it is: %j', (text, inert) => {
  expect(isInert(text)).toBe(inert);
});

describe('shortening', () => {
  test.each([
    ['what fits stays', 'abcdef', 6, 'abcdef'],
    ['what does not ends in an ellipsis', 'abcdef', 4, 'abc…'],
    ['an emoji is kept whole or not at all', 'ab👩‍👩‍👧cd', 6, 'ab…'],
    ['escapes count', 'a&b', 5, 'a…'],
    ['an isolate is not left open', 'ab \u2068דלפק קבלה\u2069 cd', 9, 'ab דלפק…'],
  ])('%s', (_claim, text, longest, short) => {
    expect(shorten(text, longest)).toBe(short);
  });

  test('never longer than asked for, once escaped', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.integer({ min: 1, max: 60 }),
        (text, longest) => {
          const short = shorten(cleanText(text), longest);
          expect(escapeMarkup(short).length).toBe(escapedLength(short));
          expect(escapedLength(short)).toBeLessThanOrEqual(longest);
          expect(short.isWellFormed()).toBe(true);
        },
      ),
    );
  });
});

test.each([
  ['<!channel>', '&lt;!channel&gt;'],
  ['R&D', 'R&amp;D'],
  ['@here', '@\u2060here'],
  ['http://evil.example', 'http:\u2060//evil.example'],
  [':smile:', ':\u2060smile:'],
  ['&lt;', '&amp;lt;'],
])('beside the blocks %j is %j', (text, fallback) => {
  expect(escapeFallback(text)).toBe(fallback);
});

test('hostile lengths are read in a moment', () => {
  const started = performance.now();
  for (const unit of ['a', '\u0301', 'ש', '\u0610', '\u200d', 'ש ', '👩‍', '<', ':a']) {
    shorten(cleanText(unit.repeat(200_000)), 3000);
    isInert(unit.repeat(20_000));
  }
  expect(performance.now() - started).toBeLessThan(20_000);
});

test.each(['a', '\u2028', '\n', '\r\n', '\u2028 ', ' ', ':a', ': ', 'a_', '\u0301', '<', '>'.repeat(2)])(
  'a text of %j only is judged in a time that grows with its length',
  async (unit) => {
    await expectLinear((size) => isInert(unit.repeat(Math.ceil(size / unit.length))));
  },
);

test.each(['\n', '\r\n', '\u2028', '\u2029'])('a quote after %j and blanks is one', (end) => {
  expect([isInert(`a${end} \t> b`), isInert(`a${end}${end}>`), isInert(`a${end}b >`)]).toEqual([
    false,
    false,
    true,
  ]);
});
