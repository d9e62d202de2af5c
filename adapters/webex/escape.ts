/** Text from elsewhere, made harmless for Webex: no mention, link, markup, function or expression can come out of it. */
import { cleanText } from '../../src/view/clean.ts';
import { bytesOf } from './limits.ts';

/** Shows nothing, takes no room, and parts what would be read together. */
const APART = '\u2060';

/**
 * Cleaned text as a card may have it where a card takes no markup. Cards call functions by `{{DATE(…)}}` and `{{TIME(…)}}`, wherever
 * text stands, and some clients fill in `${…}`: https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features
 */
export function inertText(clean: string): string {
  return clean.replace(/([{$])(?=\{)/g, `$1${APART}`);
}

/** What `inertText` takes in JSON, in bytes, at most: the sum of that of its parts. */
export function inertLength(clean: string): number {
  return bytesOf(clean) + 3 * (clean.match(/["\\\n{]/g)?.length ?? 0);
}

/** Signs that make markup anywhere in a line. */
const MARKUP = /[\\`*_~[\]|]/g;
/** Starts of lines that are a heading, a list, a rule or the underline of a heading. */
const START = /^(\d{0,9})(?=[-+=#.)]+(?:\s|$))/gm;

/**
 * Text as Webex's markdown shows it as it is: https://developer.webex.com/docs/basics#formatting-messages. Entities stand for `&`, `<`
 * and `>`, so that no HTML and no `<@all>` is left; addresses are broken, since clients make links of them.
 */
export function escapeMarkdown(text: string): string {
  return cleanText(text)
    .replace(/^[ \u00a0]+/gm, '')
    .replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? '')
    .replace(MARKUP, '\\$&')
    .replace(START, '$1\\')
    .replaceAll('://', `:${APART}//`)
    .replace(/www(?=\.)/gi, `$&${APART}`)
    .replaceAll('&lt;@', `&lt;@${APART}`);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** What `escapeMarkdown` makes of a text takes so many bytes at most: the sum of that of its parts. */
export function markdownLength(text: string): number {
  const signs = text.match(/[&<>\\`*_~[\]|#+=:@.)-]/g)?.length ?? 0;
  return bytesOf(text) + 4 * signs;
}

/** Between backticks nothing is markup but the next one; what Webex may look for all the same is kept out of them. */
export function codeOf(clean: string): string | null {
  return /^[^\s`](?:[^`\n]*[^\s`])?$/.test(clean) && !/[<>&]|:\/\/|www\./i.test(clean)
    ? `\`${clean}\``
    : null;
}
