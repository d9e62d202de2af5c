/** The simulated cluster as a pane: its devices as a grid of states, nodes, applications, and the meter of requests. */
import { advance } from '../cucm/cluster.ts';
import type { Cucm } from '../cucm/cucm.ts';
import type { Cluster } from '../cucm/model.ts';
import { type Pane, wordAt } from './pane.ts';
import { standingOf } from './standing.ts';
import {
  type AppSeen,
  type Asker,
  type ClusterChange,
  type ClusterState,
  DEVICE_STATES,
  type DevicesSeen,
  type MeterSeen,
  type NodeSeen,
  type RequestSeen,
} from './wire.ts';

export interface ClusterPaneOptions {
  readonly cucm: Cucm;
  /** Epoch milliseconds of the cluster's time. */
  readonly now: () => number;
  /** Requests in any 60 s that it grants. */
  readonly allowance: number;
  /** What risbot asked, oldest first; what the cluster counts beyond that is of others. */
  readonly asked: () => readonly AskedRequest[];
}

/** A request as whoever sent it knows it: under way between two moments of the cluster's time. */
export interface AskedRequest {
  readonly from: number;
  readonly to: number;
  readonly by: Asker;
}

const WINDOW_MS = 60_000;
const UP: readonly number[] = [
  DEVICE_STATES.indexOf('registered'),
  DEVICE_STATES.indexOf('elsewhere'),
  DEVICE_STATES.indexOf('unheard'),
  DEVICE_STATES.indexOf('partial'),
  DEVICE_STATES.indexOf('upgrading'),
];

export function createClusterPane({ cucm, now, allowance, asked }: ClusterPaneOptions): Pane {
  const { cluster } = cucm;
  const sites = [...new Set(cluster.devices.map(({ site }) => site))].sort();
  const standings = new Uint8Array(cluster.devices.length);
  let revision = -1;
  let isTouched = false;
  const rest = createTold<ReturnType<typeof restNow>>();
  const meter = createTold<MeterSeen>();

  /** Lets happen what is due, and notes what became of the devices: pairs of index and standing. */
  function look(): readonly number[] {
    advance(cluster, now());
    if (cluster.revision === revision && !isTouched) return [];
    revision = cluster.revision;
    isTouched = false;
    const pairs: number[] = [];
    for (const [index, device] of cluster.devices.entries()) {
      const standing = standingOf(cluster, device);
      if (standing === standings[index]) continue;
      standings[index] = standing;
      pairs.push(index, standing);
    }
    return pairs;
  }

  function restNow() {
    return { nodes: nodesOf(cluster, standings), apps: appsOf(cluster), cuts: [...cluster.cuts.keys()] };
  }

  const meterNow = (): MeterSeen => ({
    allowance,
    requests: usedOf(cluster.service.counted, asked(), now() - WINDOW_MS),
  });

  look();
  return {
    name: 'cluster',
    state: (): ClusterState => ({
      sites,
      devices: devicesOf(cluster, sites),
      standings: [...standings],
      ...restNow(),
      meter: meterNow(),
    }),
    changes() {
      const changes: ClusterChange[] = [];
      const pairs = look();
      if (pairs.length > 0) changes.push({ type: 'standings', pairs });
      for (const now of rest.news(restNow())) changes.push({ type: 'rest', ...now });
      for (const now of meter.news(meterNow())) changes.push({ type: 'meter', meter: now });
      return changes;
    },
    async act(order) {
      const said = cucm.play(wordAt(order, 'words'));
      // Pulling a cable changes no row, and yet it shows.
      isTouched = true;
      return { said };
    },
  };
}

/** Knows what was told last: news is the value, or nothing when it is the same. */
function createTold<T>() {
  let last = '';
  return {
    news(value: T): readonly T[] {
      const now = JSON.stringify(value);
      if (now === last) return [];
      last = now;
      return [value];
    },
  };
}

function devicesOf({ devices }: Cluster, sites: readonly string[]): DevicesSeen {
  return {
    names: devices.map(({ name }) => name),
    sites: devices.map(({ site }) => sites.indexOf(site)),
    models: devices.map(({ kind }) => kind.id),
    descriptions: devices.map(({ description }) => description),
    numbers: devices.map(({ numbers }) => numbers[0] ?? ''),
    addresses: devices.map(({ address }) => address),
  };
}

function nodesOf(cluster: Cluster, standings: Uint8Array): readonly NodeSeen[] {
  const registered = cluster.nodes.map(() => 0);
  for (const standing of standings) {
    const node = standing % 10;
    if (UP.includes(Math.floor(standing / 10))) registered[node] = (registered[node] ?? 0) + 1;
  }
  return cluster.nodes.map(({ name, running, answering, index }) => ({
    name,
    running,
    answering,
    registered: registered[index] ?? 0,
  }));
}

function appsOf({ apps }: Cluster): readonly AppSeen[] {
  return apps.map(({ appId, userId, status }) => ({ id: appId, user: userId, status }));
}

/** What the cluster counted after `since`, each with whoever had a request under way at that moment. */
function usedOf(
  counted: readonly number[],
  asked: readonly AskedRequest[],
  since: number,
): readonly RequestSeen[] {
  const left = new Set(asked.filter(({ to }) => to > since));
  return counted
    .filter((at) => at > since)
    .map((at): RequestSeen => {
      const owner = [...left].find(({ from, to }) => from <= at && at <= to);
      if (owner !== undefined) left.delete(owner);
      return { at, by: owner?.by ?? 'others' };
    });
}
