/** `*` as people and RisPort70 use it: any run of characters. Case does not matter. */

/**
 * Whether the text is of the pattern. Takes at most text × pattern steps: patterns are typed by anybody, and a regular
 * expression made of twenty stars would never end.
 */
export function glob(pattern: string, text: string): boolean {
  const p = pattern.toLowerCase();
  const t = text.toLowerCase();
  let pi = 0;
  let star = -1;
  let mark = 0;
  for (let ti = 0; ti < t.length; ) {
    if (p.charAt(pi) === '*') {
      star = pi;
      mark = ti;
      pi += 1;
    } else if (pi < p.length && p.charAt(pi) === t.charAt(ti)) {
      pi += 1;
      ti += 1;
    } else if (star >= 0) {
      pi = star + 1;
      mark += 1;
      ti = mark;
    } else {
      return false;
    }
  }
  while (p.charAt(pi) === '*') pi += 1;
  return pi === p.length;
}

/** Whether the text contains the words, or is of the pattern when there is a `*`. */
export function contains(wanted: string, text: string): boolean {
  return glob(`*${wanted}*`, text);
}
