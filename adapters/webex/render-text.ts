/** Runs of text → runs of a card, which cannot be markup. */
import { type Fitted, fitSpans, NOTHING, plainOf, TONE_MARKS, webPage } from '../../src/view/fitted.ts';
import type { Span, Text, Tone } from '../../src/view/view.ts';
import type { RichText, TextRun } from './card.ts';
import { inertLength, inertText } from './escape.ts';

/**
 * Beside the marks, which are the same everywhere. What a card calls a warning is the reddest colour in Webex's own theme, so yellow stays
 * without colour: https://github.com/webex/AdaptiveCards, hostconfigs/webex_light_config.json
 */
const COLORS: Readonly<Record<Tone, Pick<TextRun, 'color' | 'isSubtle'>>> = {
  good: { color: 'good' },
  bad: { color: 'attention' },
  warn: {},
  info: { color: 'accent' },
  muted: { isSubtle: true },
};

/** Longer addresses are left out. */
const LONGEST_URL = 2000;

export type Look = Pick<TextRun, 'size' | 'weight' | 'isSubtle'>;

/** Small and grey, for what is only worth knowing. */
export const QUIET: Look = { size: 'small', isSubtle: true };

/** Cleans a text and cuts it at so many bytes. */
export function fitText(text: Text, bytes: number): Fitted {
  return fitSpans(text, bytes, inertLength, TONE_MARKS);
}

/** A single run. */
export function run(clean: string, look: Look = {}): TextRun {
  return { type: 'TextRun', text: inertText(clean), ...look };
}

/** A paragraph of one run. */
export function line(clean: string, look: Look = {}): RichText {
  return { type: 'RichTextBlock', inlines: [run(clean, look)] };
}

/** In one line: a line end is a space. */
export function runsOf(fitted: Fitted, look: Look = {}): TextRun[] {
  if (plainOf(fitted) === NOTHING) return [run(NOTHING, look)];
  return fitted.spans.map((span) => runOf(span, look));
}

function runOf(span: Span, look: Look): TextRun {
  const url = webPage(span);
  return {
    ...run(span.text, look),
    ...(span.style === 'strong' && { weight: 'bolder' as const }),
    ...(span.style === 'code' && { fontType: 'monospace' as const }),
    ...(span.tone !== undefined && COLORS[span.tone]),
    ...(url !== null &&
      url.length <= LONGEST_URL && { selectAction: { type: 'Action.OpenUrl' as const, url } }),
  };
}

/** A paragraph a line, since not every client breaks lines within one; blank lines are room above the next. */
export function paragraphsOf(fitted: Fitted, look: Look = {}): RichText[] {
  if (plainOf(fitted) === NOTHING) return [{ type: 'RichTextBlock', inlines: [run(NOTHING, look)] }];
  const blocks: RichText[] = [];
  for (const [index, spans] of linesOf(fitted.spans).entries()) {
    if (spans.every(({ text }) => text.trim() === '')) continue;
    const isNext = index > 0 && blocks.length > 0;
    const afterBlank = isNext && blocks.length < index;
    blocks.push({
      type: 'RichTextBlock',
      ...(isNext && !afterBlank && { spacing: 'none' as const }),
      inlines: spans.map((span) => runOf(span, look)),
    });
  }
  return blocks;
}

/** The runs of each line; those that go over a line end are parted. */
function linesOf(spans: readonly Span[]): readonly (readonly Span[])[] {
  const lines: Span[][] = [[]];
  for (const span of spans) {
    for (const [i, text] of span.text.split('\n').entries()) {
      if (i > 0) lines.push([]);
      if (text !== '') lines.at(-1)?.push({ ...span, text });
    }
  }
  return lines;
}
