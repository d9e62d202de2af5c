/** Formatting that people type as signs where a platform does not say what was formatted: `*bold*`, `_italic_`, `~strike~`, `1.` in a list. */
import { isIP } from 'node:net';

/** Stands for the bot's mention until `undoTypedMarks` has read the text: no message may contain it. */
export const MENTION = '\u0000';

/**
 * What is in quotes, which is meant as it stands; or signs, what they enclose, and signs: beside spaces, brackets and punctuation, as
 * chat platforms ask for it. The bound keeps reading linear.
 */
const MARKED =
  /"[^"\n]*"|(?<![^\s([])([*_~]{1,4})(?=[^\s*_~])([^\n]{0,300}?[^\s*_~])([*_~]{1,4})(?![^\s)\].,;:!?])/g;
/** Signs on both sides of the mention alone. */
const MARKED_MENTION = new RegExp(`(?<!\\S)([*_~]{1,4})${MENTION}([*_~]{1,4})(?=[\\s:,]|$)`, 'g');
/** Signs left over on one side of it: nobody types a wildcard onto a mention. */
const BESIDE_MENTION = new RegExp(`(?<!\\S)[*_~]{1,4}${MENTION}|${MENTION}[*_~]{1,4}(?=[\\s:,]|$)`, 'g');

/** Twelve digits in any grouping, with the `SEP` of a phone's name or without. */
const WHOLE_MAC = /^(?:SEP)?(?:[0-9a-f][^0-9a-z*]?){11}[0-9a-f]$/i;
/** All that names of devices and numbers are made of; endpoints of gateways are called `AALN/S1/SU0/0@gateway`. */
const NAME_OR_NUMBER = /^[\w.#?*+-]+$|^[\w.*-]+\/[\w.*/-]+(?:@[\w.*-]*)?$/;

/**
 * The text without signs that can only be formatting; the mention becomes a blank. Stars are wildcards as well, so what could be a
 * pattern stays as it was typed: `*4455`, and `*4455*`, which is how one asks for a name that contains 4455. A whole MAC address or IP
 * address in stars is no pattern, nor is what no name has in it, nor one or two digits, nor a first word before others: `*watch* 1002`.
 */
export function undoTypedMarks(text: string): string {
  const bare = text.replace(MARKED_MENTION, (_whole, opening: string, closing: string) => {
    let pairs = 0;
    while (pairs < closing.length && opening.at(-1 - pairs) === closing.at(pairs)) pairs += 1;
    // In `~*@risbot* 1002~` the first sign belongs to the last.
    return opening.slice(0, opening.length - pairs) + MENTION + closing.slice(pairs);
  });
  const start = bare.search(/[^\s\0]/);
  return bare
    .replace(MARKED, (whole, opening = '', inner = '', closing = '', at = 0) => {
      if (inner === '' || closing !== [...opening].reverse().join('')) return whole;
      const leads =
        at === start && BEFORE_OTHERS.test(bare.slice(at + whole.length, at + whole.length + 100));
      const isSingle = opening.includes('*') && !opening.includes('**');
      return isSingle && couldBePattern(inner, leads) ? `*${inner}*` : inner;
    })
    .replace(BESIDE_MENTION, MENTION)
    .replaceAll(MENTION, ' ');
}

/** A word that is neither a filter nor a pattern: `*lon* status:down` looks for names. */
const BEFORE_OTHERS = /^[ \t]+[^\s:*]+(?:\s|$)/;

/** Whether what stands between two stars may be searched for with them. */
function couldBePattern(inner: string, leads: boolean): boolean {
  if (/["\0]/.test(inner) || isWhole(inner) || /^\d{1,2}$/.test(inner)) return false;
  const [word = '', ...more] = inner.split(/\s+/);
  if (more.length === 0) {
    return NAME_OR_NUMBER.test(word) && !word.startsWith('+') && !(leads && LETTERS.test(word));
  }
  // `*4455 SEP0011*` is two patterns, `*LON desk 2*` and `*SEP001122334455 1002*` are words in bold.
  return inner.includes('*') || !(isWhole(word) || LETTERS.test(word));
}

const LETTERS = /^\p{L}+$/u;

function isWhole(text: string): boolean {
  return WHOLE_MAC.test(text) || isIP(text.replace(/\/\d{1,3}$/, '')) !== 0;
}

/** The text without the numbers of a numbered list: `1. 1002`, and `2. 1001` on a later line. */
export function undoListNumbers(text: string): string {
  let next = 1;
  return text
    .split('\n')
    .map((line) => {
      const [whole, number] = /^\s*(\d{1,3})[.)]\s+(?=\S)/.exec(line) ?? [];
      if (whole === undefined || Number(number) !== next) return line;
      next += 1;
      return line.slice(whole.length);
    })
    .join('\n');
}
