import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Rendered, renderInterim, renderMessage, renderPlain } from '../../../adapters/webex/render.ts';
import { readSubmit } from '../../../adapters/webex/render-actions.ts';
import { checkCard } from '../../../simulator/webex/check/card.ts';
import type { Action, Block, Text, View } from '../../../src/view/view.ts';
import { anyView, filledWith, HOSTILE, MESSAGES, view, viewOf } from '../../view/any-view.ts';
import { expectGolden } from '../../view/golden.ts';

const bytesOf = (value: unknown) =>
  Buffer.byteLength(typeof value === 'string' ? value : JSON.stringify(value));

/** What Webex would say against a message. */
function problemsOf({ markdown, card }: Rendered): readonly string[] {
  return [
    ...(markdown === '' ? ['no text'] : []),
    ...(bytesOf(markdown) > 7439 ? ['markdown too long'] : []),
    ...(bytesOf(card) > 15_000 ? ['card too large'] : []),
    ...(card === null ? [] : checkCard(JSON.parse(JSON.stringify(card)))),
  ];
}

type Json = Readonly<Record<string, unknown>>;

/** Every object of a card that is of the type. */
function partsOf(value: unknown, type: string): readonly Json[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap((part) => partsOf(part, type));
  return 'type' in value && value.type === type ? [value as Json, ...inside] : inside;
}

/** A line a paragraph. */
function wordsOf({ card }: Rendered): string {
  const paragraphs = partsOf(card, 'RichTextBlock').map(({ inlines }) =>
    partsOf(inlines, 'TextRun')
      .map(({ text }) => text)
      .join(''),
  );
  return paragraphs.join('\n');
}

/** Buttons by the title, those behind `More…` too. */
const buttonsOf = ({ card }: Rendered) => partsOf(card, 'Action.Submit');
const linksOf = ({ card }: Rendered) => partsOf(card, 'Action.OpenUrl').map(({ url }) => url);

describe('every answer has its card', () => {
  test.each(MESSAGES)('%s', (name) => {
    const rendered = renderMessage(viewOf(name));
    expect(problemsOf(rendered)).toEqual([]);
    expectGolden(name, rendered, 'webex');
  });

  test.each(['card-lost', 'find', 'help', 'incident-outage', 'failure-timeout'])(
    '%s without a card',
    (name) => {
      const rendered = renderPlain(viewOf(name));
      expect(rendered.card).toBeNull();
      expect(problemsOf(rendered)).toEqual([]);
      expectGolden(`plain-${name}`, rendered, 'webex');
    },
  );

  test('a line on what is under way', () => {
    const rendered = renderInterim('Asking prod: 2 questions ahead, about 8 s');
    expect(problemsOf(rendered)).toEqual([]);
    expectGolden('interim', rendered, 'webex');
  });

  test('a device card and ten phones are far from the largest card', () => {
    expect(bytesOf(renderMessage(viewOf('card-lost')).card)).toBeLessThan(7000);
    expect(bytesOf(renderMessage(viewOf('incident-outage')).card)).toBeLessThan(11_000);
  });
});

