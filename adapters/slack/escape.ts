/** Text from elsewhere, made harmless for Slack: no mention, link, emoji code or markup can come out of it. */

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

/** Plain text as Slack may have it; line ends stay. Where writing directions mix, each right-to-left run is isolated, so that the rest stays in its order. */
export function cleanText(text: string): string {
  const clean = text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(HIDDEN, '')
    .replace(PILED, '$1');
  return LEFT_TO_RIGHT.test(clean) ? clean.replace(RIGHT_TO_LEFT_RUN, '\u2068$&\u2069') : clean;
}

/** The same in one line. */
export function cleanLine(text: string): string {
  return cleanText(text.replace(/[\t\n\v\f\r\u2028\u2029]+/g, ' ')).trim();
}

/** As Slack asks for it in mrkdwn: https://docs.slack.dev/messaging/formatting-message-text/#escaping */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What `escapeMarkup` makes of the text is this long. */
export function escapedLength(text: string): number {
  return text.length + 4 * occurrences(text, '&') + 3 * (occurrences(text, '<') + occurrences(text, '>'));
}

function occurrences(text: string, letter: string): number {
  return text.split(letter).length - 1;
}

/**
 * Whether mrkdwn shows the text as it is once `&`, `<` and `>` are escaped. Slack offers no escape for `*`, `_`, `~`, the backtick,
 * a quote's `>` and emoji codes, and an invisible character in between would be copied along with a device's name.
 */
export function isInert(text: string): boolean {
  const withoutInner = text.replace(/(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])/g, '');
  return !/[*_~`]|^\s*>|:[^\s:]+:|:(?![\s\d]|$)/m.test(withoutInner);
}

/**
 * Cleaned and escaped text for the field `text` beside the blocks. Slack may look for addresses and group mentions in it when a client
 * shows it in place of the blocks, so these are broken by an invisible joiner.
 */
export function escapeFallback(text: string): string {
  return escapeMarkup(
    cleanText(text)
      .replace(/@(?=here|channel|everyone|group)/gi, '@\u2060')
      .replaceAll('://', ':\u2060//')
      .replace(/:(?=[\w+'-]+:)/g, ':\u2060'),
  );
}

/** The text, or as much of it as fits before an ellipsis; whole letters and emoji. Lengths are those of the escaped text. */
export function shorten(text: string, longest: number): string {
  if (escapedLength(text) <= longest) return text;
  let length = 1;
  let end = 0;
  for (const { segment } of graphemes.segment(text)) {
    length += escapedLength(segment);
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
