/** The allowance of RisPort70 requests, shared by all clients of the cluster. */
import { fault } from './soap.ts';

const WINDOW_MS = 60_000;

/**
 * Counts one more request at `now` if the last 60 s leave room for it. Refused requests are not counted. `counted`
 * holds the moments of the counted ones and is brought up to date.
 */
export function takeRequest(counted: number[], limit: number, now: number): boolean {
  const stale = counted.findIndex((at) => at > now - WINDOW_MS);
  counted.splice(0, stale === -1 ? counted.length : stale);
  if (counted.length >= limit) return false;
  counted.push(now);
  return true;
}

/** The fault in CUCM's own words, "Reatime" included: clients recognise it by them. */
export function throttleFault(limit: number): string {
  return fault(
    'Server.RateControl',
    'AxisFault: Exceeded allowed rate for Reatime information. ' +
      `Current allowed rate for realtime information is ${limit} requests per minute.`,
  );
}
