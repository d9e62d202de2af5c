import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Answer } from '../../../src/chat.ts';
import type { View } from '../../../src/view/view.ts';
import { terminal, view } from './terminal.ts';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const echo: Answer = async ({ text }) => view(`answer to ${text}`);
const never: Answer = () => new Promise(() => {});

test('a question is answered and the next one is waited for', async () => {
  const at = terminal(echo);
  await at.shows('ris> ');
  at.type('SEP001122334455\r');
  await at.shows('answer to SEP001122334455');
  await at.shows('ris> ');
  at.type('status\r');
  await at.shows('answer to status');
  expect(at.asked.map(({ text, place, person }) => [text, place.platform, person])).toEqual([
    ['SEP001122334455', 'console', 'terminal'],
    ['status', 'console', 'terminal'],
  ]);
  await at.chat.stop();
});

test.each([
  ['quit', 'quit\r'],
  ['exit in capitals', 'EXIT\r'],
  ['Ctrl-D', CTRL_D],
  ['Ctrl-C twice', CTRL_C + CTRL_C],
])('%s leaves', async (_claim, keys) => {
  const at = terminal(echo);
  await at.shows('ris> ');
  at.type(keys);
  await at.chat.closed;
  expect(at.asked).toEqual([]);
});

test('Ctrl-C drops the question in flight and stays', async () => {
  const at = terminal(async (message, tell) =>
    message.text === 'slow' ? never(message, tell) : echo(message, tell),
  );
  await at.shows('ris> ');
  at.type('slow\r');
  await expect.poll(() => at.asked.length).toBe(1);
  at.type(CTRL_C);
  await at.shows('Cancelled.');
  await at.shows('ris> ');
  expect(at.asked[0]?.signal?.aborted).toBe(true);
  at.type('quick\r');
  await at.shows('answer to quick');
  await at.chat.stop();
});

test('Ctrl-C clears what was typed before it leaves', async () => {
  const at = terminal(echo);
  await at.shows('ris> ');
  at.type(`half a question${CTRL_C}`);
  at.type('whole\r');
  await at.shows('answer to whole');
  at.type(CTRL_C);
  await at.shows('Ctrl-C again leaves');
  at.type('more\r');
  await at.shows('answer to more');
  await at.chat.stop();
});

test('an answer that comes after its question was dropped is not shown', async () => {
  const late = Promise.withResolvers<View>();
  const at = terminal(({ text }) => (text === 'slow' ? late.promise : Promise.resolve(view('now'))));
  await at.shows('ris> ');
  at.type('slow\r');
  await expect.poll(() => at.asked.length).toBe(1);
  at.type(CTRL_C);
  await at.shows('Cancelled.');
  at.type('quick\r');
  late.resolve(view('too late'));
  await at.shows('now');
  expect(at.text()).not.toContain('too late');
  await at.chat.stop();
});

test('a failure that escapes ends the question, not the chat', async () => {
  const at = terminal(async (message, tell) => {
    if (message.text === 'bad') throw new Error('internal detail');
    return echo(message, tell);
  });
  await at.shows('ris> ');
  at.type('bad\r');
  await at.shows('Something went wrong');
  expect(at.text()).not.toContain('internal detail');
  at.type('good\r');
  await at.shows('answer to good');
  await at.chat.stop();
});

test('a number presses the button of the last card', async () => {
  const at = terminal(async (message) =>
    view(`answer to ${message.text}`, [{ label: 'Refresh', command: 'SEP1 fresh:yes' }]),
  );
  await at.shows('ris> ');
  at.type('1\r');
  await at.shows('answer to 1');
  await at.shows('[1] Refresh');
  at.type('1\r');
  await at.shows('answer to SEP1 fresh:yes');
  at.type('2\r');
  await at.shows('answer to 2');
  await at.chat.stop();
});

test('what is under way stands in the bottom line and goes with the answer', async () => {
  const gate = Promise.withResolvers<View>();
  const at = terminal(async (_message, tell) => {
    tell({ text: `asking prod: 2 questions ahead, about 8 s\u001b[2J${' and more'.repeat(40)}` });
    return gate.promise;
  });
  await at.shows('ris> ');
  at.type('down\r');
  await at.shows('asking prod: 2 questions ahead, about 8 s');
  expect(at.raw()).not.toContain('\u001b[2J');
  gate.resolve(view('3 phones are down'));
  await at.shows('3 phones are down');
  expect(at.raw()).toContain('\u001b[1G\u001b[0J3 phones are down');
  await at.chat.stop();
});

test('Tab completes verbs and known names, the arrow up asks again', async () => {
  const phone = { name: 'SEPE8B7480316D6', description: 'Reception', numbers: ['6961'] };
  const at = terminal(echo, { names: () => [phone] });
  await at.shows('ris> ');
  at.type('why SEPE8');
  await at.shows('SEPE8');
  at.type('\t');
  await at.shows('6D6');
  at.type('\r');
  await at.shows('answer to why SEPE8B7480316D6');
  at.type('\u001b[A');
  await at.shows('why SEPE8B7480316D6');
  at.type('\r');
  await at.shows('answer to why SEPE8B7480316D6');
  expect(at.asked).toHaveLength(2);
  await at.chat.stop();
});

