/** Signs, emoji and lone stars: what people type, or a chat puts, between words, and what names nothing. */
import type { Draft } from './arguments.ts';
import { OPTION_WORDS } from './grammar.ts';
import { readSubject } from './subject.ts';
import { steers, type Token } from './tokens.ts';

const NAMING = /[\p{L}\p{N}]/u;
const EMOJI =
  /[0-9#*]\uFE0F?\u20E3|(?![0-9#*©®™])\p{Extended_Pictographic}\uFE0F?|\p{Emoji_Modifier}|\p{Regional_Indicator}/gu;
const CODE = ":(?:[+-]1|100|1234|(?=[^:]*[a-z])[\\w+'-]{1,64}):";
/** `:eyes:`, and `:+1::skin-tone-2:`. */
const SHORTCODES = new RegExp(`^(?:${CODE})+$`, 'i');
const CODES_AROUND = new RegExp(`^(?:${CODE})+|(?:${CODE})+$`, 'gi');
/** What lists begin their lines with, when no space follows. */
const BULLETS = /^[>|\u00B7\u2010-\u2015\u2022\u2023\u2043\u2190-\u21FF\u2219\u25A0-\u25FF\u203A\u27A4]+/u;
/** `1.` and `2)` in front of a line. */
const LABEL = /^\d{1,2}[.)]$/;
const ROOM_NUMBER = /^\d{1,3}$/;

/** Whether the text has a letter or a digit of any script, beside emoji. */
export function names(text: string): boolean {
  return !SHORTCODES.test(text) && NAMING.test(text.replace(EMOJI, ''));
}

/** Whether the text is stars alone, with or without other signs. */
export function isStars(text: string): boolean {
  return text.includes('*') && !names(text);
}

/** No name, number or address is longer. */
const LONGEST = 200;

/** A word without what stands around it: emoji, a bullet, the marks of a sentence. */
export function bareWord(word: string): string {
  if (word.length > LONGEST) return word;
  const plain = word.replace(EMOJI, '').replace(BULLETS, '');
  const isCoded = plain.includes(':') && readSubject(plain).type === 'description';
  const bare = (isCoded && plain.replace(CODES_AROUND, '')) || plain;
  return bare.replace(/[?!]+$/, '').replace(/(?<=[^.])\.$|(?<=[^:]):$/, '');
}

/**
 * The tokens without those that name nothing. A sign between two words of a description stays, as in `LON - Reception`, and so
 * does one in a reason. `starts` says whether the first token begins a line.
 */
export function withoutSigns(tokens: readonly Token[], starts: boolean): readonly Token[] {
  const kept: Token[] = [];
  let broken = false;
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1];
    const begins = (starts && i === 0) || token.gap === 'break';
    const isLeft = isSign(token)
      ? !isInside(token, broken ? undefined : kept.at(-1), next)
      : begins && isLabel(token, next);
    if (isLeft) {
      // `408 & 555 & 1234` are three numbers; an emoji parts nothing.
      broken ||= token.gap === 'break' || (kept.length > 0 && !isEmoji(token));
      continue;
    }
    kept.push(broken ? { ...tidy(token), gap: 'break' } : tidy(token));
    broken = false;
  }
  return kept;
}

/** Whether the token is a sign or an emoji; stars are for the verb to judge. */
export function isSign({ field, pieces: [piece] }: Token): boolean {
  return field === null && piece !== undefined && !names(piece.text) && !isStars(piece.text);
}

export function isStar({ field, pieces: [piece] }: Token): boolean {
  return field === null && piece !== undefined && isStars(piece.text);
}

/** A star beside something else is left out; alone it is one, however many were typed: whether that names anything is for the verb to say. */
export function starsApart(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(isStar)) return tokens;
  const isBeside = (token: Token) => !isStar(token) && !steers(token) && !isOption(token);
  const isNamed = tokens.some(isBeside);
  let stars = 0;
  return tokens.flatMap((token) => {
    if (!isStar(token)) return [token];
    stars += 1;
    if (isNamed || stars > 1) return [];
    return [{ ...token, pieces: [{ text: '*', not: false, quoted: false }], raw: '*' }];
  });
}

function isOption({ field }: Token): boolean {
  return field !== null && OPTION_WORDS.has(field);
}

/** Whether what was read lets every device pass: `*`, `name:*`, `desc:**`. */
export function isEverything({ subjects, filters }: Pick<Draft, 'subjects' | 'filters'>): boolean {
  const isOpen = filters.every(
    ({ field, not, values }) => !not && field !== 'user' && values.length > 0 && values.every(isStars),
  );
  if (!isOpen || !subjects.every(({ typed }) => isStars(typed))) return false;
  return subjects.length + filters.length > 0;
}

function isLabel({ field, pieces: [piece] }: Token, next: Token | undefined): boolean {
  return field === null && piece?.quoted === false && LABEL.test(piece.text) && next?.gap === 'space';
}

function isInside(sign: Token, before: Token | undefined, behind: Token | undefined): boolean {
  const [piece] = sign.pieces;
  if (piece === undefined || piece.quoted || isEmoji(sign)) return false;
  if (sign.gap !== 'space' || behind?.gap !== 'space') return false;
  if (before?.field === 'why' || before?.field === 'because') return isWord(behind);
  return isWord(before) && isWord(behind) && !(isNumber(before) && isNumber(behind));
}

function isEmoji({ pieces: [piece] }: Token): boolean {
  return piece !== undefined && (SHORTCODES.test(piece.text) || piece.text.replace(EMOJI, '') !== piece.text);
}

/** A word of a description: plain, and nothing else. */
function isWord(token: Token | undefined): token is Token {
  const [piece] = token?.pieces ?? [];
  if (token === undefined || token.field !== null || piece === undefined || piece.quoted) return false;
  return (
    ROOM_NUMBER.test(piece.text) || (names(piece.text) && readSubject(piece.text).type === 'description')
  );
}

function isNumber({ raw }: Token): boolean {
  return ROOM_NUMBER.test(raw);
}

function tidy(token: Token): Token {
  const [piece] = token.pieces;
  if (token.field !== null || piece === undefined || piece.quoted || !names(piece.text)) return token;
  const text = bareWord(piece.text);
  return text === piece.text || text === ''
    ? token
    : { ...token, pieces: [{ ...piece, text }], raw: token.raw.replace(piece.text, () => text) };
}
