/** Each block of a view → elements of a card, as far as there is room. */
import { cleanLine, shorten } from '../../src/view/clean.ts';
import { isDressed, NOTHING, NOTICE_MARKS } from '../../src/view/fitted.ts';
import type { Fact, Text, Tone } from '../../src/view/view.ts';
import type { ColumnSet, Container, Element, RichText } from './card.ts';
import { inertLength } from './escape.ts';
import { weigh } from './limits.ts';
import { fitText, line, paragraphsOf, QUIET, run } from './render-text.ts';

export interface Piece {
  readonly elements: readonly Element[];
  /** True when something was left out. */
  readonly cut: boolean;
}

/** In bytes. */
const LONGEST_TEXT = 4000;
const LONGEST_VALUE = 1200;
const LONGEST_LABEL = 150;
const LONGEST_ITEM = 600;
/** So that values begin one below the other; `Description` fits, and a phone has room for a value beside it. */
const LABEL_WIDTH = '100px';

const NOTICE_STYLES = {
  good: 'good',
  bad: 'attention',
  warn: 'warning',
  info: 'accent',
  muted: 'emphasis',
} as const satisfies Readonly<Record<Tone, Container['style']>>;

/** A paragraph, or several. `room` is in bytes, as `weigh` counts them. */
export function renderText(text: Text, room: number): Piece {
  const fitted = fitText(text, Math.min(LONGEST_TEXT, room));
  return fitted.spans.length === 0
    ? { elements: [], cut: fitted.cut }
    : within(paragraphsOf(fitted), fitted.cut, room);
}

/** What must not be missed has a ground of its own; what is only worth knowing is small. */
export function renderNotice(tone: Tone, text: Text, room: number): Piece {
  const fitted = fitText(text, Math.min(LONGEST_TEXT, room));
  if (fitted.spans.length === 0) return { elements: [], cut: fitted.cut };
  const quiet = (tone === 'muted' || tone === 'info') && !isDressed(fitted);
  const [first, ...others] = paragraphsOf(fitted, quiet ? QUIET : {});
  if (first === undefined) return { elements: [], cut: fitted.cut };
  const mark = NOTICE_MARKS[tone];
  const head = { ...first, inlines: [...(mark === '' ? [] : [run(mark)]), ...first.inlines] };
  const items: readonly RichText[] = [head, ...others];
  return quiet
    ? within(items, fitted.cut, room)
    : within([{ type: 'Container', style: NOTICE_STYLES[tone], items }], fitted.cut, room);
}

/** Label and value side by side. */
export function renderFacts(facts: readonly Fact[], room: number): Piece {
  const rows = facts.map(factOf);
  const sets = rows.map(({ set }, i): ColumnSet => (i === 0 ? set : { ...set, spacing: 'small' }));
  return within(
    sets,
    rows.some(({ cut }) => cut),
    room,
  );
}

function factOf(fact: Fact): { readonly set: ColumnSet; readonly cut: boolean } {
  const whole = cleanLine(fact.label);
  const label = shorten(whole, LONGEST_LABEL, inertLength);
  const value = fitText(fact.value, LONGEST_VALUE);
  const set: ColumnSet = {
    type: 'ColumnSet',
    columns: [
      { type: 'Column', width: LABEL_WIDTH, items: [line(label || NOTHING, { isSubtle: true })] },
      { type: 'Column', width: 'stretch', items: paragraphsOf(value) },
    ],
  };
  return { set, cut: value.cut || label.length < whole.length };
}

/** Bullets, as many as there is room for. */
export function renderList(items: readonly Text[], room: number): Piece {
  const elements: RichText[] = [];
  let cut = false;
  for (const item of items) {
    const fitted = fitText(item, LONGEST_ITEM);
    cut ||= fitted.cut;
    const [first, ...others] = paragraphsOf(fitted);
    if (first === undefined) continue;
    const spacing = elements.length === 0 ? {} : { spacing: 'small' as const };
    elements.push({ ...first, ...spacing, inlines: [run('• '), ...first.inlines] }, ...others);
  }
  return within(elements, cut, room);
}

/** As many of the elements as there is room for. */
export function within(elements: readonly Element[], cut: boolean, room: number): Piece {
  const kept: Element[] = [];
  let weight = 0;
  for (const element of elements) {
    weight += weigh(element);
    if (weight > room) return { elements: kept, cut: true };
    kept.push(element);
  }
  return { elements: kept, cut };
}
