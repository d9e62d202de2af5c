/** Text as people type it → a command. Pure, and total: whatever is typed, it answers. */
import type { Misread, MisreadReason } from '../view/misread.ts';
import { counted } from '../view/text.ts';
import { type About, NOTHING_NAMED, readAbout } from './about.ts';
import { type Draft, readArguments } from './arguments.ts';
import { DEVICE_VERB, FIELD_WORDS, VERB_WORDS, VERBS, type VerbGrammar } from './grammar.ts';
import { isSwap, nearestWord } from './nearest.ts';
import { NO_OPTIONS, type Options, readOptions } from './options.ts';
import { pickCells } from './paste.ts';
import { AROUND_NAMES } from './phrases.ts';
import { readSubject } from './subject.ts';
import { clean, MAX_TEXT } from './text.ts';
import { spell, type Token, tokenize } from './tokens.ts';

/** What somebody named: a phone, a number, an address… and how it was read. */
export type Subject =
  | { readonly type: 'name'; readonly name: string; readonly typed: string; readonly readAs: string }
  /** Twelve decimal digits, or digits with a star: a name (or pattern of names) and a number; both are asked. */
  | {
      readonly type: 'name-or-number';
      readonly name: string;
      readonly number: string;
      readonly typed: string;
      readonly readAs: string;
    }
  | { readonly type: 'pattern'; readonly pattern: string; readonly typed: string; readonly readAs: string }
  | {
      readonly type: 'ip';
      readonly ip: string;
      readonly version: 4 | 6;
      readonly typed: string;
      readonly readAs: string;
    }
  | { readonly type: 'subnet'; readonly cidr: string; readonly typed: string; readonly readAs: string }
  | { readonly type: 'number'; readonly number: string; readonly typed: string; readonly readAs: string }
  | { readonly type: 'user'; readonly user: string; readonly typed: string; readonly readAs: string }
  | { readonly type: 'description'; readonly text: string; readonly typed: string; readonly readAs: string };

/** `status:unreg,rejected` or `node:!cucm2`: values joined by "or", `!` for "none of these". */
export interface Filter {
  /** A name of `grammar.ts`, whatever alias was typed. */
  readonly field: string;
  /** Translated: Cisco's words for closed sets, numbers for models. */
  readonly values: readonly string[];
  readonly not: boolean;
}

export interface Command {
  readonly verb: string;
  /** Joined by "or". */
  readonly subjects: readonly Subject[];
  /** Joined by "and", with each other and with the subjects. */
  readonly filters: readonly Filter[];
  /** What a watch, a mute or a history is about; of other verbs nothing. */
  readonly about: About;
  readonly options: Options;
  /** What follows verbs that take plain words, as `help`, `model`, `ack`. */
  readonly words: readonly string[];
  /** From `in:`; null asks the first cluster. */
  readonly cluster: string | null;
  /** True when nobody said `in:`: what needs no cluster is about all of them. */
  readonly everywhere: boolean;
  /** From `page:`, 1-based. */
  readonly page: number;
  /** From `fresh:yes`, what a Refresh button carries: no remembered answer. */
  readonly fresh: boolean;
  /** The text as typed, cleaned. */
  readonly text: string;
  /** The same without `page:` and `fresh:`: what buttons build on. */
  readonly base: string;
  /** What was left out while reading, in words for the asker. */
  readonly notes: readonly string[];
}

export type ParseResult = { readonly type: 'command'; readonly command: Command } | Misread;

