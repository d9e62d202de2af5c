/** A few devices and a lookup that answers about them as RisPort70 would, without a network: for wrappers of lookups. */
import type { Device } from '../../src/device/device.ts';
import type { Lookup } from '../../src/device/lookup.ts';
import { type DeviceQuery, deviceQuery } from '../../src/device/query.ts';
import type { Snapshot } from '../../src/device/snapshot.ts';
import { indexRows } from '../../src/lookup/match.ts';
import { deviceRow } from '../device/row.ts';

export function device(name: string, fields: Partial<Device> = {}): Device {
  return deviceRow({ name, ...fields });
}

export function phones(count: number): readonly Device[] {
  return Array.from({ length: count }, (_, n) =>
    device(`SEP${n.toString(16).toUpperCase().padStart(12, '0')}`),
  );
}

export const byName = (...items: string[]): DeviceQuery =>
  deviceQuery({ operation: 'selectCmDeviceExt', items });

export interface FakeRisPort {
  readonly lookup: Lookup;
  /** The queries that arrived, in order. */
  readonly asked: DeviceQuery[];
}

/** Answers at once from `rows`, cut at `cap` without saying more than `complete: false`. */
export function risPort(rows: readonly Device[], cap = 1000, now: () => number = Date.now): FakeRisPort {
  const asked: DeviceQuery[] = [];
  return {
    asked,
    lookup: async (query) => {
      if (query.operation === 'selectCtiItem') throw new Error('no CTI here');
      asked.push(query);
      const found = select(rows, query);
      // As the client judges: a row for every name that was asked for is all there can be.
      const allNamed = query.operation === 'selectCmDeviceExt' && found.length === query.items.length;
      const complete = found.length < cap || (allNamed && found.length === cap);
      return answer(query, found.slice(0, cap), { at: now(), complete });
    },
  };
}

function select(rows: readonly Device[], query: DeviceQuery): readonly Device[] {
  const index = indexRows(rows, query.selectBy);
  const named = query.items.includes('*') ? rows : [...new Set(query.items.flatMap((item) => index(item)))];
  const fits = (wanted: string, value: string) => wanted === 'Any' || wanted === '' || wanted === value;
  return named.filter(
    (row) =>
      fits(query.deviceClass, row.deviceClass) &&
      fits(query.status, row.status) &&
      fits(query.nodeName, row.node),
  );
}

export function answer(
  query: Snapshot['query'],
  devices: readonly Device[],
  fields: Partial<Snapshot> = {},
): Snapshot {
  const names = [...new Set(['cucm1', ...devices.map((row) => row.node)])];
  return {
    query,
    at: 0,
    nodes: names.map((name) => ({ name, returnCode: 'Ok', noChange: false })),
    devices,
    ctiItems: [],
    stateInfo: '',
    complete: true,
    requests: 1,
    ...fields,
  };
}