describe('buttons', () => {
  const shown = (actions: readonly Action[], options: Parameters<typeof renderMessage>[1] = {}) =>
    renderMessage(view([], { actions }), options);
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ label: `B${i}`, command: `find page:${i}` }));

  test('carry their command and the version of what they carry', () => {
    expect(shown([{ label: 'Refresh', command: 'down fresh:yes' }]).card?.actions).toEqual([
      { type: 'Action.Submit', title: 'Refresh', data: { ris: 1, command: 'down fresh:yes' } },
    ]);
  });

  test('have the colours that Webex knows', () => {
    const styles = buttonsOf(
      shown([
        { label: 'A', command: 'a', style: 'primary' },
        { label: 'B', command: 'b', style: 'danger' },
        { label: 'C', command: 'c' },
      ]),
    ).map(({ style }) => style);
    expect(styles).toEqual(['positive', 'destructive', undefined]);
  });

  test('five stand side by side; of six, four and one that unfolds the rest', () => {
    expect(shown(many(5)).card?.actions).toHaveLength(5);
    const six = shown(many(6));
    expect(problemsOf(six)).toEqual([]);
    expect(six.card?.actions?.map(({ title }) => title)).toEqual(['B0', 'B1', 'B2', 'B3', 'More…']);
    expect(six.card?.actions?.[4]).toMatchObject({ card: { actions: [{ title: 'B4' }, { title: 'B5' }] } });
    expect(wordsOf(six)).not.toContain('no room');
  });

  test('there are nine at most; what the others do is in a file', () => {
    const card = shown(many(12));
    expect(problemsOf(card)).toEqual([]);
    expect(buttonsOf(card)).toHaveLength(9);
    expect(wordsOf(card)).toContain('no room for 3 of the buttons: answer.txt has their commands');
    expect(card.files[0]?.content).toContain('B11: find page:11');
  });

  test('those that a phone has no room for in one row are in several', () => {
    const labels = ['Acknowledge', 'Mute 1 h', 'Why did I get this?', 'History'];
    const { card } = shown(labels.map((label) => ({ label, command: label })));
    expect(card?.actions).toBeUndefined();
    const rows = partsOf(card, 'ActionSet').map(({ actions }) => partsOf(actions, 'Action.Submit').length);
    expect(rows).toEqual([2, 2]);
  });

  test('a command too long for a button is remembered under a key, and so are many together', () => {
    const kept: string[] = [];
    const remember = (text: string) => `k${kept.push(text)}`;
    const long = `why ${'SEP001122334455 '.repeat(100)}`;
    const data = (actions: readonly Action[]) =>
      buttonsOf(shown(actions, { remember })).map((one) => one['data']);
    expect(data([{ label: 'Why', command: long }])).toEqual([{ ris: 1, key: 'k1' }]);
    expect(kept).toEqual([long]);
    const four = Array.from({ length: 4 }, (_, i) => ({ label: `${i}`, command: 'é'.repeat(450) }));
    expect(data(four).map((one) => Object.keys(one as Json)[1])).toEqual([
      'command',
      'command',
      'command',
      'key',
    ]);
  });

  test('where nothing can be remembered the button is left out, which the card says', () => {
    const card = shown([{ label: 'Why', command: 'x'.repeat(1001) }]);
    expect(buttonsOf(card)).toEqual([]);
    expect(wordsOf(card)).toContain('no room for 1 of the buttons');
  });

  test('those of a card that stays say so', () => {
    const [one] = buttonsOf(shown(many(1), { kept: true }));
    expect(one?.['data']).toEqual({ ris: 1, command: 'find page:0', kept: true });
  });
});

describe('pressed', () => {
  test.each<[string, unknown, unknown]>([
    ['a command', { ris: 1, command: 'down' }, { type: 'command', command: 'down', kept: false }],
    ['the empty command', { ris: 1, command: '' }, { type: 'command', command: '', kept: false }],
    [
      'on a card that stays',
      { ris: 1, command: 'down', kept: true },
      { type: 'command', command: 'down', kept: true },
    ],
    [
      'values that came back as text',
      { ris: '1', command: 'down', kept: 'true' },
      { type: 'command', command: 'down', kept: true },
    ],
    ['a remembered one', { ris: 1, key: 'abc' }, { type: 'remembered', key: 'abc', kept: false }],
    [
      'the form',
      { ris: 1, form: true, lookFor: '1002' },
      { type: 'form', inputs: { ris: 1, form: true, lookFor: '1002' } },
    ],
    ['an older version', { ris: 0, command: 'down' }, { type: 'outdated' }],
    ['a newer kind', { ris: 1, poll: 'x' }, { type: 'outdated' }],
    ["somebody else's", { action: 'approve' }, null],
    ['a command of another type', { ris: 1, command: ['down'] }, null],
    ['a command that no button carries', { ris: 1, command: 'x'.repeat(1001) }, null],
    ['a version of another type', { ris: { valueOf: 1 }, command: 'down' }, null],
    ['what is inherited', Object.create({ ris: 1, command: 'down' }), null],
    ['an own __proto__', JSON.parse('{"__proto__":{"ris":1,"command":"down"}}'), null],
    ['text', 'down', null],
    ['nothing', null, null],
    ['a list', [{ ris: 1, command: 'down' }], null],
  ])('%s', (_claim, inputs, pressed) => {
    expect(readSubmit(inputs)).toEqual(pressed);
  });

  test('anything at all is read without harm', () => {
    fc.assert(
      fc.property(fc.anything(), (inputs) => {
        const type = readSubmit(inputs)?.type ?? 'none';
        expect(['none', 'outdated', 'command', 'remembered', 'form']).toContain(type);
      }),
    );
  });
});

