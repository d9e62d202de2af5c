/** What says how to watch, mute or look back: `grace:5m`, `until:back`, `dm`… */
import type { MisreadReason } from '../view/misread.ts';
import { DAY, isUnit, readDuration, readUntil, type Until } from './duration.ts';
import { OPTION_WORDS, type OptionGrammar, type VerbGrammar } from './grammar.ts';
import { readSubject } from './subject.ts';
import { plainWord, type Token } from './tokens.ts';

export interface Options {
  /** Milliseconds; null leaves it to the class of the device. */
  readonly graceMs: number | null;
  /** From `until:` and `for:`. */
  readonly until: Until | null;
  /** To the person alone. */
  readonly direct: boolean;
  /** From `why:`; blank when nobody said. */
  readonly why: string;
  readonly confirmed: boolean;
}

export const NO_OPTIONS: Options = {
  graceMs: null,
  until: null,
  direct: false,
  why: '',
  confirmed: false,
};

/** A phone that has been away for a day is lost, whatever was asked for. */
export const MOST_GRACE_MS = DAY;
const LONGEST_WHY = 200;

export type OptionsRead =
  | { readonly type: 'read'; readonly options: Options; readonly rest: readonly Token[] }
  | { readonly type: 'misread'; readonly reason: MisreadReason };

/** Takes the options out of what follows a verb. */
export function readOptions(verb: VerbGrammar, tokens: readonly Token[]): OptionsRead {
  const rest: Token[] = [];
  let options = NO_OPTIONS;
  let at = 0;
  for (let token = tokens[at]; token !== undefined; token = tokens[at]) {
    const grammar = optionOf(verb, token);
    if (grammar === null) {
      rest.push(token);
      at += 1;
      continue;
    }
    if (!grammar.verbs.includes(verb.name)) {
      return { type: 'misread', reason: misplaced(verb.name, grammar) };
    }
    const { value: typed, used } = valueAt(tokens, at, grammar);
    const value = grammar.name === 'why' ? typed : typed.replace(/[?!.]{1,3}$/, '');
    const changed = value === '' ? null : change(verb, grammar, value);
    if (changed === null) return { type: 'misread', reason: badValue(grammar.name, value) };
    options = { ...options, ...changed };
    at += used;
  }
  return { type: 'read', options, rest };
}

/** An option that goes with other verbs. */
export function misplaced(verb: string, { name, verbs }: OptionGrammar): MisreadReason {
  return { type: 'option-not-here', verb, option: name, verbs };
}

function optionOf(verb: VerbGrammar, token: Token): OptionGrammar | null {
  if (token.field !== null) return OPTION_WORDS.get(token.field) ?? null;
  const dm = plainWord(token)?.toLowerCase() === 'dm' ? OPTION_WORDS.get('dm') : undefined;
  return dm?.verbs.includes(verb.name) ? dm : null;
}

function badValue(field: string, value: string): MisreadReason {
  return value === '' ? { type: 'no-value', field } : { type: 'bad-value', field, value, allowed: [] };
}

interface Value {
  readonly value: string;
  /** Tokens that it is made of. */
  readonly used: number;
}

/** The value of the option at `at`. People leave quotes out: `grace:5 min`, `why:firmware upgrade`, `until:2026-12-01 18:00`. */
function valueAt(tokens: readonly Token[], at: number, grammar: OptionGrammar): Value {
  const [token] = tokens.slice(at);
  if (token === undefined || token.field === null) return { value: 'yes', used: 1 };
  const pieces = token.pieces.map(({ text, not }) => `${not ? '!' : ''}${text}`);
  const value = pieces.join(', ').trim();
  if (token.pieces.at(-1)?.quoted === true) return { value, used: 1 };
  const words: string[] = [];
  for (const next of tokens.slice(at + 1)) {
    const word = next.gap === 'space' ? plainWord(next) : null;
    if (word === null || !belongs(grammar.name, [value, ...words], word)) break;
    words.push(word);
  }
  return { value: [value, ...words].join(' '), used: 1 + words.length };
}

function belongs(option: string, before: readonly string[], word: string): boolean {
  const last = before.at(-1) ?? '';
  if (option === 'why') return readSubject(word).type === 'description' && before[0] !== '';
  if (option !== 'grace' && option !== 'for' && option !== 'until') return false;
  if (option === 'until' && /^\d{4}-\d{2}-\d{2}$/.test(last)) return /^\d{1,2}:\d{2}$/.test(word);
  // A number alone is no length of time: whatever word follows was meant as its unit.
  return /^\d+$/.test(last) && (isUnit(word) || readSubject(word).type === 'description');
}

function change(verb: VerbGrammar, { name }: OptionGrammar, value: string): Partial<Options> | null {
  switch (name) {
    case 'grace': {
      const graceMs = readDuration(value);
      return graceMs === null || graceMs > MOST_GRACE_MS ? null : { graceMs };
    }
    case 'for': {
      const ms = readDuration(value);
      return ms === null || ms === 0 ? null : { until: { type: 'in', ms } };
    }
    case 'until': {
      const until = readUntil(value);
      return until === null || (until.type === 'back' && verb.name !== 'watch') ? null : { until };
    }
    case 'why':
      return { why: value.slice(0, LONGEST_WHY).toWellFormed() };
    case 'dm':
      return yesOrNo(value, (direct) => ({ direct }));
    default:
      return yesOrNo(value, (confirmed) => ({ confirmed }));
  }
}

function yesOrNo(value: string, make: (yes: boolean) => Partial<Options>): Partial<Options> | null {
  if (!/^(?:yes|no|true|false|1|0)$/i.test(value)) return null;
  return make(/^(?:yes|true|1)$/i.test(value));
}
