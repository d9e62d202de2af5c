/** Columns of text within a width. cli-table3 knows how wide a character is, and wraps and pads; this decides how wide a column may be. */
import Table from 'cli-table3';

type Cells = readonly (readonly string[])[];

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
};

/** Spaces between columns. */
export const GAP = 2;

export interface GridOptions {
  readonly width: number;
  /** Columns that are aligned right. */
  readonly right?: readonly boolean[];
  /** Spaces between columns, default `GAP`. */
  readonly gap?: number;
}

/** Rows in columns, wrapped to the width; null when the columns have too little room to be read. */
export function grid(rows: Cells, options: GridOptions): string | null {
  const natural = columnWidths(rows);
  const least = columnWidths(rows.map((row) => row.map(longestWord)));
  const gap = options.gap ?? GAP;
  const room = options.width - gap * (natural.length - 1);
  const whole = natural.map((needed, index) => (needed <= SHORT ? needed : (least[index] ?? needed)));
  const widths = share(natural, whole, room) ?? share(natural, least, room);
  return widths === null ? null : draw(rows, widths, gap, options.right ?? []);
}

/** Rows in columns of these widths, a line each: what is longer ends with an ellipsis. */
export function shortened(rows: Cells, widths: readonly number[], right: readonly boolean[]): string {
  return drawn(rows, { widths, gap: GAP, right, wordWrap: false });
}

/** One text, wrapped to the width. */
export function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => ((columnWidths([[line]])[0] ?? 0) <= width ? line : draw([[line]], [width], 0, [])))
    .join('\n');
}

function draw(rows: Cells, widths: readonly number[], gap: number, right: readonly boolean[]): string {
  const broken = rows.map((row) => row.map((cell, index) => breakLong(cell, widths[index] ?? 1)));
  return drawn(broken, { widths, gap, right, wordWrap: true });
}

interface Drawing {
  readonly widths: readonly number[];
  readonly gap: number;
  readonly right: readonly boolean[];
  readonly wordWrap: boolean;
}

function drawn(rows: Cells, { widths, gap, right, wordWrap }: Drawing): string {
  const table = new Table({
    chars: { ...NO_LINES, middle: ' '.repeat(gap) },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colWidths: [...widths],
    colAligns: widths.map((_, index) => (right[index] ? 'right' : 'left')),
    wordWrap,
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** The library's own measure of each column: the lengths of the strokes it draws above them. */
export function columnWidths(rows: Cells): number[] {
  const table = new Table({
    chars: { ...NO_LINES, top: '-', 'top-mid': '+', bottom: '-' },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  table.push(...rows.map((row) => [...row]));
  const [strokes = ''] = table.toString().split('\n');
  return strokes.split('+').map((stroke) => stroke.length);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours that we painted ourselves.
const COLOUR = /(\u001b\[[\d;]*m)/;

function bare(text: string): string {
  return text
    .split(COLOUR)
    .filter((_, index) => index % 2 === 0)
    .join('');
}

function longestWord(text: string): string {
  const longest = bare(text)
    .split(/\s/)
    .reduce((longest, word) => (word.length > longest.length ? word : longest), '');
  return longest.slice(0, LONGEST_KEPT);
}

/** A column this narrow is not wrapped as long as another can give way. */
const SHORT = 16;
/** A word up to this long keeps its line; a longer one may be broken. Device names and addresses fit. */
const LONGEST_KEPT = 20;

/** What each column gets of the width: all it needs, or as much as the widest have to give up; null when words would break. */
function share(natural: readonly number[], least: readonly number[], width: number): number[] | null {
  const fitted = (cap: number) =>
    natural.map((needed, index) => Math.max(1, Math.min(needed, Math.max(least[index] ?? 1, cap))));
  const sum = (widths: readonly number[]) => widths.reduce((total, one) => total + one, 0);
  if (sum(fitted(1)) > width) return null;
  let cap = 1;
  const widest = Math.max(...natural);
  while (cap < widest && sum(fitted(cap + 1)) <= width) cap += 1;
  const widths = fitted(cap);
  for (const [index, needed] of natural.entries()) {
    const spare = width - sum(widths);
    const at = widths[index] ?? 1;
    widths[index] = Math.max(at, Math.min(needed, at + spare));
  }
  return widths;
}

/** Line ends inside words that are longer than the width; the library would cut those off. Colours stay as they are. */
function breakLong(text: string, width: number): string {
  return text
    .split(COLOUR)
    .map((piece, index) => (index % 2 === 1 ? piece : breakWords(piece, width)))
    .join('');
}

function breakWords(text: string, width: number): string {
  return text.replace(/\S+/g, (word) => breakWord(word, width));
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function breakWord(word: string, width: number): string {
  const ascii = /^[ -~]*$/.test(word);
  const fits = ascii ? word.length <= width : (columnWidths([[word]])[0] ?? 0) <= width;
  if (fits) return word;
  const characters = ascii ? [...word] : Array.from(graphemes.segment(word), ({ segment }) => segment);
  // Outside ASCII a character may be two columns wide.
  const each = ascii ? width : Math.max(1, Math.floor(width / 2));
  const parts: string[] = [];
  for (let at = 0; at < characters.length; at += each) parts.push(characters.slice(at, at + each).join(''));
  return parts.join('\n');
}