describe('what Webex has no room for is said and comes as a file', () => {
  const columns = [{ label: 'Name' }, { label: 'Description' }];

  test('rows: the whole answer as CSV', () => {
    const rows = Array.from({ length: 300 }, (_, i) => [`SEP${i}`, 'x'.repeat(100)]);
    const card = renderMessage(view([{ type: 'table', columns, rows }]));
    expect(problemsOf(card)).toEqual([]);
    expect(wordsOf(card)).toMatch(/Webex has room for \d+ of these 300 rows: answer\.csv has all of them/);
    expect(card.files[0]?.content.split('\r\n')).toHaveLength(302);
  });

  test("the view's own CSV is not sent twice", () => {
    const rows = Array.from({ length: 300 }, (_, i) => [`SEP${i}`, '']);
    const file: Block = { type: 'file', name: '../phones.csv', mediaType: 'text/csv', content: 'a' };
    const card = renderMessage(view([{ type: 'table', columns, rows }, file]));
    expect(wordsOf(card)).toContain('phones.csv has all of them');
    expect(card.files.map(({ name }) => name)).toEqual(['.._phones.csv']);
  });

  test.each<[string, Block]>([
    ['a long text', { type: 'text', text: 'x'.repeat(5000) }],
    ['a text of emoji, which are four bytes each', { type: 'text', text: '😀'.repeat(1100) }],
    ['a long notice', { type: 'notice', tone: 'warn', text: '{'.repeat(3000) }],
    ['a long value', { type: 'facts', facts: [{ label: 'A', value: 'y'.repeat(3000) }] }],
    [
      'many facts',
      { type: 'facts', facts: Array.from({ length: 99 }, (_, i) => ({ label: `${i}`, value: 'v' })) },
    ],
    ['a long list', { type: 'list', items: Array.from({ length: 999 }, (_, i) => `item ${i}`) }],
    ['many runs', { type: 'text', text: Array.from({ length: 999 }, (_, i) => ({ text: `${i} ` })) }],
  ])('%s', (_claim, block) => {
    const card = renderMessage(view([block]));
    expect(problemsOf(card)).toEqual([]);
    expect(wordsOf(card)).toContain('no room for all of this answer: answer.txt has all of it');
    expect(card.files).toMatchObject([{ name: 'answer.txt', mediaType: 'text/plain' }]);
  });

  test('a text is cut between letters', () => {
    const words = wordsOf(renderMessage(view([{ type: 'text', text: '👩‍👩‍👧'.repeat(400) }])));
    expect(words.split('\n')[1]).toMatch(/^(?:👩‍👩‍👧)+…$/u);
  });

  test('without a card: what does not fit into the message', () => {
    const items = Array.from({ length: 2000 }, (_, i) => `item ${i}`);
    const rendered = renderPlain(view([{ type: 'list', items }]));
    expect(problemsOf(rendered)).toEqual([]);
    expect(rendered.markdown).toMatch(
      /item 1 {2}\n[\s\S]*no room for all of this answer: answer\.txt has all of it\.$/,
    );
    expect(rendered.files.map(({ name }) => name)).toEqual(['answer.txt']);
  });

  test('nothing was cut: nothing is said', () => {
    const card = renderMessage(view([{ type: 'table', columns, rows: [['a', 'b']] }]));
    expect(wordsOf(card)).not.toContain('✂️');
    expect(card.files).toEqual([]);
  });
});

