/**
 * What a row says of its device, and why it is read so. Source of the codes: Cisco Unified CM RisPort70 reference, StatusReason; causes and
 * next steps are in `device/reasons.ts`.
 */
import type { KnownRow } from '../device/known.ts';
import { isCtiRow } from './cti.ts';
import type { Condition } from './known.ts';

export type Because =
  | 'registered'
  | 'partially-registered'
  | 'rejected'
  | 'status-says-nothing'
  /** No contact: the network, power, or no answer. */
  | 'reason-lost'
  /** Unregistered, and no reason that says more. */
  | 'reason-silent'
  /** Resets, logins, a return home: it comes back by itself. */
  | 'reason-expected'
  /** Somebody switched it off, or it ran down. */
  | 'reason-user'
  /** Nothing that waiting mends. */
  | 'reason-fault'
  | 'application-open'
  | 'application-closed'
  | 'application-refused';

export interface Classified {
  readonly condition: Condition;
  readonly because: Because;
}

/** 28 is a return home that is under way: the device has left one node and is about to register on the other. */
export const RETURNING_HOME = 28;

const LOST: Classified = { condition: 'lost', because: 'reason-lost' };
const EXPECTED: Classified = { condition: 'expected', because: 'reason-expected' };
const USER: Classified = { condition: 'user', because: 'reason-user' };
const FAULT: Classified = { condition: 'fault', because: 'reason-fault' };

const UNREGISTERED: ReadonlyMap<number, Classified> = new Map([
  ...[1, 6, 13, 18].map((code) => [code, LOST] as const),
  ...[8, 9, 10, 15, 16, 17, 19, 20, RETURNING_HOME, 29].map((code) => [code, EXPECTED] as const),
  ...[30, 33, 34].map((code) => [code, USER] as const),
  ...[11, 12, 14, 25, 26, 31].map((code) => [code, FAULT] as const),
]);

/** They do not come back by themselves, or not soon, and are alerted as before; but what goes for one of them goes on purpose. */
const ON_PURPOSE: ReadonlySet<number> = new Set([12, 21, 22, 23, 24, 25, 26, 31]);

/**
 * Whether the device went as it was meant to, or by the hand of a person: that is no flapping, however often it happens. CTI, and what is
 * Rejected, have codes of their own.
 */
export function isOnPurpose(row: KnownRow): boolean {
  if (isCtiRow(row) || row.status !== 'UnRegistered') return false;
  const { condition } = classify(row);
  return condition === 'expected' || condition === 'user' || ON_PURPOSE.has(row.statusReason ?? 0);
}

/** Somebody reset it, or logged in or out: it registers anew wherever its configuration says. */
const SENT: ReadonlySet<number> = new Set([8, 9, 15, 17, 19, 20, 22, 31]);

export function isSent({ status, statusReason }: Pick<KnownRow, 'status' | 'statusReason'>): boolean {
  return status === 'UnRegistered' && isSentFor(statusReason);
}

/** The same of a reason alone, of a row that is UnRegistered. */
export function isSentFor(statusReason: number | null): boolean {
  return SENT.has(statusReason ?? 0);
}

/** The reason is looked at for UnRegistered alone: 0 does not mean registered, and a rejected device needs somebody whatever the code. */
export function classify(row: KnownRow): Classified {
  if (isCtiRow(row)) return classifyCti(row);
  switch (row.status) {
    case 'Registered':
      return { condition: 'up', because: 'registered' };
    case 'PartiallyRegistered':
      return { condition: 'partial', because: 'partially-registered' };
    case 'Rejected':
      return { condition: 'fault', because: 'rejected' };
    case 'UnRegistered':
      return UNREGISTERED.get(row.statusReason ?? 0) ?? { condition: 'lost', because: 'reason-silent' };
    default:
      return { condition: 'unknown', because: 'status-says-nothing' };
  }
}

/** CTI has reason codes of its own, which nobody documents. */
function classifyCti({ status }: KnownRow): Classified {
  switch (status) {
    case 'Registered':
      return { condition: 'up', because: 'application-open' };
    case 'UnRegistered':
      return { condition: 'lost', because: 'application-closed' };
    case 'Rejected':
      return { condition: 'fault', because: 'application-refused' };
    default:
      return { condition: 'unknown', because: 'status-says-nothing' };
  }
}
