/** Addresses as people paste them: bare, in brackets, with a port, as a link to a phone's page, or a whole subnet. */
import ipaddr from 'ipaddr.js';

export type Address =
  | { readonly type: 'ip'; readonly ip: string; readonly version: 4 | 6 }
  | { readonly type: 'subnet'; readonly cidr: string };

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const PORT_AND_PATH = '(?::\\d{1,5})?(?:[/?#].*)?$';
const FOUR_OCTETS = new RegExp(`^(\\d{1,3}(?:\\.\\d{1,3}){3})${PORT_AND_PATH}`, 's');
const IN_BRACKETS = new RegExp(`^\\[([^\\[\\]]+)\\]${PORT_AND_PATH}`, 's');
/** What follows the slash of a subnet: bits, or a mask. Anything else there is the path of a page. */
const SUBNET = /^([^/]+)\/(\d{1,3}|\d{1,3}(?:\.\d{1,3}){3})$/;
const SUBNET_LIKE = /^[\d.]+\/\d+$/;
const STARRED_OCTETS = /^(?:\d{1,3}\.){1,3}\*$/;
/** Checked before the library is asked: it answers everything else by throwing, which costs more than reading. */
const SIX_SHAPED = /^(?=[^:]*:[^:]*:)[0-9a-f:.]{2,45}(?:%[\w.-]+)?(?:\/\d{1,3})?$/i;

/** Reads a word as an address or a subnet; null when it is neither. Never throws. Octets padded with zeros count as decimal. */
export function readAddress(word: string): Address | null {
  const bare = word.replace(SCHEME, '');
  if (bare !== word) return readOne(bare);
  // `10.4.2.0/33` is a subnet gone wrong, and no page.
  return SUBNET_LIKE.test(bare) ? readSubnet(bare) : (readSubnet(bare) ?? readOne(bare));
}

/** Whether a word with colons is an IPv6 address, alone or with what an address may carry: then it has no field in front. */
export function isColonAddress(word: string): boolean {
  return SIX_SHAPED.test(word) && readAddress(word) !== null;
}

function readOne(text: string): Address | null {
  const four = octetsOf(FOUR_OCTETS.exec(text)?.[1]);
  if (four !== null) return { type: 'ip', ip: four, version: 4 };
  const inside = IN_BRACKETS.exec(text)?.[1] ?? text.replace(/\/$/, '');
  const inner = octetsOf(inside);
  return inner === null ? readSix(inside) : { type: 'ip', ip: inner, version: 4 };
}

function readSix(text: string): Address | null {
  const bare = text.replace(/%[\w.-]+$/, '');
  if (!SIX_SHAPED.test(bare) || !ipaddr.IPv6.isValid(bare)) return null;
  return { type: 'ip', ip: ipaddr.IPv6.parse(bare).toString(), version: 6 };
}

function readSubnet(text: string): Address | null {
  if (STARRED_OCTETS.test(text)) return starred(text);
  const [, base = '', size = ''] = SUBNET.exec(text) ?? [];
  if (base === '') return null;
  const four = octetsOf(base);
  if (four !== null) {
    const bits = size.includes('.') ? bitsOf(size) : Number(size);
    return bits === null || bits > 32 ? null : networkOf(`${four}/${bits}`, ipaddr.IPv4);
  }
  if (size.includes('.') || Number(size) > 128) return null;
  const six = readSix(base.replace(/^\[(.*)\]$/, '$1'));
  return six?.type === 'ip' ? networkOf(`${six.ip}/${size}`, ipaddr.IPv6) : null;
}

function networkOf(cidr: string, kind: typeof ipaddr.IPv4 | typeof ipaddr.IPv6): Address {
  return { type: 'subnet', cidr: `${kind.networkAddressFromCIDR(cidr).toString()}/${cidr.split('/')[1]}` };
}

/** `255.255.255.0` → 24; null for what is no mask. */
function bitsOf(mask: string): number | null {
  const four = octetsOf(mask);
  return four === null ? null : ipaddr.IPv4.parse(four).prefixLengthFromSubnetMask();
}

/** `10.4.*` → `10.4.0.0/16` */
function starred(text: string): Address | null {
  const parts = text.split('.').slice(0, -1);
  const four = octetsOf([...parts, '0', '0', '0'].slice(0, 4).join('.'));
  return four === null ? null : networkOf(`${four}/${parts.length * 8}`, ipaddr.IPv4);
}

/** `010.4.2.21` → `10.4.2.21`; null unless all four are octets. */
function octetsOf(text: string | undefined): string | null {
  if (text === undefined || !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return null;
  const octets = text.split('.').map(Number);
  return octets.every((octet) => octet <= 255) ? octets.join('.') : null;
}
