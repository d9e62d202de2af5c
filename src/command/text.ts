/** What people paste → text that can be read: bounded, without characters that hide, with plain quotes. */

/** Five hundred names of sixteen characters fit twice; a log file pasted by mistake does not. */
export const MAX_TEXT = 20_000;

export interface Cleaned {
  readonly text: string;
  /** True when more was typed than is read. */
  readonly cut: boolean;
}

/**
 * Cuts at `MAX_TEXT` characters, drops control, direction and zero-width characters, and turns typographic quotes,
 * full-width letters and exotic spaces into plain ones. Line ends and tabs stay: they separate pasted cells.
 */
export function clean(typed: string): Cleaned {
  const cut = typed.length > MAX_TEXT;
  const text = (cut ? typed.slice(0, MAX_TEXT) : typed)
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[\v\f\p{Zs}]/gu, ' ')
    .replace(/[\p{Cf}\uFFFD]/gu, '')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .replace(/[\uFF01-\uFF5E]/g, narrow)
    .replace(/[\u201C-\u201F\u00AB\u00BB\u2033]/g, '"')
    .replace(/[\u2018-\u201B\u2032]/g, "'")
    .trim();
  return { text, cut };
}

/** Full-width forms are the ASCII ones, moved up by 0xFEE0. */
function narrow(wide: string): string {
  return String.fromCharCode(wide.charCodeAt(0) - 0xfee0);
}
