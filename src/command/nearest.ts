/** Which known word somebody meant. */
import { distance } from 'fastest-levenshtein';

/** A word that long is not a slip of the finger, and comparing it would be slow. */
const LONGEST = 64;

/**
 * The nearest of the words that a slip or two away explains, null when none does. Two neighbours swapped count as one slip.
 * Short words allow fewer slips than long ones.
 */
export function nearestWord(typed: string, words: Iterable<string>): string | null {
  const word = typed.toLowerCase();
  if (word.length < 3 || word.length > LONGEST) return null;
  const allowed = word.length <= 4 ? 1 : 2;
  let best: string | null = null;
  let bestSlips = allowed + 1;
  for (const candidate of words) {
    const slips = slipsBetween(word, candidate.toLowerCase());
    if (slips < bestSlips) {
      best = candidate;
      bestSlips = slips;
    }
  }
  return best;
}

/** Edit distance, but one for two neighbours swapped. */
export function slipsBetween(a: string, b: string): number {
  return isSwap(a, b) ? 1 : distance(a, b);
}

/** `donw` for `down`: almost always a slip, hardly ever another word. */
export function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length || a === b) return false;
  let i = 0;
  while (a.charAt(i) === b.charAt(i)) i += 1;
  return (
    a.charAt(i) === b.charAt(i + 1) && a.charAt(i + 1) === b.charAt(i) && a.slice(i + 2) === b.slice(i + 2)
  );
}

/** The `limit` nearest names, nearest first; at most `scan` are compared, so that a huge cluster costs no more. */
export function nearestNames(
  typed: string,
  names: Iterable<string>,
  limit = 3,
  scan = 50_000,
): readonly string[] {
  const word = typed.toUpperCase();
  if (word.length < 3 || word.length > LONGEST) return [];
  const allowed = Math.max(2, Math.floor(word.length / 4));
  const near: { name: string; slips: number }[] = [];
  let seen = 0;
  for (const name of names) {
    seen += 1;
    if (seen > scan) break;
    if (Math.abs(name.length - word.length) > allowed) continue;
    const slips = slipsBetween(word, name.toUpperCase());
    if (slips <= allowed) near.push({ name, slips });
  }
  return near
    .sort((a, b) => a.slips - b.slips || a.name.localeCompare(b.name))
    .slice(0, limit)
    .map((entry) => entry.name);
}
