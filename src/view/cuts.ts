/** What a platform has no room for is said on the card, and comes as a file. */
import { cleanLine, shorten } from './clean.ts';
import { type Rows, toCsv } from './csv.ts';
import { textOf, wholeText } from './plain.ts';
import type { Block, View } from './view.ts';

/** A file beside a message. */
export interface RenderedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: string;
}

export interface Cuts {
  /** Tables with rows, columns or cells left out or shortened. */
  readonly tables: readonly { readonly shown: number; readonly rows: number }[];
  /** True when anything else was shortened or left out. */
  readonly text: boolean;
  /** Buttons left out. */
  readonly buttons: number;
}

export const NO_CUTS: Cuts = { tables: [], text: false, buttons: 0 };

const TEXT_FILE = 'answer.txt';
const TABLE_FILE = 'answer.csv';

/** A sentence for each kind of cut; `platform` by name, as people call it. */
export function cutWords(view: View, cuts: Cuts, platform: string, withFiles: boolean): readonly string[] {
  const notes: string[] = [];
  const shown = cuts.tables.reduce((sum, table) => sum + table.shown, 0);
  const rows = cuts.tables.reduce((sum, table) => sum + table.rows, 0);
  const rest = withFiles ? `: ${ownCsv(view) ?? TABLE_FILE} has all of` : '';
  if (shown < rows)
    notes.push(`${platform} has room for ${shown} of these ${rows} rows${rest && `${rest} them`}.`);
  else if (cuts.tables.length > 0)
    notes.push(`${platform} has no room for all of this table${rest && `${rest} it`}.`);
  const whole = withFiles ? `: ${TEXT_FILE} has all of it` : '';
  if (cuts.text) notes.push(`${platform} has no room for all of this answer${whole}.`);
  const commands = withFiles ? `: ${TEXT_FILE} has their commands` : '';
  if (cuts.buttons > 0) notes.push(`${platform} has no room for ${cuts.buttons} of the buttons${commands}.`);
  return notes;
}

/** The view's own files, and the rest of what was cut. */
export function filesOf(view: View, cuts: Cuts): readonly RenderedFile[] {
  const files = view.blocks.flatMap((block): RenderedFile[] => {
    if (block.type !== 'file') return [];
    return [{ name: safeName(block.name), mediaType: block.mediaType, content: block.content }];
  });
  if (cuts.tables.length > 0 && ownCsv(view) === undefined) {
    files.push({ name: TABLE_FILE, mediaType: 'text/csv', content: toCsv(rowsOf(view)) });
  }
  if (cuts.text || cuts.buttons > 0) {
    files.push({ name: TEXT_FILE, mediaType: 'text/plain', content: wholeText(view) });
  }
  return files;
}

/** A file name without anything that a path, a shell or a reader could take for something else. */
export function safeName(name: string): string {
  const safe = shorten(cleanLine(name).replace(/[^\p{L}\p{M}\p{N} ._-]/gu, '_'), 100);
  return /^[. ]*$/.test(safe) ? 'file' : safe;
}

function ownCsv(view: View): string | undefined {
  const file = view.blocks.find((block) => block.type === 'file' && block.mediaType === 'text/csv');
  return file?.type === 'file' ? safeName(file.name) : undefined;
}

type Table = Extract<Block, { readonly type: 'table' }>;

/** The view's own rows; failing those, its tables as they are, one below the other. */
function rowsOf(view: View): Rows {
  if (view.rows !== undefined) return view.rows;
  const tables = view.blocks.filter((block) => block.type === 'table');
  const [first, ...others] = tables.map(linesOf);
  return {
    columns: first?.[0] ?? [],
    cells: [...(first?.slice(1) ?? []), ...others.flatMap((lines) => [[], ...lines])],
  };
}

function linesOf(table: Table): readonly (readonly string[])[] {
  return [table.columns.map(({ label }) => label), ...table.rows.map((row) => row.map(textOf))];
}
