/**
 * What a SOAP fault, or the text in its place, means. RisPort70 tells its faults apart by their wording alone, so this is
 * the one place that matches on messages. Source: Cisco Unified Serviceability API reference, RisPort70 and PerfMon faults.
 */
import { RisPortError } from './fault.ts';

export interface SoapFault {
  /** With its prefix: `soapenv:Server.RateControl`. */
  readonly code: string;
  readonly text: string;
}

const RATE_CONTROL = /Exceeded allowed rate|RateControl/i;
const ALLOWANCE = /\bis\s+(\d{1,4})\s+requests?\s+per\s+minute/i;
const STALE_SESSION = /Error Code\s*=\s*7\b|start a new session/i;
const LONGEST_FAULT_STRING = 300;

/** Whether text anywhere in a reply, SOAP or not, says that questions come too fast. */
export function saysTooFast(text: string): boolean {
  return RATE_CONTROL.test(text);
}

/** Whether the fault says that the session of the cookie is over. */
export function saysStaleSession(faultString: string): boolean {
  return STALE_SESSION.test(faultString);
}

/** The error for a fault: `throttled` with the allowance the text names, else `fault`. */
export function faultError(fault: SoapFault, status: number | null): RisPortError {
  const faultString = fault.text.trim().slice(0, LONGEST_FAULT_STRING);
  const detail = { ...(status === null ? {} : { status }), faultString };
  if (saysTooFast(fault.code) || saysTooFast(fault.text)) return throttled(fault.text, detail);
  return new RisPortError('fault', 'CUCM answered with a SOAP fault', detail);
}

/** The error for a throttle; the allowance is read from the text when it is there. */
export function throttled(text: string, detail: { status?: number; faultString?: string }): RisPortError {
  const allowance = Number(ALLOWANCE.exec(text)?.[1] ?? 0);
  return new RisPortError('throttled', 'CUCM says that questions come too fast', {
    ...detail,
    ...(allowance > 0 ? { allowance } : {}),
  });
}
