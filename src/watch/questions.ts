/** What all watches of a cluster ask for together, each thing once. Pure. */
import type { DeviceClass } from '../device/device.ts';
import { type DeviceQuery, deviceQuery, type Query } from '../device/query.ts';
import { isSoftClient } from '../device/soft-clients.ts';
import type { StandingRole } from './standing.ts';
import { standingKey } from './standing-key.ts';
import type { Scope } from './watch.ts';

/**
 * fast: losses are seen by it. covered: exceptions show these losses sooner, only what has no row is seen by it. slow: what is not
 * registered and not lost. applications: CTI.
 */
export type AskedBecause = 'fast' | 'covered' | 'slow' | 'applications';

export interface Question {
  readonly role: StandingRole;
  readonly query: Query;
  readonly reason: AskedBecause;
}

export interface Asked {
  readonly scopes: readonly Scope[];
  /** Rows in a reply at most. */
  readonly maxDevices: number;
  /** The exceptions are asked for without those of soft clients: one that is named is not covered by them. */
  readonly withoutSoftClients: boolean;
}

/** Users of RisPort70 send a thousand names in a request. */
const MOST_NAMES = 1000;
/** A number may be on several devices, and a device has a row for each node it has been on. */
const MOST_NUMBERS = 200;
const ROWS_A_NUMBER = 5;

/** Names that CUCM gives to phones alone. */
const PHONE_NAME = /^(?:SEP[0-9A-F]{12}$|(?:CSF|TCT|BOT|TAB)\S)/i;

/** The narrowest class of all devices that are watched without being named; null: there are none. */
export function exceptionsClass(scopes: readonly Scope[]): DeviceClass | null {
  const classes = new Set(scopes.flatMap(({ exceptions }) => (exceptions ? [exceptions.deviceClass] : [])));
  const [only = null] = classes;
  return classes.size > 1 ? 'Any' : only;
}

/** What shows losses. */
export function lossesQuery(deviceClass: DeviceClass): DeviceQuery {
  return deviceQuery({ deviceClass, status: 'UnRegistered' });
}

/** The same questions for the same scopes, whatever their order. */
export function questionsOf(asked: Asked): readonly Question[] {
  const covering = exceptionsClass(asked.scopes);
  return [
    ...exceptionQuestions(covering),
    ...nameQuestions(asked, covering),
    ...numberQuestions(asked, covering),
    ...applicationQuestions(asked.scopes),
  ];
}

function exceptionQuestions(deviceClass: DeviceClass | null): readonly Question[] {
  if (deviceClass === null) return [];
  const question = (status: 'Rejected' | 'PartiallyRegistered') =>
    ({ role: 'exceptions', query: deviceQuery({ deviceClass, status }), reason: 'slow' }) as const;
  return [
    { role: 'exceptions', query: lossesQuery(deviceClass), reason: 'fast' },
    question('Rejected'),
    question('PartiallyRegistered'),
  ];
}

function nameQuestions(asked: Asked, covering: DeviceClass | null): readonly Question[] {
  const { scopes, maxDevices, withoutSoftClients } = asked;
  const names = distinct(scopes.flatMap((scope) => scope.names));
  const isCovered = (name: string) =>
    !(withoutSoftClients && isSoftClient({ name })) &&
    (covering === 'Any' || (covering === 'Phone' && PHONE_NAME.test(name)));
  const question = (items: readonly string[], reason: 'fast' | 'covered') =>
    ({ role: 'named', query: deviceQuery({ operation: 'selectCmDeviceExt', items }), reason }) as const;
  const size = Math.min(maxDevices, MOST_NAMES);
  return [
    ...chunks(
      names.filter((name) => !isCovered(name)),
      size,
    ).map((items) => question(items, 'fast')),
    ...chunks(names.filter(isCovered), size).map((items) => question(items, 'covered')),
  ];
}

function numberQuestions({ scopes, maxDevices }: Asked, covering: DeviceClass | null): readonly Question[] {
  const numbers = distinct(scopes.flatMap((scope) => scope.numbers));
  const size = Math.max(1, Math.min(MOST_NUMBERS, Math.floor(maxDevices / ROWS_A_NUMBER)));
  const reason = covering === 'Any' ? 'covered' : 'fast';
  return chunks(numbers, size).map((items) => ({
    role: 'numbers',
    query: deviceQuery({ selectBy: 'DirNumber', items }),
    reason,
  }));
}

function applicationQuestions(scopes: readonly Scope[]): readonly Question[] {
  const byKey = new Map(scopes.flatMap(({ cti }) => cti).map((query) => [standingKey('cti', query), query]));
  return [...byKey]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, query]) => ({ role: 'cti', query, reason: 'applications' }));
}

/** Sorted, whatever the case of letters; of one name in several cases always the same. */
function distinct(items: readonly string[]): readonly string[] {
  const byKey = new Map(items.toSorted().map((item) => [item.toUpperCase(), item]));
  return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

function chunks(items: readonly string[], size: number): readonly (readonly string[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, place) => items.slice(place * size, (place + 1) * size));
}