describe('tables', () => {
  const state = (text: string, tone: 'good' | 'bad'): Text => [{ text, tone }];
  const table: Block = {
    type: 'table',
    columns: [
      { label: 'Name' },
      { label: 'State' },
      { label: 'For', align: 'right' },
      { label: 'Description', yields: 1 },
      { label: 'Model', yields: 2 },
    ],
    rows: [
      ['SEP1', state('Registered', 'good'), '5 min', 'Lobby', 'Cisco 8845'],
      ['SEP2', state('Rejected', 'bad'), '', '', ''],
    ],
    page: { number: 2, size: 2, total: 9, atLeast: true },
  };

  test('the name stands above, state and the rest below, and what is blank is left out', () => {
    expect(
      wordsOf(renderMessage(view([table])))
        .split('\n')
        .slice(1),
    ).toEqual([
      'SEP1',
      '🟢 Registered · For 5 min · Description Lobby · Model Cisco 8845',
      'SEP2 · 🔴 Rejected',
      '3–4 of at least 9',
    ]);
  });

  test.each([
    ['short', 'SEP1', 'Registered'],
    ['a long name', 'CSF_AN_UNBROKEN_NAME_OF_A_SOFT_CLIENT', 'Registered'],
    ['a long reason', 'SEP00562B0000A5', 'rejected: config mismatch'],
  ])('nothing stands in columns side by side, where one runs into the next: %s', (_claim, name, words) => {
    const { card } = renderMessage(
      view([{ ...table, rows: [[name, state(words, 'bad'), '5 min', '', '']] }]),
    );
    const [, ...rows] = card?.body ?? [];
    expect(rows.map(({ type }) => type)).toEqual(['RichTextBlock', 'RichTextBlock', 'RichTextBlock']);
  });

  test('a number in front goes with what it counts', () => {
    const columns = [{ label: 'Code', align: 'right' }, { label: 'Name' }, { label: 'Meaning' }] as const;
    const words = wordsOf(
      renderMessage(view([{ type: 'table', columns, rows: [['13', 'KeepAlive', 'x'.repeat(50)]] }])),
    );
    expect(words).toContain(`13 KeepAlive\nMeaning ${'x'.repeat(50)}`);
  });

  test('one short cell beside the name needs no line of its own', () => {
    const columns = [{ label: 'Device' }, { label: 'Number' }];
    expect(wordsOf(renderMessage(view([{ type: 'table', columns, rows: [['SEP1', '1002']] }])))).toContain(
      'SEP1 · Number 1002',
    );
  });

  test('what yields is shortened and then left out, the highest number first, in every row', () => {
    const rows = table.rows.map(([name = '', one = '', two = '']) => [
      name,
      one,
      `${two} ${'and more '.repeat(6)}`,
      'a very long description that goes on and on',
      'Unified Client Services Framework, the long name of it',
    ]);
    const words = wordsOf(renderMessage(view([{ ...table, rows }])));
    expect(words).toContain('Description a very long description that goes on an…\n');
    expect(words).not.toContain('Unified');
    expect(words).toContain('Not shown: Model');
  });

  test('what must be whole is left out rather than shortened', () => {
    const columns = [{ label: 'Name' }, { label: 'Address', yields: 1, whole: true }];
    const words = (address: string) =>
      wordsOf(renderMessage(view([{ type: 'table', columns, rows: [['SEP1', address]] }])));
    expect(words('x'.repeat(60))).toContain('x'.repeat(60));
    expect(words('x'.repeat(180))).toBe('Title\nSEP1\nNot shown: Address');
  });

  test('rows shorter and longer than the header are squared', () => {
    const ragged: Block = {
      type: 'table',
      columns: [{ label: 'A' }, { label: '' }],
      rows: [['1'], ['1', '2', '3'], []],
    };
    const card = renderMessage(view([ragged]));
    expect(problemsOf(card)).toEqual([]);
    expect(card.files.map(({ name }) => name)).toEqual(['answer.csv']);
  });

  test('without rows say so', () => {
    expect(wordsOf(renderMessage(view([{ type: 'table', columns: [{ label: 'A' }], rows: [] }])))).toContain(
      'No rows.',
    );
  });
});

