/** What the terminal shows: answers that stay, and one line at the bottom that is rewritten. */
import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import type { Interface } from 'node:readline/promises';
import type { View } from '../../src/view/view.ts';
import { cleanLine, cleanText } from './clean.ts';
import { wrap } from './grid.ts';
import { painter } from './paint.ts';
import { renderView } from './render.ts';

export interface Output extends NodeJS.WritableStream {
  /** Columns of the terminal; it changes when the window does. */
  readonly columns?: number;
}

export interface Screen {
  /** Prints an answer above the bottom line. */
  show(view: View): void;
  /** Prints what nobody asked for above the bottom line, which stays as it is, with what is typed in it. */
  interject(view: View): void;
  /** Repeats a question that was typed while another one was being answered. */
  echo(question: string): void;
  /** Prints plain words above the bottom line. */
  say(text: string): void;
  /** What is under way, in the bottom line. Nothing when there is no terminal. */
  progress(text: string): void;
  /** The bottom line once more: the Enter key has pushed it up. */
  again(): void;
  /** The bottom line waits for a question. */
  prompt(): void;
  /** Whatever comes after the chat begins on a line of its own. */
  leave(): void;
}

const PROMPT = 'ris> ';
const DEFAULT_WIDTH = 80;
const FEWEST = 10;

export interface ScreenOptions {
  readonly output: Output;
  readonly colour: boolean;
  /** Null when the input is no terminal: then answers are printed and nothing else. */
  readonly line: Interface | null;
}

export function createScreen({ output, colour, line }: ScreenOptions): Screen {
  const paint = painter(colour);
  const width = () => output.columns ?? DEFAULT_WIDTH;
  let open = line !== null;
  let last = '';
  line?.once('close', () => {
    open = false;
  });
  /** Whether the bottom line is on the screen, in as many rows as it needs. */
  let drawn = false;
  const rowsTyped = () => line?.getCursorPos().rows ?? 0;
  const clear = () => {
    if (!open) return;
    if (drawn) moveCursor(output, 0, -rowsTyped());
    drawn = false;
    cursorTo(output, 0);
    clearScreenDown(output);
  };
  // The bottom line is readline's own prompt, so that what somebody types meanwhile stays in place beside it.
  const bottom = (text: string) => {
    if (line === null || !open) return;
    last = text;
    clear();
    // Before it draws again, readline goes up by as many rows as it has drawn.
    output.write('\n'.repeat(rowsTyped()));
    line.setPrompt(text);
    line.prompt(true);
    drawn = true;
  };
  const print = (text: string) => {
    clear();
    output.write(`${text}\n\n`);
  };
  const show = (view: View) => print(renderView(view, { width: width(), colour, actions: line !== null }));
  return {
    show,
    interject: (view) => {
      show(view);
      if (last !== '') bottom(last);
    },
    echo: (question) => {
      const [first = '', ...more] = question.split('\n');
      const rest = more.length > 0 ? ` … ${more.length + 1} lines` : '';
      clear();
      output.write(`${paint(PROMPT, 'bold')}${cleanLine(first)}${rest}\n`);
    },
    say: (text) => print(wrap(cleanText(text), Math.max(FEWEST, width()))),
    progress: (text) => {
      const [first = ''] = wrap(cleanLine(text), Math.max(FEWEST, width() - 3)).split('\n');
      bottom(`${paint(first, 'gray')} `);
    },
    again: () => bottom(last),
    prompt: () => bottom(paint(PROMPT, 'bold')),
    leave: () => {
      if (line !== null) output.write('\n');
    },
  };
}
