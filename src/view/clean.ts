/** Text from elsewhere without what is no text, and cut where a letter ends. Escaping is the business of adapters. */

/**
 * Controls, direction marks and overrides, invisible marks and tags: none of them is text, and several make a name look like another.
 * The joiners U+200C and U+200D stay: Persian and composed emoji are written with them.
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** A letter can carry any number of marks, and draw over the lines around it; more than four is no writing. */
const PILED = /(\p{M}{4})\p{M}+/gu;

const RIGHT_TO_LEFT =
  '\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}';
const RIGHT_TO_LEFT_RUN = new RegExp(`[${RIGHT_TO_LEFT}](?:[^\\p{L}\\p{N}\\n]*[${RIGHT_TO_LEFT}])*`, 'gu');
const LEFT_TO_RIGHT = new RegExp(`(?![${RIGHT_TO_LEFT}])[\\p{L}\\p{N}]`, 'u');

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The text with something else, or nothing, in place of each hidden character, and without piled marks; line feeds stay. */
export function replaceHidden(text: string, replacement: string): string {
  return text.toWellFormed().replace(HIDDEN, replacement).replace(PILED, '$1');
}

/** Plain text as a chat may have it; line ends stay. Where writing directions mix, each right-to-left run is isolated, so that the rest stays in its order. */
export function cleanText(text: string): string {
  const lines = text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replaceAll('\t', ' ');
  const clean = replaceHidden(lines, '');
  return LEFT_TO_RIGHT.test(clean) ? clean.replace(RIGHT_TO_LEFT_RUN, '\u2068$&\u2069') : clean;
}

/** The same in one line. */
export function cleanLine(text: string): string {
  return cleanText(text.replace(/[\t\n\v\f\r\u2028\u2029]+/g, ' ')).trim();
}

/** How much room a text takes: the sum of that of its parts. */
export type LengthOf = (text: string) => number;

/** What JavaScript counts, UTF-16 units. */
export const unitsOf: LengthOf = (text) => text.length;

/** The text, or as much of it as fits before an ellipsis; whole letters and emoji. */
export function shorten(text: string, longest: number, lengthOf: LengthOf = unitsOf): string {
  if (lengthOf(text) <= longest) return text;
  let length = lengthOf('…');
  let end = 0;
  for (const { segment } of graphemes.segment(text)) {
    length += lengthOf(segment);
    if (length > longest) break;
    end += segment.length;
  }
  return `${balanced(text.slice(0, end).trimEnd())}…`;
}

/** A cut may have parted an isolate from its end. */
function balanced(text: string): string {
  return text.lastIndexOf('\u2068') > text.lastIndexOf('\u2069')
    ? text.replace(/\u2068([^\u2068]*)$/, '$1')
    : text;
}

/**
 * What people type or paste, in plain characters: without control, direction and zero-width characters, typographic quotes,
 * full-width letters and exotic spaces turned into plain ones. Line ends and tabs stay: they part pasted cells.
 */
export function plainTyped(typed: string): string {
  return typed
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[\v\f\p{Zs}]/gu, ' ')
    .replace(/[\p{Cf}\uFFFD]/gu, '')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .replace(/[\uFF01-\uFF5E]/g, narrow)
    .replace(/[\u201C-\u201F\u00AB\u00BB\u2033]/g, '"')
    .replace(/[\u2018-\u201B\u2032]/g, "'")
    .trim();
}

/** Full-width forms are the ASCII ones, moved up by 0xFEE0. */
function narrow(wide: string): string {
  return String.fromCharCode(wide.charCodeAt(0) - 0xfee0);
}
