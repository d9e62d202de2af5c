/** Cleaned text → words, with their fields, quotes and the gaps between them. One pass, no backtracking. */
import { parseMac } from '../device/mac.ts';
import { endOfNumber } from '../view/phone-number.ts';
import { isColonAddress } from './address.ts';
import { FIELD_WORDS, OPTION_WORDS } from './grammar.ts';
import { nearestWord } from './nearest.ts';

/** One value of a word: `dn:1002,!1003` has two. */
export interface Piece {
  readonly text: string;
  readonly not: boolean;
  readonly quoted: boolean;
}

export interface Token {
  /** What stands before the colon, in lower case; null for a plain word. */
  readonly field: string | null;
  /** At least one for a plain word; none for a field left without a value. */
  readonly pieces: readonly Piece[];
  /** The word as it would be typed again: quotes closed, line ends gone. */
  readonly raw: string;
  /** What came before: spaces only, or something that separates cells (comma, semicolon, tab, line end). */
  readonly gap: 'space' | 'break';
}

const FIELD = /([!-]?)([a-z][a-z0-9_-]*):(?!\/\/)/iy;
/** Six pairs with single spaces between, and no seventh before or after. */
const SPACED_MAC =
  /(?<!(?:^|[\s,;])[0-9a-f]{2} )(?:SEP ?)?[0-9a-f]{2}(?: [0-9a-f]{2}){5}(?![^\s,;])(?! [0-9a-f]{2}(?:[\s,;]|$))/iy;
const SEPARATOR = /[\s,;]/;
/** Longer than any MAC, address or subnet: beyond that a word need not be looked at. */
const LONGEST_ADDRESS = 64;
const BREAK = /[\n\t,;]/;

export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (true) {
    const start = skip(text, at, SEPARATOR);
    if (start >= text.length) return tokens;
    const gap = BREAK.test(text.slice(at, start)) ? 'break' : 'space';
    const read = readToken(text, start);
    tokens.push({ field: read.field, pieces: read.pieces, raw: spellRead(read), gap });
    at = read.end;
  }
}

/** The words as they would be typed again; cells stay apart. */
export function spell(tokens: readonly Token[]): string {
  return tokens
    .map((token, i) => `${i === 0 ? '' : token.gap === 'break' ? '; ' : ' '}${token.raw}`)
    .join('');
}

function spellRead(read: Read): string {
  const values = read.pieces.map(({ text, not, quoted }) => {
    const quote = text.includes('"') ? "'" : '"';
    return `${not ? '!' : ''}${quoted ? `${quote}${text}${quote}` : text}`;
  });
  return `${read.field === null ? '' : `${read.field}:`}${values.join(',')}`;
}

/** The word, when the token is one without a field or quotes. */
export function plainWord(token: Token | undefined): string | null {
  const piece = token?.field === null ? token.pieces[0] : undefined;
  return piece === undefined || piece.quoted || piece.not ? null : piece.text;
}

/** Whether the token says which cluster, page or age is asked for, rather than what. */
export function steers({ field }: Token): boolean {
  return FIELD_WORDS.get(field ?? '')?.kind === 'control';
}

interface Read {
  readonly field: string | null;
  readonly pieces: readonly Piece[];
  readonly end: number;
}

function readToken(text: string, start: number): Read {
  const field = fieldAt(text, start);
  if (field === null) {
    const piece = readPiece(text, start, false);
    return { field: null, pieces: [piece.piece], end: piece.end };
  }
  return readValues(text, field);
}

interface FieldStart {
  readonly name: string;
  readonly not: boolean;
  readonly end: number;
}

function fieldAt(text: string, start: number): FieldStart | null {
  FIELD.lastIndex = start;
  const match = FIELD.exec(text);
  if (match === null) return null;
  const end = until(text, start, SEPARATOR, LONGEST_ADDRESS);
  const word = text.slice(start, end).replace(/[.,:;?!)>\]]+$/, '');
  // `fe80::1` and `aa:bb:cc:dd:ee:ff` have colons, but no field.
  if (parseMac(word) !== null || isColonAddress(word)) return null;
  const name = (match[2] ?? '').toLowerCase();
  const past = start + match[0].length;
  return isProse(name, text, past) ? null : { name, not: match[1] !== '', end: past };
}

