/** Texts as they are compared, and what of a view has to be readable. */
import type { Block, Span, Text, View } from '../../src/view/view.ts';

/** Never text: controls, joiners and marks of direction, half a letter, and the signs for them. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufffd]/g;
/** Colours that stand in front of states: an addition of the platform's. */
const MARKS = /[🟢🔴🟡🔵⚪] /gu;

/** What is left when nobody looks at blanks, line ends and what has no width. */
export function readable(text: string): string {
  return text.toWellFormed().replace(UNSEEN, '').replace(MARKS, '').replace(/\s+/g, ' ').trim();
}

/** Every text of the view that a reader must find: all but cells of columns that yield, files and buttons. */
export function piecesOf(view: View): readonly string[] {
  return [view.title, ...view.blocks.flatMap(ofBlock)].map(readable).filter((piece) => piece !== '');
}

function ofBlock(block: Block): readonly string[] {
  switch (block.type) {
    case 'text':
    case 'notice':
      return plain(block.text).split('\n');
    case 'facts':
      return block.facts.flatMap(({ label, value }) => [label, ...plain(value).split('\n')]);
    case 'list':
      return block.items.flatMap((item) => plain(item).split('\n'));
    case 'table':
      return [...block.rows.flatMap((row) => row.filter(isFirm(block)).map(plain)), ...pageOf(block)];
    case 'file':
      return [];
  }
}

type Table = Extract<Block, { readonly type: 'table' }>;

const isFirm = (table: Table) => (_cell: Text, at: number) => table.columns[at]?.yields === undefined;

/** Which rows of how many, where these are not all. */
function pageOf({ page, rows }: Table): readonly string[] {
  if (page === undefined || rows.length === 0 || (rows.length === page.total && !page.atLeast)) return [];
  const from = (page.number - 1) * page.size + 1;
  return [`${from}–${from + rows.length - 1} of ${page.atLeast ? 'at least ' : ''}${page.total}`];
}

/** Label and cells of each column that yields. */
export function yieldingOf(
  view: View,
): readonly { readonly label: string; readonly cells: readonly string[] }[] {
  return view.blocks.flatMap((block) => {
    if (block.type !== 'table') return [];
    return block.columns.flatMap(({ label, yields }, at) => {
      if (yields === undefined) return [];
      const cells = block.rows.map((row) => readable(plain(row[at] ?? ''))).filter((cell) => cell !== '');
      return [{ label, cells }];
    });
  });
}

export function plain(text: Text): string {
  return typeof text === 'string' ? text : text.map((span) => span.text).join('');
}

/** What risbot itself made of the view that does something. */
export function liveOf(view: View): readonly string[] {
  const spans = view.blocks.flatMap(textsOf).flatMap((text) => (typeof text === 'string' ? [] : text));
  return [...new Set(spans.flatMap(deedsOf))];
}

function deedsOf({ href, person }: Span): readonly string[] {
  return [
    ...(href === undefined ? [] : [`link ${href}`]),
    ...(person === undefined ? [] : [`mention ${person}`]),
  ];
}

function textsOf(block: Block): readonly Text[] {
  switch (block.type) {
    case 'text':
    case 'notice':
      return [block.text];
    case 'facts':
      return block.facts.map(({ value }) => value);
    case 'list':
      return block.items;
    case 'table':
      return block.rows.flat();
    case 'file':
      return [];
  }
}
