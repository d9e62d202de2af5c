/** Text from elsewhere, made harmless for a terminal. */

/**
 * Controls, escapes (also their 8-bit forms), line and paragraph separators, bidirectional overrides and isolates,
 * invisible and interlinear marks, tags and lone surrogates: a terminal may obey or be fooled by each of them.
 */
const DANGEROUS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]/gu;

/** A base letter can carry any number of marks, and draw over the lines around it; more than four is no writing. */
const PILED = /(\p{M}{4})\p{M}+/gu;

/** One line of plain text: tabs and line ends become spaces, what a terminal might obey becomes `\uFFFD`. */
export function cleanLine(text: string): string {
  return cleanText(text.replace(/[\t\n]/g, ' '));
}

/** Several lines of plain text: line ends stay. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replaceAll('\t', '  ')
    .split('\n')
    .map((line) => line.replace(DANGEROUS, '\uFFFD').replace(PILED, '$1'))
    .join('\n');
}
