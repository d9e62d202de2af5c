/** A view in plain lines: for those who see no card, and whole in a file when the card had to be cut. */
import { cleanLine } from './clean.ts';
import type { Block, Text, View } from './view.ts';

/** Longest file of plain lines, in UTF-16 units. */
const LONGEST_FILE = 1_000_000;

/** Everything a view says, and the command of each button. */
export function wholeText(view: View): string {
  const actions = view.actions.map(({ label, command }) => `${cleanLine(label)}: ${cleanLine(command)}`);
  const lines = [
    cleanLine(view.title),
    '',
    ...bodyLines(view),
    ...(actions.length > 0 ? ['', ...actions] : []),
  ];
  return `${lines.join('\n').slice(0, LONGEST_FILE).toWellFormed()}\n`;
}

/** The blocks of a view, one after the other; lazily, since a reader may have enough before the end. */
export function* bodyLines(view: View): Generator<string> {
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
  return cleanLine(textOf(text));
}

/** The runs together, as they came. */
export function textOf(text: Text): string {
  return typeof text === 'string' ? text : text.map((span) => span.text).join('');
}
