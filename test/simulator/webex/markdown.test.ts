import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findSubmit } from '../../../simulator/webex/card.ts';
import { checkCard } from '../../../simulator/webex/check/card.ts';
import { htmlOf, textOf } from '../../../simulator/webex/markdown.ts';

const shown = (markdown: string) => htmlOf(markdown, (target) => (target === 'all' ? '[all]' : null));

describe('markdown', () => {
  test.each([
    ['plain words', 'a & b < c', '<p>a &amp; b &lt; c</p>'],
    ['bold, and italic in it', '**a _b_**', '<p><strong>a <em>b</em></strong></p>'],
    ['a star alone', '2 * 3 * 4', '<p>2 * 3 * 4</p>'],
    ['a line inside a name', 'a_b_c', '<p>a_b_c</p>'],
    ['what is escaped', String.raw`\*a\* \[b\](c) \<b>`, '<p>*a* [b](c) &lt;b&gt;</p>'],
    [
      'a link',
      '[a **b**](https://x/?y=1&z)',
      '<p><a href="https://x/?y=1&amp;z">a <strong>b</strong></a></p>',
    ],
    ['an address', 'see https://x/y', '<p>see <a href="https://x/y">https://x/y</a></p>'],
    ['an address in brackets', '<https://x/y>', '<p><a href="https://x/y">https://x/y</a></p>'],
    ['code', '`a **b** <b>`', '<p><code>a **b** &lt;b&gt;</code></p>'],
    ['code with a tick in it', '``a ` b``', '<p><code>a ` b</code></p>'],
    ['code over lines', '```\n*a*\n```', '<pre><code>*a*\n</code></pre>'],
    ['a heading and a list', '# a\n- b\n- c', '<h1>a</h1><ul><li>b</li><li>c</li></ul>'],
    ['a numbered list', '1. a\n2. b', '<ol><li>a</li><li>b</li></ol>'],
    ['lines and paragraphs', 'a\nb\n\nc', '<p>a<br>b</p><p>c</p>'],
    ['a tag that messages may have', '<b>a</b>', '<p><b>a</b></p>'],
    ['a tag that they may not', '<script>a</script>', '<p>&lt;script&gt;a&lt;/script&gt;</p>'],
    ['a mention', 'hi <@all>', '<p>hi [all]</p>'],
    ['a mention of nobody', '<@personEmail:x>', '<p>&lt;@personEmail:x&gt;</p>'],
    ['an entity', '&lt;b&gt; &copy;', '<p>&lt;b&gt; &amp;copy;</p>'],
  ])('%s', (_claim, markdown, html) => {
    expect(shown(markdown)).toBe(html);
  });

  test('a line for each item, without the markup', () => {
    expect(textOf(shown('# a\n- **b** & c\n- d'))).toBe('a\nb & c\nd');
  });

  test('whatever is sent becomes HTML whose tags are those of messages', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '*',
        '**',
        '_',
        '`',
        '```\n',
        '[',
        '](',
        ')',
        '<',
        '>',
        '<b>',
        '<@',
        '\n',
        '- ',
        '\\',
        '&amp;',
        '# ',
      ),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const tags = [...shown(pieces.join('')).matchAll(/<\/?([a-z\d-]+)/gi)].map(([, tag = '']) =>
          tag.toLowerCase(),
        );
        const known =
          'a b blockquote br code del em h1 h2 h3 hr i li ol p pre s span spark-mention strong u ul'.split(
            ' ',
          );
        return tags.every((tag) => known.includes(tag));
      }),
      { numRuns: 500 },
    );
  });
});

describe('cards from anywhere', () => {
  const names = [
    'type',
    'version',
    'body',
    'actions',
    'items',
    'columns',
    'card',
    'data',
    'text',
    'title',
    'id',
    'regex',
  ];
  const words = [
    'AdaptiveCard',
    '1.3',
    'TextBlock',
    'Container',
    'ColumnSet',
    'Input.Text',
    'Action.Submit',
    'Action.ShowCard',
    '(',
  ];
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom(...words),
      fc.string(),
      fc.double(),
      fc.constant(null),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...names), tie('tree'), { maxKeys: 6 }),
    ),
  }));
  const cards = fc.dictionary(fc.constantFrom(...names), tree, { maxKeys: 8 });

  test('a check never throws, and always says the same', () => {
    fc.assert(
      fc.property(cards, (more) => {
        const card = { type: 'AdaptiveCard', version: '1.3', ...more };
        expect(checkCard(card)).toEqual(checkCard(card));
      }),
      { numRuns: 500 },
    );
  });

  test('looking for a button finds it, or says that there is none', () => {
    fc.assert(
      fc.property(cards, (card) => {
        try {
          expect(findSubmit(card, 'x').title).toBe('x');
        } catch (error) {
          expect(String(error)).toContain('button');
        }
      }),
    );
  });
});
