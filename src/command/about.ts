/** What a watch, a mute or a history is about: things named and filters, `cti …`, all of a kind, and numbers such as `#12`. */
import { VERB_WORDS } from './grammar.ts';
import type { Filter } from './parse.ts';
import { spell, type Token } from './tokens.ts';

export interface About {
  /** As typed, without verb, options and what steers the answer: what a watch keeps and reads again. Blank when nothing was named. */
  readonly text: string;
  /** True when applications are meant, not devices. */
  readonly cti: boolean;
  /** True for `*` and `all` alone: everything that the verb can be about. */
  readonly everything: boolean;
  /** From `#12`. */
  readonly ids: readonly number[];
}

export const NOTHING_NAMED: About = { text: '', cti: false, everything: false, ids: [] };

export interface AboutRead {
  readonly about: About;
  /** What is left to be read as subjects and filters. */
  readonly tokens: readonly Token[];
  /** What words such as `all devices` stand for. */
  readonly filters: readonly Filter[];
}

/** What people put in front of what they mean: `watch site desc:"LON*"`. */
const FILLERS: ReadonlySet<string> = new Set(
  (
    'site sites the a an my our all every everything everybody everyone of on at for and to please device devices ' +
    'this that these those following'
  ).split(' '),
);
const ALL: ReadonlySet<string> = new Set(['all', 'every', 'everything', '*', 'everybody', 'everyone']);
const APPLICATIONS = /^(?:app|apps|application|applications|providers?)$/i;

/** A phone number has no #, an incident's or watch's has no more digits. */
const ID = /^#(\d{1,9})$/;

/** Reads what stands between the verb and its options. */
export function readAbout(typed: readonly Token[]): AboutRead {
  const ids = typed.flatMap(idOf);
  const named = typed.filter((token) => idOf(token).length === 0);
  const start = named.findIndex((token) => !FILLERS.has(wordOf(token)));
  const tokens = start < 0 ? [] : named.slice(start);
  const [first] = tokens;
  if (first !== undefined && wordOf(first) === 'cti') return readCti(tokens, ids);
  const fillers = named.slice(0, named.length - tokens.length).map(wordOf);
  const whole = wholeOf(fillers, tokens);
  if (whole !== null) {
    const { text, everything, filters } = whole;
    return { about: { text, cti: false, everything, ids }, tokens: [], filters };
  }
  return { about: { ...NOTHING_NAMED, text: spell(tokens), ids }, tokens, filters: [] };
}

function readCti(tokens: readonly Token[], ids: readonly number[]): AboutRead {
  const [, ...rest] = tokens;
  const left = rest.filter((token) => !APPLICATIONS.test(wordOf(token)) && !FILLERS.has(wordOf(token)));
  const text = left.length === 0 ? 'cti' : `cti ${spell(left)}`;
  return { about: { ...NOTHING_NAMED, text, cti: true, ids }, tokens: left, filters: [] };
}

interface Whole {
  readonly text: string;
  readonly everything: boolean;
  readonly filters: readonly Filter[];
}

/** All phones, or all there is: one spelling each, so that the same watch is known as the same. */
function wholeOf(fillers: readonly string[], tokens: readonly Token[]): Whole | null {
  const words = tokens.map(wordOf);
  const [word = ''] = words;
  if (words.length > 1) return null;
  if (word === 'phone' || word === 'phones') return all('phones', 'Phone', false);
  if (words.length === 0 && fillers.some((filler) => /^devices?$/.test(filler)))
    return all('devices', '*', false);
  const isAll = ALL.has(word) || (words.length === 0 && fillers.some((filler) => ALL.has(filler)));
  return isAll ? all('phones', 'Phone', true) : null;
}

function all(what: string, deviceClass: string, everything: boolean): Whole {
  const filters = [{ field: 'class', values: [deviceClass], not: false }];
  return { text: `all ${what}`, everything, filters };
}

function idOf(token: Token): readonly number[] {
  const [, digits] = ID.exec(wordOf(token)) ?? [];
  return digits === undefined ? [] : [Number(digits)];
}

/** In lower case; blank for what is no plain word. */
function wordOf({ field, pieces: [piece] }: Token): string {
  return field !== null || piece === undefined || piece.quoted || piece.not ? '' : piece.text.toLowerCase();
}

/** Words for classes that other verbs would take for a part of a name: the verbs of classes themselves. */
const CLASSES: Readonly<Record<string, string>> = {
  gateways: 'gateway',
  trunks: 'siptrunk',
  huntlists: 'huntlist',
  media: 'media',
  voicemail: 'voicemail',
  h323: 'h323',
  ctiports: 'cti',
};

/** `siptrunks` → `siptrunk`; null when the word is no class. */
export function classWord(word: string): string | null {
  return CLASSES[VERB_WORDS.get(word)?.name ?? ''] ?? null;
}
