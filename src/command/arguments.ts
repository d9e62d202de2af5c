/** What follows a verb: subjects, filters, and the fields that steer the answer. */
import type { MisreadReason } from '../view/misread.ts';
import { classWord } from './about.ts';
import { FIELD_WORDS, type FieldGrammar, OPTION_WORDS, type VerbGrammar } from './grammar.ts';
import { nearestWord } from './nearest.ts';
import { misplaced } from './options.ts';
import type { Filter, Subject } from './parse.ts';
import { phrases } from './phrases.ts';
import { names } from './signs.ts';
import { forceSubject, readSubject } from './subject.ts';
import type { Piece, Token } from './tokens.ts';
import { readValue } from './values.ts';

/** More names than that in one message are not read; the answer says so. */
export const MAX_SUBJECTS = 500;

export interface Draft {
  readonly subjects: Subject[];
  readonly filters: Filter[];
  readonly notes: string[];
  cluster: string | null;
  page: number;
  fresh: boolean;
}

export type Arguments =
  | { readonly type: 'read'; readonly draft: Draft }
  | {
      readonly type: 'misread';
      readonly draft: Draft;
      readonly reason: MisreadReason;
      readonly suggestion: string | null;
    };

interface Trouble {
  readonly reason: MisreadReason;
  readonly suggestion: string | null;
}

/** Words that say what to list rather than what to look for: `down phones`, `export registered`. */
const SPOKEN: ReadonlyMap<string, readonly [field: string, value: string]> = new Map([
  ...fieldOf('class', 'phone phones gateway gateways trunk trunks huntlist huntlists'),
  ...fieldOf('status', 'registered unregistered rejected down'),
  ['offline', ['status', 'down']],
  ...fieldOf('protocol', 'sip sccp'),
]);

function fieldOf(field: string, words: string): [string, readonly [string, string]][] {
  return words.split(' ').map((word) => [word, [field, word]]);
}

/** Reads all that follows the verb, up to the first thing that makes no sense. */
export function readArguments(verb: VerbGrammar, tokens: readonly Token[]): Arguments {
  const draft: Draft = { subjects: [], filters: [], notes: [], cluster: null, page: 1, fresh: false };
  const words: Token[] = [];
  for (const token of tokens) {
    if (token.field === null) {
      if (!spoken(verb, token, draft)) words.push(token);
      continue;
    }
    const trouble = readField(verb, token.field, token, tokens, draft);
    if (trouble !== null) return { type: 'misread', draft, ...trouble };
  }
  addSubjects(draft, phrases(verb, words), words);
  return { type: 'read', draft };
}

function spoken(verb: VerbGrammar, token: Token, draft: Draft): boolean {
  const piece = token.pieces[0];
  const filter = piece && !piece.quoted ? spokenFilter(verb, piece.text.toLowerCase()) : undefined;
  if (piece === undefined || filter === undefined) return false;
  const read = readValue(...filter);
  if (read.type === 'values') addFilter(draft, filter[0], read.values, piece.not);
  return true;
}

function spokenFilter(verb: VerbGrammar, word: string): readonly [field: string, value: string] | undefined {
  const named = verb.takes === 'scope' ? classWord(word) : null;
  if (named !== null) return ['class', named];
  return takesFilters(verb) ? SPOKEN.get(word) : undefined;
}

function takesFilters({ takes }: VerbGrammar): boolean {
  return takes === 'filters' || takes === 'scope';
}

function readField(
  verb: VerbGrammar,
  typed: string,
  token: Token,
  tokens: readonly Token[],
  draft: Draft,
): Trouble | null {
  const option = OPTION_WORDS.get(typed);
  if (option !== undefined) return { reason: misplaced(verb.name, option), suggestion: null };
  const grammar = FIELD_WORDS.get(typed);
  if (grammar === undefined) {
    const nearest = nearestWord(typed, FIELD_WORDS.keys());
    const known = nearest === null ? null : (FIELD_WORDS.get(nearest)?.name ?? null);
    const retyped = known === null ? null : retype(verb, tokens, token, known);
    return { reason: { type: 'unknown-field', field: typed, nearest: known }, suggestion: retyped };
  }
  const filled = token.pieces.filter((piece) => piece.text.trim() !== '');
  const naming = filled.filter((piece) => names(piece.text));
  // `dn:1002,*` is a list with a stray sign; `desc:&` is looked for.
  const pieces = grammar.kind === 'subject' && naming.length > 0 ? naming : filled;
  if (pieces.length === 0) return { reason: { type: 'no-value', field: grammar.name }, suggestion: null };
  if (grammar.kind === 'control') return steer(grammar.name, pieces, draft);
  if (takesFilters(verb)) return readFilter(grammar, pieces, draft);
  const negated = pieces.some((piece) => piece.not);
  if (grammar.kind === 'subject' && !negated) return readForced(grammar.name, pieces, draft);
  const rest = tokens.map((other) => other.raw).join(' ');
  return {
    reason: { type: 'filter-not-here', verb: verb.name, field: grammar.name },
    suggestion: `find ${rest}`,
  };
}

