/** What AXL's SOAP faults mean. They differ by their wording alone; this is the one place that matches on it. */
import type { RisPortError } from '../risport/fault.ts';

export type AxlRefusal =
  /** More than 8 MB at once: fewer rows than `rows` fit. */
  | { readonly type: 'too-many-rows'; readonly rows: number | null }
  /** More than 16 MB for all clients together: it passes. */
  | { readonly type: 'busy' }
  /** The user or the version may not ask that. */
  | { readonly type: 'refused' };

const TOO_LARGE = /Query request too large/i;
const FITTING_ROWS = /Sugg?est(?:ive|ed)\s+Row\s+Fetch\s*:\s*less\s+than\s+(\d{1,9})/i;
const BUSY = /Maximum AXL Memory Allocation Consumed/i;

/** Why AXL refused; null when it did not answer at all. Source: Cisco AXL Developer Guide, throttling. */
export function refusalOf(error: RisPortError): AxlRefusal | null {
  if (error.code === 'forbidden') return { type: 'refused' };
  if (error.code !== 'fault') return null;
  const text = error.detail.faultString ?? '';
  if (BUSY.test(text)) return { type: 'busy' };
  const rows = FITTING_ROWS.exec(text)?.[1];
  if (TOO_LARGE.test(text) || rows !== undefined) {
    return { type: 'too-many-rows', rows: rows === undefined ? null : Number(rows) };
  }
  return { type: 'refused' };
}
