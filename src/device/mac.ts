/** MAC addresses as people write them, and the phone names made of them. */

/** Any dash will do: text processors turn one into another. */
const SEPARATORS = /[\s:.\p{Pd}\u2212]/gu;
const TWELVE_HEX = /^[0-9a-f]{12}$/i;
/** `192.168.168.186` has twelve digits, too. */
const FOUR_OCTETS = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** `00:11:22:33:44:55`, `0011.2233.4455`, `SEP001122334455`… → `001122334455` in capitals; null when it is no MAC, as four octets never are. */
export function parseMac(text: string): string | null {
  if (FOUR_OCTETS.test(text.trim())) return null;
  const bare = text.trim().replace(/^SEP/i, '').replace(SEPARATORS, '');
  return TWELVE_HEX.test(bare) ? bare.toUpperCase() : null;
}

/** The device name of the phone with that MAC: `SEP` and twelve capital hex digits. */
export function phoneName(mac: string): string {
  return `SEP${mac}`;
}
