/** Plain words → the things that they name: which words belong together, and which say nothing. */
import type { VerbGrammar } from './grammar.ts';
import { bareWord } from './signs.ts';
import { readSubject } from './subject.ts';
import { plainWord, type Token } from './tokens.ts';

/** What stands between `why` and the device when people ask in sentences. */
const FILLERS: ReadonlySet<string> = new Set(
  'is are the for of phone phones down not unregistered offline'.split(' '),
);

/** The same, when something else in the sentence is surely a device: `who is on ext 2005?` */
export const AROUND_NAMES: ReadonlySet<string> = new Set([
  ...FILLERS,
  ...'who where what which on at a an and or my show me check please up status state has have does'.split(
    ' ',
  ),
  ...'sep mac ext extension number dn ip address user device registered online'.split(' '),
  ...'macs extensions numbers names name addresses devices list these those this that following'.split(' '),
  ...'it them i we you can could would will us let want need to like also then about'.split(' '),
  ...'hey hi hello ok okay pls plz kindly thanks thank reminder fyi'.split(' '),
  ...'watch watched watching unwatch mute muted unmute ack acknowledge'.split(' '),
]);

const NONE: ReadonlySet<string> = new Set();

/** Desk and room numbers are that short, extensions hardly ever. */
const ROOM_NUMBER = /^\d{1,3}$/;

interface Word {
  readonly text: string;
  readonly quoted: boolean;
  readonly gap: Token['gap'];
  readonly isWord: boolean;
}

/**
 * The texts to be read as subjects, one by one. Plain words side by side are one description; cells and list items are not. A word
 * is looked at when its turn comes: whoever has read enough stops.
 */
export function* phrases(verb: VerbGrammar, tokens: readonly Token[]): Generator<string> {
  let text: string | null = null;
  let joined = false;
  for (const word of withoutFillers(verb, tokens)) {
    const joins = word.isWord && !word.quoted;
    // `desk 61` is a place; `lobby 6961` is a place and an extension.
    const belongs = joins || (!word.quoted && ROOM_NUMBER.test(word.text));
    if (text !== null && belongs && word.gap === 'space' && joined) {
      text = text.length > LONGEST ? text : `${text} ${word.text}`;
      continue;
    }
    if (text !== null) yield text;
    text = word.text;
    joined = joins;
  }
  if (text !== null) yield text;
}

/** Beyond that no description is looked for. */
const LONGEST = 500;

function wordReader(): (token: Token) => Word | null {
  const kinds = new Map<string, boolean>();
  const isWord = (text: string) => {
    const known = kinds.get(text) ?? readSubject(text).type === 'description';
    kinds.set(text, known);
    return known;
  };
  return ({ pieces: [piece], gap }) => {
    if (piece === undefined) return null;
    const text = piece.quoted ? piece.text : bareWord(piece.text);
    return text.trim() === '' ? null : { text, quoted: piece.quoted, gap, isWord: isWord(text) };
  };
}

/** Words that say nothing are left out, unless they are all that there is. */
function* withoutFillers(verb: VerbGrammar, tokens: readonly Token[]): Generator<Word> {
  const read = wordReader();
  const fillers = fillersFor(verb, tokens, read);
  const isFiller = (token: Token) => {
    const word = plainWord(token);
    return word !== null && fillers.has(bareWord(word).toLowerCase());
  };
  const kept = fillers.size === 0 ? tokens : tokens.filter((token) => !isFiller(token));
  for (const token of kept.length > 0 ? kept : tokens) {
    const word = read(token);
    if (word !== null) yield word;
  }
}

function fillersFor(
  verb: VerbGrammar,
  tokens: readonly Token[],
  read: (token: Token) => Word | null,
): ReadonlySet<string> {
  if (verb.takes !== 'subjects' && verb.takes !== 'scope') return NONE;
  const isNaming = (token: Token) => {
    const word = read(token);
    return word !== null && !word.quoted && !word.isWord && !ROOM_NUMBER.test(word.text);
  };
  if (tokens.slice(0, MOST_WORDS).some(isNaming)) return AROUND_NAMES;
  return verb.name === 'why' || verb.name === 'lines' ? FILLERS : NONE;
}

/** Sentences are shorter. */
const MOST_WORDS = 1000;
