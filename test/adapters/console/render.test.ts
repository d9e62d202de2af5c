// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what must not be there.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderView } from '../../../adapters/console/render.ts';
import type { Block, Text, View } from '../../../src/view/view.ts';
import { VIEWS } from './views.ts';

const GOLDEN = join(import.meta.dirname, '../../golden/console');

function golden(name: string, text: string) {
  const path = join(GOLDEN, `${name}.txt`);
  // biome-ignore lint/style/noProcessEnv: the one switch that rewrites golden files.
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(GOLDEN, { recursive: true });
    writeFileSync(path, `${text}\n`);
  }
  expect(`${text}\n`).toBe(readFileSync(path, 'utf8'));
}

describe.each(Object.entries(VIEWS))('%s', (name, view) => {
  test.each([40, 60, 80, 120])('reads well at %d columns', (width) => {
    golden(`${name}-${width}`, renderView(view, { width, colour: false, actions: true }));
  });

  test('colour adds nothing but colour', () => {
    const plain = renderView(view, { width: 120, colour: false, actions: true });
    const coloured = renderView(view, { width: 120, colour: true, actions: true });
    expect(coloured).not.toBe(plain);
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });
});

describe('a table whose columns yield', () => {
  const { devices } = VIEWS;

  test.each([52, 56, 60, 66, 72, 80, 88, 96, 104, 112, 120, 160, 400])('at %d columns', (width) => {
    const [, table = '', foot = ''] = renderView(devices!, { width, colour: false }).split('\n\n');
    const lines = table.split('\n');
    // A heading and a line a device, whatever the width.
    expect(lines).toHaveLength(3);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    const labels = ['Numbers', 'Description', 'Model', 'Address'];
    const shown = labels.filter((label) => lines[0]?.includes(label));
    // The least important goes first, and what went is said.
    expect(shown).toEqual(labels.slice(0, shown.length));
    expect(foot.replace(/\n/g, ' ')).toBe(
      shown.length === 4 ? '' : `Too narrow to show: ${labels.slice(shown.length).join(', ')}`,
    );
    // Half an address is none, and only the last column to stay is shortened.
    expect(table).not.toMatch(/\d…/);
    expect(lines.every((line) => (line.match(/…/g) ?? []).length <= 1)).toBe(true);
  });

  test('falls back to a list only where what never yields has no room', () => {
    const narrow = renderView(devices!, { width: 40, colour: false });
    expect(narrow).toContain('Address      10.201.101.22');
    expect(narrow).not.toContain('Too narrow');
  });
});

test('columns of numbers stand closer together before they become lists', () => {
  const labels = ['Class', 'Registered', 'Not registered', 'Rejected'];
  const columns = labels.map((label, at) => (at === 0 ? { label } : { label, align: 'right' as const }));
  const table = { type: 'table', columns, rows: [['phones', '182', '27', '1']] } as const;
  const counts = { ...VIEWS['empty']!, blocks: [table] };
  // 6 + 10 + 10 + 8 columns, and a space between each.
  expect(renderView(counts, { width: 37, colour: false })).toContain('phones        182         27        1');
  expect(renderView(counts, { width: 36, colour: false })).toMatch(/^Class +phones$/m);
});

test('a number never stands apart from its label', () => {
  for (let width = 24; width < 90; width += 1) {
    const shown = renderView(VIEWS['devices']!, { width, colour: false, actions: true });
    expect(shown).toMatch(/\[4\] Refresh/);
    expect(shown).not.toMatch(/\[\d\]$/m);
  }
});

test('actions are numbered only where a number can be typed', () => {
  const { device } = VIEWS;
  expect(renderView(device!, { width: 80, colour: false })).not.toContain('[1]');
  expect(renderView(device!, { width: 80, colour: false, actions: true })).toContain('[1] Refresh  [2] Why');
});

/** The same text in every place that a view has. */
function everywhere(text: string): View {
  const spans: Text = [
    { text, tone: 'bad' },
    { text, style: 'code' },
  ];
  const blocks: Block[] = [text, spans].flatMap((value): Block[] => [
    { type: 'text', text: value },
    { type: 'notice', tone: 'warn', text: value },
    { type: 'facts', facts: [{ label: text, value }] },
    { type: 'list', items: [value] },
    { type: 'table', columns: [{ label: text }, { label: 'x' }], rows: [[value, 'x']] },
  ]);
  const file: Block = { type: 'file', name: text, mediaType: 'text/csv', content: '' };
  const actions = [{ label: text, command: 'x' }];
  return { outcome: 'answered', title: text, blocks: [...blocks, file], actions, data: {} };
}

const OBEYED =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/u;
const OURS = /\u001b\[(?:1|22|3[0-9]|9[0-9])m/g;

describe('nothing from CUCM reaches the terminal as a command', () => {
  test.each([
    ['a colour', '\u001b[31mred'],
    ['a window title', '\u001b]0;owned\u0007'],
    ['a link', '\u001b]8;;http://evil\u001b\\click\u001b]8;;\u001b\\'],
    ['an 8-bit escape', '\u009b2J'],
    ['a carriage return', 'safe\rEVIL'],
    ['a backspace', 'abc\b\b\bxyz'],
    ['a right-to-left override', 'a\u202egpj.exe'],
    ['isolates', '\u2066x\u2069'],
    ['a zero-width space', 'cu\u200bcm'],
    ['invisible tags', `x${String.fromCodePoint(0xe0041)}`],
    ['half a character', 'x\ud800y'],
  ])('%s', (_claim, text) => {
    for (const colour of [false, true]) {
      const shown = renderView(everywhere(text), { width: 60, colour, actions: true }).replace(OURS, '');
      expect(shown).not.toMatch(OBEYED);
      expect(shown.isWellFormed()).toBe(true);
    }
  });

  test('any text at all', () => {
    const nasty = fc.string({
      unit: fc.oneof(
        fc.constantFrom('\u001b', '[', ']', '\n', '\r', '\t', '\u202e', ' ', 'm', '漢', '👍🏽', '\u0301'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
      maxLength: 40,
    });
    fc.assert(
      fc.property(nasty, fc.integer({ min: 1, max: 130 }), fc.boolean(), (text, width, colour) => {
        const shown = renderView(everywhere(text), { width, colour, actions: true });
        return !OBEYED.test(shown.replace(OURS, ''));
      }),
      { numRuns: 150 },
    );
  });
});

test('plain text never goes beyond the width, and no letter is lost', () => {
  const words = fc.array(fc.stringMatching(/^[a-z0-9.:_-]{1,70}$/), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(words, fc.integer({ min: 20, max: 130 }), (list, width) => {
      const text = list.join(' ');
      const view = everywhere(text);
      for (const block of view.blocks) {
        if (block.type === 'file') continue;
        const shown = renderView(
          { ...view, title: 'T', blocks: [block], actions: [] },
          { width, colour: false },
        );
        const lines = shown.split('\n');
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
        const letters = (some: string) => [...some.replace(/[\s!|-]/g, '')].sort().join('');
        const wanted = letters(text);
        const counts = (some: string) => Map.groupBy(some, (letter) => letter);
        const seen = counts(letters(lines.slice(1).join('')));
        for (const [letter, all] of counts(wanted))
          expect(seen.get(letter)?.length ?? 0).toBeGreaterThanOrEqual(all.length);
        expect(shown).not.toContain('…');
      }
    }),
    { numRuns: 60 },
  );
});
