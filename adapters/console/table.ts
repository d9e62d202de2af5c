/** Facts and tables: how they look in the width there is. */
import type { Block, Column, Page, Text } from '../../src/view/view.ts';
import { cleanLine } from './clean.ts';
import { columnWidths, GAP, grid, shortened, wrap } from './grid.ts';
import { type Paint, paintText } from './paint.ts';

type Table = Extract<Block, { type: 'table' }>;
type Rows = readonly (readonly string[])[];

/** Labels and what they say, one beside the other; one under the other where that would break words. */
export function renderFacts(
  facts: readonly (readonly [string, Text])[],
  paint: Paint,
  width: number,
): string {
  const rows = facts.map(([label, value]) => [
    paint(cleanLine(label), 'gray'),
    paintText(paint, value, false),
  ]);
  if (rows.length === 0) return '';
  return grid(rows, { width }) ?? rows.map(([label, value]) => wrap(`${label}: ${value}`, width)).join('\n');
}

/** A line a row as long as there is room, and below it what was left out, and which rows of how many these are. */
export function renderTable(table: Table, paint: Paint, width: number): string {
  const head = table.columns.map(({ label }) => paint(cleanLine(label), 'gray'));
  const cells = table.rows.map((row) => table.columns.map((_, at) => paintText(paint, row[at] ?? '', false)));
  const drawn = drawTable(table, [head, ...cells], width) ?? {
    text: renderRecords(table, paint, width),
    leftOut: [],
  };
  const left = drawn.leftOut.length === 0 ? '' : `Too narrow to show: ${drawn.leftOut.join(', ')}`;
  const foot = [pageWords(table.page, table.rows.length), left].filter((part) => part !== '');
  return foot.length === 0 ? drawn.text : `${drawn.text}\n\n${paint(wrap(foot.join('\n'), width), 'gray')}`;
}

interface Drawn {
  readonly text: string;
  /** Labels of the columns for which there was no room. */
  readonly leftOut: readonly string[];
}

function drawTable({ columns }: Table, rows: Rows, width: number): Drawn | null {
  const right = columns.map(({ align }) => align === 'right');
  const fitted = columns.some(({ yields }) => yields !== undefined) ? fitColumns(columns, rows, width) : null;
  if (fitted !== null) {
    const shown = (row: readonly string[]) => fitted.map(({ at }) => row[at] ?? '');
    const widths = fitted.map((column) => column.width);
    const kept = new Set(fitted.map(({ at }) => at));
    return {
      text: shortened(
        rows.map(shown),
        widths,
        fitted.map(({ at }) => right[at] === true),
      ),
      leftOut: columns.filter((_, at) => !kept.has(at)).map(({ label }) => cleanLine(label)),
    };
  }
  // Numbers can stand closer together than words.
  const tight = right.slice(1).every((isRight) => isRight);
  const text = grid(rows, { width, right }) ?? (tight ? grid(rows, { width, right, gap: 1 }) : null);
  return text === null ? null : { text, leftOut: [] };
}

interface Fitted {
  readonly at: number;
  readonly yields: number;
  readonly least: number;
  readonly width: number;
}

/** A column that yields is not made narrower than this before it goes. */
const NARROW = 12;

/**
 * The columns that stay and their widths; null when those that never yield need more than there is. Only the last one to
 * stay is shortened: a few columns that can be read are better than many that cannot.
 */
function fitColumns(columns: readonly Column[], rows: Rows, width: number): readonly Fitted[] | null {
  const natural = columnWidths(rows);
  let shown = columns.map(({ yields = 0, whole }, at): Fitted => {
    const all = natural[at] ?? 0;
    const least = yields === 0 || whole === true ? all : Math.min(all, NARROW);
    return { at, yields, least, width: all };
  });
  while (true) {
    const over = sum(shown.map((column) => column.width)) + GAP * (shown.length - 1) - width;
    if (over <= 0) return shown;
    const last = shown.reduce((first, next) => (next.yields > first.yields ? next : first));
    if (last.yields === 0) return null;
    if (last.width - over >= last.least) {
      return shown.map((column) => (column === last ? { ...column, width: column.width - over } : column));
    }
    shown = shown.filter((column) => column !== last);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** Too many columns for the width: a row becomes a small list of facts. */
function renderRecords(table: Table, paint: Paint, width: number): string {
  return table.rows
    .map((row) =>
      renderFacts(
        table.columns.flatMap(({ label }, at) => (isBlank(row[at]) ? [] : [[label, row[at] ?? ''] as const])),
        paint,
        width,
      ),
    )
    .join('\n\n');
}

function isBlank(text: Text | undefined): boolean {
  if (text === undefined || text === '') return true;
  return typeof text !== 'string' && text.every((span) => span.text === '');
}

/** Blank when all rows are there: the title has their number. */
function pageWords(page: Page | undefined, rows: number): string {
  if (page === undefined || (rows === page.total && !page.atLeast)) return '';
  const from = (page.number - 1) * page.size + 1;
  const all = page.atLeast ? `at least ${page.total}` : String(page.total);
  return rows === 0 ? `none of ${all}` : `${from}–${from + rows - 1} of ${all}`;
}
