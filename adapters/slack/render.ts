/** View → Block Kit. Pure: nothing here talks to Slack. */
import type { ContextBlock, HeaderBlock, HomeView, KnownBlock } from '@slack/types';
import { cleanLine, cleanText } from '../../src/view/clean.ts';
import { type Cuts, filesOf, NO_CUTS, type RenderedFile, safeName } from '../../src/view/cuts.ts';
import { NOTHING, TONE_MARKS } from '../../src/view/fitted.ts';
import type { Block, View } from '../../src/view/view.ts';
import { escapeFallback, shorten } from './escape.ts';
import { LIMITS, MESSAGE_WEIGHT, weigh } from './limits.ts';
import { type ActionOptions, renderActions } from './render-actions.ts';
import { context, type Room, renderFacts, renderList, renderNotice, renderText } from './render-blocks.ts';
import { cutNotes } from './render-cuts.ts';
import { fallbackText } from './render-plain.ts';
import { renderRows, renderTable } from './render-table.ts';
import { WORDS } from './words.ts';

/**
 * What a Slack message carries. `text` is escaped already; send it with `parse: 'none'`, `link_names: false`, `mrkdwn: false`,
 * `unfurl_links: false` and `unfurl_media: false`.
 */
export interface Rendered {
  /** What notifications and screen readers say beside the blocks. */
  readonly text: string;
  readonly blocks: KnownBlock[];
  /** To be uploaded beside the message: the view's own, and one with what had to be cut. */
  readonly files: readonly RenderedFile[];
}

export interface RenderOptions extends ActionOptions {
  /** Slack's id of who asked (U…), named below an answer that others see. */
  readonly askedBy?: string;
}

/** Room that blocks of the view leave: two for the title, three for notes on cuts, one for who asked, one for the buttons. */
const AROUND = { blocks: 7, weight: 1200 };

/** Of a title that goes on below its header. */
const LONGEST_TITLE = 600;

interface Surface {
  readonly blocks: number;
  readonly tables: number;
  readonly files: boolean;
}
const MESSAGE: Surface = {
  blocks: LIMITS.messageBlocks.most,
  tables: LIMITS.tablesInMessage.most,
  files: true,
};
const HOME: Surface = { blocks: LIMITS.homeBlocks.most, tables: 0, files: false };

/** An answer as a message. Within every limit of Slack, whatever the view; what is cut is said, and comes as a file. */
export function renderMessage(view: View, options: RenderOptions = {}): Rendered {
  const { blocks, cuts } = compose(view, options, MESSAGE);
  return { text: fallbackText(view) || NOTHING, blocks, files: filesOf(view, cuts) };
}

/** An answer that its asker shows to the room. */
export function renderShared(view: View, askedBy: string, options: RenderOptions = {}): Rendered {
  return renderMessage(view, { ...options, askedBy });
}

/** One line that says what is being done; it becomes the answer. */
export const renderInterim = (text: string): Rendered => lineOf('⏳ ', text);

/** The same where nothing can change the line any more: it must not look under way for ever. */
export const renderAsked = (text: string): Rendered => lineOf('', text);

/** What files that follow belong to. */
export const renderBelow = (title: string): Rendered => lineOf('📎 ', title);

/** Instead of it, when they did not follow. */
export const renderNotSent = (title: string): Rendered => lineOf('⚠️ ', `${WORDS.fileFailed} ${title}`);

function lineOf(mark: string, text: string): Rendered {
  const line = shorten(cleanLine(text), 300) || NOTHING;
  return { text: escapeFallback(line), blocks: [context(`${mark}${line}`)], files: [] };
}

/** The App Home tab. It takes no table and no file: tables are lists there. */
export function renderHome(view: View, options: RenderOptions = {}): HomeView {
  return { type: 'home', callback_id: 'ris:home', blocks: compose(view, options, HOME).blocks };
}

function compose(view: View, options: RenderOptions, surface: Surface): { blocks: KnownBlock[]; cuts: Cuts } {
  const actions = renderActions(view.actions, options);
  const title = titleBlocks(view);
  const body = renderBody(view.blocks, surface, {
    blocks: surface.blocks - AROUND.blocks,
    weight: MESSAGE_WEIGHT - AROUND.weight - weigh(actions.blocks) - weigh(title.blocks),
  });
  const cuts = { ...body.cuts, buttons: actions.dropped, text: body.cuts.text || title.cut };
  const notes = cutNotes(view, cuts, surface.files);
  return {
    blocks: [...title.blocks, ...body.blocks, ...notes, ...askerBlocks(options.askedBy), ...actions.blocks],
    cuts,
  };
}

function renderBody(
  blocks: readonly Block[],
  surface: Surface,
  whole: Room,
): { blocks: KnownBlock[]; cuts: Cuts } {
  const done: KnownBlock[] = [];
  let cuts = NO_CUTS;
  let { tables } = surface;
  let weight = whole.weight;
  for (const block of blocks) {
    const room = { blocks: whole.blocks - done.length, weight };
    const piece = renderBlock(block, room, tables > 0);
    if (block.type === 'table') {
      const tableCut = piece.cut && { shown: piece.shown ?? 0, rows: block.rows.length };
      if (tableCut) cuts = { ...cuts, tables: [...cuts.tables, tableCut] };
      if (piece.blocks.some(({ type }) => type === 'table')) tables -= 1;
    } else if (piece.cut) cuts = { ...cuts, text: true };
    weight -= weigh(piece.blocks);
    done.push(...piece.blocks);
  }
  return { blocks: done, cuts };
}

interface AnyPiece {
  readonly blocks: readonly KnownBlock[];
  readonly cut: boolean;
  readonly shown?: number;
}

function renderBlock(block: Block, room: Room, asTable: boolean): AnyPiece {
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
      return asTable ? renderTable(block, room) : renderRows(block, room);
    case 'file':
      if (room.blocks === 0 || room.weight < 400) return { blocks: [], cut: true };
      return { blocks: [context(`📎 ${safeName(block.name)}`)], cut: false };
  }
}

/** The title with the colour of its state; one that is too long for a header goes on below it. */
function titleBlocks(view: View): { blocks: (HeaderBlock | ContextBlock)[]; cut: boolean } {
  const mark = view.tone === undefined ? '' : `${TONE_MARKS[view.tone]} `;
  const whole = cleanLine(view.title) || NOTHING;
  const title = shorten(whole, LIMITS.headerText.most - mark.length);
  const header: HeaderBlock = {
    type: 'header',
    text: { type: 'plain_text', text: `${mark}${title}`, emoji: false },
  };
  if (title === whole) return { blocks: [header], cut: false };
  const all = cleanText(view.title).trim();
  const below = shorten(all, LONGEST_TITLE);
  return { blocks: [header, context(below)], cut: below !== all };
}

function askerBlocks(askedBy: string | undefined): ContextBlock[] {
  if (askedBy === undefined || !/^[UW][A-Z0-9]{1,30}$/.test(askedBy)) return [];
  return [
    { type: 'context', elements: [{ type: 'mrkdwn', text: `Asked by <@${askedBy}>`, verbatim: true }] },
  ];
}
