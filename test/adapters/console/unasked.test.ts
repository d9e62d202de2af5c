/** Cards that nobody asked for, at a prompt where somebody types. */
import { expect, test } from 'vitest';
import { changesOf } from '../../../adapters/console/changes.ts';
import { PLACE } from '../../../adapters/console/session.ts';
import type { Answer } from '../../../src/chat.ts';
import type { View } from '../../../src/view/view.ts';
import { screenAfter, terminal, view } from './terminal.ts';

const echo: Answer = async ({ text }) => view(`answer to ${text}`);

const LOST: View = {
  ...view('#12 12 phones of cucm2 lost registration', [
    { label: 'Acknowledge', command: 'ack 12' },
    { label: 'Mute 1 h', command: 'mute 12 1h' },
  ]),
  tone: 'bad',
  blocks: [
    {
      type: 'facts',
      facts: [
        { label: 'Lost', value: '12' },
        { label: 'Node', value: 'cucm2' },
      ],
    },
    { type: 'list', items: ['SEP000000000001 Reception', 'SEP000000000002 Lobby'] },
  ],
};
const LESS: View = {
  ...LOST,
  title: '#12 5 of 12 phones of cucm2 are back',
  blocks: [
    {
      type: 'facts',
      facts: [
        { label: 'Lost', value: '7' },
        { label: 'Node', value: 'cucm2' },
      ],
    },
    { type: 'list', items: ['SEP000000000002 Lobby', 'SEP000000000003 Hall'] },
  ],
};

/** Everything written so far, since `type` forgets it. */
function recorded(at: ReturnType<typeof terminal>) {
  let written = '';
  at.output.on('data', (chunk: Buffer) => {
    written += String(chunk);
  });
  return () => screenAfter(written, at.output.columns).join('\n');
}

test('a card stands above what is being typed, and that goes on', async () => {
  const at = terminal(echo);
  const screen = recorded(at);
  await at.shows('ris> ');
  at.type('why SEP0011');
  await at.shows('why SEP0011');
  const posted = await at.chat.post(PLACE, LOST);
  expect(posted).toEqual({ place: PLACE, id: '1' });
  expect(screen()).toMatchInlineSnapshot(`
    "#12 12 phones of cucm2 lost registration

    Lost  12
    Node  cucm2

    - SEP000000000001 Reception
    - SEP000000000002 Lobby

    [1] Acknowledge  [2] Mute 1 h

    ris> why SEP0011"
  `);
  at.type('22334455\r');
  await at.shows('answer to why SEP001122334455');
  expect(at.asked.map(({ text }) => text)).toEqual(['why SEP001122334455']);
  await at.chat.stop();
});

test('a change of it is printed again, shortly', async () => {
  const at = terminal(echo);
  const screen = recorded(at);
  await at.shows('ris> ');
  const posted = await at.chat.post(PLACE, LOST);
  await at.chat.update(posted, LESS);
  expect(screen()).toMatchInlineSnapshot(`
    "#12 12 phones of cucm2 lost registration

    Lost  12
    Node  cucm2

    - SEP000000000001 Reception
    - SEP000000000002 Lobby

    [1] Acknowledge  [2] Mute 1 h

    ↻ #12 5 of 12 phones of cucm2 are back

    Lost  7

    - SEP000000000003 Hall

    [1] Acknowledge  [2] Mute 1 h

    ris>"
  `);
  await at.chat.stop();
});

test.each([30, 40, 61])(
  'a question of several rows stays whole below a card, %d columns wide',
  async (columns) => {
    const question = 'SEP001122334455 SEP001122334456 SEP001122334457 SEP001122334458';
    const at = terminal(echo);
    at.output.columns = columns;
    const screen = recorded(at);
    await at.shows('ris> ');
    at.type(question);
    await at.shows('4458');
    await at.chat.post(PLACE, view('first card'));
    await at.chat.post(PLACE, view('second card'));
    const rows = screen().split('\n');
    const typed = rows.slice(rows.findIndex((row) => row.startsWith('ris> ')));
    expect(rows.filter((row) => row.endsWith('card'))).toEqual(['first card', 'second card']);
    expect(typed.join('').replaceAll(' ', '')).toBe(`ris>${question}`.replaceAll(' ', ''));
    expect(rows.filter((row) => row.startsWith('ris> ')).length).toBe(1);
    at.type('\r');
    await at.shows('answer to');
    expect(at.asked[0]?.text).toBe(question);
    await at.chat.stop();
  },
);

