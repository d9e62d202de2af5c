/** Runs of text, cleaned and cut to the room there is; and what any platform asks of them. */
import { cleanText, type LengthOf, shorten } from './clean.ts';
import type { Page, Span, Text, Tone } from './view.ts';

/** Runs beyond this are left out: each is an object in the message. */
const MOST_SPANS = 60;

/** Cleaned runs, none of them empty. */
export interface Fitted {
  readonly spans: readonly Span[];
  /** True when something was left out. */
  readonly cut: boolean;
}

/** Cleans a text and cuts it at `longest` by `lengthOf`. A run with a tone gets the tone's mark in front. */
export function fitSpans(
  text: Text,
  longest: number,
  lengthOf: LengthOf,
  marks: Readonly<Record<Tone, string>>,
): Fitted {
  const spans: Span[] = [];
  let room = longest;
  for (const span of typeof text === 'string' ? [{ text }] : text) {
    const clean = cleanText(span.text);
    if (clean === '') continue;
    const mark = span.tone === undefined ? '' : `${marks[span.tone]} `;
    if (room <= lengthOf(mark) || spans.length === MOST_SPANS) return { spans, cut: true };
    const shown = mark + shorten(clean, room - lengthOf(mark), lengthOf);
    room -= lengthOf(shown);
    spans.push({ ...span, text: shown });
    if (shown.length < mark.length + clean.length) return { spans, cut: true };
  }
  return { spans, cut: false };
}

/** What stands where there is nothing: no platform takes an empty text. */
export const NOTHING = '–';

export function plainOf(fitted: Fitted): string {
  const text = fitted.spans.map((span) => span.text).join('');
  return text.trim() === '' ? NOTHING : text;
}

/** Whether a run is more than plain text. */
export function isDressed({ spans }: Fitted): boolean {
  return spans.some(({ style, href, person }) => [style, href, person].some((dress) => dress !== undefined));
}

/** The page that a run leads to, if it is a web page. */
export function webPage({ href }: Span): string | null {
  if (href === undefined || !URL.canParse(href)) return null;
  const url = new URL(href);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}

/** What must not be missed has a mark in front. */
export const NOTICE_MARKS: Readonly<Record<Tone, string>> = {
  good: '✅ ',
  bad: '❗ ',
  warn: '⚠️ ',
  info: 'ℹ️ ',
  muted: '',
};

/** States by colour, for a glance down a table; the words beside say the same. */
export const TONE_MARKS: Readonly<Record<Tone, string>> = {
  good: '🟢',
  bad: '🔴',
  warn: '🟡',
  info: '🔵',
  muted: '⚪',
};

/** `1–10 of at least 24`; nothing when all there is is shown. */
export function pageWords(page: Page | undefined, shown: number): string {
  if (page === undefined || (shown === page.total && !page.atLeast)) return '';
  const from = (page.number - 1) * page.size + 1;
  return `${from}–${from + shown - 1} of ${page.atLeast ? 'at least ' : ''}${page.total}`;
}
