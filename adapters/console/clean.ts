/** Text from elsewhere, made harmless for a terminal. */
import { replaceHidden } from '../../src/view/clean.ts';

/** One line of plain text: tabs and line ends become spaces, what a terminal might obey becomes `\uFFFD`. */
export function cleanLine(text: string): string {
  return cleanText(text.replace(/[\t\n]/g, ' '));
}

/** Several lines of plain text: line ends stay. A terminal may obey or be fooled by what is replaced, also by separators of lines. */
export function cleanText(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').replaceAll('\t', '  ');
  return replaceHidden(lines.replace(/[\u2028\u2029]/g, '\uFFFD'), '\uFFFD');
}
