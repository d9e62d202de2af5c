/** A reply that was cut at the cap is asked again in parts until every part fits, or it is said that one did not. */
import { DEVICE_CLASSES, REGISTRATION_STATUSES } from '../device/device.ts';
import type { Lookup, LookupOptions } from '../device/lookup.ts';
import { ANY_MODEL, type DeviceQuery } from '../device/query.ts';
import type { Snapshot } from '../device/snapshot.ts';
import { combine, rowKey } from './combine.ts';
import { begin, covers, cut, expected, fitted, nextPart, type Partition } from './partition.ts';

export interface SweepOptions {
  /** Most devices in a reply: as many rows as this mean that it was cut. */
  readonly maxDevices: number;
  /** Every device name of the cluster, from AXL; null when that is not configured or does not answer. */
  readonly allNames?: (signal?: AbortSignal) => Promise<readonly string[] | null>;
  /** A sweep gives up beyond so many requests. */
  readonly maxRequests?: number;
}

/** What a sweep has spent and found, for its progress and its end. */
interface Walk {
  readonly ask: (query: DeviceQuery, left: number) => Promise<Snapshot>;
  readonly parts: Snapshot[];
  /** Takes a part for what it brought; returns how many of its rows are new. */
  readonly keep: (part: Snapshot) => number;
}

/**
 * Wraps a lookup so that an answer beyond the cap is whole all the same. With names from AXL a sweep costs as many
 * requests as the replies need; without, name prefixes are packed into parts. Other questions are split by their items,
 * then by class, node and status. Where splitting brings nothing new it ends, and the answer is incomplete.
 */
export function createSweep(lookup: Lookup, options: SweepOptions): Lookup {
  const { maxDevices, maxRequests = 200 } = options;
  const namesFor = async (query: DeviceQuery, asked: LookupOptions) =>
    asksForAllNames(query) ? ((await options.allNames?.(asked.signal)) ?? null) : null;

  return async (query, asked = {}) => {
    if (query.operation === 'selectCtiItem' || asked.stateInfo !== undefined) return lookup(query, asked);
    const known = isWholeCluster(query) ? await namesFor(query, asked) : null;
    if (known && known.length >= maxDevices) return finish(query, null, known, asked);
    const first = await lookup(query, asked);
    if (first.complete) return first;
    const names = known ?? (await namesFor(query, asked));
    return finish(query, first, names && holdsAll(names, first) ? names : null, asked);
  };

  async function finish(
    query: DeviceQuery,
    first: Snapshot | null,
    names: readonly string[] | null,
    asked: LookupOptions,
  ): Promise<Snapshot> {
    const walk = startWalk(lookup, asked, maxRequests);
    if (first) walk.keep(first);
    const whole = await sweep(query, first, names, walk).catch((error: unknown) => {
      if (error instanceof SweepTooLong) return false;
      throw error;
    });
    const answer = combine(query, walk.parts);
    return { ...answer, complete: whole && answer.complete };
  }

  async function sweep(
    query: DeviceQuery,
    first: Snapshot | null,
    names: readonly string[] | null,
    walk: Walk,
  ): Promise<boolean> {
    if (names) return byNames(query, names, maxDevices, walk);
    const prefix = prefixOf(query);
    if (first && prefix !== null) return byPrefixes(query, first, { prefix, cap: maxDevices }, walk);
    return first === null ? false : bySplitting(query, first, walk);
  }
}

/** A list that lacks a name which CUCM has just given is not every name. */
function holdsAll(names: readonly string[], { devices }: Snapshot): boolean {
  const listed = new Set(names);
  return devices.every((device) => listed.has(device.name));
}

const asksForAllNames = (query: DeviceQuery) => query.selectBy === 'Name' && query.items.includes('*');

/** The text before the only `*` of the only item, when names are asked for. */
function prefixOf({ selectBy, items }: DeviceQuery): string | null {
  const [item] = items;
  if (selectBy !== 'Name' || items.length !== 1 || item === undefined) return null;
  return item.indexOf('*') === item.length - 1 ? item.slice(0, -1) : null;
}

/** No criterion narrows it: every name of AXL would answer. */
function isWholeCluster(query: DeviceQuery): boolean {
  const open = query.deviceClass === 'Any' && query.status === 'Any' && query.nodeName === '';
  const free = query.protocol === 'Any' && query.downloadStatus === 'Any' && query.model === ANY_MODEL;
  return open && free && asksForAllNames(query);
}

