/** A message as Webex encodes it → text as it was typed. Pure. */
import { phoneOf } from '../../src/chat/link.ts';
import type { Message } from './read.ts';

/** Of HTML, which is longer than the 7439 bytes that it stands for. */
export const MAX_INCOMING = 40_000;
/** People whose names are looked up for one message. */
export const MOST_MENTIONED = 10;

const MENTION = /<spark-mention\b([^<>]{0,1000})>([^<>]{0,500})<\/spark-mention>/gi;
const MENTIONED = /\bdata-object-id="([^"<>]{1,400})"/i;
const LINE_END = /<(?:br\b[^<>]{0,100}|\/(?:p|li|div|h[1-6]|blockquote|pre|tr))>/gi;
const TAG = /<[^<>]{0,3000}>/g;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/**
 * Leaves out the bot's own mention; other people's become what `nameOf` says, or the name that stands there. Line ends stay: a pasted column is
 * one subject a line. Takes time in proportion to the text, of which 40 000 characters are read.
 */
export function typedText(
  { text, html }: Pick<Message, 'text' | 'html'>,
  bot: string,
  nameOf: (personId: string) => string | null,
): string {
  const plain = html === null ? text.slice(0, MAX_INCOMING) : readHtml(html, bot, nameOf);
  return plain
    .replaceAll('`', ' ')
    .replace(/https?:\/\/[^\s<>"]{1,2000}/gi, phoneOf)
    .trim();
}

function readHtml(html: string, bot: string, nameOf: (personId: string) => string | null): string {
  return html
    .slice(0, MAX_INCOMING)
    .replace(MENTION, (_whole, attributes: string, shown: string) => {
      const person = MENTIONED.exec(attributes)?.[1] ?? '';
      if (person === bot) return ' ';
      return nameOf(person) ?? `@${shown}`;
    })
    .replace(LINE_END, '\n')
    .replace(TAG, '')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,6}));/gi, readEntity);
}

function readEntity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
}