const ATTACKS = [
  ...HOSTILE,
  '<@all> <@here>',
  '<@personEmail:anna@example.com|Anna>',
  '[x](http://evil.example) ![x](http://evil.example/x.png)',
  '<a href="http://evil.example">x</a><b>b</b>',
  '{{DATE(2026-03-12T00:00:00Z, SHORT)}} {{TIME(2026-03-12T00:00:00Z)}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the cards' own templates.
  '${$root.token} ${if(true, 1, 2)}',
  '100%d %s %o',
  'www.evil.example',
  'a\n\n# heading\n- item\n1. item\n> quote\n===\n---',
  'a|b\n-|-\nc|d',
  'ש‫abc‬ 12',
];

/** Without what stays harmless: code, signs behind a backslash, and the links of our own. */
function liveOf(markdown: string): string {
  return markdown
    .replace(/(?<!\\)`[^`\n]+`/g, '')
    .replace(/\\[!-/:-@[-`{-~]/g, '')
    .replaceAll('](http://10.0.0.1/)', '');
}

describe.each(ATTACKS)('typed into CUCM: %j', (text) => {
  const rendered = renderMessage(filledWith(text));
  const plain = renderPlain(filledWith(text));

  test('Webex takes it', () => {
    expect(problemsOf(rendered)).toEqual([]);
    expect(problemsOf(plain)).toEqual([]);
  });

  test('all text of the card stands where there is no markup', () => {
    expect(partsOf(rendered.card, 'TextBlock')).toEqual([]);
    expect(partsOf(rendered.card, 'FactSet')).toEqual([]);
  });

  test('the card calls no function and has no link but our own', () => {
    expect(JSON.stringify(rendered.card?.body)).not.toMatch(/\{\{|\$\{/);
    for (const link of linksOf(rendered)) expect(link).toBe('http://10.0.0.1/');
  });

  test('the markdown is no mention, no HTML, no link and no picture', () => {
    for (const { markdown } of [rendered, plain]) {
      expect(markdown).not.toMatch(/[<>]|&lt;@(?!\u2060)/);
      expect(liveOf(markdown)).not.toMatch(/:\/\/|www\.|\]\(|~~|\|/);
    }
  });

  test('no line of the markdown begins anything', () => {
    for (const { markdown } of [rendered, plain]) {
      expect(markdown).not.toMatch(/^(?:#|>|[-+*=] |\d+[.)] | {4}|---|===)/m);
    }
  });
});

describe('readable', () => {
  test('each line of a text is a paragraph, and a blank one is room', () => {
    const { card } = renderMessage(view([{ type: 'text', text: 'one\ntwo\n\nthree' }]));
    expect(card?.body.slice(1)).toMatchObject([
      { inlines: [{ text: 'one' }] },
      { spacing: 'none', inlines: [{ text: 'two' }] },
      { inlines: [{ text: 'three' }] },
    ]);
    expect(card?.body[3]).not.toHaveProperty('spacing');
  });

  test('what must not be missed has a ground of its own; what is worth knowing is small', () => {
    const notice = (tone: 'warn' | 'info'): Block => ({ type: 'notice', tone, text: 'x' });
    const { card } = renderMessage(view([notice('warn'), notice('info')]));
    expect(card?.body.slice(1)).toMatchObject([
      { type: 'Container', style: 'warning' },
      { type: 'RichTextBlock', inlines: [{ text: 'ℹ️ ' }, { size: 'small' }] },
    ]);
  });

  test('names keep their letters: nothing invisible is put into them', () => {
    const value = 'MOH_2 *x* {a} http://x';
    const rendered = renderMessage(view([{ type: 'facts', facts: [{ label: 'Name', value }] }]));
    expect(wordsOf(rendered)).toContain(`Name\n${value}`);
  });

  test('a page of our own is a link, in the card and beside it; what is no web address stays text', () => {
    const to = (href: string): Text => [{ text: '2001:db8::5', href }];
    const good = renderMessage(view([{ type: 'text', text: to('http://[2001:db8::5]/') }]));
    expect(linksOf(good)).toEqual(['http://[2001:db8::5]/']);
    expect(good.markdown).toContain('[2001:db8::5](http://[2001:db8::5]/)');
    const bad = renderMessage(view([{ type: 'text', text: to('javascript:alert(1)') }]));
    expect(linksOf(bad)).toEqual([]);
    expect(bad.markdown).not.toContain('](');
  });

  test('a person is named, and not rung for', () => {
    const owner: Text = [{ text: 'anna@example.com', person: 'anna@example.com' }];
    const rendered = renderMessage(view([{ type: 'facts', facts: [{ label: 'Owner', value: owner }] }]));
    expect(wordsOf(rendered)).toContain('anna@example.com');
    expect(rendered.markdown).not.toContain('<@');
  });

  test('emoji and right-to-left names stay whole', () => {
    const text = 'דלפק 1 👩‍👩‍👧‍👦 استقبال';
    expect(wordsOf(renderMessage(view([{ type: 'text', text }]))).replace(/[\u2068\u2069]/g, '')).toContain(
      text,
    );
  });

  test('beside the card stands the same, title first, and what each button does', () => {
    const { markdown } = renderMessage(viewOf('card-lost'));
    expect(markdown.split('\n')[0]).toBe(`🔴 **${viewOf('card-lost').title}**`);
    expect(markdown).toContain('**Node:** cucm1');
    expect(markdown).toContain('Why: `why SEPAAAAAAAAAA02`');
  });
});

describe('any view at all', () => {
  test('even an empty one has something to say', () => {
    const empty: View = { outcome: 'answered', title: '', blocks: [], actions: [], data: {} };
    expect(problemsOf(renderMessage(empty))).toEqual([]);
    expect(renderMessage(empty).markdown).toBe('–');
    expect(renderPlain(empty).markdown).toBe('–');
    expect(renderInterim('').markdown).toBe('⏳ –');
  });

  test('becomes a message that Webex takes, calls nothing, and says what is cut', () => {
    fc.assert(
      fc.property(anyView(ATTACKS), (any) => {
        const rendered = renderMessage(any, { kept: true });
        expect(problemsOf(rendered)).toEqual([]);
        expect(JSON.stringify(rendered.card?.body.filter(({ type }) => type !== 'ActionSet'))).not.toMatch(
          /\{\{|\$\{/,
        );
        expect(rendered.markdown).not.toMatch(/[<>]/);
        const files = rendered.files.length - any.blocks.filter(({ type }) => type === 'file').length;
        expect(files > 0).toBe(/: answer\.(?:txt|csv) has/.test(wordsOf(rendered)));
      }),
      { numRuns: 60 },
    );
  });

  test('becomes a message without a card', () => {
    fc.assert(
      fc.property(anyView(ATTACKS), (any) => {
        const rendered = renderPlain(any);
        expect(problemsOf(rendered)).toEqual([]);
        expect(rendered.markdown).not.toMatch(/[<>]/);
      }),
      { numRuns: 30 },
    );
  });
});