const PASTE = ['\u001b[200~', '\u001b[201~'] as const;

test.each([
  ['with marks', `${PASTE[0]}1001\tLobby\r1002\tHall\r${PASTE[1]}`, 'answer to 1001\tLobby\n1002\tHall'],
  ['without marks', '1001\r1002\r', 'answer to 1001\n1002'],
])('a paste of several lines is one question, %s', async (_claim, keys, expected) => {
  const at = terminal(echo);
  await at.shows('ris> ');
  at.type(keys);
  await at.shows('answer to 1001');
  expect(at.asked.map(({ text }) => `answer to ${text}`)).toEqual([expected]);
  await at.chat.stop();
});

test.each([
  ['with marks', PASTE],
  ['without marks', ['', '']],
])('a paste whose last line is open waits for Enter, %s', async (_claim, [before, after]) => {
  const at = terminal(echo);
  await at.shows('ris> ');
  at.type(`${before}1001\r1002${after}`);
  await at.shows('1002');
  await new Promise((resolve) => setImmediate(resolve));
  expect(at.asked).toEqual([]);
  at.type('\r');
  await at.shows('answer to 1001');
  expect(at.asked.map(({ text }) => text)).toEqual(['1001\n1002']);
  await at.chat.stop();
});

test('Ctrl-C forgets a paste that is not complete', async () => {
  const at = terminal(echo);
  await at.shows('ris> ');
  at.type('1001\r1002');
  await at.shows('1002');
  at.type(CTRL_C);
  at.type('status\r');
  await at.shows('answer to status');
  expect(at.asked.map(({ text }) => text)).toEqual(['status']);
  await at.chat.stop();
});

test('a question that was typed too early is repeated above its answer', async () => {
  const gate = Promise.withResolvers<View>();
  const at = terminal(({ text }) => (text === 'slow' ? gate.promise : Promise.resolve(view('quick one'))));
  await at.shows('ris> ');
  at.type('slow\r');
  await expect.poll(() => at.asked.length).toBe(1);
  at.type('why 1001\r');
  await at.shows('why 1001');
  // The line is taken in the next turn of the loop.
  await new Promise((resolve) => setImmediate(resolve));
  at.type('');
  gate.resolve(view('slow one'));
  await at.shows('quick one');
  expect(at.text()).toMatch(/slow one\s+(?:ris> )*ris> why 1001\s+quick one/);
  await at.chat.stop();
});

test('the file of a card is saved where the person says, and never over another one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'risbot-save-'));
  const path = join(folder, 'phones.csv');
  const file = { type: 'file', name: 'x.csv', mediaType: 'text/csv', content: 'name\r\n' } as const;
  const at = terminal(async ({ text }) => ({ ...view(`answer to ${text}`), blocks: [file] }));
  await at.shows('ris> ');
  at.type(`save ${path}\r`);
  // There is no file yet, so this is a question like any other.
  await at.shows('answer to save');
  await at.shows('type save to keep it');
  for (const said of [`Saved in ${path}`, 'is there already']) {
    at.type(`save ${path}\r`);
    await at.shows(said);
  }
  expect(await readFile(path, 'utf8')).toBe('name\r\n');
  expect(at.asked).toHaveLength(1);
  await at.chat.stop();
  await rm(folder, { recursive: true });
});

test('a line of its own kind is no question', async () => {
  const at = terminal(echo, { local: (line) => (line.startsWith('!') ? `did ${line.slice(1)}` : null) });
  await at.shows('ris> ');
  at.type('!unplug SEP1\r');
  await at.shows('did unplug SEP1');
  expect(at.asked).toEqual([]);
  await at.chat.stop();
});

test('piped questions are answered one after the other without prompts, and then it ends', async () => {
  const at = terminal(echo, { terminal: false });
  at.input.end('status\n\n  SEP001122334455  \r\nlast without a line end');
  await at.chat.closed;
  expect(at.text()).toBe(
    'answer to status\n\nanswer to SEP001122334455\n\nanswer to last without a line end\n\n',
  );
});

test('piped questions end at quit', async () => {
  const at = terminal(echo, { terminal: false });
  at.input.end('status\nquit\nnever asked\n');
  await at.chat.closed;
  expect(at.asked.map(({ text }) => text)).toEqual(['status']);
});

test('a piped line without end is cut', async () => {
  const at = terminal(async ({ text }) => view(String(text.length)), { terminal: false });
  for (let part = 0; part < 40; part += 1) at.input.write('x'.repeat(65_536));
  at.input.end('\nstatus\n');
  await at.chat.closed;
  expect(at.text()).toBe('262144\n\n6\n\n');
});

test('a window that changes its width gets answers of that width', async () => {
  const at = terminal(async () => view('word '.repeat(30).trim()));
  await at.shows('ris> ');
  at.type('a\r');
  await at.shows('word');
  at.output.columns = 30;
  await at.shows('ris> ');
  at.type('b\r');
  await at.shows('ris> ');
  const lines = at
    .text()
    .split(/[\r\n]+/)
    .filter((line) => line.startsWith('word'));
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(30);
  expect(lines.length).toBeGreaterThan(4);
  await at.chat.stop();
});
