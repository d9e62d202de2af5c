/** Stand-ins for what names people, phones and places: the same for the same thing, of the same length and kind of characters. */
import { createHmac, randomBytes } from 'node:crypto';

export interface Pseudonyms {
  /** Everything in the text is replaced but punctuation and CUCM's own words. For names, numbers, addresses, descriptions. */
  identity(text: string): string;
  /** Words of ordinary error messages and short numbers stay; everything else is replaced. For faults and error pages. */
  sentence(text: string): string;
}

/** Words of CUCM's own that stand among names: `6961-Registered`, `SEP*`. */
const KEPT = new Set(['registered', 'unregistered', 'rejected', 'partiallyregistered', 'unknown', 'any']);
const PREFIXES = ['SEP', 'CSF', 'TCT', 'BOT', 'TAB', 'ATA', 'VGC', 'CTI'];

/** What error messages of CUCM, Tomcat and Axis are made of. A word that is not here may be somebody's name. */
const VOCABULARY = new Set(
  `a about access allowed an and apache are as at authentication authorized authorization available axisfault bad be been
  by cannot cisco client code communications contact could current denied description detail details did does error
  exceeded exception exist failed fault for forbidden found from has have html http https in information internal
  invalid is java limit manager maximum may message method minute much not null number of on operation or page per
  permission permitted please rate ratecontrol realtime reatime reason recent report request requested requests
  required requires resource response returned role root rows second seconds select server service services session
  soap start state status step string the this throttled timeout to tomcat too type unable unauthorized unavailable
  unexpected unified unknown unsupported user valid value version was with xml you new`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

const MAC = /(?<![0-9A-Za-z])(?<prefix>[A-Za-z]{3})?(?<mac>[0-9A-F]{12})(?![0-9A-Za-z])/;
const IPV4 = /(?<![\d.])(?<ipv4>\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})(?![\d.])/;
const IPV6 = /(?<![\w:])(?<ipv6>[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?![\w:])/;
const ENTITY = /(?<entity>&(?:#\d+|#x[0-9A-Fa-f]+|amp|lt|gt|quot|apos);)/;
const RUN = /\p{L}+|\d+/u;
const TOKEN = new RegExp([ENTITY, MAC, IPV4, IPV6, RUN].map(({ source }) => source).join('|'), 'gu');
type Groups = Partial<Readonly<Record<'entity' | 'prefix' | 'mac' | 'ipv4' | 'ipv6', string>>>;
/** Digits that a message may keep: an HTTP status, a number of requests. */
const SHORT_NUMBER = 3;

/** Stand-ins under a key that nobody keeps: they cannot be computed back, and two recordings do not match. */
export function createPseudonyms(key: Buffer = randomBytes(32)): Pseudonyms {
  const kinds = {
    run: createReplacement(key, scramble),
    hex: createReplacement(key, scrambleHex),
    octet: createReplacement(key, scrambleOctet),
  };
  const replace = (text: string, keeps: (word: string) => boolean) =>
    text.replace(TOKEN, (whole: string, ...rest: unknown[]) => {
      const special = replaceSpecial(rest.at(-1) as Groups, kinds);
      if (special !== null) return special;
      if (keeps(whole)) return whole;
      const prefix = PREFIXES.find((start) => whole.startsWith(start)) ?? '';
      return `${prefix}${kinds.run(whole.slice(prefix.length))}`;
    });
  return {
    identity: (text) => replace(text, (word) => KEPT.has(word.toLowerCase())),
    sentence: (text) =>
      replace(
        text,
        (word) =>
          VOCABULARY.has(word.toLowerCase()) ||
          KEPT.has(word.toLowerCase()) ||
          (/^\d+$/.test(word) && word.length <= SHORT_NUMBER),
      ),
  };
}

type Replacement = (text: string) => string;

/** A character reference, a MAC or an address; null for an ordinary word or number. */
function replaceSpecial(
  { entity, prefix = '', mac, ipv4, ipv6 }: Groups,
  { hex, octet }: Readonly<Record<'hex' | 'octet', Replacement>>,
): string | null {
  // A reference stays one; the letter that a numeric one stands for may be anybody's.
  if (entity !== undefined) return entity.startsWith('&#') ? '&#63;' : entity;
  if (mac !== undefined) return `${prefix}${hex(mac)}`;
  if (ipv4 !== undefined) return ipv4.split('.').map(octet).join('.');
  return ipv6 === undefined ? null : ipv6.split(':').map(hex).join(':');
}

type Scramble = (text: string, bytes: Buffer) => string;

/** One stand-in for one text, whatever its case, and no two texts the same one as long as there are enough of them. */
function createReplacement(key: Buffer, scrambled: Scramble): Replacement {
  const chosen = new Map<string, string>();
  const taken = new Set<string>();
  const choose = (text: string) => {
    let candidate = text;
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const bytes = createHmac('sha256', key).update(`${attempt}:${text}`).digest();
      candidate = scrambled(text, bytes);
      if (candidate !== text && !taken.has(candidate)) break;
    }
    taken.add(candidate);
    return candidate;
  };
  return (text) => {
    if (text === '') return '';
    const plain = text.toLowerCase();
    const standIn = chosen.get(plain) ?? choose(plain);
    chosen.set(plain, standIn);
    return withCaseOf(text, standIn);
  };
}

function withCaseOf(text: string, standIn: string): string {
  const letters = [...standIn];
  return [...text]
    .map((letter, at) => (/\p{Lu}/u.test(letter) ? letters[at]?.toUpperCase() : letters[at]))
    .join('');
}

function scramble(text: string, bytes: Buffer): string {
  return [...text]
    .map((letter, at) => {
      const byte = bytes[at % bytes.length] ?? 0;
      if (/[0-9]/.test(letter)) return String(byte % 10);
      if (letter >= 'a' && letter <= 'z') return String.fromCharCode(97 + (byte % 26));
      return (letter.codePointAt(0) ?? 0) < 0x250 ? 'é' : '例';
    })
    .join('');
}

function scrambleHex(text: string, bytes: Buffer): string {
  return [...text]
    .map((digit, at) => {
      const byte = bytes[at % bytes.length] ?? 0;
      return /[0-9]/.test(digit) ? String(byte % 10) : String.fromCharCode(97 + (byte % 6));
    })
    .join('');
}

/** 0 to 255, and as many digits as before: an address stays an address. */
function scrambleOctet(text: string, bytes: Buffer): string {
  const byte = bytes[0] ?? 0;
  if (text.length === 1) return String(byte % 10);
  if (text.length === 2) return String(10 + (byte % 90));
  return String(100 + (byte % 156));
}
