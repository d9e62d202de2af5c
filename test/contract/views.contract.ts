/** Every view, shown. */
import { describe, expect, test } from 'vitest';
import type { Block, View } from '../../src/view/view.ts';
import { VIEWS } from '../adapters/console/views.ts';
import { view } from '../adapters/core.ts';
import { filledWith, HOSTILE, MESSAGES, viewOf } from '../view/any-view.ts';
import { readable } from './readable.ts';
import { type Platform, type Stage, sees, textOf } from './stage.ts';
import { faultsOf, unnamedColumns } from './whole.ts';

const EVERY: readonly (readonly [string, View])[] = [
  ...MESSAGES.map((name) => [name, viewOf(name)] as const),
  ...Object.entries(VIEWS).filter(([name]) => name !== 'table'),
];

/** What somebody may have typed into CUCM, beyond what is hostile everywhere. */
const ATTACKS: readonly string[] = [
  ...HOSTILE.filter((text) => text.isWellFormed()),
  '<@all> <@here> <@personEmail:anna@example.com|Anna>',
  '**b** __b__ ~~b~~ # b',
  '<a href="http://evil.example">x</a> <b>b</b>',
  '<spark-mention data-object-id="x">All</spark-mention>',
  '{{DATE(2026-03-12T00:00:00Z, SHORT)}}',
  '{{TIME(2026-03-12T00:00:00Z)}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the cards' own templates.
  '${$root.token} ${if(true, 1, 2)}',
  '=cmd()|x!A1 +1 -1 @SUM(1)',
  '\u001b]0;title\u0007\u001b[2J\u009b31m\u001b[?1049h red',
  '\u2067שלום\u2069 \u202Egnp.exe مريم 12',
  '📞𝕊𝕖𝕡 👩‍👩‍👧 \u{1F3F4}',
  '100%d %s \\n C:\\temp &amp; &#60;',
];

const LONG_CSV = { type: 'file', name: 'phones.csv', mediaType: 'text/csv' } as const;

const LONG: readonly (readonly [string, View])[] = [
  ['hundreds of rows', view('phones 412', { blocks: [tableOf(412)] })],
  [
    'hundreds of rows, and a file that has them',
    view('phones 413', {
      blocks: [
        tableOf(413),
        {
          ...LONG_CSV,
          content: tableOf(413)
            .rows.map((row) => row.join())
            .join('\r\n'),
        },
      ],
    }),
  ],
  ['thousands of letters of four bytes', view('letters', { blocks: [wordsOf('📞🏢', 3000)] })],
  ['a long title', view(`${'a long way '.repeat(120)}to the end`, { blocks: [wordsOf('x', 10)] })],
  ['hundreds of facts', view('facts', { blocks: [factsOf(300)] })],
  [
    'hundreds of items, and a table below',
    view('items', {
      blocks: [
        { type: 'list', items: Array.from({ length: 500 }, (_, n) => `item ${n} of many &<>`) },
        tableOf(20),
      ],
    }),
  ],
  [
    'sixty notices, and buttons',
    view('notices', {
      blocks: Array.from({ length: 60 }, (_, n) => ({ type: 'notice', tone: 'warn', text: `notice ${n}` })),
      actions: [{ label: 'Refresh', command: 'status' }],
    }),
  ],
  [
    'forty buttons',
    view('buttons', {
      actions: Array.from({ length: 40 }, (_, n) => ({ label: `Do ${n + 100}`, command: `find ${n}` })),
    }),
  ],
];

function tableOf(count: number) {
  const columns = ['Name', 'State', 'Description'].map((label) => ({ label }));
  const rows = Array.from({ length: count }, (_, n) => [
    `SEP${String(n).padStart(12, '0')}`,
    n % 2 === 0 ? 'Registered' : '=cmd()',
    `Straße ${n} 📞 東京`,
  ]);
  return { type: 'table', columns, rows } satisfies Block;
}

function wordsOf(letters: string, count: number): Block {
  return { type: 'text', text: Array.from({ length: count }, (_, n) => `${letters}${n}`).join(' ') };
}

function factsOf(count: number): Block {
  return {
    type: 'facts',
    facts: Array.from({ length: count }, (_, n) => ({ label: `Label ${n}`, value: `value ${n}` })),
  };
}

