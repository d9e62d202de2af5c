/** Phone numbers: as people write them on cards and in mails, and the ways in which CUCM may keep them. */

/** A number of somebody's own country is at least that long; what is shorter is an extension. */
const SHORTEST_NATIONAL = 7;
/** E.164 has no longer ones. */
const MOST_DIGITS = 15;

/** By E.164: one digit, the two-digit codes, and three digits for all others. */
const COUNTRY = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

const DASH = '[-.\\p{Pd}\\u2212]';
/** What stands between two groups of digits: one mark, with or without spaces around. */
const GAP = `(?: ?(?:${DASH}|\\/) ?| ?)`;
const NEXT_GROUP = new RegExp(`(${GAP})(?:\\((\\d{1,15})\\)|(\\d{1,15}))`, 'uy');
/** The zero that is dialled at home alone: `+44 (0)20`. */
const TRUNK_ZERO = new RegExp(`^(\\\\?\\+\\d{1,3}${GAP})\\(0\\)`, 'u');

/** Without a plus only forms that no list of extensions has: brackets, or dashes in the groups of North America. */
const NATIONAL = new RegExp(
  [
    `(?:1(?:${DASH}| )?)?\\(\\d{3}\\)(?: ?${DASH} ?| )?\\d{3}(?: ?${DASH} ?| )?\\d{4}`,
    `(?:1(?:${DASH}| ))?\\d{3}(?:${DASH}\\d{3}(?:${DASH}| )|(?: )\\d{3}${DASH})\\d{4}`,
    `\\(\\d{2,4}\\) ?\\d{4,5}${DASH}\\d{4}`,
    `\\(\\d{2,5}\\) ?\\d{6,8}`,
    `\\(0\\d{1,5}\\)(?:(?:${DASH}| |\\/){0,3}\\d{2,8}){1,4}`,
  ].join('|'),
  'uy',
);
/** Spaces alone part extensions as well: these are numbers only where no other digits stand beside them. */
const SPACED_NATIONAL = /(?:1 )?[2-9]\d\d [2-9]\d\d \d{4}|0[1-9](?: \d\d){4}|0\d{2,4} \d{3,4} \d{4}/y;
const DIGITS_BEFORE = /\d[)]? $/;
const DIGITS_BEHIND = / \(?\d/y;
/** What may follow a number: the end of a word, with the marks of a sentence before it. */
const ENDS = /[)\]}>"'.,:;?!]{0,3}(?=[\s,;]|$)/y;

/**
 * Where the number ends that begins at `start` and is written in several groups, null when none does. The groups of an
 * international number may be parted by anything; others only as nobody writes a list of extensions.
 */
export function endOfNumber(text: string, start: number): number | null {
  const end = international(text, start) ?? at(NATIONAL, text, start) ?? spacedNational(text, start);
  return end === null || at(ENDS, text, end) === null ? null : end;
}

/** The digits to ask for: `+44 (0)20-7946 0958` → `+442079460958`; a backslash is how CUCM shows a leading plus. */
export function digitsOf(written: string): string {
  const digits = written.trim().replace(TRUNK_ZERO, '$1');
  return /^[\d+#*()./\\\s\p{Pd}\u2212]+$/u.test(digits)
    ? digits.replace(/[().\\/\s\p{Pd}\u2212]/gu, '')
    : digits;
}

/**
 * The ways in which CUCM may keep the number, itself first: with a plus, with the backslash of a pattern, or as it is dialled at
 * home. None of them is anybody else's number.
 */
export function spellingsOf(number: string): readonly string[] {
  if (number.includes('*')) return number.startsWith('+') ? [number, `\\${number}`] : [number];
  const full = fullOf(number);
  if (full === null) return [number];
  return [...new Set([number, `+${full}`, `\\+${full}`, ...nationalOf(full)])];
}

/** A test for the number in any of its spellings. */
export function isSpelled(number: string): (other: string) => boolean {
  const spelled = new Set(spellingsOf(number).map((one) => one.toLowerCase()));
  return (other) => spelled.has(other.toLowerCase());
}

/** With its country, without a plus; ten digits, or eleven from 1 on, are a number of North America. */
function fullOf(number: string): string | null {
  if (/^\+\d{1,15}$/.test(number)) return number.slice(1);
  return /^1?[2-9]\d{9}$/.test(number) ? number.replace(/^1?/, '1') : null;
}

function nationalOf(full: string): readonly string[] {
  const national = full.replace(COUNTRY, '');
  if (national.length < SHORTEST_NATIONAL) return [];
  return full.startsWith('1') ? [national] : [national, `0${national}`];
}

/** The digits that all spellings of a number have, for somebody who is typing one as on a card; null for any other text. */
export function nationalDigits(typed: string): string | null {
  if (typed.startsWith('\\') && typed.length < SHORTEST_NATIONAL) return null;
  if (!/^(?:\\?\+|\(|\d+[-. (]+\d)[\d().\s\p{Pd}\u2212]*$/u.test(typed)) return null;
  const digits = digitsOf(typed);
  if (digits.startsWith('+')) return nationalOf(digits.slice(1))[0] ?? (digits === typed ? null : digits);
  // Spaces alone may part two numbers.
  return /^[\d ]+$/.test(typed) && endOfNumber(typed, 0) !== typed.length ? null : digits;
}

/** How far a number has been read. */
interface Run {
  readonly end: number;
  readonly digits: number;
  readonly groups: number;
  /** Digits of the last group. */
  readonly last: number;
}

function international(text: string, start: number): number | null {
  const from = at(/\\?\+/y, text, start);
  if (from === null) return null;
  const most = text.charAt(from) === '1' ? 11 : MOST_DIGITS;
  let run: Run = { end: from, digits: 0, groups: 0, last: 0 };
  for (let next = nextGroup(text, run, most); next !== null; next = nextGroup(text, run, most)) run = next;
  if (run.groups === 0) return null;
  return text.charAt(run.end) === '*' ? run.end + 1 : run.end;
}

/** The run with one group more; null when what follows is none of it. */
function nextGroup(text: string, run: Run, most: number): Run | null {
  NEXT_GROUP.lastIndex = run.end;
  const [whole, gap = '', bracketed, plain = ''] = NEXT_GROUP.exec(text) ?? [];
  if (whole === undefined || (run.groups === 0 && gap !== '')) return null;
  const group = bracketed ?? plain;
  const digits = run.digits + (bracketed === '0' ? 0 : group.length);
  if (digits > most || (gap === ' ' && bracketed === undefined && isWhole(run))) return null;
  return { end: run.end + whole.length, digits, groups: run.groups + 1, last: group.length };
}

/** Behind a space the next number of a list may begin: whatever is long enough for a number is taken for all of it. */
function isWhole({ digits, groups, last }: Run): boolean {
  return digits >= 12 || (last >= 6 && digits >= 11) || (groups === 1 && digits >= 8);
}

function spacedNational(text: string, start: number): number | null {
  const end = at(SPACED_NATIONAL, text, start);
  if (end === null || DIGITS_BEFORE.test(text.slice(Math.max(0, start - 3), start))) return null;
  return at(DIGITS_BEHIND, text, end) === null ? end : null;
}

/** Where a match at that place ends. */
function at(pattern: RegExp, text: string, start: number): number | null {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : null;
}
