/** Each block of a view → blocks of Slack, as far as there is room. */
import type {
  ContextBlock,
  KnownBlock,
  RichTextBlock,
  RichTextSection,
  SectionBlock,
  TextObject,
} from '@slack/types';
import { cleanLine } from '../../src/view/clean.ts';
import { type Fitted, isDressed, NOTICE_MARKS, plainOf } from '../../src/view/fitted.ts';
import type { Fact, Text, Tone } from '../../src/view/view.ts';
import { escapeMarkup, isInert, shorten } from './escape.ts';
import { LIMITS, weigh } from './limits.ts';
import { fitText, markupOf, richOf } from './render-text.ts';

/** Room for blocks, and for weight as `weigh` has it. */
export interface Room {
  readonly blocks: number;
  readonly weight: number;
}

export interface Piece {
  readonly blocks: readonly KnownBlock[];
  /** True when something was left out. */
  readonly cut: boolean;
}

const LONGEST_ITEM = 600;
const LONGEST_LABEL = 150;
/** So that label, stars and line end fit beside it. */
const LONGEST_VALUE = LIMITS.fieldText.most - LONGEST_LABEL - 10;

/** A paragraph. */
export function renderText(text: Text, room: Room): Piece {
  const fitted = fitText(text, Math.min(LIMITS.sectionText.most, room.weight / 3));
  if (fitted.spans.length === 0) return { blocks: [], cut: fitted.cut };
  return within([richText([section(fitted)])], fitted.cut, room);
}

/** What must not be missed stands out; what is only worth knowing is small. */
export function renderNotice(tone: Tone, text: Text, room: Room): Piece {
  const mark = NOTICE_MARKS[tone];
  const fitted = fitText(text, Math.min(LIMITS.textObject.most - mark.length, room.weight / 3));
  if (fitted.spans.length === 0) return { blocks: [], cut: fitted.cut };
  const quiet = (tone === 'muted' || tone === 'info') && !isDressed(fitted);
  const block = quiet
    ? context(mark + plainOf(fitted))
    : richText([{ ...section(fitted), elements: [...markElement(mark), ...richOf(fitted)] }]);
  return within([block], fitted.cut, room);
}

function markElement(mark: string): RichTextSection['elements'] {
  return mark === '' ? [] : [{ type: 'text', text: mark }];
}

/** Label in bold, value below, two columns of them. */
export function renderFacts(facts: readonly Fact[], room: Room): Piece {
  const fields = facts.map(fieldOf);
  const blocks: SectionBlock[] = [];
  for (let i = 0; i < fields.length; i += LIMITS.sectionFields.most) {
    const part = fields.slice(i, i + LIMITS.sectionFields.most);
    blocks.push({ type: 'section', fields: part.map(({ field }) => field) });
  }
  return within(
    blocks,
    fields.some(({ cut }) => cut),
    room,
  );
}

function fieldOf(fact: Fact): { readonly field: TextObject; readonly cut: boolean } {
  const whole = cleanLine(fact.label);
  const label = shorten(whole, LONGEST_LABEL);
  const value = fitText(fact.value, LONGEST_VALUE);
  const cut = value.cut || label.length < whole.length;
  const markup = label !== '' && isInert(label) ? markupOf(value) : null;
  const text = `*${escapeMarkup(label)}*\n${markup}`;
  if (markup !== null && markup !== '' && text.length <= LIMITS.fieldText.most) {
    return { field: { type: 'mrkdwn', text, verbatim: true }, cut };
  }
  // No bold then: what may be read as markup is shown as plain text.
  return { field: { type: 'plain_text', text: `${label}\n${plainOf(value)}`.trim(), emoji: false }, cut };
}

/** Bullets, as many as there is room for. */
export function renderList(items: readonly Text[], room: Room): Piece {
  const elements: RichTextSection[] = [];
  let cut = false;
  let left = room.weight - 100;
  for (const item of items) {
    const fitted = fitText(item, LONGEST_ITEM);
    const element = section(fitted);
    left -= weigh(element);
    if (left < 0) return bullets(elements, true, room);
    cut ||= fitted.cut;
    elements.push(element);
  }
  return bullets(elements, cut, room);
}

function bullets(elements: RichTextSection[], cut: boolean, room: Room): Piece {
  if (elements.length === 0) return { blocks: [], cut };
  return within([richText([{ type: 'rich_text_list', style: 'bullet', elements }])], cut, room);
}

/** As many of the blocks as there is room for. */
function within(blocks: readonly KnownBlock[], cut: boolean, room: Room): Piece {
  const kept: KnownBlock[] = [];
  let weight = 0;
  for (const block of blocks) {
    weight += weigh(block);
    if (kept.length === room.blocks || weight > room.weight) return { blocks: kept, cut: true };
    kept.push(block);
  }
  return { blocks: kept, cut };
}

export function section(fitted: Fitted): RichTextSection {
  return { type: 'rich_text_section', elements: richOf(fitted) };
}

export function richText(elements: RichTextBlock['elements']): RichTextBlock {
  return { type: 'rich_text', elements };
}

/** A small grey line. */
export function context(text: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'plain_text', text, emoji: false }] };
}