test('a number presses the button of the card that was shown last, asked or not', async () => {
  const at = terminal(async ({ text }) =>
    view(`answer to ${text}`, [{ label: 'Refresh', command: 'again' }]),
  );
  await at.shows('ris> ');
  at.type('1002\r');
  await at.shows('[1] Refresh');
  await at.chat.post(PLACE, LOST);
  at.type('1\r');
  await at.shows('answer to ack 12');
  at.type('1\r');
  await at.shows('answer to again');
  await at.chat.stop();
});

test('a number that was half typed when a card came presses what its writer saw', async () => {
  const at = terminal(async ({ text }) =>
    view(`answer to ${text}`, [{ label: 'Unwatch', command: 'unwatch 3' }]),
  );
  await at.shows('ris> ');
  at.type('watches\r');
  await at.shows('[1] Unwatch');
  at.type('1');
  await at.shows('ris> 1');
  await at.chat.post(PLACE, LOST);
  at.type('\r');
  await at.shows('answer to unwatch 3');
  await at.chat.post(PLACE, LOST);
  at.type('1\r');
  await at.shows('answer to ack 12');
  await at.chat.stop();
});

test('a card that comes while a question is under way leaves its line where it is', async () => {
  const gate = Promise.withResolvers<View>();
  const at = terminal(async (_message, tell) => {
    tell({ text: 'asking prod' });
    return gate.promise;
  });
  const screen = recorded(at);
  await at.shows('ris> ');
  at.type('down\r');
  await at.shows('asking prod');
  await at.chat.post(PLACE, LOST);
  expect(screen()).toMatch(/\[2\] Mute 1 h\n\nasking prod$/);
  gate.resolve(view('3 phones are down'));
  await at.shows('3 phones are down');
  expect(screen()).not.toContain('asking prod');
  await at.chat.stop();
});

test('the file of a card that nobody asked for can be saved, also after its next change', async () => {
  const at = terminal(echo);
  await at.shows('ris> ');
  const file = { type: 'file', name: 'no-such-folder/x.csv', mediaType: 'text/csv', content: 'n' } as const;
  await at.chat.post(PLACE, { ...view('the list'), blocks: [file] });
  const posted = await at.chat.post(PLACE, LOST);
  await at.chat.update(posted, LESS);
  at.type('save /no-such-folder/x.csv\r');
  await at.shows('cannot be written');
  await at.chat.stop();
});

test('where questions are piped, cards are printed as they come', async () => {
  const at = terminal(echo, { terminal: false });
  await at.chat.post(PLACE, view('lost'));
  at.input.end('status\n');
  await at.chat.closed;
  expect(at.text()).toBe('lost\n\nanswer to status\n\n');
});

test('nobody is told when the person has left: it can be told another time', async () => {
  const at = terminal(echo);
  await at.shows('ris> ');
  at.type('quit\r');
  await at.chat.closed;
  await expect(at.chat.post(PLACE, LOST)).rejects.toMatchObject({ code: 'unreachable', reason: 'closed' });
});

test.each([
  ['the title alone changed', LOST, { ...LOST, title: 'other' }, []],
  ['a table has a new row', table([['a'], ['b']]), table([['b'], ['c']]), table([['c']]).blocks],
  ['a notice came', LOST, { ...LOST, blocks: [...LOST.blocks, notice()] }, [notice()]],
  ['a line went', LOST, { ...LOST, blocks: LOST.blocks.slice(0, 1) }, []],
] as const)('what is new when %s', (_claim, before, now, expected) => {
  const changes = changesOf(before, now);
  expect(changes.blocks).toEqual(expected);
  expect(changes.title).toBe(`↻ ${now.title}`);
});

function table(rows: readonly (readonly string[])[]): View {
  return { ...view('rows'), blocks: [{ type: 'table', columns: [{ label: 'Name' }], rows }] };
}

function notice() {
  return { type: 'notice', tone: 'warn', text: 'cucm3 cannot be seen' } as const;
}
