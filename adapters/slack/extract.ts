/** What in a message may be a phone: MAC addresses, device names, IP addresses, extensions. Pure. */
import { isIP } from 'node:net';

/** As many subjects as one question may name. */
export const MOST_SUBJECTS = 200;

/** One kind of thing a message may hold; tried in this order, and what one has taken the next does not see. */
interface Kind {
  readonly pattern: RegExp;
  /** The subject as risbot reads it, or null when it is none after all. */
  readonly read: (found: string) => string | null;
}

const EDGE_BEFORE = '(?<![\\p{L}\\p{N}_.:/-])';
const EDGE_AFTER = '(?![\\p{L}\\p{N}_]|[.:/-][\\p{L}\\p{N}])';
const between = (inner: string) => new RegExp(`${EDGE_BEFORE}(?:${inner})${EDGE_AFTER}`, 'giu');

const KINDS: readonly Kind[] = [
  // Device names: a prefix of Cisco's and what follows it.
  {
    pattern: between('SEP[0-9a-f]{12}|(?:CSF|TCT|BOT|TAB)[a-z0-9_-]{2,12}|(?:ATA|VGC|AN)[0-9a-f]{10,14}'),
    // "Botany" and "table" are no devices: people write device names in capitals.
    read: (found) => (/^sep/i.test(found) || found === found.toUpperCase() ? found.toUpperCase() : null),
  },
  // MAC addresses, in pairs, in fours, or in one piece.
  {
    pattern: between('[0-9a-f]{2}(?:[:. -][0-9a-f]{2}){5}|[0-9a-f]{4}(?:[.-][0-9a-f]{4}){2}|[0-9a-f]{12}'),
    read: (found) => readMac(found),
  },
  { pattern: between('\\d{1,3}(?:\\.\\d{1,3}){3}(?:/\\d{1,2})?'), read: (found) => readAddress(found) },
  {
    pattern: /(?<![\p{L}\p{N}:.])[0-9a-f:]{2,39}(?![\p{L}\p{N}:])/giu,
    read: (found) => (isIP(found) === 6 ? found.toLowerCase() : null),
  },
  // Times, dates, versions and prices have a mark inside, which the edges refuse.
  {
    pattern: new RegExp(`${EDGE_BEFORE}(?<![$€£#,+])\\+?\\d{3,15}(?![%,]\\d|%)${EDGE_AFTER}`, 'giu'),
    read: (found) => found,
  },
];

export interface Extracted {
  /** In the order they stand in the message, each once. */
  readonly subjects: readonly string[];
  /** How many more there were. */
  readonly left: number;
}

/** Every MAC address, device name, address and extension of a plain text. */
export function extractSubjects(text: string): Extracted {
  const found: { readonly at: number; readonly subject: string }[] = [];
  let rest = text;
  for (const { pattern, read } of KINDS) {
    rest = rest.replace(pattern, (whole: string, ...more: readonly unknown[]) => {
      const subject = read(whole);
      if (subject === null) return whole;
      found.push({ at: offsetOf(more), subject });
      // Places stay as they were, and nothing joins up across the gap.
      return ';'.repeat(whole.length);
    });
  }
  const all = [...new Set(found.sort((a, b) => a.at - b.at).map(({ subject }) => subject))];
  return { subjects: all.slice(0, MOST_SUBJECTS), left: Math.max(0, all.length - MOST_SUBJECTS) };
}

/** `replace` hands over the groups, the offset and the whole text. */
function offsetOf(more: readonly unknown[]): number {
  return more.find((value) => typeof value === 'number') ?? 0;
}

/** Twelve decimal digits without marks may be a number as well: they stay as they are, risbot asks for both. */
function readMac(found: string): string | null {
  if (/^\d{12}$/.test(found)) return found;
  // Six small numbers in a row are a list of numbers rather than an address.
  if (/^\d\d(?: \d\d){5}$/.test(found)) return null;
  return `SEP${found.replace(/[:. -]/g, '').toUpperCase()}`;
}

function readAddress(found: string): string | null {
  const [address = '', bits] = found.split('/');
  return isIP(address) === 4 && (bits === undefined || Number(bits) <= 32) ? found : null;
}
