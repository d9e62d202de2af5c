/**
 * A cluster as small as properties need it: which row each node holds of each device, and what RisPort70 answers. Not the simulator: it
 * knows the truth at every moment, and takes microseconds.
 */
import type { Device } from '../../src/device/device.ts';
import type { DeviceQuery } from '../../src/device/query.ts';
import type { NodeAnswer, Snapshot } from '../../src/device/snapshot.ts';
import { isNewer } from '../../src/watch/rows.ts';
import { NOW, row } from './replies.ts';

export const NODES = ['cucm1', 'cucm2', 'cucm3'] as const;
type Status = 'UnRegistered' | 'Rejected' | 'PartiallyRegistered' | 'Registered';

export interface ModelOptions {
  readonly noChange: 'whole' | 'mixed';
  readonly cap: number;
}

export function createModel(options: ModelOptions) {
  const rows = new Map<string, Device>();
  const blind = new Set<string>();
  const answered = new Map<string, ReadonlyMap<string, string>>();
  let now = NOW;
  let replies = 0;

  // Something is always registered on each node, so that a walk hears from all of them.
  for (const node of NODES) rows.set(`${node} ${node}`, row(`AN-${node.toUpperCase()}`, { node }));

  const key = (name: string, node: string) => `${name} ${node}`;
  const ofDevice = (name: string) => [...rows.values()].filter((one) => one.name === name);
  const newest = (candidates: readonly Device[]) =>
    candidates.reduce<Device | null>((best, one) => (best === null || isNewer(one, best) ? one : best), null);

  function set(name: string, node: string, status: Status, statusReason: number): void {
    now += 1_000;
    rows.set(key(name, node), row(name, { node, status, statusReason, timeStamp: now / 1000 }));
  }

  /** The device leaves wherever it is registered, wholly or partly, for `reason`; then registers on `node`. */
  function register(name: string, node: string, reason: number): void {
    for (const one of ofDevice(name)) {
      if (/Registered$/.test(one.status) && one.status !== 'UnRegistered' && one.node !== node)
        set(name, one.node, 'UnRegistered', reason);
    }
    set(name, node, 'Registered', 0);
  }

  function fail(name: string, status: Exclude<Status, 'Registered'>, reason: number): void {
    const at = newest(ofDevice(name));
    if (at) set(name, at.node, status, reason);
  }

  /** CUCM drops an old row. */
  function expire(name: string): void {
    const latest = newest(ofDevice(name));
    const old = ofDevice(name).find((one) => one !== latest);
    if (old) rows.delete(key(name, old.node));
  }

  function remove(name: string): void {
    for (const one of ofDevice(name)) rows.delete(key(name, one.node));
  }

  function selected(query: DeviceQuery): readonly Device[] {
    const seen = [...rows.values()].filter((one) => !blind.has(one.node));
    const items = query.items.map((item) => item.toUpperCase());
    const isNamed = ({ name }: Device) =>
      items.some((item) => (item.endsWith('*') ? name.startsWith(item.slice(0, -1)) : name === item));
    const latest = (one: Device) =>
      query.operation === 'selectCmDevice' || newest(seen.filter(({ name }) => name === one.name)) === one;
    return seen.filter(
      (one) => isNamed(one) && latest(one) && (query.status === 'Any' || one.status === query.status),
    );
  }

  function ask(query: DeviceQuery, stateInfo: string): Snapshot {
    const found = selected(query);
    const print = (node: string) =>
      blind.has(node) ? 'blind' : JSON.stringify(found.filter((one) => one.node === node));
    const prints = new Map(NODES.map((node) => [node, print(node)]));
    const before = answered.get(stateInfo);
    const same = NODES.filter(
      (node) => prints.get(node) !== 'blind' && before?.get(node) === prints.get(node),
    );
    const nothingNew = before !== undefined && NODES.every((node) => before.get(node) === prints.get(node));
    const unchanged = new Set<string>(options.noChange === 'mixed' || nothingNew ? same : []);
    const devices = found.filter((one) => !unchanged.has(one.node)).slice(0, options.cap);
    const isNil = found.length === 0 && blind.size === 0;
    replies += 1;
    const next = `s${replies}`;
    answered.set(next, prints);
    const nodes = NODES.map((name): NodeAnswer => {
      if (blind.has(name)) return { name, returnCode: 'NodeNotResponding', noChange: false };
      return { name, returnCode: 'Ok', noChange: unchanged.has(name) };
    });
    return {
      query,
      at: now,
      nodes: isNil ? [] : nodes,
      devices,
      ctiItems: [],
      stateInfo: nothingNew || isNil ? '' : next,
      complete: devices.length < options.cap,
      requests: 1,
    };
  }

  return {
    register,
    fail,
    expire,
    remove,
    ask,
    blind: (node: string) => blind.add(node),
    see: (node: string) => blind.delete(node),
    seeAll: () => blind.clear(),
    pass: (ms: number) => {
      now += ms;
    },
    now: () => now,
    /** The row that counts, of all nodes or of those that can be seen. */
    truth: (name: string) => newest(ofDevice(name)),
    visible: (name: string) => newest(ofDevice(name).filter((one) => !blind.has(one.node))),
  };
}
