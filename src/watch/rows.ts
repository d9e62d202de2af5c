/** Rows: what is kept of one, when two say the same, and which of several counts. */
import { DEVICE_CLASSES, DOWNLOAD_STATUSES, PROTOCOLS, REGISTRATION_STATUSES } from '../device/device.ts';
import type { KnownRow } from '../device/known.ts';

const WORDS: ReadonlyMap<string, string> = new Map(
  [...DEVICE_CLASSES, ...REGISTRATION_STATUSES, ...PROTOCOLS, ...DOWNLOAD_STATUSES].map((word) => [
    word,
    word,
  ]),
);
const NOTHING: readonly never[] = [];

/** The fields that are remembered, and no others: forty thousand rows stay in memory. */
export function keptRow(row: KnownRow): KnownRow {
  return {
    node: row.node,
    name: row.name,
    deviceClass: shared(row.deviceClass),
    model: row.model,
    description: row.description,
    dirNumber: row.dirNumber,
    linesStatus: row.linesStatus.length === 0 ? NOTHING : row.linesStatus,
    ipAddress: row.ipAddress.length === 0 ? NOTHING : row.ipAddress,
    loginUserId: row.loginUserId,
    protocol: shared(row.protocol),
    status: shared(row.status),
    statusReason: row.statusReason,
    timeStamp: row.timeStamp,
    activeLoadId: row.activeLoadId,
    downloadStatus: shared(row.downloadStatus),
  };
}

/** One string for all rows that say the same word. */
function shared(word: string): string {
  return WORDS.get(word) ?? word;
}

/**
 * A row with what the one before knew and it leaves blank: a device that is away may have lost its address and numbers in CUCM, and is
 * still the phone of that subnet and that number.
 */
export function filledFrom(before: KnownRow, row: KnownRow): KnownRow {
  return {
    ...row,
    model: row.model ?? before.model,
    description: row.description || before.description,
    dirNumber: row.dirNumber || before.dirNumber,
    linesStatus: row.linesStatus.length === 0 ? before.linesStatus : row.linesStatus,
    ipAddress: row.ipAddress.length === 0 ? before.ipAddress : row.ipAddress,
    loginUserId: row.loginUserId || before.loginUserId,
    activeLoadId: row.activeLoadId || before.activeLoadId,
  };
}

/** Whether nothing worth remembering differs. */
export function sameRow(a: KnownRow, b: KnownRow): boolean {
  return (
    sameStanding(a, b) &&
    a.name === b.name &&
    a.deviceClass === b.deviceClass &&
    a.model === b.model &&
    a.description === b.description &&
    a.dirNumber === b.dirNumber &&
    a.loginUserId === b.loginUserId &&
    a.protocol === b.protocol &&
    a.activeLoadId === b.activeLoadId &&
    a.downloadStatus === b.downloadStatus &&
    sameList(a.ipAddress, b.ipAddress) &&
    sameList(a.linesStatus, b.linesStatus)
  );
}

/** Whether both are the same row in the same state. */
export function sameStanding(a: KnownRow, b: KnownRow): boolean {
  return (
    a.node === b.node &&
    a.status === b.status &&
    a.statusReason === b.statusReason &&
    a.timeStamp === b.timeStamp
  );
}

/** The rows of each name; the newest counts. The names in the case in which CUCM has them. */
export function newestByName<T extends KnownRow>(rows: readonly T[]): ReadonlyMap<string, T> {
  const newest = new Map<string, T>();
  for (const row of rows) {
    const other = newest.get(row.name);
    if (other === undefined || isNewer(row, other)) newest.set(row.name, row);
  }
  return newest;
}

/** Of two of the same second the registered one. A row without a time is older than any. */
export function isNewer(row: KnownRow, other: KnownRow): boolean {
  const [at, otherAt] = [row.timeStamp ?? -1, other.timeStamp ?? -1];
  if (at !== otherAt) return at > otherAt;
  return row.status === 'Registered' && other.status !== 'Registered';
}

/** A row that a device left behind on a node when it went to the one where it is known now. */
export function isLeftBehind(row: KnownRow, known: KnownRow): boolean {
  return row.node !== known.node && (row.timeStamp ?? 0) < (known.timeStamp ?? 0);
}

function sameList(a: readonly object[], b: readonly object[]): boolean {
  if (a === b) return true;
  return a.length === b.length && a.every((one, place) => sameFields(one, b[place] ?? {}));
}

function sameFields(a: object, b: object): boolean {
  const other = new Map<string, unknown>(Object.entries(b));
  return Object.entries(a).every(([key, value]) => other.get(key) === value);
}
