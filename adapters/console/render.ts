/** A view → text for a terminal. Pure; the same view, width and colour give the same text. */
import type { Block, Page, Text, Tone, View } from '../../src/view/view.ts';
import { cleanLine } from './clean.ts';
import { grid, wrap } from './grid.ts';
import { type Paint, painter, paintText, paintTone } from './paint.ts';

export interface RenderOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
  /** Numbers the actions under the card, for a terminal where a number can be typed. Default: no actions. */
  readonly actions?: boolean;
}

const MARKS: Readonly<Record<Tone, string>> = { good: '✓', bad: '✗', warn: '!', info: 'i', muted: '·' };
const NARROWEST = 20;
const WIDEST = 400;

/** Lines that fit the width, without a line end at the end. Nothing in the view can reach the terminal as a control. */
export function renderView(view: View, options: RenderOptions): string {
  const width = Math.min(WIDEST, Math.max(NARROWEST, options.width));
  const paint = painter(options.colour);
  const title = paint(paintTone(paint, cleanLine(view.title), view.tone), 'bold');
  const parts = [wrap(title, width), ...view.blocks.map((block) => renderBlock(block, paint, width))];
  if (options.actions === true && view.actions.length > 0) parts.push(renderActions(view, paint, width));
  return parts.filter((part) => part !== '').join('\n\n');
}

function renderBlock(block: Block, paint: Paint, width: number): string {
  switch (block.type) {
    case 'text':
      return wrap(paintText(paint, block.text, true), width);
    case 'notice':
      return hanging(paintTone(paint, MARKS[block.tone], block.tone), block.text, paint, width);
    case 'facts':
      return renderFacts(
        block.facts.map(({ label, value }) => [label, value]),
        paint,
        width,
      );
    case 'list':
      return block.items.map((item) => hanging('-', item, paint, width)).join('\n');
    case 'table':
      return renderTable(block, paint, width);
    case 'file':
      return hanging(
        paintTone(paint, MARKS.info, 'info'),
        `${block.name}, ${size(block.content)}: risbot ask --csv prints it`,
        paint,
        width,
      );
  }
}

/** A mark, and the text beside it on all its lines. */
function hanging(mark: string, text: Text, paint: Paint, width: number): string {
  const painted = paintText(paint, text, false);
  return grid([[mark, painted]], { width, gap: 1 }) ?? wrap(`${mark} ${painted}`, width);
}

function renderFacts(facts: readonly (readonly [string, Text])[], paint: Paint, width: number): string {
  const rows = facts.map(([label, value]) => [
    paint(cleanLine(label), 'gray'),
    paintText(paint, value, false),
  ]);
  if (rows.length === 0) return '';
  return grid(rows, { width }) ?? rows.map(([label, value]) => wrap(`${label}: ${value}`, width)).join('\n');
}

function renderTable(table: Extract<Block, { type: 'table' }>, paint: Paint, width: number): string {
  const head = table.columns.map(({ label }) => paint(cleanLine(label), 'gray'));
  const cells = table.rows.map((row) => table.columns.map((_, at) => paintText(paint, row[at] ?? '', false)));
  const right = table.columns.map(({ align }) => align === 'right');
  const drawn = grid([head, ...cells], { width, right }) ?? renderRecords(table, paint, width);
  const page = table.page === undefined ? '' : paint(pageWords(table.page, table.rows.length), 'gray');
  return page === '' ? drawn : `${drawn}\n\n${page}`;
}

/** Too many columns for the width: a row becomes a small list of facts. */
function renderRecords(table: Extract<Block, { type: 'table' }>, paint: Paint, width: number): string {
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

function pageWords({ number, size, total, atLeast }: Page, rows: number): string {
  const from = (number - 1) * size + 1;
  const all = atLeast ? `at least ${total}` : String(total);
  return rows === 0 ? `none of ${all}` : `${from}–${from + rows - 1} of ${all}`;
}

function size(content: string): string {
  const bytes = Buffer.byteLength(content);
  return bytes < 1024 ? `${bytes} bytes` : `${Math.ceil(bytes / 1024)} KB`;
}

function renderActions(view: View, paint: Paint, width: number): string {
  const labels = view.actions.map(
    ({ label }, at) => `${paint(`[${at + 1}]`, 'cyan')}\u00a0${cleanLine(label).replaceAll(' ', '\u00a0')}`,
  );
  // Unbreakable while wrapping, so that a number stays with its label.
  return wrap(labels.join('  '), width).replaceAll('\u00a0', ' ');
}
