/** A view → text for a terminal. Pure; the same view, width and colour give the same text. */
import type { Block, Text, Tone, View } from '../../src/view/view.ts';
import { cleanLine } from './clean.ts';
import { columnWidths, GAP, grid, wrap } from './grid.ts';
import { type Paint, painter, paintText, paintTone } from './paint.ts';
import { renderFacts, renderTable } from './table.ts';

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
  const parts = [
    wrap(title, width),
    ...view.blocks.map((block) => renderBlock(block, paint, width, options.actions === true)),
  ];
  if (options.actions === true && view.actions.length > 0) parts.push(renderActions(view, paint, width));
  return parts.filter((part) => part !== '').join('\n\n');
}

function renderBlock(block: Block, paint: Paint, width: number, typing: boolean): string {
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
        `${block.name}, ${size(block.content)}: ${typing ? 'type save to keep it' : 'risbot ask --csv prints it'}`,
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

function size(content: string): string {
  const bytes = Buffer.byteLength(content);
  return bytes < 1024 ? `${bytes} bytes` : `${Math.ceil(bytes / 1024)} KB`;
}

/** As many to a line as fit; a number never stands apart from its label. */
function renderActions(view: View, paint: Paint, width: number): string {
  const lines: string[] = [];
  let room = 0;
  for (const [at, { label }] of view.actions.entries()) {
    const action = `${paint(`[${at + 1}]`, 'cyan')} ${cleanLine(label)}`;
    const needed = (columnWidths([[action]])[0] ?? 0) + GAP;
    if (needed <= room) lines.push(`${lines.pop()}${' '.repeat(GAP)}${action}`);
    else lines.push(action);
    room = (needed <= room ? room : width) - needed + (needed <= room ? 0 : GAP);
  }
  return lines.map((line) => wrap(line, width)).join('\n');
}
