import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderHome, renderInterim, renderMessage, renderShared } from '../../../adapters/slack/render.ts';
import { readAction } from '../../../adapters/slack/render-actions.ts';
import type { Action, Block, Text } from '../../../src/view/view.ts';
import { anyView, filledWith, HOSTILE, MESSAGES, view, viewOf } from '../../view/any-view.ts';
import { expectGolden } from '../../view/golden.ts';
import { linksOf, markupTexts, problemsOf, wordsOf } from './check-blocks.ts';

test('a person that the platform named is a mention, whatever text stands for them; nothing else is', () => {
  const owner: Text = [{ text: 'U0ANNA', person: 'U0ANNA' }, { text: ', since 10:05' }];
  const stranger: Text = [{ text: '<!channel>', person: '<!channel>' }];
  const card = renderMessage(
    view([
      { type: 'facts', facts: [{ label: 'Owner', value: owner }] },
      { type: 'text', text: owner },
      { type: 'table', columns: [{ label: 'Owner' }], rows: [[owner]] },
      { type: 'text', text: stranger },
    ]),
  );
  const shown = JSON.stringify(card.blocks);
  expect(shown.match(/"type":"user","user_id":"U0ANNA"/g)?.length).toBe(2);
  expect(shown).toContain('<@U0ANNA>, since 10:05');
  expect(shown).toContain('{"type":"text","text":"<!channel>"}');
  expect(problemsOf('message', card.blocks)).toEqual([]);
});

describe('every answer has its card', () => {
  test.each(MESSAGES)('%s', (name) => {
    const card = renderMessage(viewOf(name), { share: true });
    expect(problemsOf('message', card.blocks)).toEqual([]);
    expectGolden(name, card, 'slack');
  });

  test.each(['home', 'home-new', 'status'])('%s as a home tab', (name) => {
    const home = renderHome(viewOf(name));
    expect(problemsOf('home', home.blocks)).toEqual([]);
    expectGolden(`tab-${name}`, home, 'slack');
  });

  test('a line on what is under way', () => {
    const card = renderInterim('Asking prod: 2 questions ahead, about 8 s');
    expect(problemsOf('message', card.blocks)).toEqual([]);
    expectGolden('interim', card, 'slack');
  });
});

describe('buttons', () => {
  const buttons = (actions: readonly Action[], options: Parameters<typeof renderMessage>[1] = {}) =>
    renderMessage(view([], { actions }), options).blocks.flatMap((block) =>
      block.type === 'actions' ? block.elements.filter((element) => element.type === 'button') : [],
    );

  test('carry their command and the version of what they carry', () => {
    expect(buttons([{ label: 'Refresh', command: 'down fresh:yes', style: 'primary' }])).toEqual([
      {
        type: 'button',
        action_id: 'ris:1:0',
        text: { type: 'plain_text', text: 'Refresh', emoji: false },
        value: 'down fresh:yes',
        style: 'primary',
      },
    ]);
  });

  test('a command too long for a button is remembered under a key', () => {
    const command = `why ${'SEP001122334455 '.repeat(200)}`;
    const kept: string[] = [];
    const remember = (text: string) => `k${kept.push(text)}`;
    expect(buttons([{ label: 'Why', command }], { remember })).toMatchObject([
      { action_id: 'ris:1:k0', value: 'k1' },
    ]);
    expect(kept).toEqual([command]);
  });

  test('where nothing can be remembered the button is left out, which the card says, and a file has the command', () => {
    const command = `why ${'SEP001122334455 '.repeat(200)}`;
    const card = renderMessage(view([], { actions: [{ label: 'Why', command }] }));
    expect(wordsOf(card.blocks)).toContain('no room for 1 of the buttons: answer.txt has their commands');
    expect(card.files[0]?.content).toContain('Why: why SEP001122334455');
  });

  test('many long commands together are remembered too: they weigh on the message', () => {
    const long = Array.from({ length: 4 }, (_, i) => ({ label: `${i}`, command: `why ${'x'.repeat(1500)}` }));
    expect(buttons(long, { remember: () => 'key' }).map((button) => button.action_id)).toEqual([
      'ris:1:0',
      'ris:1:1',
      'ris:1:k2',
      'ris:1:k3',
    ]);
  });

  test.each([
    ['a command', 'ris:1:3', 'down', { type: 'command', command: 'down' }],
    ['the empty command', 'ris:1:0', undefined, { type: 'command', command: '' }],
    ['a remembered one', 'ris:1:k3', 'abc', { type: 'remembered', key: 'abc' }],
    ['Share', 'ris:1:share', 'v7', { type: 'share', value: 'v7' }],
    ['an older version', 'ris:0:3', 'down', { type: 'outdated' }],
    ['a newer kind', 'ris:1:mute', 'down', { type: 'outdated' }],
    ["somebody else's", 'approve', 'down', null],
  ])('pressed: %s', (_claim, actionId, value, pressed) => {
    expect(readAction(actionId, value)).toEqual(pressed);
  });

  test('Share is offered beside any number of others', () => {
    const many = Array.from({ length: 40 }, (_, i) => ({ label: `Page ${i}`, command: `find page:${i}` }));
    const shown = buttons(many, { share: true });
    expect(shown).toHaveLength(25);
    expect(shown.at(-1)).toMatchObject({ action_id: 'ris:1:share', text: { text: 'Share' } });
    expect(buttons(many, { share: 'view-7' }).at(-1)).toMatchObject({ value: 'view-7' });
    expect(buttons([], { share: false })).toEqual([]);
  });
});

