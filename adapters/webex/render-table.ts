/** A table → rows that read well on a phone, since Adaptive Cards 1.3 has no table: the name, and its state and the rest in small type below. */
import { cleanLine, shorten } from '../../src/view/clean.ts';
import { type Fitted, isDressed, NOTHING, pageWords, plainOf } from '../../src/view/fitted.ts';
import type { Block, Text } from '../../src/view/view.ts';
import type { Element, TextRun } from './card.ts';
import { inertLength } from './escape.ts';
import { weigh } from './limits.ts';
import type { Piece } from './render-blocks.ts';
import { fitText, type Look, line, QUIET, run, runsOf } from './render-text.ts';

export type Table = Extract<Block, { readonly type: 'table' }>;

/** Which columns go where, by index. */
interface Layout {
  /** In bold: the first column, and the next one where the first is only a number. */
  readonly head: readonly number[];
  /** The column with colours, which comes first below the name; -1 without one. */
  readonly state: number;
  readonly details: readonly number[];
  /** Those that had to yield. */
  readonly leftOut: readonly number[];
}

/** A table that was cut also tells how many of its rows are shown. */
export interface TablePiece extends Piece {
  readonly shown: number;
}

/** In bytes. */
const LONGEST_CELL = 300;
const LONGEST_LABEL = 60;
/** More than any card has room for. */
const MOST_ROWS = 150;
/** For the line below the table. */
const FOOT = 200;
/** So many letters are three or four lines of small type on a phone; beyond them columns yield. */
const WIDTH = 160;
const SHORT_CELL = 40;
/** Name and one more cell of so many letters share a line. */
const ONE_LINE = 32;
const BETWEEN = ' · ';

/** As many rows as there is room for, in bytes as `weigh` counts them. */
export function renderTable(table: Table, room: number): TablePiece {
  if (table.columns.length === 0 || table.rows.length === 0) return empty(table, room);
  const rows = table.rows.slice(0, MOST_ROWS).map((row) => cellsOf(table, row));
  const layout = layoutOf(table, rows);
  const elements: Element[] = [];
  let shown = 0;
  let cut = false;
  let left = room - FOOT;
  for (const row of rows) {
    const rendered = rowOf(table, layout, row, shown === 0);
    left -= weigh([...rendered.elements]);
    if (left < 0) break;
    cut ||= rendered.cut;
    elements.push(...rendered.elements);
    shown += 1;
  }
  for (const words of shown === 0 ? [] : footOf(table, layout, shown)) {
    elements.push({ ...line(words, QUIET), spacing: 'small' });
  }
  return { elements, cut: cut || shown < table.rows.length, shown };
}

/** Which rows of how many these are, and which columns there was no room for. */
function footOf(table: Table, { leftOut }: Layout, shown: number): readonly string[] {
  const labels = leftOut.map((i) => labelOf(table, i));
  const left = labels.length === 0 ? '' : `Not shown: ${labels.join(', ')}`;
  return [pageWords(table.page, shown), left].filter((words) => words !== '');
}

function empty(table: Table, room: number): TablePiece {
  return {
    elements: room < FOOT ? [] : [line('No rows.', QUIET)],
    cut: table.rows.length > 0 || room < FOOT,
    shown: 0,
  };
}

/** The cells of a row, cleaned, as many as there are columns. */
interface Row {
  readonly cells: readonly Fitted[];
  readonly cut: boolean;
}

function cellsOf(table: Table, row: readonly Text[]): Row {
  const cells = table.columns.map((_, i) => fitText(row[i] ?? '', LONGEST_CELL));
  return { cells, cut: row.length > cells.length || cells.some(({ cut }) => cut) };
}

function layoutOf(table: Table, rows: readonly Row[]): Layout {
  const all = table.columns.map((_, i) => i);
  const state = all.findIndex((i) => i > 0 && rows.some(({ cells }) => hasTone(cells[i])));
  const others = all.filter((i) => i !== state);
  const head = others.slice(0, table.columns[0]?.align === 'right' ? 2 : 1);
  const below = others.filter((i) => !head.includes(i));
  const details = yielded(table, rows, below);
  const hasWords = (i: number) => rows.some(({ cells }) => (cells[i]?.spans.length ?? 0) > 0);
  return { head, state, details, leftOut: below.filter((i) => !details.includes(i) && hasWords(i)) };
}

function hasTone(cell: Fitted | undefined): boolean {
  return cell?.spans.some(({ tone }) => tone !== undefined) === true;
}

