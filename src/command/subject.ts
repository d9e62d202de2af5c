/** What did they type? A sticker's MAC address, a device name, an extension, an address, a person, or words. */
import ipaddr from 'ipaddr.js';
import { parseMac, phoneName } from '../device/mac.ts';
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

const NUMBER = /^\+?[\d().-]*\d[\d#().-]*$/;
const STARRED_NUMBER = /^[\d+#*]*\d[\d+#*]*$/;
const OCTETS = /^(\d{1,3}\.){1,3}\*$/;
const EMAIL = /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/;

/** Reads one word, or one quoted text. Never fails: what is nothing else is looked for in descriptions. */
export function readSubject(word: string): Subject {
  const typed = word.trim().slice(0, LONGEST).trim();
  const bare = typed.replace(/^https?:\/\//i, '').replace(/^([^/]*)\/$/, '$1');
  return (
    readMac(typed) ??
    readName(typed) ??
    readAddress(bare) ??
    readStarred(typed) ??
    readNumber(typed) ??
    readUser(typed) ?? { type: 'description', text: typed, typed, readAs: `description contains → ${typed}` }
  );
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
      return readAddress(typed);
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
  if (!STARRED_NUMBER.test(typed)) return pattern(typed);
  // `*4455` is the end of a sticker to one person and a range of extensions to another.
  const readAs = `name pattern → ${typed}, and number → ${typed}`;
  return { type: 'name-or-number', name: typed, number: typed, typed, readAs };
}

function pattern(text: string, typed = text): Subject {
  return { type: 'pattern', pattern: text, typed, readAs: `name pattern → ${text}` };
}

function readAddress(typed: string): Subject | null {
  const text = typed.replace(/^\[(.*)\]$/, '$1').replace(/%[\w.]+$/, '');
  if (ipaddr.IPv4.isValidFourPartDecimal(text) || (text.includes(':') && ipaddr.IPv6.isValid(text))) {
    const address = ipaddr.parse(text);
    const ip = address.toString();
    return { type: 'ip', ip, version: address.kind() === 'ipv4' ? 4 : 6, typed, readAs: `address → ${ip}` };
  }
  const cidr = OCTETS.test(text) ? octets(text) : text;
  if (!/^[\d.]{7,}\/|:/.test(cidr) || !ipaddr.isValidCIDR(cidr)) return null;
  const [base, bits] = ipaddr.parseCIDR(cidr);
  const kind = base.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  const network = `${kind.networkAddressFromCIDR(cidr).toString()}/${bits}`;
  return { type: 'subnet', cidr: network, typed, readAs: `subnet → ${network}` };
}

/** `10.4.*` → `10.4.0.0/16` */
function octets(text: string): string {
  const parts = text.split('.').slice(0, -1);
  return `${[...parts, '0', '0', '0'].slice(0, 4).join('.')}/${parts.length * 8}`;
}

function readNumber(typed: string): Subject | null {
  // Only a leading + makes digits with spaces between one number.
  return NUMBER.test(typed.startsWith('+') ? typed.replaceAll(' ', '') : typed) ? number(typed) : null;
}

function number(typed: string): Subject {
  // People write +44 (0)20-7946 as on a card; CUCM has the digits alone. A backslash is how CUCM shows a leading +.
  const digits = /^[\d+#*().\-\s\\]+$/.test(typed) ? typed.replace(/[().\-\s\\]/g, '') : typed;
  return { type: 'number', number: digits, typed, readAs: `number → ${digits}` };
}

function readUser(typed: string): Subject | null {
  return /^@[^\s@]+$/.test(typed) || EMAIL.test(typed) ? user(typed) : null;
}

function user(typed: string): Subject {
  const id = typed.replace(/^@/, '');
  return { type: 'user', user: id, typed, readAs: `user → ${id}` };
}