describe('what Slack has no room for is said and comes as a file', () => {
  const columns = [{ label: 'Name' }, { label: 'Description' }];

  test('rows: the whole answer as CSV', () => {
    const rows = Array.from({ length: 300 }, (_, i) => [`SEP${i}`, 'x'.repeat(100)]);
    const card = renderMessage(view([{ type: 'table', columns, rows }]));
    expect(wordsOf(card.blocks)).toMatch(
      /Slack has room for \d+ of these 300 rows: answer\.csv has all of them/,
    );
    expect(card.files).toMatchObject([{ name: 'answer.csv', mediaType: 'text/csv' }]);
    expect(card.files[0]?.content.split('\r\n')).toHaveLength(302);
  });

  test('cells and columns: what is data of the answer goes before what the table shows', () => {
    const rows = [['SEP1', 'x'.repeat(5000)]];
    const own = { columns: ['name'], cells: [['=SEP1']] };
    const card = renderMessage(view([{ type: 'table', columns, rows }], { rows: own }));
    expect(wordsOf(card.blocks)).toContain('no room for all of this table: answer.csv has all of it');
    expect(card.files[0]?.content).toBe("name\r\n'=SEP1\r\n");
  });

  test("the view's own CSV is not sent twice", () => {
    const rows = Array.from({ length: 300 }, (_, i) => [`SEP${i}`, '']);
    const file: Block = { type: 'file', name: 'prod.csv', mediaType: 'text/csv', content: 'a' };
    const card = renderMessage(view([{ type: 'table', columns, rows }, file]));
    expect(wordsOf(card.blocks)).toContain('prod.csv has all of them');
    expect(card.files.map(({ name }) => name)).toEqual(['prod.csv']);
  });

  test.each<[string, Block]>([
    ['a long text', { type: 'text', text: 'x'.repeat(5000) }],
    ['a long notice', { type: 'notice', tone: 'warn', text: '&'.repeat(3000) }],
    ['a long value', { type: 'facts', facts: [{ label: 'A', value: 'y'.repeat(3000) }] }],
    [
      'many facts',
      { type: 'facts', facts: Array.from({ length: 999 }, (_, i) => ({ label: `${i}`, value: 'v' })) },
    ],
    ['a long list', { type: 'list', items: Array.from({ length: 999 }, (_, i) => `item ${i}`) }],
    ['many runs', { type: 'text', text: Array.from({ length: 999 }, (_, i) => ({ text: `${i} ` })) }],
  ])('%s', (_claim, block) => {
    const card = renderMessage(view([block]));
    expect(problemsOf('message', card.blocks)).toEqual([]);
    expect(wordsOf(card.blocks)).toContain('no room for all of this answer: answer.txt has all of it');
    expect(card.files).toMatchObject([{ name: 'answer.txt', mediaType: 'text/plain' }]);
  });

  test('many blocks', () => {
    const card = renderMessage(
      view(Array.from({ length: 80 }, (_, i) => ({ type: 'text', text: `block ${i}` }))),
    );
    expect(problemsOf('message', card.blocks)).toEqual([]);
    expect(wordsOf(card.blocks)).toContain('answer.txt has all of it');
    expect(card.files[0]?.content).toContain('block 79');
  });

  test('everything at once stays within 50 blocks', () => {
    const rows = [['x'.repeat(900)]];
    const blocks: Block[] = [
      { type: 'table', columns, rows },
      ...Array.from({ length: 80 }, (): Block => ({ type: 'text', text: 'block' })),
    ];
    const actions = Array.from({ length: 30 }, (_, i) => ({ label: `${i}`, command: 'down' }));
    const card = renderShared(view(blocks, { title: 'x'.repeat(400), actions }), 'U1', { share: true });
    expect(problemsOf('message', card.blocks)).toEqual([]);
    expect(card.blocks).toHaveLength(50);
  });

  test('a title longer than a header goes on below it', () => {
    const title = `${'Somewhere '.repeat(20)}end`;
    const { blocks } = renderMessage(view([], { title }));
    expect(wordsOf(blocks)).toContain(title);
  });

  test('a home tab takes no files, and none are promised', () => {
    const rows = Array.from({ length: 500 }, (_, i) => [`SEP${i}`, 'x'.repeat(100)]);
    const words = wordsOf(renderHome(view([{ type: 'table', columns, rows }])).blocks);
    expect(words).toMatch(/Slack has room for \d+ of these 500 rows\./);
    expect(words).not.toContain('answer.csv');
  });

  test('nothing was cut: nothing is said', () => {
    const card = renderMessage(view([{ type: 'table', columns, rows: [['a', 'b']] }]));
    expect(wordsOf(card.blocks)).not.toContain('✂️');
    expect(card.files).toEqual([]);
  });
});

