/** What did they type? A sticker's MAC address, a device name, an extension, an address, a person, or words. */
import { parseMac, phoneName } from '../device/mac.ts';
import { digitsOf, endOfNumber } from '../view/phone-number.ts';
import { type Address, readAddress } from './address.ts';
import type { Subject } from './parse.ts';

/** CUCM's longest field, a description, has 128 characters; nothing longer can be found. */
const LONGEST = 128;

/** Written in the groups that only MAC addresses have. */
const MAC_GROUPS =
  /^(?:[0-9a-f]{2}([:.\- ])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|[0-9a-f]{4}([.:-])[0-9a-f]{4}\2[0-9a-f]{4})$/i;

/** Prefixes that no ordinary word has, and what must follow them. */
const SURE_NAME =
  /^(?:(?:SEP|CSF|TCT|UPC)[\w.-]+|(?:ATA|VGC|SKIGW|AN)[\w.-]*\d[\w.-]*|(?:MTP|CFB|MOH|ANN|IVR|XCODE)_[\w.-]+)$/i;
/** Prefixes that ordinary words have too: `tablet`, `bottom`. */
const LIKELY_NAME = /^(?:BOT|TAB|CTI)[\w.-]+$/i;
const ORDINARY =
  /^(?:bot(?:h|tom|tle|tles|any|ox|ch|s)|tab(?:le|les|let|lets|by|loid|s|ular)|ctis?)(?:[-.].*)?$/i;
/** Endpoints of an MGCP gateway: `AALN/S1/SU0/0@gateway`. */
const MGCP = /^[\w-]+(?:\/[\w-]+)+@[\w.-]+$/;

const NUMBER = /^\\?\+?[\d().\p{Pd}\u2212-]*\d[\d#().\p{Pd}\u2212-]*$/u;
const STARRED_NUMBER = /^[\d+#*]*\d[\d+#*]*$/;
/** No device name begins with a plus. */
const STARRED_PLUS = /^\\?\+[\d().\s-]*\d[\d*().\s-]*$/;
const EMAIL = /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/;

/** Reads one word, or one quoted text. Never fails: what is nothing else is looked for in descriptions. */
export function readSubject(word: string): Subject {
  const typed = word.trim().slice(0, LONGEST).trim();
  const bare = peel(typed);
  // An address may end in a colon; digits in brackets may be the code of an area.
  return (
    addressed(typed) ??
    addressed(bare, typed) ??
    readKind(typed) ??
    (bare === typed ? null : readKind(bare)) ?? {
      type: 'description',
      text: typed,
      typed,
      readAs: `description contains → ${typed}`,
    }
  );
}

/** Without what sentences put around a word: brackets and quotes in pairs, and a mark at its end. */
function peel(word: string): string {
  const unmarked = word.replace(/[.,:;?!]{1,3}$/, '');
  const [, inside = unmarked] = /^[([{<`"']{1,2}([^()[\]{}<>`"']+)[)\]}>`"']{1,2}$/.exec(unmarked) ?? [];
  return inside.trim();
}

function readKind(typed: string): Subject | null {
  return readMac(typed) ?? readName(typed) ?? readStarred(typed) ?? readNumber(typed) ?? readUser(typed);
}

/** Reads the value of `name: mac: dn: ip: user: desc:`; null when it cannot be one, as `ip:lobby`. */
export function forceSubject(field: string, value: string): Subject | null {
  const typed = value.trim().slice(0, LONGEST).trim();
  if (typed === '') return null;
  switch (field) {
    case 'mac':
      return forceMac(typed);
    case 'name':
      return typed.includes('*') ? pattern(typed) : named(typed, typed, 'device name');
    case 'dn':
      return number(typed);
    case 'ip':
      return addressed(typed);
    case 'user':
      return user(typed);
    case 'desc':
      return { type: 'description', text: typed, typed, readAs: `description contains → ${typed}` };
    default:
      return null;
  }
}

function readMac(typed: string): Subject | null {
  const mac = parseMac(typed);
  if (mac === null) return null;
  const plainDigits = /^[\d\s.-]+$/.test(typed) && !MAC_GROUPS.test(typed);
  if (!plainDigits) return named(phoneName(mac), typed, /^SEP/i.test(typed) ? 'device name' : 'MAC');
  return {
    type: 'name-or-number',
    name: phoneName(mac),
    number: mac,
    typed,
    readAs: `MAC → ${phoneName(mac)}, and number → ${mac}`,
  };
}

function forceMac(typed: string): Subject | null {
  const mac = parseMac(typed);
  if (mac !== null) return named(phoneName(mac), typed, 'MAC');
  const part = typed.replace(/[\s:.-]/g, '').toUpperCase();
  // The last digits of a sticker are enough, when the asker says so with a star.
  return /^[0-9A-F*]+$/.test(part) && part.includes('*') ? pattern(`SEP${part}`, typed) : null;
}

function readName(typed: string): Subject | null {
  if (MGCP.test(typed)) return named(typed, typed, 'device name');
  const likely = LIKELY_NAME.test(typed) && !ORDINARY.test(typed);
  return SURE_NAME.test(typed) || likely ? named(typed.toUpperCase(), typed, 'device name') : null;
}

function named(name: string, typed: string, how: string): Subject {
  return { type: 'name', name, typed, readAs: `${how} → ${name}` };
}

function readStarred(typed: string): Subject | null {
  if (!typed.includes('*')) return null;
  if (STARRED_PLUS.test(typed)) return number(typed);
  if (!STARRED_NUMBER.test(typed)) return pattern(typed);
  // `*4455` is the end of a sticker to one person and a range of extensions to another.
  const readAs = `name pattern → ${typed}, and number → ${typed}`;
  return { type: 'name-or-number', name: typed, number: typed, typed, readAs };
}

function pattern(text: string, typed = text): Subject {
  return { type: 'pattern', pattern: text, typed, readAs: `name pattern → ${text}` };
}

function addressed(text: string, typed = text): Subject | null {
  const address: Address | null = readAddress(text);
  if (address === null) return null;
  const what = address.type === 'ip' ? `address → ${address.ip}` : `subnet → ${address.cidr}`;
  return { ...address, typed, readAs: what };
}

function readNumber(typed: string): Subject | null {
  return NUMBER.test(typed) || endOfNumber(typed, 0) === typed.length ? number(typed) : null;
}

function number(typed: string): Subject {
  const digits = digitsOf(typed);
  return { type: 'number', number: digits, typed, readAs: `number → ${digits}` };
}

function readUser(typed: string): Subject | null {
  return /^@[^\s@]+$/.test(typed) || EMAIL.test(typed) ? user(typed) : null;
}

function user(typed: string): Subject {
  const id = typed.replace(/^@/, '');
  return { type: 'user', user: id, typed, readAs: `user → ${id}` };
}
