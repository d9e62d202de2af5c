/** MAC addresses as people write them, and the phone names made of them. */

const SEPARATORS = /[\s:.\-\u2010-\u2015]/gu;
const TWELVE_HEX = /^[0-9a-f]{12}$/i;

/** `00:11:22:33:44:55`, `0011.2233.4455`, `SEP001122334455`… → `001122334455` in capitals; null when it is no MAC. */
export function parseMac(text: string): string | null {
  const bare = text.trim().replace(/^SEP/i, '').replace(SEPARATORS, '');
  return TWELVE_HEX.test(bare) ? bare.toUpperCase() : null;
}

/** The device name of the phone with that MAC: `SEP` and twelve capital hex digits. */
export function phoneName(mac: string): string {
  return `SEP${mac}`;
}
