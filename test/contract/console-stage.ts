/** The terminal before the contract: typed at the prompt, and read off the screen. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { PLACE } from '../../adapters/console/session.ts';
import { screenAfter, terminal } from '../adapters/console/terminal.ts';
import { closeAfter, view } from '../adapters/core.ts';
import { readable } from './readable.ts';
import { type Answerer, type Seen, type Spot, type Stage, sees } from './stage.ts';

const PROMPT = 'ris>';
const LOBBY = { name: 'SEP001122334455', description: 'Lobby', numbers: ['1002'] };
/** As wide as an answer is ever drawn. */
const WIDE = 400;
const NARROW = 80;
const SOON = { timeout: 5000, interval: 5 };

export async function openConsoleStage({ narrow = false } = {}): Promise<Stage> {
  let answerer: Answerer = ({ text }) => view(text);
  const at = terminal(async (message, tell) => answerer(message, tell), { names: () => [LOBBY] });
  closeAfter(() => at.chat.stop());
  at.output.columns = narrow ? NARROW : WIDE;
  let isOpen = true;
  at.chat.closed.then(
    () => {
      isOpen = false;
    },
    () => undefined,
  );
  const screen = readScreen(at.output);
  await at.shows(PROMPT);

  const standing = ({ id }: Spot) => [seenIn(screen.rows().slice(Number(id)), screen.live())];
  /** From the prompt on: what comes is drawn below it. */
  const here = (): Spot => ({ id: String(screen.rows().length - 1) });
  const stage: Stage = {
    chat: at.chat,
    place: PLACE,
    lost: '99',
    asked: at.asked,
    answerWith(next) {
      answerer = next;
    },
    person: () => 'terminal',
    async ask(text) {
      const spot = here();
      at.type(`${text}\r`);
      return spot;
    },
    standing,
    async press({ buttons }, label) {
      const number = buttons.indexOf(readable(label)) + 1;
      if (number === 0) throw new Error(`there is no button ${label}`);
      at.type(`${number}\r`);
    },
    async fill({ verb, lookFor, cluster }) {
      at.type('\r');
      await expect.poll(() => screen.rows().at(-1), SOON).toBe(PROMPT);
      const spot = here();
      at.type(`${verb} ${lookFor.slice(0, 6)}\t`);
      await expect.poll(() => screen.rows().at(-1), SOON).toBe(`${PROMPT} ${verb} ${lookFor}`);
      at.type(` in:${cluster}\r`);
      return spot;
    },
    async file(spot, name) {
      await sees(stage, spot, `${name}, `);
      const folder = mkdtempSync(join(tmpdir(), 'risbot-contract-'));
      closeAfter(async () => rmSync(folder, { recursive: true }));
      at.type(`save ${join(folder, 'kept')}\r`);
      await sees(stage, spot, 'Saved in');
      return readFileSync(join(folder, 'kept'), 'utf8');
    },
    async post(place, card) {
      const spot = here();
      return { posted: await at.chat.post(place, card), spot };
    },
    async nowhere() {
      at.type('quit\r');
      await at.chat.closed;
      return PLACE;
    },
    rejections: () => [],
    open: async () => (isOpen ? 1 : 0),
    settled: async () => undefined,
  };
  return stage;
}

/** The rows of the screen, and every control that came without readline's doing. */
function readScreen(output: ReturnType<typeof terminal>['output']) {
  let written = '';
  let drawn = { length: -1, rows: [] as readonly string[] };
  output.on('data', (chunk: Buffer) => {
    written += String(chunk);
  });
  return {
    rows() {
      if (drawn.length !== written.length) {
        drawn = { length: written.length, rows: screenAfter(written, output.columns) };
      }
      return drawn.rows;
    },
    live: () => [...written.matchAll(CONTROL)].map(([control]) => `control ${JSON.stringify(control)}`),
  };
}

/** Whatever a terminal may obey, or be fooled by, but what readline draws with. */
const CONTROL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  /\u001b(?!\[(?:\d*[ABCDG]|0?J|\?2004[hl])).?|[\u0000-\u0009\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

function seenIn(rows: readonly string[], live: readonly string[]): Seen {
  const text = readable(rows.filter((row) => row !== PROMPT).join('\n'));
  const first = rows.findLastIndex((row) => row.startsWith('[1] '));
  const last = first === -1 ? -1 : rows.findIndex((row, at) => at >= first && !/^\[\d+\] /.test(row));
  const labels = rows.slice(Math.max(0, first), Math.max(0, last));
  const buttons = labels.flatMap((row) => row.split(/ {2}(?=\[\d+\] )/));
  return {
    id: 'screen',
    text,
    beside: text,
    buttons: buttons.map((button) => readable(button.replace(/^\[\d+\] /, ''))),
    live: [...new Set(live)],
  };
}