/** Parts go out one after the other, as sweeps, unless a watch asks; progress is told after each. */
function startWalk(lookup: Lookup, asked: LookupOptions, maxRequests: number): Walk {
  const parts: Snapshot[] = [];
  const known = new Set<string>();
  const { onProgress, ...options } = asked;
  const priority = asked.priority === 'watch' ? 'watch' : 'sweep';
  let spent = 0;
  return {
    parts,
    keep(part) {
      const before = known.size;
      for (const row of part.devices) known.add(rowKey(row));
      parts.push({ ...part, complete: true });
      return known.size - before;
    },
    ask: async (query, left) => {
      if (spent >= maxRequests) throw new SweepTooLong();
      const rows = parts.reduce((sum, part) => sum + part.devices.length, 0);
      onProgress?.({ type: 'sweeping', done: spent, left, rows });
      spent += 1;
      return lookup(query, { ...options, priority });
    },
  };
}

/** Ends a sweep that would cost too much; what was found is kept. */
class SweepTooLong extends Error {
  override name = 'SweepTooLong';
}

async function byNames(query: DeviceQuery, names: readonly string[], size: number, walk: Walk) {
  const count = Math.ceil(names.length / size);
  for (let chunk = 0; chunk < count; chunk += 1) {
    const items = names.slice(chunk * size, (chunk + 1) * size);
    const part = { ...query, operation: 'selectCmDeviceExt', items } as const;
    walk.parts.push(await walk.ask(part, count - chunk));
  }
  return true;
}

async function byPrefixes(
  query: DeviceQuery,
  first: Snapshot,
  { prefix, cap }: { readonly prefix: string; readonly cap: number },
  walk: Walk,
): Promise<boolean> {
  const names = first.devices.map((device) => device.name);
  const back = new Set<string>();
  let partition: Partition | null = begin(prefix, names, cap);
  for (let part = nextPart(partition, cap); part; part = nextPart(partition, cap)) {
    const reply = await walk.ask({ ...query, items: part.items }, 1 + Math.ceil(expected(part.rest) / cap));
    const news = walk.keep(reply);
    const seen = reply.devices.map((device) => device.name);
    for (const name of seen) back.add(name);
    if (!reply.complete && news === 0 && !mayBringMore(reply, first, covers(part, seen))) return false;
    partition = reply.complete ? fitted(part, seen.length) : cut(part, seen, cap);
    if (partition === null) return false;
  }
  // Names that the first reply held and no part brought back: this CUCM matches otherwise than we think.
  return names.every((name) => back.has(name));
}

/** A part that brought nothing new is worth smaller parts only where the same cap may have cut it, and it answers what was asked. */
function mayBringMore(part: Snapshot, whole: Snapshot, isAnswer: boolean): boolean {
  return isAnswer && part.devices.length >= whole.devices.length;
}

/** Splits once, and what is cut again once more, until nothing is left to split by or splitting brings nothing new. */
async function bySplitting(query: DeviceQuery, whole: Snapshot, walk: Walk): Promise<boolean> {
  const narrowed = narrow(query, whole.nodes);
  const cutParts: { readonly part: DeviceQuery; readonly reply: Snapshot }[] = [];
  let news = 0;
  for (const [index, part] of narrowed.entries()) {
    const reply = await walk.ask(part, narrowed.length - index);
    news += walk.keep(reply);
    if (!reply.complete) cutParts.push({ part, reply });
  }
  // Where all that is known is in one class or on one node, one part is as full as the whole was. Two cannot be: a row is in one of them.
  const isEnd =
    news === 0 && (cutParts.length > 1 || !cutParts.every(({ reply }) => mayBringMore(reply, whole, true)));
  if (narrowed.length === 0 || isEnd) return false;
  let isWhole = true;
  for (const { part, reply } of cutParts)
    isWhole = (await bySplitting(part, { ...reply, nodes: whole.nodes }, walk)) && isWhole;
  return isWhole;
}

/** Half of the items each; a single one by the first criterion that the question leaves open. */
function narrow(query: DeviceQuery, nodes: Snapshot['nodes']): readonly DeviceQuery[] {
  const { items } = query;
  if (items.length > 1) {
    const half = Math.ceil(items.length / 2);
    return [items.slice(0, half), items.slice(half)].map((part) => ({ ...query, items: part }));
  }
  if (query.deviceClass === 'Any')
    return without('Any', DEVICE_CLASSES).map((deviceClass) => ({ ...query, deviceClass }));
  if (query.nodeName === '' && nodes.length > 1)
    return nodes.map(({ name }) => ({ ...query, nodeName: name }));
  if (query.status === 'Any')
    return without('Any', REGISTRATION_STATUSES).map((status) => ({ ...query, status }));
  return [];
}

function without<T extends string, X extends T>(left: X, values: readonly T[]): readonly Exclude<T, X>[] {
  return values.filter((value): value is Exclude<T, X> => value !== left);
}
