/** A table → the one table block a message may have, or a list where there can be none. */
import type { RichTextBlock, RichTextElement, RichTextSection, TableBlock } from '@slack/types';
import { cleanLine } from '../../src/view/clean.ts';
import { type Fitted, isDressed, NOTHING, pageWords, plainOf } from '../../src/view/fitted.ts';
import type { Block } from '../../src/view/view.ts';
import { shorten } from './escape.ts';
import { LIMITS, weigh } from './limits.ts';
import { context, type Piece, type Room, richText, section } from './render-blocks.ts';
import { fitText, richOf, strongText } from './render-text.ts';

export type Table = Extract<Block, { readonly type: 'table' }>;

/** A table that was cut also tells how many of its rows are shown. */
export interface TablePiece extends Piece {
  readonly shown: number;
}

const LONGEST_CELL = 240;
const LONGEST_LABEL = 75;
/** Cells longer than that are wrapped; Slack would cut them at the column's width. */
const WRAP_FROM = 24;
/** For the line below the table. */
const FOOT = { blocks: 1, weight: 200 };

type Cell = TableBlock['rows'][number][number];
type ColumnSettings = NonNullable<TableBlock['column_settings']>[number];

/** As rows and columns. Needs a message without another table: see `LIMITS.tablesInMessage`. */
export function renderTable(table: Table, room: Room): TablePiece {
  const columns = table.columns.slice(0, LIMITS.tableColumns.most);
  if (columns.length === 0 || table.rows.length === 0) return empty(table, room);
  const head = columns.map(({ label }) => labelOf(label));
  const rows: Cell[][] = [
    head.map((label) => richText([{ type: 'rich_text_section', elements: [strongText(label)] }])),
  ];
  const longest = head.map(() => 0);
  let cut = columns.length < table.columns.length;
  let left = Math.min(room.weight - FOOT.weight, LIMITS.tableText.most) - weigh(rows) - columns.length * 20;
  for (const row of table.rows.slice(0, LIMITS.tableRows.most - 1)) {
    const fitted = columns.map((_, i) => fitText(row[i] ?? '', LONGEST_CELL));
    const cells = fitted.map(cellOf);
    left -= weigh(cells);
    if (left < 0) break;
    cut ||= row.length > columns.length || fitted.some((cell) => cell.cut);
    for (const [i, cell] of fitted.entries()) longest[i] = Math.max(longest[i] ?? 0, plainOf(cell).length);
    rows.push(cells);
  }
  const shown = rows.length - 1;
  if (shown === 0 || room.blocks === 0) return { blocks: [], cut: true, shown: 0 };
  const block: TableBlock = {
    type: 'table',
    column_settings: columns.map((column, i): ColumnSettings => {
      return { align: column.align ?? 'left', is_wrapped: (longest[i] ?? 0) > WRAP_FROM };
    }),
    rows,
  };
  return { blocks: [block, ...foot(table, shown, room)], cut: cut || shown < table.rows.length, shown };
}

/** As a list, an item a row: for home tabs, and for every table of a message but the first. */
export function renderRows(table: Table, room: Room): TablePiece {
  if (table.columns.length === 0 || table.rows.length === 0) return empty(table, room);
  const elements: RichTextSection[] = [];
  let cut = false;
  let left = room.weight - FOOT.weight - 100;
  for (const row of table.rows) {
    const fitted = table.columns.map((_, i) => fitText(row[i] ?? '', LONGEST_CELL));
    const element = itemOf(table, fitted);
    left -= weigh(element);
    if (left < 0) break;
    cut ||= row.length > table.columns.length || fitted.some((cell) => cell.cut);
    elements.push(element);
  }
  const shown = elements.length;
  if (shown === 0 || room.blocks === 0) return { blocks: [], cut: true, shown: 0 };
  const block: RichTextBlock = richText([{ type: 'rich_text_list', style: 'bullet', elements }]);
  return { blocks: [block, ...foot(table, shown, room)], cut: cut || shown < table.rows.length, shown };
}

/** `SEP001122334455 · State: Registered · Node: cucm1`; what is blank is left out. */
function itemOf(table: Table, cells: readonly Fitted[]): RichTextSection {
  const elements: RichTextElement[] = [];
  for (const [i, cell] of cells.entries()) {
    if (cell.spans.length === 0) continue;
    const label = `${elements.length > 0 ? ' · ' : ''}${labelOf(table.columns[i]?.label ?? '')}: `;
    if (i > 0) elements.push({ type: 'text', text: label }, ...richOf(cell));
    else elements.push(...(isDressed(cell) ? richOf(cell) : [strongText(plainOf(cell))]));
  }
  return elements.length === 0 ? section({ spans: [], cut: false }) : { type: 'rich_text_section', elements };
}

function labelOf(label: string): string {
  const text = shorten(cleanLine(label), LONGEST_LABEL);
  return text === '' ? NOTHING : text;
}

function cellOf(cell: Fitted): Cell {
  if (isDressed(cell)) return richText([section(cell)]);
  // Slack takes no empty cell; a blank one shows nothing.
  return { type: 'raw_text', text: cell.spans.length === 0 ? ' ' : plainOf(cell) };
}

function empty(table: Table, room: Room): TablePiece {
  const cut = table.rows.length > 0;
  return { blocks: room.blocks > 0 && room.weight > FOOT.weight ? [context('No rows.')] : [], cut, shown: 0 };
}

function foot(table: Table, shown: number, room: Room): readonly ReturnType<typeof context>[] {
  const words = pageWords(table.page, shown);
  return words === '' || room.blocks < 2 ? [] : [context(words)];
}
