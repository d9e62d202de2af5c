/** A view in plain lines: beside the blocks for those who cannot see them, and whole in a file when the blocks had to be cut. */
import type { Block, Text, View } from '../../src/view/view.ts';
import { cleanLine, escapeFallback, shorten } from './escape.ts';
import { LIMITS } from './limits.ts';

/** Longest file of plain lines, in UTF-16 units. */
const LONGEST_FILE = 1_000_000;
/** More is read to nobody by a screen reader; the blocks hold the rest. */
const LONGEST_FALLBACK = 1500;

/** Title and essentials, escaped for a message's `text`. */
export function fallbackText(view: View): string {
  let text = cleanLine(view.title);
  for (const line of linesOf(view)) {
    if (text.length > LONGEST_FALLBACK) break;
    text += `\n${shorten(line, LONGEST_FALLBACK)}`;
  }
  const short = text.length > LONGEST_FALLBACK ? shorten(text, LONGEST_FALLBACK) : text;
  return escapeFallback(short).slice(0, LIMITS.messageText.most);
}

/** Everything a view says, and the command of each button. */
export function wholeText(view: View): string {
  const actions = view.actions.map(({ label, command }) => `${cleanLine(label)}: ${cleanLine(command)}`);
  const lines = [
    cleanLine(view.title),
    '',
    ...linesOf(view),
    ...(actions.length > 0 ? ['', ...actions] : []),
  ];
  return `${lines.join('\n').slice(0, LONGEST_FILE).toWellFormed()}\n`;
}

function* linesOf(view: View): Generator<string> {
  for (const block of view.blocks) yield* blockLines(block);
}

function* blockLines(block: Block): Generator<string> {
  switch (block.type) {
    case 'text':
    case 'notice':
      yield lineOf(block.text);
      return;
    case 'facts':
      for (const { label, value } of block.facts) yield `${cleanLine(label)}: ${lineOf(value)}`;
      return;
    case 'list':
      for (const item of block.items) yield `- ${lineOf(item)}`;
      return;
    case 'table':
      yield block.columns.map(({ label }) => cleanLine(label)).join(', ');
      for (const row of block.rows)
        yield row
          .map(lineOf)
          .filter((cell) => cell !== '')
          .join(', ');
      return;
    case 'file':
      yield cleanLine(block.name);
  }
}

function lineOf(text: Text): string {
  return cleanLine(typeof text === 'string' ? text : text.map((span) => span.text).join(''));
}
