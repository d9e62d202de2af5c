/**
 * Finds the rows of a large reply without parsing it: one pass over the bytes that knows tags, attributes, comments,
 * CDATA and processing instructions, and follows nothing but the nesting of one element name. Whether the rest is
 * well-formed is for the parser to say: it sees every byte, the rows one by one and what is left as the skeleton.
 */
import { RisPortError } from './fault.ts';

export interface RowRange {
  /** Offset of the row's `<`. */
  readonly start: number;
  /** Offset after the row's last `>`. */
  readonly end: number;
}

export interface Scan {
  readonly rows: readonly RowRange[];
  /** The document without its rows; for each run of them an element holding `first-last`, their places in `rows`. */
  readonly skeleton: string;
}

export interface RowShape {
  /** Local name of the row element. */
  readonly element: string;
  /** How deep in elements of that same name a row is: 2 when its parent's parent has the name too. */
  readonly depth: number;
}

const BYTES_A_STEP = 512 * 1024;
const LARGEST_ROW = 256 * 1024;
/** CUCM sends 2 000 at most. */
const MOST_ROWS = 100_000;
const LARGEST_SKELETON = 1024 * 1024;

const LT = 60;
const GT = 62;
const SLASH = 47;
const BANG = 33;
const QUESTION = 63;
const COLON = 58;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const SPACE = 32;

/**
 * Scans UTF-8 bytes, giving way every half megabyte. Throws RisPortError `malformed` for a document that ends inside a
 * tag or a row, that declares anything (DOCTYPE, ENTITY), and for a row or a skeleton beyond all reason.
 */
export function* scanRows(bytes: Buffer, shape: RowShape): Generator<void, Scan> {
  const name = Buffer.from(shape.element);
  const nesting = createNesting(shape.depth);
  let rest = BYTES_A_STEP;
  for (let at = nextTag(bytes, 0); at < bytes.length; ) {
    const end = endOfMarkup(bytes, at);
    if (isNamed(bytes, at, name)) nesting.follow(at, end, depthChange(bytes, at, end));
    if (end > rest) {
      yield;
      rest = end + BYTES_A_STEP;
    }
    at = nextTag(bytes, end);
  }
  const rows = nesting.end();
  return { rows, skeleton: skeletonOf(bytes, rows, shape.element) };
}

/** Follows the tags of the one name, and keeps where the rows among their elements begin and end. */
function createNesting(rowDepth: number) {
  const rows: RowRange[] = [];
  const outside = rowDepth - 1;
  let depth = 0;
  let start = 0;
  return {
    follow(at: number, end: number, change: number): void {
      if (depth === outside && change >= 0) start = at;
      depth += change;
      if (depth !== outside || change > 0) return;
      if (rows.length === MOST_ROWS) throw malformed('holds too many rows');
      rows.push(rowRange(start, end));
    },
    end(): readonly RowRange[] {
      if (depth !== 0) throw malformed('ends inside a row');
      return rows;
    },
  };
}

function nextTag(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== LT) at++;
  return at;
}

/** Offset after the markup that begins at `at`. */
function endOfMarkup(bytes: Buffer, at: number): number {
  const kind = bytes[at + 1];
  if (kind === BANG) return endOfDeclaration(bytes, at);
  if (kind === QUESTION) return after(bytes, '?>', at + 2);
  let quote = 0;
  for (let to = at + 1; to < bytes.length; to++) {
    const byte = bytes[to];
    if (quote !== 0) quote = byte === quote ? 0 : quote;
    else if (byte === GT) return to + 1;
    else if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) quote = byte;
  }
  throw malformed('ends inside a tag');
}

function endOfDeclaration(bytes: Buffer, at: number): number {
  const opening = bytes.toString('latin1', at, at + 9);
  if (opening.startsWith('<!--')) return after(bytes, '-->', at + 4);
  if (opening === '<![CDATA[') return after(bytes, ']]>', at + 9);
  throw malformed('declares a document type or an entity');
}

function after(bytes: Buffer, mark: string, from: number): number {
  const at = bytes.indexOf(mark, from, 'latin1');
  if (at === -1) throw malformed(`ends before its ${mark}`);
  return at + mark.length;
}

/** Whether the tag at `at` has that local name, whatever its prefix. Comments and the like have none. */
function isNamed(bytes: Buffer, at: number, name: Buffer): boolean {
  const kind = bytes[at + 1];
  if (kind === BANG || kind === QUESTION) return false;
  let from = kind === SLASH ? at + 2 : at + 1;
  let to = from;
  for (let byte = bytes[to]; byte !== undefined && !endsName(byte); byte = bytes[++to]) {
    if (byte === COLON) from = to + 1;
  }
  if (to - from !== name.length) return false;
  for (let index = 0; index < name.length; index++) if (bytes[from + index] !== name[index]) return false;
  return true;
}

function endsName(byte: number): boolean {
  return byte <= SPACE || byte === GT || byte === SLASH;
}

/** 1 for an opening tag, -1 for a closing one, 0 for one that is both. */
function depthChange(bytes: Buffer, at: number, end: number): number {
  if (bytes[at + 1] === SLASH) return -1;
  return bytes[end - 2] === SLASH ? 0 : 1;
}

function rowRange(start: number, end: number): RowRange {
  if (end - start > LARGEST_ROW) throw malformed('holds a row beyond all reason');
  return { start, end };
}

function skeletonOf(bytes: Buffer, rows: readonly RowRange[], element: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (let first = 0; first < rows.length; ) {
    let last = first;
    while (adjacent(bytes, rows[last], rows[last + 1])) last++;
    pieces.push(
      bytes.toString('utf8', from, rows[first]?.start),
      `<${element}>${first}-${last}</${element}>`,
    );
    from = rows[last]?.end ?? bytes.length;
    first = last + 1;
  }
  pieces.push(bytes.toString('utf8', from));
  const skeleton = pieces.join('');
  if (skeleton.length > LARGEST_SKELETON) throw malformed('holds too much outside its rows');
  return skeleton;
}

function adjacent(bytes: Buffer, row: RowRange | undefined, next: RowRange | undefined): boolean {
  if (row === undefined || next === undefined) return false;
  for (let at = row.end; at < next.start; at++) if ((bytes[at] ?? 0) > SPACE) return false;
  return true;
}

function malformed(what: string): RisPortError {
  return new RisPortError('malformed', `the reply ${what}`);
}