/** The columns that are left when those that yield have, the highest number first, until the longest row has room. */
function yielded(table: Table, rows: readonly Row[], details: readonly number[]): readonly number[] {
  const last = details
    .filter((i) => table.columns[i]?.yields !== undefined)
    .toSorted((a, b) => yieldsOf(table, a) - yieldsOf(table, b))
    .at(-1);
  if (last === undefined || widest(table, rows, details) <= WIDTH) return details;
  return yielded(
    table,
    rows,
    details.filter((i) => i !== last),
  );
}

function yieldsOf(table: Table, i: number): number {
  return table.columns[i]?.yields ?? 0;
}

function widest(table: Table, rows: readonly Row[], details: readonly number[]): number {
  return rows.reduce((most, row) => Math.max(most, widthOf(table, row, details)), 0);
}

/** In letters, with labels. A cell that yields but may not be shortened counts in full. */
function widthOf(table: Table, { cells }: Row, columns: readonly number[]): number {
  const widths = columns.map((i) => {
    const length = cells[i]?.spans.reduce((sum, { text }) => sum + text.length, 0) ?? 0;
    const label = (table.columns[i]?.label.length ?? 0) + 4;
    return label + (mayShrink(table, i) ? Math.min(length, SHORT_CELL) : length);
  });
  return widths.reduce((sum, width) => sum + width, 0);
}

function mayShrink(table: Table, i: number): boolean {
  return table.columns[i]?.yields !== undefined && table.columns[i]?.whole !== true;
}

/**
 * Text below text, not in columns side by side: a name has no place to break, and no client can be relied on to keep one that is wider
 * than its column from running into the next.
 */
function rowOf(table: Table, layout: Layout, row: Row, isFirst: boolean): Piece {
  const { cells, cut } = row;
  const below = [layout.state, ...layout.details].filter((i) => (cells[i]?.spans.length ?? 0) > 0);
  const isShort = below.length === 1 && widthOf(table, row, [...layout.head, ...below]) <= ONE_LINE;
  const name = nameRuns(layout, cells);
  const rest = restRuns(table, layout, below, cells);
  const inlines = isShort ? [...name, run(BETWEEN, QUIET), ...rest] : name;
  const elements: Element[] = [
    { type: 'RichTextBlock', inlines, ...(!isFirst && { spacing: 'small', separator: true }) },
  ];
  if (!isShort && rest.length > 0) elements.push({ type: 'RichTextBlock', spacing: 'none', inlines: rest });
  return { elements, cut };
}

function nameRuns({ head }: Layout, cells: readonly Fitted[]): TextRun[] {
  const look: Look = { weight: 'bolder' };
  return head.flatMap((i, place) => {
    const cell = cells[i];
    if (cell === undefined) return [];
    return [...(place > 0 ? [run(' ', look)] : []), ...runsOf(cell, look)];
  });
}

/** `🔴 no keepalive · For 5 min · Node cucm1`: the state needs no label, and is not as grey as what comes after it. */
function restRuns(
  table: Table,
  { state }: Layout,
  below: readonly number[],
  cells: readonly Fitted[],
): readonly TextRun[] {
  const cell = below[0] === state ? cells[state] : undefined;
  if (cell === undefined) return detailRuns(table, below, cells);
  const details = detailRuns(table, below.slice(1), cells);
  return [
    ...runsOf(cell, { size: 'small' }),
    ...(details.length > 0 ? [run(BETWEEN, QUIET)] : []),
    ...details,
  ];
}

/** `For 5 min · Node cucm1`; plain cells share a run, since every run is an object in the card. */
function detailRuns(table: Table, details: readonly number[], cells: readonly Fitted[]): readonly TextRun[] {
  const runs: TextRun[] = [];
  let plain = '';
  for (const [place, i] of details.entries()) {
    const cell = cells[i];
    if (cell === undefined) continue;
    plain += `${place > 0 ? BETWEEN : ''}${labelOf(table, i)} `;
    if (!isDressed(cell)) {
      const text = cleanLine(plainOf(cell));
      plain += mayShrink(table, i) ? shorten(text, SHORT_CELL) : text;
      continue;
    }
    runs.push(run(plain, QUIET), ...runsOf(cell, QUIET));
    plain = '';
  }
  return plain === '' ? runs : [...runs, run(plain, QUIET)];
}

function labelOf(table: Table, i: number): string {
  const label = shorten(cleanLine(table.columns[i]?.label ?? ''), LONGEST_LABEL, inertLength);
  return label === '' ? NOTHING : label;
}
