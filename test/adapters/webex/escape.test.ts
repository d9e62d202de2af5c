import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  codeOf,
  escapeMarkdown,
  inertLength,
  inertText,
  markdownLength,
} from '../../../adapters/webex/escape.ts';
import { cleanText } from '../../../src/view/clean.ts';

const bytesOf = (text: string) => Buffer.byteLength(text);

describe('markdown shows as it is', () => {
  test.each([
    ['what is no markup stays', 'SEP001122334455 (R2.D2), 100%d!', 'SEP001122334455 (R2.D2), 100%d!'],
    ['everybody is not mentioned', '<@all>', '&lt;@\u2060all&gt;'],
    ['nor is one person', '<@personEmail:x@y|Z>', '&lt;@\u2060personEmail:x@y\\|Z&gt;'],
    ['HTML', '<b>x</b>', '&lt;b&gt;x&lt;/b&gt;'],
    ['an entity', '&lt;@all&gt;', '&amp;lt;@all&amp;gt;'],
    ['bold', '**b** __b__', '\\*\\*b\\*\\* \\_\\_b\\_\\_'],
    ['italic', '_i_', '\\_i\\_'],
    ['struck out', '~~s~~', '\\~\\~s\\~\\~'],
    ['code', '`c` ```d', '\\`c\\` \\`\\`\\`d'],
    ['a link', '[x](http://e)', '\\[x\\](http:\u2060//e)'],
    ['a bare address', 'see http://e', 'see http:\u2060//e'],
    ['a bare name of a page', 'a_www.evil.example', 'a\\_www\u2060.evil.example'],
    ['a backslash', '\\*x', '\\\\\\*x'],
    ['a heading', 'a\n## b', 'a\n\\## b'],
    ['the line under a heading', 'a\n===', 'a\n\\==='],
    ['a list', '- a\n+ b\n1. c\n2) d', '\\- a\n\\+ b\n1\\. c\n2\\) d'],
    ['a number or a date at the start stays', '10.4.2.17\n2026-03-12\n-1', '10.4.2.17\n2026-03-12\n-1'],
    ['a rule', '---\n- - -', '\\---\n\\- - -'],
    ['a quote', '> q', '&gt; q'],
    ['a table', 'a|b', 'a\\|b'],
    ['an indent, which would be code', '     a', 'a'],
    ['what hides', 'a\u202eb\u0000c', 'abc'],
  ])('%s', (_claim, text, markdown) => {
    expect(escapeMarkdown(text)).toBe(markdown);
  });

  test('whatever the text, it comes back whole and is not longer than foretold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const markdown = escapeMarkdown(text);
        expect(bytesOf(markdown)).toBeLessThanOrEqual(markdownLength(cleanText(text)));
        expect(markdown).not.toMatch(/[<>]/);
        const shown = markdown
          .replace(/\\([!-/:-@[-`{-~])/g, '$1')
          .replaceAll('\u2060', '')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&');
        expect(shown).toBe(cleanText(text).replace(/^[ \u00a0]+/gm, ''));
      }),
    );
  });
});

describe('a card calls nothing', () => {
  test.each([
    ['{{DATE(2026-03-12T00:00:00Z)}}', '{\u2060{DATE(2026-03-12T00:00:00Z)}}'],
    ['{{{TIME()', '{\u2060{\u2060{TIME()'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the cards' own templates.
    ['${$root}', '$\u2060{$root}'],
    ['{a} $5 **b** <@all>', '{a} $5 **b** <@all>'],
  ])('%j', (text, inert) => {
    expect(inertText(text)).toBe(inert);
  });

  test('whatever the text, its length is foretold', () => {
    const unit = fc.constantFrom('{', '$', '"', '\\', '\n', 'a', 'ש', '😀');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
        const inert = inertText(text);
        expect(inert).not.toMatch(/[{$]\{/);
        expect(inert.replaceAll('\u2060', '')).toBe(text);
        expect(bytesOf(JSON.stringify(inert)) - 2).toBeLessThanOrEqual(inertLength(text));
      }),
    );
  });
});

test.each([
  ['why SEP001122334455', '`why SEP001122334455`'],
  ['find desc:"*"', '`find desc:"*"`'],
  ['a`b', null],
  [' a', null],
  ['<@all>', null],
  ['http://e', null],
  ['', null],
])('%j as code is %j', (text, code) => {
  expect(codeOf(text)).toBe(code);
});

test('hostile lengths are read in a moment', () => {
  const started = performance.now();
  for (const unit of ['<', '{', '\\', '1', '- ', 'www.', ' ', '\n', '&lt;@']) {
    escapeMarkdown(unit.repeat(100_000));
    inertText(unit.repeat(100_000));
    codeOf(unit.repeat(100_000));
  }
  expect(performance.now() - started).toBeLessThan(20_000);
});
