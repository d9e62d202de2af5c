/** Asks a cluster what was planned, and puts the replies together. */
import type { Device } from '../device/device.ts';
import type { LookupOptions } from '../device/lookup.ts';
import { deviceQuery, type Query } from '../device/query.ts';
import { isWhole, mergeNodes, type NodeAnswer, type Snapshot } from '../device/snapshot.ts';
import type { Found } from '../view/answer.ts';
import type { Cluster, Context } from './command.ts';
import type { Plan } from './filter.ts';
import type { Command } from './parse.ts';
import { newestRows } from './rows.ts';

export interface Gathered {
  readonly found: readonly Found[];
  readonly nodes: readonly NodeAnswer[];
  readonly complete: boolean;
  readonly requests: number;
  /** Epoch milliseconds of the oldest part. */
  readonly at: number;
  /** Names whose newest row could not be asked for, because there are too many. */
  readonly unconfirmed: number;
  /** As planned: plain words were compared with more than descriptions. */
  readonly anywhere: boolean;
}

/** Below the smallest usual cap of 1000: a reply as long as the cap counts as cut. */
const NAMES_AT_ONCE = 900;
const MOST_CONFIRMATIONS = 8;

/** Asks all queries of a plan at once; a failure of one gives up the others. Errors are the lookup's. */
export async function gather(
  plan: Plan,
  cluster: Cluster,
  command: Command,
  context: Context,
): Promise<Gathered> {
  // Who looks at every device lets those go first who look for one.
  const priority = plan.walks ? 'sweep' : 'person';
  const queries = plan.queries.map(({ query }) => query);
  const snapshots = await askAll(queries, cluster, command, context, priority);
  const rows = snapshots.flatMap((snapshot, i) =>
    plan.queries[i]?.exact === true ? snapshot.devices : snapshot.devices.filter(plan.named),
  );
  const doubtful = new Set(
    snapshots.flatMap((snapshot, i) => (plan.queries[i]?.partial === true ? suspects(snapshot.devices) : [])),
  );
  const newest = newestRows(rows);
  const names = newest
    .filter((entry) => doubtful.has(entry.device.name) || isTorn(entry))
    .map(({ device }) => device.name);
  const confirmations = chunks(names).slice(0, MOST_CONFIRMATIONS);
  const latest = await askAll(confirmations.map(byName), cluster, command, context, priority);
  const all = [...snapshots, ...latest];
  const found = withLatest(newest, latest);
  return {
    found: found.filter(({ device }) => plan.keep(device)),
    nodes: mergeNodes(all),
    complete: all.every(isWhole),
    requests: all.reduce((sum, snapshot) => sum + snapshot.requests, 0),
    at: Math.min(...all.map((snapshot) => snapshot.at), context.now),
    unconfirmed: names.length - confirmations.flat().length,
    anywhere: plan.anywhere,
  };
}

/**
 * What selectCmDeviceExt calls the latest row counts, whatever the times say: the node a phone left may notice minutes after the phone
 * has registered elsewhere, and then its row is the newer one.
 */
function withLatest(found: readonly Found[], latest: readonly Snapshot[]): readonly Found[] {
  const rows = new Map(latest.flatMap((snapshot) => snapshot.devices).map((device) => [device.name, device]));
  return found.map((entry) => {
    const device = rows.get(entry.device.name);
    if (device === undefined) return entry;
    return { device, older: [entry.device, ...entry.older].filter((row) => row.node !== device.node) };
  });
}

/** A phone that moved is unregistered where it was: its latest row is asked for by name. */
function suspects(devices: readonly Device[]): readonly string[] {
  return devices.filter((device) => device.status !== 'Registered').map((device) => device.name);
}

/** The node a phone left may notice late, so that its row is newer than the one that counts: then it is worth a second question. */
function isTorn({ device, older }: Found): boolean {
  return device.status !== 'Registered' && older.some((row) => row.status === 'Registered');
}

function byName(items: readonly string[]): Query {
  return deviceQuery({ operation: 'selectCmDeviceExt', items });
}

function chunks(names: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(names.length / NAMES_AT_ONCE);
  return Array.from({ length: count }, (_, i) => names.slice(i * NAMES_AT_ONCE, (i + 1) * NAMES_AT_ONCE));
}

/** Asks several questions side by side. When one fails the others are given up: their answers would be thrown away. */
export async function askAll(
  queries: readonly Query[],
  cluster: Cluster,
  command: Pick<Command, 'fresh'>,
  context: Context,
  priority: 'person' | 'sweep' = 'person',
): Promise<readonly Snapshot[]> {
  const others = new AbortController();
  const signal = context.signal ? AbortSignal.any([context.signal, others.signal]) : others.signal;
  const options: LookupOptions = { priority, signal, ...(command.fresh ? { maxAgeMs: 0 } : {}) };
  const told = together(context.onProgress, cluster.name);
  try {
    return await Promise.all(queries.map((query) => cluster.lookup(query, { ...options, ...told })));
  } catch (error) {
    others.abort(error);
    throw error;
  }
}

/** Questions that wait side by side are one to the asker: done when the last one is, and none ahead of another. */
function together(onProgress: Context['onProgress'], cluster: string): Pick<LookupOptions, 'onProgress'> {
  if (onProgress === undefined) return {};
  let ahead = Number.POSITIVE_INFINITY;
  let waitMs = 0;
  return {
    onProgress: (progress) => {
      if (progress.type !== 'waiting') return onProgress(progress, cluster);
      ahead = Math.min(ahead, progress.ahead);
      waitMs = Math.max(waitMs, progress.waitMs);
      onProgress({ type: 'waiting', ahead, waitMs }, cluster);
    },
  };
}
