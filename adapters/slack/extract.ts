/** What in a message may be a phone: MAC addresses, device names, IP addresses, extensions. Pure. */
import { isIP } from 'node:net';
import { plainTyped } from '../../src/view/clean.ts';
import { digitsOf, endOfNumber } from '../../src/view/phone-number.ts';

/** As many subjects as one question may name. */
export const MOST_SUBJECTS = 200;

/** One kind of thing a message may hold; tried in this order, and what one has taken the next does not see. */
interface Kind {
  readonly pattern: RegExp;
  /** The subject as risbot reads it, or null when it is none after all. */
  readonly read: (found: string) => string | null;
}

/** `Ext:1002` and `_SEP…_` are found, the parts of `10:30` and `site_1002` are not. */
const EDGE_BEFORE = '(?<![\\p{L}\\p{N}./\\p{Pd}]|\\p{N}:|[\\p{L}\\p{N}]_)';
const EDGE_AFTER = '(?!_*[\\p{L}\\p{N}]|[.:/\\p{Pd}][\\p{L}\\p{N}])';
const DASH = '\\p{Pd}\\u2212';
const between = (inner: string) => new RegExp(`${EDGE_BEFORE}(?:${inner})${EDGE_AFTER}`, 'giu');

const LONE_NUMBER = new RegExp(`${EDGE_BEFORE}(?<![$€£#,+=])\\+?\\d{3,15}(?![%,]\\d|%)${EDGE_AFTER}`, 'giu');
const NUMBER_START = new RegExp(`${EDGE_BEFORE}(?<![$€£#,+=]|[$€£] )(?:\\\\?\\+|\\()?\\d`, 'gu');
/** What is written in groups but shorter is a sum or a score. */
const FEWEST_DIGITS = 8;

const KINDS: readonly Kind[] = [
  // Device names: a prefix of Cisco's and what follows it.
  {
    pattern: between('SEP[0-9a-f]{12}|(?:CSF|TCT|BOT|TAB)[a-z0-9_-]{2,12}|(?:ATA|VGC|AN)[0-9a-f]{10,14}'),
    // "Botany" and "table" are no devices: people write device names in capitals.
    read: (found) => (/^sep/i.test(found) || found === found.toUpperCase() ? found.toUpperCase() : null),
  },
  // MAC addresses, in pairs, in fours, or in one piece.
  {
    pattern: between(
      `[0-9a-f]{2}(?:[:. ${DASH}][0-9a-f]{2}){5}|[0-9a-f]{4}(?:[.:${DASH}][0-9a-f]{4}){2}|[0-9a-f]{12}`,
    ),
    read: (found) => readMac(found),
  },
  // An address may carry a port, and be a link to the phone's page.
  {
    pattern: new RegExp(
      `${EDGE_BEFORE}(?:https?://)?\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d{1,5})?(?:/[^\\s<>|"]*)?${EDGE_AFTER}`,
      'giu',
    ),
    read: (found) => readAddress(found),
  },
  {
    pattern: /(?<![\p{L}\p{N}:.])[0-9a-f:]{2,39}(?:\]:\d{1,5})?(?![\p{L}\p{N}:])/giu,
    read: (found) => readSix(found.replace(/\]:\d+$/, '')),
  },
  // Times, dates, versions and prices have a mark inside, which the edges refuse.
  { pattern: LONE_NUMBER, read: (found) => found },
];

interface Found {
  readonly at: number;
  readonly subject: string;
}

export interface Extracted {
  /** In the order they stand in the message, each once. */
  readonly subjects: readonly string[];
  /** How many more there were. */
  readonly left: number;
}

/** Every MAC address, device name, address and extension of a plain text. */
export function extractSubjects(text: string): Extracted {
  const found: Found[] = [];
  let rest = plainTyped(text);
  for (const { pattern, read } of KINDS) {
    if (pattern === LONE_NUMBER) rest = takeWritten(rest, found);
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

/** The subjects as one question. Numbers side by side get a comma: in groups that look alike they would be read as one. */
export function asQuestion(subjects: readonly string[]): string {
  return subjects.reduce((text, subject, i) => {
    const isListed = /^\+?\d+$/.test(subject) && /^\+?\d+$/.test(subjects[i - 1] ?? '');
    return i === 0 ? subject : `${text}${isListed ? ',' : ''} ${subject}`;
  }, '');
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
  return `SEP${found.replace(/[^0-9a-f]/gi, '').toUpperCase()}`;
}

function readSix(found: string): string | null {
  return isIP(found) === 6 ? found.toLowerCase() : null;
}

function readAddress(found: string): string | null {
  const bare = found.replace(/^https?:\/\//i, '');
  const [, address = '', bits] = /^([\d.]+)(?:\/(\d{1,2})$)?/.exec(bare) ?? [];
  const octets = address.split('.').map(Number).join('.');
  if (isIP(octets) !== 4 || Number(bits ?? 0) > 32) return null;
  return bits === undefined || bare !== found ? octets : `${octets}/${bits}`;
}

/** Takes out numbers that are written in groups: `+1 (408) 555-1234`. */
function takeWritten(text: string, found: Found[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { index } of text.matchAll(NUMBER_START)) {
    const end = index < done ? null : endOfNumber(text, index);
    const number = end === null ? '' : digitsOf(text.slice(index, end));
    if (end === null || number.replace(/\D/g, '').length < FEWEST_DIGITS) continue;
    found.push({ at: index, subject: number });
    parts.push(text.slice(done, index), ';'.repeat(end - index));
    done = end;
  }
  return parts.join('') + text.slice(done);
}
