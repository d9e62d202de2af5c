/** A message as Webex encodes it → text as it was typed. Pure. */
import { meantBy, phoneOf } from '../../src/chat/link.ts';
import { MENTION as BOT, undoListNumbers, undoTypedMarks } from '../../src/chat/typed-marks.ts';
import type { Message } from './read.ts';

/** Of HTML, which is longer than the 7439 bytes that it stands for. */
export const MAX_INCOMING = 40_000;
/** People whose names are looked up for one message. */
export const MOST_MENTIONED = 10;

const MENTION = /<spark-mention\b([^<>]{0,1000})>([^<>]{0,500})<\/spark-mention>/gi;
const MENTIONED = /\bdata-object-id="([^"<>]{1,400})"/i;
const LINK = /<a\b[^<>]{0,300}?\bhref="([^"<>]{1,2000})"[^<>]{0,300}>([\s\S]{0,1000}?)<\/a>/gi;
const LINE_BREAK = /<br\b[^<>]{0,100}>/gi;
/** What stands on lines of its own: a list inside of an item begins on the next line, too. */
const BLOCK = /<\/?(?:p|ul|ol|li|div|h[1-6]|blockquote|pre|table|tr)\b[^<>]{0,300}>/gi;
/** One tag ends a line and the next begins one. */
const EDGE = '\uE001';
const CELL_END = /<\/t[dh]>/gi;
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
  const plain = html === null ? withoutControls(text.slice(0, MAX_INCOMING)) : readHtml(html, bot, nameOf);
  const linked = plain.replaceAll('`', ' ').replace(/https?:\/\/[^\s<>"]{1,2000}/gi, phoneOf);
  return undoListNumbers(undoTypedMarks(linked)).trim();
}

function readHtml(html: string, bot: string, nameOf: (personId: string) => string | null): string {
  return withoutControls(html.slice(0, MAX_INCOMING))
    .replace(MENTION, (_whole, attributes: string, shown: string) => {
      const person = MENTIONED.exec(attributes)?.[1] ?? '';
      if (person === bot) return BOT;
      return nameOf(person) ?? `@${shown}`;
    })
    .replace(LINK, (_whole, url: string, words: string) => meantBy(url, words.replace(TAG, '')))
    .replace(LINE_BREAK, '\n')
    .replace(BLOCK, EDGE)
    .replace(CELL_END, '\t')
    .replace(TAG, '')
    .replace(/\n?\uE001+/g, '\n')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,6}));/gi, readEntity);
}

/** The characters that stand for something here. */
function withoutControls(text: string): string {
  return text.replaceAll(BOT, '').replaceAll(EDGE, '');
}

function readEntity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
}
