/** A status reason in the two or three words that a column has room for; `reason` and `why` say it at length. */
import { STATUS_REASONS } from '../device/reasons.ts';

/** By Cisco's code. */
const WORDS: ReadonlyMap<number, string> = new Map([
  [0, 'none given'],
  [1, 'unknown'],
  [6, 'connection lost'],
  [8, 'reset itself'],
  [9, 'reset by CUCM'],
  [10, 'signed off'],
  [11, 'REGISTER unreadable'],
  [12, 'sent too much'],
  [13, 'no keepalive'],
  [14, 'config mismatch'],
  [15, 'restarted by CUCM'],
  [16, 'registered twice'],
  [17, 'config applied'],
  [18, 'no answer to reset'],
  [19, 'EM login or logout'],
  [20, 'EMCC login or logout'],
  [25, 'config out of date'],
  [26, 'media capabilities'],
  [28, 'going back to node'],
  [29, 'name used twice'],
  [30, 'wiped'],
  [31, 'forced reset'],
  [33, 'battery empty'],
  [34, 'switched off'],
]);

/** `no keepalive`; Cisco's own name, or the bare code, for a reason that is newer than this table. */
export function shortReason(code: number): string {
  return WORDS.get(code) ?? STATUS_REASONS.get(code)?.name ?? `code ${code}`;
}