/** `check these:` ends in a colon as sentences do. Whoever writes the value behind a space may have slipped in the filter's name. */
function isProse(name: string, text: string, past: number): boolean {
  const next = text.charAt(past);
  if (next !== '' && !/\s/.test(next)) return false;
  const isLast = next === '' || text.charAt(skip(text, past, / /)) === '\n';
  const known = FIELD_WORDS.get(name);
  if (known !== undefined) return known.kind === 'subject' && isLast && next !== '';
  return !OPTION_WORDS.has(name) && (isLast || nearestWord(name, FIELD_WORDS.keys()) === null);
}

/** Values joined by commas. A space after the colon or after a comma is how people write, so it does not end the list. */
function readValues(text: string, field: FieldStart): Read {
  const pieces: Piece[] = [];
  let end = field.end;
  while (true) {
    const next = skip(text, end, / /);
    if (
      next >= text.length ||
      /[\n\t;]/.test(text.charAt(next)) ||
      (next > end && fieldAt(text, next) !== null)
    )
      break;
    if (text.charAt(next) === ',') {
      end = next + 1;
      continue;
    }
    const read = readPiece(text, next, field.not);
    pieces.push(read.piece);
    end = read.end;
    if (text.charAt(end) !== ',') break;
    end += 1;
  }
  return { field: field.name, pieces, end };
}

function readPiece(text: string, start: number, notBefore: boolean): { piece: Piece; end: number } {
  const spaced = at(SPACED_MAC, text, start) ?? numberAt(text, start);
  if (spaced !== null) {
    return { piece: { text: spaced, not: notBefore, quoted: false }, end: start + spaced.length };
  }
  const negated =
    text.charAt(start) === '!' && start + 1 < text.length && !SEPARATOR.test(text.charAt(start + 1));
  const from = negated ? start + 1 : start;
  const not = notBefore || negated;
  const close = closingQuote(text, from);
  if (close !== null) {
    const inside = text.slice(from + 1, close).replace(/\s+/g, ' ');
    return { piece: { text: inside, not, quoted: true }, end: Math.min(close + 1, text.length) };
  }
  const end = until(text, from, SEPARATOR);
  return { piece: { text: text.slice(from, end), not, quoted: false }, end };
}

/** `+44 20 7946 0958`, as on a business card: one number, where it has a space inside. */
function numberAt(text: string, start: number): string | null {
  const end = /[\d(+\\]/.test(text.charAt(start)) ? endOfNumber(text, start) : null;
  const written = text.slice(start, end ?? start);
  return written.includes(' ') ? written : null;
}

function at(pattern: RegExp, text: string, start: number): string | null {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0] ?? null;
}

/** Where the quote that opens at `at` closes; a double quote left open closes at the end of its line. */
function closingQuote(text: string, at: number): number | null {
  const quote = text.charAt(at);
  if (quote === '"') {
    const close = text.indexOf('"', at + 1);
    return close === -1 ? until(text, at, /\n/) : close;
  }
  if (quote !== "'") return null;
  // An apostrophe is no quote: the closing one must end its word, on the same line.
  const close = text.indexOf("'", at + 1);
  if (close <= at + 1 || text.slice(at, close).includes('\n')) return null;
  return close + 1 >= text.length || SEPARATOR.test(text.charAt(close + 1)) ? close : null;
}

function skip(text: string, at: number, set: RegExp): number {
  let i = at;
  while (i < text.length && set.test(text.charAt(i))) i += 1;
  return i;
}

function until(text: string, at: number, set: RegExp, most = text.length): number {
  const end = Math.min(text.length, at + most);
  let i = at;
  while (i < end && !set.test(text.charAt(i))) i += 1;
  return i;
}
