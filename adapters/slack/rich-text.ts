/**
 * What somebody wrote, out of the blocks that Slack's composer makes of it: formatting is apart from the text there, so that a star in
 * the text is one that was typed. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
import { textAt, valueAt } from './arrival.ts';

/** `@U…`, `#C…`, `!here`, or an address, as between `<` and `>` in mrkdwn, and its words → text. */
export type ReadTarget = (target: string, words: string | undefined) => string;

const RUNS: ReadonlySet<string> = new Set(['rich_text_section', 'rich_text_quote', 'rich_text_preformatted']);
const LIST = 'rich_text_list';
/** Slack nests lists by their indent, side by side. */
const DEEPEST = 10;

/** An element becomes text, or is an emoji, whose text depends on what it stands between. */
type Piece = string | { readonly emoji: string };

/**
 * The text, a line for each paragraph, item and quote. Null when the blocks hold anything else than what people type, as those of
 * workflows do: then the message's `text` has to do. `encoded` is that text.
 */
export function richText(blocks: unknown, encoded: string, read: ReadTarget): string | null {
  if (!Array.isArray(blocks) || blocks.length === 0) return null;
  const lines: string[] = [];
  for (const block of blocks) {
    if (textAt(block, 'type') !== 'rich_text' || !addLines(block, lines, read, 0)) return null;
  }
  const text = lines.join('\n');
  return isEscaped(text, encoded) ? unescaped(text) : text;
}

/** False when there is something unknown. */
function addLines(container: unknown, lines: string[], read: ReadTarget, depth: number): boolean {
  const elements = valueAt(container, 'elements');
  if (!Array.isArray(elements) || depth > DEEPEST) return false;
  return elements.every((element) => {
    const type = textAt(element, 'type') ?? '';
    if (type === LIST) return addLines(element, lines, read, depth + 1);
    const line = RUNS.has(type) ? lineOf(valueAt(element, 'elements'), read) : null;
    if (line !== null) lines.push(line.replace(/\n$/, ''));
    return line !== null;
  });
}

function lineOf(elements: unknown, read: ReadTarget): string | null {
  if (!Array.isArray(elements)) return null;
  const pieces: Piece[] = [];
  for (const element of elements) {
    const piece = pieceOf(element, read);
    if (piece === null) return null;
    pieces.push(piece);
  }
  return pieces
    .map((piece, at) =>
      typeof piece === 'string' ? piece : emojiText(piece.emoji, pieces[at - 1], pieces[at + 1]),
    )
    .join('');
}

function pieceOf(element: unknown, read: ReadTarget): Piece | null {
  const at = (name: string) => textAt(element, name) ?? '';
  switch (at('type')) {
    case 'text':
      return at('text');
    case 'link':
      return read(at('url'), textAt(element, 'text'));
    case 'user':
      return read(`@${at('user_id')}`, undefined);
    case 'usergroup':
      return read(`!subteam^${at('usergroup_id')}`, undefined);
    case 'channel':
      return read(`#${at('channel_id')}`, undefined);
    case 'broadcast':
      return read(`!${at('range')}`, undefined);
    case 'emoji':
      return { emoji: at('name') };
    case 'color':
      return at('value');
    case 'date':
      return at('fallback');
    default:
      return null;
  }
}

/** Nothing: a smile names no phone. But `00:ab:11:…` has an emoji in the middle for Slack, and is a MAC address. */
function emojiText(name: string, before: Piece | undefined, after: Piece | undefined): string {
  const isInside =
    typeof before === 'string' &&
    typeof after === 'string' &&
    /[\p{L}\p{N}]$/u.test(before) &&
    /^[\p{L}\p{N}]/u.test(after);
  return isInside ? `:${name}:` : ' ';
}

const ENTITY = /&(?:amp|lt|gt);/;
const ESCAPED_ENTITY = /&amp;(?:amp|lt|gt);/;

/** Whether `&`, `<` and `>` are entities in the blocks too, as they always are in the text: Slack's reference does not say. */
function isEscaped(text: string, encoded: string): boolean {
  if (!ENTITY.test(text) || /[<>]|&(?!(?:amp|lt|gt);)/.test(text)) return false;
  // Somebody who typed `&lt;` has it escaped in the text: where the blocks have it plain, they are not escaped.
  return !ESCAPED_ENTITY.test(encoded) || ESCAPED_ENTITY.test(text);
}

/** The three characters that Slack escapes. */
export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