/** Reads a message. Never throws; takes time in proportion to the text, of which 20 000 characters count. */
export function parse(text: string): ParseResult {
  const { text: cleaned, tokens, notes } = readText(text);
  const first = plainWord(tokens[0]);
  if (first === null && tokens.length === 0) return command('help', cleaned, [], notes);
  const word = (first ?? '').replace(/^\//, '').toLowerCase();
  const verb = VERB_WORDS.get(word === '?' ? word : word.replace(/[?!:.]+$/, ''));
  if (verb !== undefined) return readVerb(verb, cleaned, tokens, tokens.slice(1), notes);
  const near = first === null ? null : nearVerb(word, tokens.slice(1));
  if (near !== null) {
    const suggestion = [near, spell(tokens.slice(1))].join(' ').trim();
    return misread(
      { type: 'near-verb', word: first ?? '', verb: near },
      '',
      suggestion,
      near === 'help' ? near : `help ${near}`,
    );
  }
  const implied = tokens.some(narrows) ? 'find' : DEVICE_VERB;
  return readVerb(verbOf(implied), cleaned, tokens, tokens, notes);
}

/** Words, and what had to be left out to get them. */
function readText(typed: string) {
  const { text, cut } = clean(typed);
  const picked = pickCells(text.replace(/^\/?ris(?:bot)?(?=\s|$)/i, ''));
  const notes = [
    ...(cut ? [`Only the first ${MAX_TEXT} characters of the message were read.`] : []),
    ...(picked.left > 0
      ? [`One device a row was read: ${counted(picked.left, 'other cell')} left out.`]
      : []),
  ];
  return { text, tokens: tokenize(picked.text), notes };
}

function readVerb(
  verb: VerbGrammar,
  text: string,
  tokens: readonly Token[],
  rest: readonly Token[],
  notes: readonly string[],
): ParseResult {
  if (verb.takes === 'words') return readWords(verb, text, tokens, rest, notes);
  if (verb.takes === 'scope') return readOrder(verb, text, tokens, rest, notes);
  const read = readArguments(verb, rest);
  if (read.type === 'misread') {
    return misread(read.reason, understood(verb, read.draft), read.suggestion, exampleOf(verb.name));
  }
  const { draft } = read;
  // "status 1002" asks about the device, not about risbot.
  const name = verb.takes === 'none' && draft.subjects.length > 0 ? DEVICE_VERB : verb.name;
  if (verb.needsSubject && draft.subjects.length + draft.filters.length === 0) {
    return misread({ type: 'no-subject', verb: verb.name }, '', null, exampleOf(verb.name));
  }
  return command(name, text, tokens, [...notes, ...draft.notes], draft);
}

/** `mute gateways for:2h why:"new firmware"`: options, and what it is about. */
function readOrder(
  verb: VerbGrammar,
  text: string,
  tokens: readonly Token[],
  rest: readonly Token[],
  notes: readonly string[],
): ParseResult {
  const example = exampleOf(verb.name);
  const read = readOptions(verb, rest);
  if (read.type === 'misread') return misread(read.reason, '', null, example);
  const { about, tokens: named, filters } = readAbout(read.rest.filter((token) => !steers(token)));
  const order = readArguments(about.cti ? verbOf('cti') : verb, [...named, ...read.rest.filter(steers)]);
  if (order.type === 'misread') {
    return misread(order.reason, understood(verb, order.draft), order.suggestion, example);
  }
  const draft = { ...order.draft, filters: [...filters, ...order.draft.filters] };
  const changing = verb.name === 'history' ? undefined : draft.filters.find(isChanging);
  if (changing !== undefined) {
    const kept = named.filter((token) => !CHANGING.has(FIELD_WORDS.get(token.field ?? '')?.name ?? ''));
    const others = kept.length > 0 && kept.length < named.length ? spell(kept) : 'all phones';
    const reason = { type: 'not-watchable', verb: verb.name, field: changing.field } as const;
    return misread(reason, '', `${verb.name} ${others}`, example);
  }
  const numbered = verb.name !== 'watch' && about.ids.length > 0;
  if (verb.needsSubject && about.text === '' && !numbered) {
    return misread({ type: 'no-subject', verb: verb.name }, '', null, example);
  }
  return command(verb.name, text, tokens, [...notes, ...draft.notes], {
    ...draft,
    about,
    options: read.options,
  });
}

/** What a watch tells of: nobody can watch those alone that are down. */
const CHANGING: ReadonlySet<string> = new Set(['status', 'download']);
const isChanging = ({ field }: Filter) => CHANGING.has(field);

function steers({ field }: Token): boolean {
  return FIELD_WORDS.get(field ?? '')?.kind === 'control';
}

/** `model 88 page:2`: everything but what steers the answer is plain text. */
function readWords(
  verb: VerbGrammar,
  text: string,
  tokens: readonly Token[],
  rest: readonly Token[],
  notes: readonly string[],
): ParseResult {
  const read = readArguments(verb, rest.filter(steers));
  if (read.type === 'misread') return misread(read.reason, '', read.suggestion, exampleOf(verb.name));
  const words = rest.filter((token) => !steers(token)).map((token) => token.raw.replace(/[?!]+$/, ''));
  const { cluster, page, fresh } = read.draft;
  return command(verb.name, text, tokens, notes, {
    words: words.filter((word) => word !== ''),
    cluster,
    page,
    fresh,
  });
}

function command(
  verb: string,
  text: string,
  tokens: readonly Token[],
  notes: readonly string[],
  parts: Partial<Omit<Draft, 'notes'> & Pick<Command, 'words' | 'about' | 'options'>> = {},
): ParseResult {
  const steering = new Set(['page', 'fresh']);
  const base = spell(tokens.filter((token) => !steering.has(FIELD_WORDS.get(token.field ?? '')?.name ?? '')));
  const { subjects = [], filters = [], words = [], cluster = null, page = 1, fresh = false } = parts;
  const { about = NOTHING_NAMED, options = NO_OPTIONS } = parts;
  const asked = { words, cluster, everywhere: cluster === null, page, fresh };
  return {
    type: 'command',
    command: { verb, subjects, filters, about, options, ...asked, text, base, notes },
  };
}

function misread(reason: MisreadReason, read: string, suggestion: string | null, example: string): Misread {
  return { type: 'misread', reason, understood: read, suggestion, example };
}

/** The word, when the token is one without a field or quotes. */
function plainWord(token: Token | undefined): string | null {
  const piece = token?.field === null ? token.pieces[0] : undefined;
  return piece === undefined || piece.quoted || piece.not ? null : piece.text;
}

/** A word a slip away from a verb, unless it may as well be what somebody looks for. */
function nearVerb(word: string, rest: readonly Token[]): string | null {
  if (AROUND_NAMES.has(word) || readSubject(word).type !== 'description') return null;
  const swapped = VERBS.find((verb) => word.length > 3 && isSwap(word, verb.name));
  if (swapped !== undefined) return swapped.name;
  // "maria" alone, or "town hall", is a description; "wyh 1002" is not.
  if (!rest.some((token) => token.field !== null || readSubject(token.raw).type !== 'description'))
    return null;
  const near = nearestWord(word, VERB_WORDS.keys());
  return near === null ? null : verbOf(near).name;
}

/** Whether the word makes a message without a verb a search: a filter, or a `!`. */
function narrows(token: Token): boolean {
  return (
    FIELD_WORDS.get(token.field ?? '')?.kind === 'filter' ||
    (token.field !== null && token.pieces.some((piece) => piece.not))
  );
}

function verbOf(name: string): VerbGrammar {
  return VERB_WORDS.get(name) ?? { name, aliases: [], takes: 'subjects', needsSubject: true };
}

function understood(verb: VerbGrammar, draft: Draft): string {
  const subjects = draft.subjects.slice(0, 5).map((subject) => subject.readAs);
  const filters = draft.filters.map(
    ({ field, not, values }) => `${field}:${not ? '!' : ''}${values.join(',')}`,
  );
  const parts = [...subjects, ...filters];
  return parts.length === 0 || verb.name === DEVICE_VERB
    ? parts.join(', ')
    : [verb.name, ...parts].join(', ');
}

function exampleOf(verb: string): string {
  const examples: Readonly<Record<string, string>> = {
    device: 'SEP001122334455',
    why: 'why SEP001122334455',
    lines: 'lines 1002',
    down: 'down class:phone node:cucm2',
    cti: 'cti jsmith',
    watch: 'watch SEP001122334455 grace:5m',
    unwatch: 'unwatch 12',
    mute: 'mute 12 for:2h why:"maintenance"',
    unmute: 'unmute 3',
    history: 'history SEP001122334455 for:7d',
    model: 'model 8845',
    reason: 'reason 13',
    help: 'help down',
  };
  return examples[verb] ?? 'find class:phone status:unreg';
}
