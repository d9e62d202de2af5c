/** Plain words → the things that they name: which words belong together, and which say nothing. */
import type { VerbGrammar } from './grammar.ts';
import { readSubject } from './subject.ts';
import type { Token } from './tokens.ts';

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

/** The texts to be read as subjects. Plain words side by side are one description; cells and list items are not. */
export function phrases(verb: VerbGrammar, tokens: readonly Token[]): readonly string[] {
  const found: { text: string; joins: boolean }[] = [];
  for (const { text, quoted, gap, isWord } of withoutFillers(verb, tokens.flatMap(wordOf))) {
    const joins = isWord && !quoted;
    const last = found.at(-1);
    // `desk 61` is a place; `lobby 6961` is a place and an extension.
    const belongs = joins || (!quoted && ROOM_NUMBER.test(text));
    if (belongs && gap === 'space' && last?.joins) last.text += ` ${text}`;
    else found.push({ text, joins });
  }
  return found.map(({ text }) => text);
}

function wordOf({ pieces: [piece], gap }: Token): readonly Word[] {
  if (piece === undefined) return [];
  const text = piece.quoted ? piece.text : piece.text.replace(/[?!]+$/, '').replace(/(?<=.)\.$/, '');
  if (text.trim() === '') return [];
  return [{ text, quoted: piece.quoted, gap, isWord: readSubject(text).type === 'description' }];
}

function withoutFillers(verb: VerbGrammar, words: readonly Word[]): readonly Word[] {
  const fillers = fillersFor(verb, words);
  const kept = words.filter(({ text, quoted }) => quoted || !fillers.has(text.toLowerCase()));
  return kept.length > 0 ? kept : words;
}

function fillersFor(verb: VerbGrammar, words: readonly Word[]): ReadonlySet<string> {
  if (verb.takes !== 'subjects' && verb.takes !== 'scope') return NONE;
  const named = words.some(({ text, quoted, isWord }) => !quoted && !isWord && !ROOM_NUMBER.test(text));
  if (named) return AROUND_NAMES;
  return verb.name === 'why' || verb.name === 'lines' ? FILLERS : NONE;
}