describe('tables', () => {
  const table: Block = {
    type: 'table',
    columns: [{ label: 'Name' }, { label: 'For', align: 'right' }],
    rows: [
      ['SEP1', '5 min'],
      [[{ text: 'SEP2', href: 'http://10.0.0.1/' }], ''],
    ],
    page: { number: 2, size: 2, total: 9, atLeast: true },
  };

  test('say which rows of how many they show', () => {
    expect(wordsOf(renderMessage(view([table])).blocks)).toContain('3–4 of at least 9');
  });

  test('Slack takes one a message: the others are lists', () => {
    const { blocks } = renderMessage(view([table, table]));
    expect(problemsOf('message', blocks)).toEqual([]);
    expect(blocks.filter(({ type }) => type === 'table')).toHaveLength(1);
    expect(blocks.find(({ type }) => type === 'rich_text')).toMatchObject({
      elements: [
        {
          type: 'rich_text_list',
          elements: [
            {
              elements: [{ text: 'SEP1', style: { bold: true } }, { text: ' · For: ' }, { text: '5 min' }],
            },
            { elements: [{ type: 'link', url: 'http://10.0.0.1/', text: 'SEP2' }] },
          ],
        },
      ],
    });
  });

  test('rows shorter and longer than the header are squared', () => {
    const ragged: Block = {
      type: 'table',
      columns: [{ label: 'A' }, { label: '' }],
      rows: [['1'], ['1', '2', '3'], []],
    };
    const card = renderMessage(view([ragged]));
    expect(problemsOf('message', card.blocks)).toEqual([]);
    expect(card.files.map(({ name }) => name)).toEqual(['answer.csv']);
  });

  test('without rows say so', () => {
    const none: Block = { type: 'table', columns: [{ label: 'A' }], rows: [] };
    expect(wordsOf(renderMessage(view([none])).blocks)).toContain('No rows.');
  });
});

describe('who asked', () => {
  test('is named below an answer that is shared', () => {
    const { blocks } = renderShared(viewOf('card'), 'U012AB');
    expect(markupTexts(blocks)).toContain('Asked by <@U012AB>');
  });

  test('what is no id of a person is not written into markup', () => {
    const { blocks } = renderShared(viewOf('card'), '!channel');
    expect(wordsOf(blocks)).not.toContain('Asked by');
  });
});

/** Markup that does something, other than the links that risbot makes itself. */
const LIVE = /<(?!http:\/\/10\.0\.0\.1\/\|)[^>]*>/;

