/** Text from elsewhere, made harmless for Slack: no mention, link, emoji code or markup can come out of it. */
import { cleanText, shorten as shortenBy } from '../../src/view/clean.ts';

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
 * a quote's `>` and emoji codes, and an invisible character in between would be copied along with a device's name. Blanks before the `>`
 * are those of its own line: across lines each of them would be tried with all that follow.
 */
export function isInert(text: string): boolean {
  const withoutInner = text.replace(/(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])/g, '');
  return !/[*_~`]|^[^\S\n\r\u2028\u2029]*>|:[^\s:]+:|:(?![\s\d]|$)/m.test(withoutInner);
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
  return shortenBy(text, longest, escapedLength);
}
