/** What people say around a command: `hey risbot, could you please watch 1002, thanks`. */

import { VERB_WORDS, type VerbGrammar } from './grammar.ts';
import { isStars, names } from './signs.ts';
import { readSubject } from './subject.ts';

/** What stands behind a word of courtesy; a colon that begins `:wave:` is not among it. */
const MARK = "(?:[\\s,;.!…-]|:(?![\\w+'-]{1,64}:))";
const GAP = `${MARK}+`;
const BULLET = '^[\\s>•·*,:;.!–—-]{0,40}';
/** The name of the bot, as a chat or a habit puts it in front. */
const ADDRESS = new RegExp(`${BULLET}@?/?ris(?:bot)?(?:${GAP}|$)`, 'i');
const POLITE = [
  'good (?:morning|afternoon|evening|day)',
  'hey|hi|hello|hallo|hiya|yo|dear',
  '@?(?:ris)?bot|there|@here|@channel|@everyone',
  '(?:can|could|would|will) you|kindly|just|quickly',
  'please|pls|plz|ok|okay|thanks|thank you|thx',
].join('|');
const PREFIX = new RegExp(`${BULLET}(?:${POLITE})(?=[\\s,:;.!…-]|$)${MARK}*`, 'i');
const SUFFIX = /[\s,.!–-]+(?:please|pls|plz|thanks?|thank you|thx|cheers|asap|many thanks)[\s.!]*$/i;
/** In front of what somebody else hears as well: a verb that changes something is not meant for sure. */
const REMARK = new RegExp(`${BULLET}(?:reminder|fyi|btw)(?:${GAP}|$)`, 'i');
/** Nobody is that polite. */
const MOST = 8;
const LONGEST_THANKS = 60;

/** Changes something that others rely on. */
export const EFFECTS: ReadonlySet<string> = new Set(['watch', 'unwatch', 'mute', 'unmute', 'ack']);

/**
 * The text without what is said to risbot and not of what it is to do. Polite words stay where neither a verb nor a device follows them:
 * they may be part of a description.
 */
export function commandIn(text: string): string {
  const said = withoutThanks(withoutAddress(withoutSign(text)));
  const polite = withoutPoliteness(said);
  // A greeting alone is answered with help, and thanks are.
  if (polite === '') return verbAt(said)?.name === 'help' ? said : '';
  return verbAt(polite) !== undefined || isNaming(polite) ? remarked(polite) : remarked(said);
}

/** What announces something is heard by others as well: a verb behind it that changes something is not meant for sure. */
function remarked(said: string): string {
  const left = withoutPoliteness(said.replace(REMARK, ''));
  const verb = left === said ? undefined : verbAt(left);
  return verb === undefined || EFFECTS.has(verb.name) ? said : left;
}

/** The verb that the word is, in any case, with or without a slash and the marks of a sentence. */
export function verbOfWord(typed: string): VerbGrammar | undefined {
  if (typed.length > LONGEST_THANKS) return undefined;
  const word = typed.replace(/^\//, '').toLowerCase();
  return VERB_WORDS.get(word === '?' ? word : word.replace(/[?!:.]+$/, ''));
}

function verbAt(text: string): VerbGrammar | undefined {
  const [, word] = /^[\s>•·*,:;.!–—-]{0,40}([^\s,;]{1,30})(?=[\s,;]|$)/.exec(text) ?? [];
  return word === undefined ? undefined : verbOfWord(word);
}

function isNaming(text: string): boolean {
  const word = /^[^\s,;]{1,64}/.exec(text)?.[0] ?? '';
  return isStars(word) || readSubject(word).type !== 'description';
}

/** Without a bullet or an emoji in front. */
function withoutSign(text: string): string {
  const [whole = '', word = ''] = /^\s*(\S{1,64})\s+/.exec(text) ?? [];
  return word === '' || word.startsWith('?') || names(word) || isStars(word)
    ? text
    : text.slice(whole.length);
}

function withoutAddress(text: string): string {
  return text.replace(ADDRESS, '');
}

function withoutPoliteness(text: string): string {
  return repeatedly(text, (left) => withoutAddress(withoutSign(left)).replace(PREFIX, ''));
}

/** Unless thanks are all that there is. */
function withoutThanks(text: string): string {
  const rest = text.slice(0, -LONGEST_THANKS);
  const left = `${rest}${repeatedly(text.slice(rest.length), (tail) => tail.replace(SUFFIX, ''))}`;
  return left === '' ? text : left;
}

function repeatedly(text: string, change: (text: string) => string): string {
  let left = text;
  for (let i = 0; i < MOST; i += 1) {
    const next = change(left);
    if (next === left) break;
    left = next;
  }
  return left;
}
