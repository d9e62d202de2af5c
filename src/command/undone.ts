/** What somebody may have meant to order as well, in a sentence that begins otherwise. */
import { undoneNote } from '../view/undone.ts';
import type { Subject } from './parse.ts';
import { EFFECTS, verbOfWord } from './polite.ts';
import { plainWord, type Token } from './tokens.ts';

export interface Undone {
  readonly note: string;
  /** The order by itself, when it is plain what it is about. */
  readonly offer: string | null;
}

/** More than that nobody names in a sentence. */
const MOST_NAMED = 5;

/**
 * A verb that changes something and is not the first word: it is not acted upon, and the answer says so. After a verb of its own
 * the word may be what is looked for, unless a device is named as well.
 */
export function undoneIn(
  { head, rest }: { readonly head: readonly Token[]; readonly rest: readonly Token[] },
  subjects: readonly Subject[],
): Undone | null {
  const verb = rest.map(orderOf).find((order) => order !== null);
  if (verb === undefined || verb === null) return null;
  const named = subjects.filter(({ type }) => type !== 'description').map(({ typed }) => typed);
  if (head.length > 0 && named.length === 0) return null;
  const ids = rest.map(plainWord).filter((word) => word !== null && /^#?\d{1,9}$/.test(word));
  const all = [...new Set([...named, ...ids])];
  const offer = all.length === 0 || all.length > MOST_NAMED ? null : `${verb} ${all.join(', ')}`;
  return { note: undoneNote(verb, offer), offer };
}

/** Lines that repeat the verb, without it: `watch 1002`, `watch 1003`. */
export function withoutRepeats(verb: string, tokens: readonly Token[]): readonly Token[] {
  const kept: Token[] = [];
  let broken = false;
  for (const [i, token] of tokens.entries()) {
    const isRepeat = token.gap === 'break' && orderOf(token) === verb && i < tokens.length - 1;
    if (!isRepeat) kept.push(broken ? { ...token, gap: 'break' } : token);
    broken = isRepeat;
  }
  return kept;
}

/** Another order on a line of its own. */
export function otherOrder(tokens: readonly Token[]): string | null {
  return (
    tokens
      .filter(({ gap }) => gap === 'break')
      .map(orderOf)
      .find((order) => order !== null) ?? null
  );
}

function orderOf(token: Token): string | null {
  const word = plainWord(token);
  const name = word === null ? undefined : verbOfWord(word)?.name;
  return name !== undefined && EFFECTS.has(name) ? name : null;
}
