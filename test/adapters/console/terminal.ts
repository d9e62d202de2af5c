/** A terminal for tests: what is typed into it, what comes out of it, and what stands on its screen then. */
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { type ConsoleOptions, createConsole } from '../../../adapters/console/console.ts';
import type { Answer, Incoming } from '../../../src/chat.ts';
import type { View } from '../../../src/view/view.ts';

/** An answer that is a title, and buttons. */
export const view = (title: string, actions: View['actions'] = []): View => ({
  outcome: 'answered',
  title,
  blocks: [],
  actions,
  data: {},
});

/** A terminal that a test types into; `shows` waits until the text has been printed. */
export function terminal(answer: Answer, options: Partial<ConsoleOptions> = {}) {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { columns: 80 });
  let shown = '';
  const waiting = new Set<() => void>();
  output.on('data', (chunk: Buffer) => {
    shown += String(chunk);
    for (const look of waiting) look();
  });
  const asked: Incoming[] = [];
  const chat = createConsole({ input, output, colour: false, terminal: true, ...options });
  const started = chat.start({
    answer: (message, tell) => {
      asked.push(message);
      return answer(message, tell);
    },
  });
  const text = () => stripVTControlCharacters(shown);
  const shows = (expected: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!text().includes(expected)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  /** Types a line and forgets what was shown before. */
  const type = (keys: string) => {
    shown = '';
    input.write(keys);
  };
  return { chat, asked, started, text, raw: () => shown, shows, type, input, output };
}

/** The rows of the screen after all that was written, as a terminal of that width draws them: what readline uses of its controls, and no more. */
export function screenAfter(written: string, columns: number): readonly string[] {
  const rows: string[][] = [[]];
  let row = 0;
  let column = 0;
  const rowAt = (at: number) => {
    while (rows.length <= at) rows.push([]);
    return rows[at] ?? [];
  };
  const put = (character: string) => {
    if (column === columns) {
      row += 1;
      column = 0;
    }
    const line = rowAt(row);
    while (line.length < column) line.push(' ');
    line[column] = character;
    column += 1;
  };
  /** As a terminal's driver does it. */
  const newLine = () => {
    row += 1;
    column = 0;
  };
  const control = (count: number, kind: string) => {
    if (kind === 'A') row = Math.max(0, row - count);
    else if (kind === 'B') row += count;
    else if (kind === 'C') column = Math.min(columns - 1, column + count);
    else if (kind === 'D') column = Math.max(0, Math.min(column, columns - 1) - count);
    else if (kind === 'G') column = count - 1;
    else if (kind === 'J') {
      rowAt(row).length = Math.min(rowAt(row).length, column);
      rows.length = row + 1;
    } else throw new Error(`the terminal of the tests does not know the control ${kind}`);
  };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the controls that readline writes.
  for (const [piece, count, kind] of written.matchAll(/\u001b\[\??(\d*)([A-Za-z])|[\s\S]/gu)) {
    if (kind === 'h' || kind === 'l' || kind === 'm') continue;
    if (kind !== undefined) control(kind === 'J' ? 0 : Number(count || 1), kind);
    else if (piece === '\r') column = 0;
    else if (piece === '\n') newLine();
    else put(piece);
  }
  return rows.map((line) => line.join('').trimEnd());
}
