/** `*` patterns, as RisPort70 and the terminal words use them; the case of letters does not count. */
import { BlockList, isIPv6 } from 'node:net';

/**
 * Whether `text` is what `pattern` describes. Both are to be in small letters. Walks back to the last star only, so a
 * pattern of many stars costs length times length at worst.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let inText = 0;
  let star = -1;
  let resume = 0;
  while (inText < text.length) {
    if (pattern[at] === '*') {
      star = at;
      resume = inText;
      at += 1;
    } else if (pattern[at] === text[inText]) {
      at += 1;
      inText += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      inText = resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** A test for many items at once: exact ones by a set, patterns one by one. */
export function itemMatcher(items: readonly string[], wildcards: boolean): (text: string) => boolean {
  const exact = new Set<string>();
  const patterns: string[] = [];
  for (const item of items) {
    const small = item.toLowerCase();
    if (wildcards && small.includes('*')) patterns.push(small);
    else exact.add(small);
  }
  if (patterns.includes('*')) return () => true;
  return (text) => {
    const small = text.toLowerCase();
    return exact.has(small) || patterns.some((pattern) => matchesGlob(pattern, small));
  };
}

/** IPv6 addresses have many spellings; this is one for all: `FD00:4:2:0::14` → `fd00:4:2::14`. Others pass unchanged. */
export function plainAddress(text: string): string {
  if (!isIPv6(text)) return text;
  return new URL(`http://[${text.split('%')[0]}]`).hostname.slice(1, -1);
}

/** A test for `10.4.2.0/24` and `fd00::/16`; null when the word is no network. */
export function networkMatcher(word: string): ((address: string) => boolean) | null {
  const [address, bits, rest] = word.split('/');
  if (address === undefined || bits === undefined || rest !== undefined || !/^\d{1,3}$/.test(bits))
    return null;
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  const network = new BlockList();
  try {
    network.addSubnet(address, Number(bits), family);
  } catch {
    return null;
  }
  return (one) => one !== '' && network.check(one, isIPv6(one) ? 'ipv6' : 'ipv4');
}
