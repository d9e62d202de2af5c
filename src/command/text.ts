/** What people paste → text that can be read: bounded, and in plain characters. */
import { plainTyped } from '../view/clean.ts';

/** Five hundred names of sixteen characters fit twice; a log file pasted by mistake does not. */
export const MAX_TEXT = 20_000;

export interface Cleaned {
  readonly text: string;
  /** True when more was typed than is read. */
  readonly cut: boolean;
}

/** Cuts at `MAX_TEXT` characters; what is left is plain. */
export function clean(typed: string): Cleaned {
  const cut = typed.length > MAX_TEXT;
  return { text: plainTyped(cut ? typed.slice(0, MAX_TEXT) : typed), cut };
}