export function viewsContract({ open, traits }: Platform): void {
  /** Faults of each, by name; only those that have some. */
  async function show(stage: Stage, views: readonly (readonly [string, View])[], links = traits.links) {
    const faults: Record<string, readonly string[]> = {};
    for (const [name, one] of views) {
      stage.answerWith(() => one);
      const spot = await stage.ask('status');
      const seen = await sees(stage, spot, readable(one.title).slice(0, 100));
      const found = await faultsOf(stage, { spot, seen, view: one, links });
      if (found.length > 0) faults[name] = found;
    }
    return faults;
  }

  describe('shows', () => {
    test('every answer whole: title, facts, texts, cells, buttons and files', async () => {
      const stage = await open();
      expect(await show(stage, EVERY)).toEqual({});
      expect(stage.rejections()).toEqual([]);
    });

    test('a column that yields where there is little room, or names it as left out', async () => {
      const stage = await open({ narrow: true });
      const unnamed: Record<string, readonly string[]> = {};
      for (const [name, one] of EVERY) {
        if (!one.blocks.some((block) => block.type === 'table')) continue;
        stage.answerWith(() => one);
        const seen = await sees(stage, await stage.ask('status'), one.title);
        const columns = unnamedColumns(seen, one);
        if (columns.length > 0) unnamed[name] = columns;
      }
      expect(unnamed).toEqual({});
    });

    test.each(LONG)(
      '%s within the limits, says what is cut, and has the rest in a file',
      async (name, one) => {
        const stage = await open();
        expect(await show(stage, [[name, one]])).toEqual({});
        expect(stage.rejections()).toEqual([]);
      },
    );

    test('a long text in any letters', async () => {
      const stage = await open({ narrow: true });
      const text = Array.from({ length: 400 }, (_, n) => `東京${n}`).join(' ');
      stage.answerWith(() => view('Tokyo', { blocks: [{ type: 'text', text }] }));
      await sees(stage, await stage.ask('status'), '東京199');
    });

    test('rows as data in the file, in which no cell is a formula', async () => {
      const stage = await open();
      const rows = Array.from({ length: 300 }, (_, n) => [`SEP${n}`, '=cmd()', 'x'.repeat(90)]);
      const columns = ['Name', 'State', 'Text'].map((label) => ({ label }));
      stage.answerWith(() => view('formulas', { blocks: [{ type: 'table', columns, rows }] }));
      const spot = await stage.ask('find');
      const { text } = await sees(stage, spot, 'formulas');
      const content = / answer\.csv has/.test(text) ? await stage.file(spot, 'answer.csv') : '';
      expect(content).not.toMatch(/(?:^|,)"?[=+@-]/m);
    });
  });

  describe('shows as text, and nothing else, what was typed into CUCM', () => {
    test('everywhere', async () => {
      const stage = await open();
      const views = ATTACKS.map((text) => [text, withoutFiles(filledWith(text))] as const);
      // A link whose words might be markup may be left out.
      expect(await show(stage, views, 'an address is text')).toEqual({});
      expect(stage.rejections()).toEqual([]);
    });

    test('in the words for notifications', async () => {
      const stage = await open();
      for (const text of ATTACKS) {
        stage.answerWith(() => view('said', { blocks: [{ type: 'text', text }] }));
        const { beside } = await sees(stage, await stage.ask('status'), text);
        expect(beside).toContain(readable(text));
      }
    });

    test('on a line on what is under way', async () => {
      const stage = await open();
      // A line costs a change, of which Slack takes few a minute.
      for (const text of ATTACKS.slice(-9)) {
        const gate = Promise.withResolvers<void>();
        stage.answerWith(async (_message, tell) => {
          tell({ text: `asking ${text}` });
          await gate.promise;
          return view('answered');
        });
        const spot = await stage.ask('status');
        const { live } = await sees(stage, spot, `asking ${text}`);
        expect(live).toEqual([]);
        gate.resolve();
        await sees(stage, spot, 'about answered');
        // Nothing is said of what is under way while something else waits for its turn.
        await expect.poll(() => textOf(stage.standing(spot)), { timeout: 5000 }).not.toContain('asking ');
        await stage.settled();
      }
    });

    test('on a button, which carries it unchanged', async () => {
      const stage = await open();
      for (const text of ATTACKS) {
        stage.answerWith(() => view('one button', { actions: [{ label: text, command: `why ${text}` }] }));
        const seen = await sees(stage, await stage.ask('status'), 'one button');
        const before = stage.asked.length;
        await stage.press(seen, text);
        await expect.poll(() => stage.asked.length).toBe(before + 1);
        expect(stage.asked.at(-1)?.text).toBe(`why ${text}`);
      }
    });
  });
}

function withoutFiles(one: View): View {
  return { ...one, blocks: one.blocks.filter(({ type }) => type !== 'file') };
}
