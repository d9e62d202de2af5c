/** Views for tests of adapters: those of the golden files, views full of hostile text, and any view at all. */
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import type { Block, Fact, Span, Text, View } from '../../src/view/view.ts';

const VIEWS = new URL('../golden/views/', import.meta.url);

/** The view of a golden file. */
export function viewOf(name: string): View {
  return JSON.parse(readFileSync(new URL(`${name}.json`, VIEWS), 'utf8')) as View;
}

export function view(blocks: readonly Block[], over: Partial<View> = {}): View {
  return { outcome: 'answered', title: 'Title', blocks, actions: [], data: {}, ...over };
}

/** Names of all golden files but those of a person's own page, which is never a message. */
export const MESSAGES: readonly string[] = globSync('*.json', { cwd: VIEWS.pathname })
  .map((file) => basename(file, '.json'))
  .filter((name) => !name.startsWith('home'));

/** What somebody may have typed into CUCM. */
export const HOSTILE: readonly string[] = [
  '<!channel> fire',
  '<!here|x>',
  '<@U123ABC> look',
  '<#C123|general>',
  '<http://evil.example|harmless>',
  'http://evil.example/x',
  '@channel @here @everyone',
  ':rotating_light: :100:',
  '*bold* _italic_ ~gone~ `code` ```pre```',
  '> quoted',
  '>>> all quoted',
  '&lt;!channel&gt;',
  '<!date^1392734382^{date}|x>',
  '=HYPERLINK("http://evil.example")',
  '\u202Etxt.exe',
  'a\u0000b\u001b[31mc',
  '\ud800 half',
  '[x](http://evil.example)',
];

/** Everything of a view that CUCM's text reaches. */
export function filledWith(text: string): View {
  return view(
    [
      { type: 'text', text },
      { type: 'text', text: [{ text, style: 'strong' }, { text: ' and ' }, { text, style: 'code' }] },
      { type: 'notice', tone: 'warn', text },
      { type: 'notice', tone: 'muted', text },
      {
        type: 'facts',
        facts: [
          { label: text, value: text },
          { label: 'Plain', value: text },
          { label: 'Code', value: [{ text, style: 'code' }] },
          { label: 'Strong', value: [{ text, style: 'strong', tone: 'bad' }] },
          { label: 'Linked', value: [{ text, href: 'http://10.0.0.1/' }] },
          { label: 'Split', value: [{ text: text.slice(0, 3) }, { text: text.slice(3) }] },
        ],
      },
      { type: 'list', items: [text] },
      { type: 'table', columns: [{ label: text }], rows: [[text], [[{ text, tone: 'good' }]]] },
      { type: 'table', columns: [{ label: text }, { label: text }], rows: [[text, text]] },
      { type: 'file', name: text, mediaType: 'text/csv', content: '' },
    ],
    { title: text, actions: [{ label: text, command: `why ${text}` }] },
  );
}

/** Any view at all; hostile texts are among its strings. */
export function anyView(hostile: readonly string[] = HOSTILE): fc.Arbitrary<View> {
  const arbitraryString = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.constantFrom(...hostile),
    fc
      .tuple(fc.constantFrom('x', '&', '<', '*', '👩‍👩‍👧', 'ש', 'é', ' ', '\n', '\u0301'), fc.nat(6000))
      .map(([unit, n]) => unit.repeat(n)),
  );
  const arbitrarySpan: fc.Arbitrary<Span> = fc.record(
    {
      text: arbitraryString,
      tone: fc.constantFrom('good', 'bad', 'warn', 'info', 'muted'),
      style: fc.constantFrom('strong', 'code'),
      href: fc.constant('http://10.0.0.1/'),
    },
    { requiredKeys: ['text'] },
  );
  const arbitraryText: fc.Arbitrary<Text> = fc.oneof(
    arbitraryString,
    fc.array(arbitrarySpan, { maxLength: 6 }),
  );
  const arbitraryFact: fc.Arbitrary<Fact> = fc.record({ label: arbitraryString, value: arbitraryText });
  const arbitraryBlock: fc.Arbitrary<Block> = fc.oneof(
    fc.record({ type: fc.constant('text'), text: arbitraryText }),
    fc.record({ type: fc.constant('notice'), tone: fc.constantFrom('warn', 'muted'), text: arbitraryText }),
    fc.record({ type: fc.constant('facts'), facts: fc.array(arbitraryFact, { maxLength: 30 }) }),
    fc.record({ type: fc.constant('list'), items: fc.array(arbitraryText, { maxLength: 30 }) }),
    fc.record({
      type: fc.constant('table'),
      columns: fc.array(fc.record({ label: arbitraryString }), { maxLength: 25 }),
      rows: fc.array(fc.array(arbitraryText, { maxLength: 25 }), { maxLength: 12 }),
    }),
    fc.record({
      type: fc.constant('file'),
      name: arbitraryString,
      mediaType: fc.constantFrom('text/csv', 'text/plain'),
      content: fc.constant('a'),
    }),
  );
  return fc.record(
    {
      outcome: fc.constantFrom('answered', 'failed'),
      title: arbitraryString,
      tone: fc.constantFrom('good', 'muted'),
      blocks: fc.array(arbitraryBlock, { maxLength: 60, size: 'max' }),
      actions: fc.array(fc.record({ label: arbitraryString, command: arbitraryString }), { maxLength: 40 }),
      data: fc.constant({}),
    },
    { requiredKeys: ['outcome', 'title', 'blocks', 'actions', 'data'] },
  );
}
