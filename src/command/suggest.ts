/** What somebody who types may mean: known names, numbers and descriptions, best first. */
import type { KnownName } from '../lookup/names.ts';
import { nationalDigits } from '../view/phone-number.ts';
import { asSubject } from '../view/text.ts';
import type { Names } from './command.ts';

/** What goes into a command, and what is shown. */
export interface Suggestion {
  readonly text: string;
  readonly label: string;
}

/** A cluster whose names may be suggested. */
export interface Source {
  readonly name: string;
  readonly names: Names;
  /** Goes behind the name, so that the command asks this cluster: ` in:lab`, or blank. */
  readonly suffix: string;
}

/** Everything known of one cluster as one text, so that looking through 60 000 names is a few searches in a string. */
interface Index {
  readonly entries: readonly KnownName[];
  /** Of each entry, in lower case: a line end, the name, then numbers and description, a tab around each. */
  readonly lines: readonly string[];
  /** All lines. */
  readonly text: string;
  /** Where each line begins. */
  readonly starts: Int32Array;
  readonly builtAt: number;
}

/** New phones are suggested after that time at the latest. */
const REBUILD_MS = 30_000;
const LONGEST_TYPED = 100;
const LONGEST_LABEL = 75;
/** Lines looked at in one search, so that a word that stands in all of them costs no more. */
const MOST_LINES = 20_000;

export type Suggest = (
  typed: string,
  sources: readonly Source[],
  limit: number,
  now: number,
) => readonly Suggestion[];

/** Keeps an index a cluster. `now` in epoch milliseconds. */
export function createSuggest(): Suggest {
  const indexes = new WeakMap<Names, Index>();
  const indexOf = (names: Names, now: number): Index => {
    const known = indexes.get(names);
    if (known !== undefined && now - known.builtAt < REBUILD_MS) return known;
    const index = build(names.all(), now, known);
    indexes.set(names, index);
    return index;
  };
  return (typed, sources, limit, now) => {
    const words = wordsOf(typed);
    if (words.length === 0 || limit <= 0) return [];
    const found = sources.map(({ names, suffix, name }) => {
      const hits = search(indexOf(names, now), words, limit);
      return hits.map(({ rank, entry, number }) => ({
        rank,
        text: `${number ?? asSubject(entry.name)}${suffix}`,
        label: labelOf(entry, number, suffix === '' ? null : name),
      }));
    });
    const best = found.flat().sort((a, b) => a.rank - b.rank);
    return best.slice(0, limit).map(({ text, label }) => ({ text, label }));
  };
}

/** Takes over the lines of entries that are still the same: between two looks few are not. */
function build(entries: readonly KnownName[], now: number, earlier: Index | undefined): Index {
  const lines = entries.map((entry, i) => {
    const known = earlier?.entries[i] === entry ? earlier.lines[i] : undefined;
    return known ?? lineOf(entry);
  });
  const starts = new Int32Array(lines.length);
  let at = 0;
  for (const [i, line] of lines.entries()) {
    starts[i] = at;
    at += line.length;
  }
  return { entries, lines, text: lines.join(''), starts, builtAt: now };
}

function lineOf({ name, numbers, description }: KnownName): string {
  const plain = (text: string) => text.replaceAll('\t', ' ').replaceAll('\n', ' ');
  return `\n${plain(name)}\t${numbers.map(plain).join('\t')}\t${plain(description)}\t`.toLowerCase();
}

/** In lower case, the longest first; a MAC address without its separators. */
function wordsOf(typed: string): readonly string[] {
  const text = typed.slice(0, LONGEST_TYPED).toLowerCase().trim();
  if (
    /^(?:[0-9a-f]{2}[:-]){1,5}[0-9a-f]{0,2}$/.test(text) ||
    /^(?:[0-9a-f]{4}\.){1,2}[0-9a-f]{0,4}$/.test(text)
  ) {
    return [text.replaceAll(/[:.-]/g, '')];
  }
  const national = nationalDigits(text);
  if (national !== null) return [national];
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .sort((a, b) => b.length - a.length);
}

interface Hit {
  /** 0 is best. */
  readonly rank: number;
  readonly entry: KnownName;
  /** The number that was meant, when it was one. */
  readonly number: string | null;
}

/** Whole names and numbers, then how they begin, then how words of a description begin, then anywhere. */
function search(index: Index, words: readonly string[], limit: number): readonly Hit[] {
  const [word = '', ...others] = words;
  const whole = [`\n${word}\t`, `\t${word}\t`];
  const beginnings = [`\n${word}`, `\nsep${word}`, `\t${word}`, ` ${word}`];
  const needles = others.length === 0 ? [...whole, ...beginnings, word] : [word];
  const hits = new Map<number, Hit>();
  for (const [rank, needle] of needles.entries()) {
    for (const line of linesWith(index, needle)) {
      if (hits.size >= limit) return [...hits.values()];
      const entry = index.entries[line];
      if (entry === undefined || hits.has(line) || !others.every((other) => holds(index, line, other)))
        continue;
      const number = others.length === 0 ? numberMeant(entry, word) : null;
      hits.set(line, { rank, entry, number });
    }
  }
  return [...hits.values()];
}

function* linesWith({ text, starts }: Index, needle: string): Generator<number> {
  let looked = 0;
  let at = text.indexOf(needle);
  while (at >= 0 && looked < MOST_LINES) {
    const line = lineAt(starts, at);
    yield line;
    looked += 1;
    const next = starts[line + 1];
    at = next === undefined ? -1 : text.indexOf(needle, next);
  }
}

/** The last line that begins at `at` or before. */
function lineAt(starts: Int32Array, at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function holds({ lines }: Index, line: number, word: string): boolean {
  return lines[line]?.includes(word) === true;
}

/** What a command reads as a number and nothing else; a pattern or a wildcard is found by its device. */
const NUMBER = /^\+?\d{1,24}$/;

/** Whoever types digits means the number, unless the name goes with them, too. */
function numberMeant(entry: KnownName, word: string): string | null {
  const name = entry.name.toLowerCase();
  if (name.startsWith(word) || name.startsWith(`sep${word}`)) return null;
  return entry.numbers.find((number) => NUMBER.test(number) && number.startsWith(word)) ?? null;
}

function labelOf(entry: KnownName, number: string | null, cluster: string | null): string {
  const { name, description, numbers } = entry;
  const parts = number === null ? [name, ...numbers.slice(0, 1)] : [number, name];
  const all = [...parts, description, cluster ?? ''].filter((part) => part !== '').join(' · ');
  return all.length <= LONGEST_LABEL ? all : `${all.slice(0, LONGEST_LABEL - 1).toWellFormed()}…`;
}
