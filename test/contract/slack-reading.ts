/** A message of Slack's as a person reads it: mrkdwn as clients show it, and what in it is a mention, a link or an emoji. */
import { isObject, type JsonObject, objectsAt, textAt } from '../../simulator/slack/json.ts';
import type { Message } from '../../simulator/slack/model.ts';
import { readable } from './readable.ts';
import type { Seen } from './stage.ts';

export function readSlack(message: Message): Seen {
  const live: string[] = [];
  const words = message.blocks.map((block) => wordsOf(block, live));
  return {
    id: message.ts,
    text: readable(message.blocks.length === 0 ? markup(message.text, live) : words.join('\n')),
    // Sent with marks of no meaning; a mention would be one all the same.
    beside: readable(decoded(message.text.replace(/<[^<>]+>/g, (part) => special(part, live)))),
    buttons: buttonsOf(message).map(readable),
    live: [...new Set(live)],
  };
}

/** As they stand there. */
export function buttonsOf({ blocks }: Message): readonly string[] {
  return blocks.flatMap((block) =>
    block['type'] === 'actions' ? objectsAt(block, 'elements').map((element) => labelOf(element)) : [],
  );
}

function labelOf({ text }: JsonObject): string {
  return isObject(text) ? (textAt(text, 'text') ?? '') : '';
}

/** Throws on what this reader does not know, so that nothing is overlooked. */
function wordsOf(part: JsonObject, live: string[]): string {
  const inside = (name: string) => objectsAt(part, name).map((one) => wordsOf(one, live));
  const { text } = part;
  switch (part['type']) {
    case 'header':
    case 'section':
      return [...(isObject(text) ? [wordsOf(text, live)] : []), ...inside('fields')].join('\n');
    case 'context':
    case 'rich_text':
    case 'rich_text_list':
      return inside('elements').join('\n');
    case 'rich_text_section':
      return inside('elements').join('');
    case 'table':
      return rowsOf(part, live);
    case 'actions':
      return '';
    case 'plain_text':
      return part['emoji'] === false ? String(text) : withEmoji(String(text), live);
    case 'mrkdwn':
      return markup(String(text), live);
    case 'text':
    case 'raw_text':
      return String(text);
    case 'link':
      live.push(`link ${part['url']}`);
      return String(text);
    case 'user':
      live.push(`mention ${part['user_id']}`);
      return String(part['user_id']);
    default:
      throw new Error(`a person reads nothing of ${JSON.stringify(part)}`);
  }
}

function rowsOf({ rows }: JsonObject, live: string[]): string {
  const all = Array.isArray(rows) ? rows : [];
  return all
    .map((row) => (Array.isArray(row) ? row.filter(isObject).map((cell) => wordsOf(cell, live)) : []))
    .map((cells) => cells.join(' '))
    .join('\n');
}

/** https://docs.slack.dev/messaging/formatting-message-text */
function markup(text: string, live: string[]): string {
  const shown = text
    .split(/(`[^`\n]+`|<[^<>]+>)/)
    .map((part, at) => (at % 2 === 1 ? special(part, live) : withEmoji(part, live)));
  const plain = shown
    .join('')
    .replace(/(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])/g, '$1')
    .replace(/(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])/g, '$1')
    .replace(/(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])/g, '$1');
  return decoded(plain);
}

function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function special(part: string, live: string[]): string {
  if (part.startsWith('`')) {
    // Code may be a link as a whole.
    const inner = part.slice(1, -1);
    return /^<[^<>]+>$/.test(inner) ? special(inner, live) : inner;
  }
  const [target = '', label] = part.slice(1, -1).split('|');
  live.push(/^[@!#]/.test(target) ? `mention ${target.replace(/^@/, '')}` : `link ${target}`);
  // Nothing says that a label is read for styles: what stands in it is shown.
  return label ?? target.replace(/^@/, '');
}

function withEmoji(text: string, live: string[]): string {
  return text.replace(/:[a-z][\w+-]*:/g, (code) => {
    live.push(`emoji ${code}`);
    return '';
  });
}
