/** A view in plain lines, beside the blocks for those who cannot see them. */
import { cleanLine } from '../../src/view/clean.ts';
import { bodyLines } from '../../src/view/plain.ts';
import type { View } from '../../src/view/view.ts';
import { escapeFallback, shorten } from './escape.ts';
import { LIMITS } from './limits.ts';

/** More is read to nobody by a screen reader; the blocks hold the rest. */
const LONGEST_FALLBACK = 1500;

/** Title and essentials, escaped for a message's `text`. */
export function fallbackText(view: View): string {
  let text = cleanLine(view.title);
  for (const line of bodyLines(view)) {
    if (text.length > LONGEST_FALLBACK) break;
    text += `\n${shorten(line, LONGEST_FALLBACK)}`;
  }
  const short = text.length > LONGEST_FALLBACK ? shorten(text, LONGEST_FALLBACK) : text;
  return escapeFallback(short).slice(0, LIMITS.messageText.most);
}