function readForced(field: string, pieces: readonly Piece[], draft: Draft): Trouble | null {
  for (const piece of pieces) {
    const subject = forceSubject(field, piece.text);
    if (subject === null) return badValue(field, piece.text);
    draft.subjects.push(subject);
  }
  return null;
}

function readFilter(grammar: FieldGrammar, pieces: readonly Piece[], draft: Draft): Trouble | null {
  const field = grammar.name === 'mac' ? 'name' : grammar.name;
  for (const not of [false, true]) {
    const values: string[] = [];
    const typed = pieces.filter((piece) => piece.not === not);
    for (const piece of typed) {
      const read = readValue(grammar.name, piece.text);
      if (read.type === 'bad') return badValue(grammar.name, piece.text, read.allowed, read.words);
      // Any of a closed set: no filter at all, unless it is turned round, when nothing is left to match.
      if (read.values.length === 0 && !not) return null;
      values.push(...read.values);
    }
    if (typed.length > 0) addFilter(draft, field, values, not);
  }
  return null;
}

function addFilter(draft: Draft, field: string, values: readonly string[], not: boolean): void {
  draft.filters.push({ field, values: [...new Set(values)], not });
}

function steer(field: string, pieces: readonly Piece[], draft: Draft): Trouble | null {
  const value = pieces[0]?.text.trim() ?? '';
  if (pieces.length > 1) return badValue(field, pieces.map((piece) => piece.text).join(','));
  if (field === 'in') {
    draft.cluster = value;
    return null;
  }
  if (field === 'page') {
    if (!/^[1-9]\d{0,5}$/.test(value)) return badValue(field, value);
    draft.page = Number(value);
    return null;
  }
  if (!/^(?:yes|no|true|false|1|0)$/i.test(value)) return badValue(field, value);
  draft.fresh = /^(?:yes|true|1)$/i.test(value);
  return null;
}

function badValue(field: string, value: string, allowed: readonly string[] = [], words = allowed): Trouble {
  const nearest = nearestWord(value, words);
  return {
    reason: { type: 'bad-value', field, value, allowed },
    suggestion: nearest === null ? null : `find ${field}:${nearest}`,
  };
}

function retype(verb: VerbGrammar, tokens: readonly Token[], wrong: Token, field: string): string {
  const words = tokens.map((token) => (token === wrong ? token.raw.replace(/^[^:]*/, field) : token.raw));
  return [verb.name === 'device' ? '' : verb.name, ...words].join(' ').trim();
}

/** Each subject once, and no more than a card can answer: what is beyond that is not even looked at. */
function addSubjects(draft: Draft, typed: Iterable<string>, words: readonly Token[]): void {
  const unique = new Map(draft.subjects.map((subject) => [subject.readAs, subject]));
  const seen = new Set<string>();
  for (const text of typed) {
    if (unique.size > MAX_SUBJECTS) break;
    if (seen.has(text)) continue;
    seen.add(text);
    const subject = readSubject(text);
    if (!unique.has(subject.readAs)) unique.set(subject.readAs, subject);
  }
  if (unique.size > MAX_SUBJECTS) {
    const all = Math.max(unique.size, draft.subjects.length, new Set(words.map(({ raw }) => raw)).size);
    draft.notes.push(`Only the first ${MAX_SUBJECTS} of ${all} were read: send the rest in another message.`);
  }
  draft.subjects.splice(0, draft.subjects.length, ...[...unique.values()].slice(0, MAX_SUBJECTS));
}
