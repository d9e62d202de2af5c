/** `*` as people and RisPort70 use it: any run of characters. Case does not matter. */

/**
 * A test for one pattern. Linear in the text, whatever was typed: each part between stars is looked for once, after the
 * one before.
 */
export function globTest(pattern: string): (text: string) => boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const last = rest.pop();
  if (last === undefined) return (text) => text.toLowerCase() === first;
  return (typed) => {
    const text = typed.toLowerCase();
    const end = text.length - last.length;
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = text.indexOf(part, at);
      if (found === -1 || found + part.length > end) return false;
      at = found + part.length;
    }
    return true;
  };
}

/** Whether the text is of the pattern. */
export function glob(pattern: string, text: string): boolean {
  return globTest(pattern)(text);
}

/** Whether the text contains the words, or is of the pattern when there is a `*`. */
export function contains(wanted: string, text: string): boolean {
  return glob(`*${wanted}*`, text);
}
