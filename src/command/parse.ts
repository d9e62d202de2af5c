/** Text as people type it → a command. Pure, and total: whatever is typed, it answers. */
import type { Misread } from '../view/misread.ts';
import { counted } from '../view/text.ts';
import { type About, NOTHING_NAMED, readAbout } from './about.ts';
import { type Draft, readArguments } from './arguments.ts';
import { DEVICE_VERB, FIELD_WORDS, VERB_WORDS, VERBS, type VerbGrammar } from './grammar.ts';
import { everythingMisread, misreadOf } from './misreading.ts';
import { isSwap, nearestWord } from './nearest.ts';
import { NO_OPTIONS, type Options, readOptions } from './options.ts';
import { pickCells } from './paste.ts';
import { AROUND_NAMES } from './phrases.ts';
import { commandIn, verbOfWord } from './polite.ts';
import { isEverything, isSign, isStar, starsApart, withoutSigns } from './signs.ts';
import { readSubject } from './subject.ts';
import { clean, MAX_TEXT } from './text.ts';
import { plainWord, spell, steers, type Token, tokenize } from './tokens.ts';
import { otherOrder, undoneIn, withoutRepeats } from './undone.ts';

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
  /** What they may have meant to order as well, and what was not done: a command for a button. Null: nothing. */
  readonly offer: string | null;
}

export type ParseResult = { readonly type: 'command'; readonly command: Command } | Misread;

/** A message in its parts. */
interface Said {
  /** As typed, cleaned. */
  readonly text: string;
  /** The verb, when one was typed. */
  readonly head: readonly Token[];
  /** What follows it. */
  readonly rest: readonly Token[];
  readonly notes: readonly string[];
  /** False for what a watch remembers: it was checked when it was typed. */
  readonly isTyped: boolean;
}

/** Reads a message. Never throws; takes time in proportion to the text, of which 20 000 characters count. */
export function parse(typed: string): ParseResult {
  return read(typed, true);
}

/** Reads again what was read before, as the text of a watch: nothing in it is politeness. */
export function parseAgain(text: string): ParseResult {
  return read(text, false);
}

function read(typed: string, isTyped: boolean): ParseResult {
  const { text, tokens, notes } = readText(typed, isTyped);
  if (tokens.length === 0) return command('help', { text, head: [], rest: [], notes, isTyped });
  const word = plainWord(tokens[0]);
  const verb = word === null ? undefined : verbOfWord(word);
  const head = verb === undefined ? [] : tokens.slice(0, 1);
  const said = { text, head, rest: withoutSigns(tokens.slice(head.length), true), notes, isTyped };
  if (verb !== undefined) return readVerb(verb, said);
  const near = word === null ? null : nearVerb(word.toLowerCase(), said.rest.slice(1));
  if (near !== null) {
    const suggestion = [near, spell(said.rest.slice(1))].join(' ').trim();
    const reason = { type: 'near-verb', word: word ?? '', verb: near } as const;
    const example = near === 'help' ? near : `help ${near}`;
    return { ...misreadOf({ name: near }, reason, { suggestion }), example };
  }
  return readVerb(verbOf(said.rest.some(narrows) ? 'find' : DEVICE_VERB), said);
}

/** Words, and what had to be left out to get them. */
function readText(typed: string, isTyped: boolean) {
  const { text, cut } = clean(typed);
  const picked = pickCells(isTyped ? commandIn(text) : text);
  const notes = [
    ...(cut ? [`Only the first ${MAX_TEXT} characters of the message were read.`] : []),
    ...(picked.left > 0
      ? [`One device a row was read: ${counted(picked.left, 'other cell')} left out.`]
      : []),
  ];
  const tokens = tokenize(picked.text);
  const start = tokens.findIndex((token, i) => !isSign(token) || (i === 0 && token.raw === '?'));
  return { text, tokens: start < 0 ? [] : tokens.slice(start), notes };
}

function readVerb(verb: VerbGrammar, typed: Said): ParseResult {
  const said = verb.takes === 'words' ? typed : { ...typed, rest: starsApart(typed.rest) };
  if (verb.takes === 'words') return readWords(verb, said);
  if (verb.takes === 'scope') return readOrder(verb, said);
  const read = readArguments(verb, said.rest);
  if (read.type === 'misread') return misreadOf(verb, read.reason, read);
  const { draft } = read;
  const isGuarded = said.isTyped && (said.head.length === 0 || verb.name === 'export');
  if (isGuarded && isEverything(draft)) return everythingMisread(verb, draft.cluster);
  // "status 1002" asks about the device, not about risbot.
  const name = verb.takes === 'none' && draft.subjects.length > 0 ? DEVICE_VERB : verb.name;
  if (verb.needsSubject && draft.subjects.length + draft.filters.length === 0) {
    return misreadOf(verb, { type: 'no-subject', verb: verb.name });
  }
  const undone = undoneIn(said, draft.subjects);
  const notes = [...(undone === null ? [] : [undone.note]), ...draft.notes];
  return command(
    name,
    { ...said, notes: [...said.notes, ...notes] },
    { ...draft, offer: undone?.offer ?? null },
  );
}