describe.each(HOSTILE)('typed into CUCM: %j', (text) => {
  const { blocks, text: fallback } = renderMessage(filledWith(text));

  test('Slack takes the card', () => expect(problemsOf('message', blocks)).toEqual([]));

  test('it is no mention, no link and no date', () => {
    for (const markup of markupTexts(blocks)) expect(markup).not.toMatch(LIVE);
    for (const link of linksOf(blocks)) expect(link).toBe('http://10.0.0.1/');
    expect(fallback).not.toMatch(/[<>]|@(?:channel|here|everyone)|:\/\//);
  });

  test('it is no emoji and no style', () => {
    for (const markup of markupTexts(blocks)) {
      const value = markup.replace(/^\*[^\n]*\*\n/, '').replace(/`[^`\n]+`/g, '');
      expect(value).not.toMatch(/:[^\s:]+:|[_~`]|^&gt;/m);
      expect(value.replace(/^(?:🔴 )?\*[^*]*\*$/, '').replace(/\*🔴 [^*]*\*/, '')).not.toContain('*');
    }
  });
});

describe('readable', () => {
  test('device names keep their letters: nothing invisible is put into them', () => {
    const { blocks } = renderMessage(
      view([{ type: 'facts', facts: [{ label: 'Name', value: 'MOH_2 *x*' }] }]),
    );
    expect(wordsOf(blocks)).toContain('Name\nMOH_2 *x*');
  });

  const PAGE = 'http://[2001:db8:100::5]/';
  test.each<[string, Text, string]>([
    [
      'an IPv6 address, which might be read as an emoji',
      [{ text: '2001:db8:100::5', href: PAGE }],
      `\`<${PAGE}|2001:db8:100::5>\``,
    ],
    [
      'an IPv6 address behind another',
      [{ text: '10.0.0.1', href: 'http://10.0.0.1/' }, { text: ', ' }, { text: 'fd00:4:2::14', href: PAGE }],
      `<http://10.0.0.1/|10.0.0.1>, \`<${PAGE}|fd00:4:2::14>\``,
    ],
    ['code', [{ text: 'SEP_1', href: PAGE, style: 'code' }], `\`<${PAGE}|SEP_1>\``],
    ['bold', [{ text: 'SEP1', href: PAGE, style: 'strong' }], `*<${PAGE}|SEP1>*`],
  ])('a link has its style around it, never signs in its label: %s', (_claim, value, markup) => {
    const { blocks } = renderMessage(view([{ type: 'facts', facts: [{ label: 'Address', value }] }]));
    expect(markupTexts(blocks)).toEqual([`*Address*\n${markup}`]);
  });

  test('a link that is no web address stays text', () => {
    const text: Text = [{ text: 'x', href: 'javascript:alert(1)' }];
    expect(linksOf(renderMessage(view([{ type: 'text', text }])).blocks)).toEqual([]);
  });

  test('emoji and right-to-left names stay whole', () => {
    const text = 'דלפק 1 👩‍👩‍👧‍👦 استقبال';
    const words = wordsOf(renderMessage(view([{ type: 'text', text }])).blocks);
    expect(words.replace(/[\u2068\u2069]/g, '')).toContain(text);
  });

  test('the text beside the blocks tells the essentials', () => {
    const { text } = renderMessage(viewOf('card-lost'));
    expect(text.split('\n')[0]).toBe(viewOf('card-lost').title);
    expect(text).toContain('Node: ');
  });
});

describe('any view at all', () => {
  test('even an empty one has something to say', () => {
    const empty = renderMessage({ outcome: 'answered', title: '', blocks: [], actions: [], data: {} });
    expect(empty.text).toBe('–');
    expect(problemsOf('message', empty.blocks)).toEqual([]);
  });

  test('becomes a message that Slack takes, without live markup, and says what is cut', () => {
    fc.assert(
      fc.property(anyView(), (any) => {
        const card = renderMessage(any, { share: true, askedBy: 'U1' });
        expect(problemsOf('message', card.blocks)).toEqual([]);
        for (const markup of markupTexts(card.blocks)) {
          expect(markup.replace('<@U1>', '')).not.toMatch(LIVE);
        }
        expect(card.text.length).toBeGreaterThan(0);
        expect(card.text.length).toBeLessThanOrEqual(4000);
        expect(card.text).not.toMatch(/[<>]/);
        const files = card.files.length - any.blocks.filter(({ type }) => type === 'file').length;
        expect(files > 0).toBe(/: answer\.(?:txt|csv) has/.test(wordsOf(card.blocks)));
      }),
      { numRuns: 100 },
    );
  });

  test('becomes a home tab that Slack takes', () => {
    fc.assert(
      fc.property(anyView(), (any) => {
        expect(problemsOf('home', renderHome(any).blocks)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
