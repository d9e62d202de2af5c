/** View → a message of Webex: a card, the same as markdown, and files. Pure: nothing here talks to Webex. */
import { cleanLine, shorten } from '../../src/view/clean.ts';
import { type Cuts, cutWords, filesOf, NO_CUTS, type RenderedFile, safeName } from '../../src/view/cuts.ts';
import { NOTHING, TONE_MARKS } from '../../src/view/fitted.ts';
import type { Block, View } from '../../src/view/view.ts';
import { type CardPayload, cardOf, type Element } from './card.ts';
import { escapeMarkdown, inertLength, markdownLength } from './escape.ts';
import { bytesOf, LIMITS, weigh } from './limits.ts';
import { type ActionOptions, renderActions } from './render-actions.ts';
import { type Piece, renderFacts, renderList, renderNotice, renderText } from './render-blocks.ts';
import { markdownOf } from './render-markdown.ts';
import { renderTable } from './render-table.ts';
import { line, QUIET } from './render-text.ts';

export interface Rendered {
  /** Never empty, and within the limit: what notifications say, and those see who see no card. */
  readonly markdown: string;
  readonly card: CardPayload | null;
  /** To be sent beside the message, one a message: the view's own, and one with what had to be cut. */
  readonly files: readonly RenderedFile[];
}

export type RenderOptions = ActionOptions;

/** Beside a card few see more, and it counts towards what Webex keeps. */
const BESIDE_CARD = 3000;
/** In bytes, for three notes on cuts, rows of buttons and what surrounds the elements. */
const AROUND = 1200;
const LONGEST_TITLE = 600;
const LONGEST_INTERIM = 600;

/** An answer as a message. Within every limit of Webex, whatever the view; what is cut is said, and comes as a file. */
export function renderMessage(view: View, options: RenderOptions = {}): Rendered {
  const { actions, dropped } = renderActions(view.actions, options);
  const title = titleElements(view);
  const body = renderBody(
    view.blocks,
    LIMITS.cardBytes.most - AROUND - weigh(title.elements) - weigh([...actions]),
  );
  const cuts: Cuts = { ...body.cuts, text: body.cuts.text || title.cut, buttons: dropped };
  const notes = cutWords(view, cuts, 'Webex', true).map((note) => line(`✂️ ${note}`, QUIET));
  const card = cardOf([...title.elements, ...body.elements, ...notes], actions);
  return { markdown: markdownOf(view, BESIDE_CARD).text, card, files: filesOf(view, cuts) };
}

/** An answer where no card can be: what the buttons do is told, to be typed. */
export function renderPlain(view: View): Rendered {
  const whole = markdownOf(view, LIMITS.markdown.most);
  if (!whole.cut) return { markdown: whole.text, card: null, files: filesOf(view, NO_CUTS) };
  const cuts: Cuts = { ...NO_CUTS, text: true };
  const note = `✂️ ${cutWords(view, cuts, 'Webex', true).join(' ')}`;
  const { text } = markdownOf(view, LIMITS.markdown.most - bytesOf(note) - 2);
  return { markdown: `${text}\n\n${note}`, card: null, files: filesOf(view, cuts) };
}

/** One line that says what is being done; it becomes the answer. */
export function renderInterim(text: string): Rendered {
  const short = shorten(cleanLine(text), LONGEST_INTERIM, markdownLength);
  return { markdown: `⏳ ${escapeMarkdown(short) || NOTHING}`, card: null, files: [] };
}

/** The title with the colour of its state. */
function titleElements(view: View): { readonly elements: Element[]; readonly cut: boolean } {
  const mark = view.tone === undefined ? '' : `${TONE_MARKS[view.tone]} `;
  const whole = cleanLine(view.title);
  const title = shorten(whole, LONGEST_TITLE, inertLength);
  const element = line(`${mark}${title || NOTHING}`, { size: 'medium', weight: 'bolder' });
  return { elements: [element], cut: title.length < whole.length };
}

function renderBody(blocks: readonly Block[], room: number): { elements: Element[]; cuts: Cuts } {
  const elements: Element[] = [];
  let cuts = NO_CUTS;
  let left = room;
  for (const block of blocks) {
    const piece = renderBlock(block, left);
    if (block.type !== 'table') cuts = { ...cuts, text: cuts.text || piece.cut };
    else if (piece.cut) {
      const table = { shown: piece.shown ?? 0, rows: block.rows.length };
      cuts = { ...cuts, tables: [...cuts.tables, table] };
    }
    left -= weigh([...piece.elements]);
    elements.push(...piece.elements);
  }
  return { elements, cuts };
}

function renderBlock(block: Block, room: number): Piece & { readonly shown?: number } {
  switch (block.type) {
    case 'text':
      return renderText(block.text, room);
    case 'notice':
      return renderNotice(block.tone, block.text, room);
    case 'facts':
      return renderFacts(block.facts, room);
    case 'list':
      return renderList(block.items, room);
    case 'table':
      return renderTable(block, room);
    case 'file': {
      const element = line(`📎 ${safeName(block.name)}`, QUIET);
      return weigh(element) > room ? { elements: [], cut: true } : { elements: [element], cut: false };
    }
  }
}