/** `mute gateways for:2h why:"new firmware"`: options, and what it is about. */
function readOrder(verb: VerbGrammar, typed: Said): ParseResult {
  const said = { ...typed, rest: withoutRepeats(verb.name, typed.rest) };
  const other = said.isTyped ? otherOrder(said.rest) : null;
  if (other !== null) return misreadOf(verb, { type: 'two-orders', verb: verb.name, other });
  const read = readOptions(verb, said.rest);
  if (read.type === 'misread') return misreadOf(verb, read.reason);
  const { about, tokens: named, filters } = readAbout(read.rest.filter((token) => !steers(token)));
  const order = readArguments(about.cti ? verbOf('cti') : verb, [...named, ...read.rest.filter(steers)]);
  if (order.type === 'misread') return misreadOf(verb, order.reason, order);
  const isSure = !said.isTyped || !isLasting(verb.name) || about.cti || about.ids.length > 0;
  if (!isSure && (said.rest.some(isStar) || (filters.length === 0 && isAnything(about.text, order.draft)))) {
    return everythingMisread(verb, order.draft.cluster);
  }
  const draft = { ...order.draft, filters: [...filters, ...order.draft.filters] };
  const changing = verb.name === 'history' ? null : changingMisread(verb, named, draft);
  if (changing !== null) return changing;
  const numbered = verb.name !== 'watch' && about.ids.length > 0;
  if (verb.needsSubject && about.text === '' && !numbered) {
    return misreadOf(verb, { type: 'no-subject', verb: verb.name });
  }
  const notes = [...said.notes, ...draft.notes];
  return command(verb.name, { ...said, notes }, { ...draft, about, options: read.options });
}

/** What lasts: nobody orders that by a star. */
const isLasting = (verb: string) => verb === 'watch' || verb === 'mute';

/** Filters that let everything pass, as `class:*`. */
function isAnything(text: string, draft: Draft): boolean {
  return text !== '' && (draft.subjects.length + draft.filters.length === 0 || isEverything(draft));
}

/** What a watch alerts about: nobody can watch those alone that are down. */
const CHANGING: ReadonlySet<string> = new Set(['status', 'download']);

function changingMisread(verb: VerbGrammar, named: readonly Token[], draft: Draft): Misread | null {
  const changing = draft.filters.find(({ field }) => CHANGING.has(field));
  if (changing === undefined) return null;
  const kept = named.filter((token) => !CHANGING.has(FIELD_WORDS.get(token.field ?? '')?.name ?? ''));
  const others = kept.length > 0 && kept.length < named.length ? spell(kept) : 'all phones';
  const reason = { type: 'not-watchable', verb: verb.name, field: changing.field } as const;
  return misreadOf(verb, reason, { suggestion: `${verb.name} ${others}` });
}

/** `model 88 page:2`: everything but what steers the answer is plain text. */
function readWords(verb: VerbGrammar, said: Said): ParseResult {
  const read = readArguments(verb, said.rest.filter(steers));
  if (read.type === 'misread') return misreadOf(verb, read.reason, { suggestion: read.suggestion });
  const words = said.rest
    .filter((token) => !steers(token))
    .map((token) => token.raw.replace(/[?!]{1,3}$/, ''));
  const { cluster, page, fresh } = read.draft;
  return command(verb.name, said, { words: words.filter((word) => word !== ''), cluster, page, fresh });
}

function command(
  verb: string,
  { text, head, rest, notes }: Said,
  parts: Partial<Omit<Draft, 'notes'> & Pick<Command, 'words' | 'about' | 'options' | 'offer'>> = {},
): ParseResult {
  const steering = new Set(['page', 'fresh']);
  const tokens = [...head, ...rest];
  const base = spell(tokens.filter((token) => !steering.has(FIELD_WORDS.get(token.field ?? '')?.name ?? '')));
  const { subjects = [], filters = [], words = [], cluster = null, page = 1, fresh = false } = parts;
  const { about = NOTHING_NAMED, options = NO_OPTIONS, offer = null } = parts;
  const asked = { words, cluster, everywhere: cluster === null, page, fresh };
  return {
    type: 'command',
    command: { verb, subjects, filters, about, options, ...asked, text, base, notes, offer },
  };
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
