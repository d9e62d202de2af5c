/** Runs of text → elements of rich text, which cannot be markup, and mrkdwn where Slack offers nothing else. */
import type { RichTextElement, RichTextLink, RichTextText, RichTextUserMention } from '@slack/types';
import { type Fitted, fitSpans, NOTHING, plainOf, TONE_MARKS, webPage } from '../../src/view/fitted.ts';
import type { Span, Text } from '../../src/view/view.ts';
import { escapedLength, escapeMarkup, isInert } from './escape.ts';
import { LIMITS } from './limits.ts';

/** Cleans a text and cuts it at `longest`, which counts `&`, `<` and `>` in their escaped length. */
export function fitText(text: Text, longest: number): Fitted {
  return fitSpans(text, longest, escapedLength, TONE_MARKS);
}

export function richOf(fitted: Fitted): (RichTextText | RichTextLink | RichTextUserMention)[] {
  if (plainOf(fitted) === NOTHING) return [{ type: 'text', text: NOTHING }];
  return fitted.spans.map((span) => {
    const style = styleOf(span);
    const person = personOf(span);
    if (person !== null) return { type: 'user', user_id: person, ...style };
    const url = linkOf(span);
    return url === null
      ? { type: 'text', text: span.text, ...style }
      : { type: 'link', url, text: span.text, ...style };
  });
}

/** A single bold run. */
export function strongText(text: string): RichTextElement {
  return { type: 'text', text, style: { bold: true } };
}

function styleOf(span: Span): Pick<RichTextText, 'style'> {
  if (span.style === undefined) return {};
  return { style: span.style === 'strong' ? { bold: true } : { code: true } };
}

/** Slack's id of the person that a run stands for; Slack shows their name then. */
function personOf({ person }: Span): string | null {
  return person !== undefined && /^[UW][A-Z0-9]{1,30}$/.test(person) ? person : null;
}

/** The page that a run leads to, as Slack may have it. */
function linkOf(span: Span): string | null {
  const url = webPage(span)?.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E');
  return url !== undefined && url.length <= LIMITS.linkUrl.most ? url : null;
}

/** The runs as mrkdwn that shows nothing but them, or null where mrkdwn cannot be sure of that. */
export function markupOf(fitted: Fitted): string | null {
  const { spans } = fitted;
  const bare = spans.filter(isBare).map((span) => span.text);
  // Together: a code for an emoji may be spread over runs.
  if (!isInert(bare.join(''))) return null;
  const parts = spans.map((span, i) =>
    isBare(span) ? escapeMarkup(span.text) : dressed(span, alone(spans, i)),
  );
  return parts.includes(null) ? null : parts.join('');
}

function isBare(span: Span): boolean {
  return span.style === undefined && linkOf(span) === null && personOf(span) === null;
}

/** Slack reads the sign of a style only beside spaces and brackets. */
function alone(spans: readonly Span[], at: number): boolean {
  const before = spans[at - 1]?.text.at(-1) ?? ' ';
  const after = spans[at + 1]?.text.at(0) ?? ' ';
  return /[\s(]/.test(before) && /[\s),.;]/.test(after);
}

function dressed(span: Span, isAlone: boolean): string | null {
  const person = personOf(span);
  if (person !== null) return `<@${person}>`;
  const text = escapeMarkup(span.text);
  const plain = isInert(span.text) ? '' : null;
  const strong = isAlone && plain !== null && /^\S(?:.*\S)?$/.test(text) ? '*' : null;
  // Between backticks only the next one counts; that also keeps IPv6 addresses from being read as codes for emoji.
  const code = isAlone && /^[^\s`](?:[^`\n]*[^\s`])?$/.test(text) ? '`' : null;
  const signs =
    span.style === 'code' ? [code] : span.style === 'strong' ? [strong, plain, code] : [plain, code];
  const sign = signs.find((one) => one !== null) ?? null;
  const url = linkOf(span);
  if (sign === null || (url !== null && /[|\n]/.test(text))) return null;
  // The signs stand around a link: in its label they would be shown as they are.
  return url === null ? `${sign}${text}${sign}` : `${sign}<${escapeMarkup(url)}|${text}>${sign}`;
}
