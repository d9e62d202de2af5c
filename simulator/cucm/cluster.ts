/**
 * A CUCM cluster as plain data: nodes, devices and what each node holds about each device. Time is always handed in,
 * so the same seed, the same events and the same moments give the same replies, to the byte.
 */
import { createCtiApps } from './cti-apps.ts';
import type { Cluster, SimNode } from './model.ts';
import { populate } from './population.ts';
import { seededRandom } from './random.ts';
import { createSchedule } from './schedule.ts';
import { createService } from './service.ts';

export interface ClusterOptions {
  /** Devices that RIS knows: 1 to 50 000. Default 240. */
  readonly devices?: number;
  /** cucm1 to cucm9. Default 3. */
  readonly nodes?: number;
  /** Default 1. */
  readonly seed?: number | string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Default 1; 10 makes a keepalive time-out of 60 s happen after 6. */
  readonly pace?: number;
}

export const MOST_DEVICES = 50_000;
const MOST_NODES = 9;
const NODE_AGE_SECONDS = 40 * 86_400;

/** A cluster on a quiet day. Throws a RangeError when a number is out of bounds. */
export function createCluster(options: ClusterOptions): Cluster {
  const { devices: count = 240, nodes: nodeCount = 3, seed = 1, now, pace = 1 } = options;
  checkWhole('devices', count, MOST_DEVICES);
  checkWhole('nodes', nodeCount, MOST_NODES);
  if (!(pace > 0)) throw new RangeError('pace must be more than 0');
  const random = seededRandom(seed);
  const nodes = Array.from(
    { length: nodeCount },
    (_, index): SimNode => ({
      index,
      name: `cucm${index + 1}`,
      startedAt: Math.floor(now / 1000) - NODE_AGE_SECONDS - random.below(86_400),
      stateId: 10 + random.below(90),
      running: true,
      answering: true,
    }),
  );
  const population = populate({ count, nodes, random, now });
  return {
    nodes,
    devices: population.devices,
    apps: createCtiApps(population.devices, nodes, now),
    byName: new Map(population.devices.map((device) => [device.name.toLowerCase(), device])),
    schedule: createSchedule(),
    service: createService(random),
    cuts: new Map(),
    pace,
    revision: population.revision,
  };
}

function checkWhole(name: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw new RangeError(`${name} must be a whole number from 1 to ${most}`);
  }
}

/** Lets everything happen that was due by `now`. To be called before a cluster is looked at. */
export function advance(cluster: Cluster, now: number): void {
  for (let task = cluster.schedule.take(now); task !== undefined; task = cluster.schedule.take(now)) {
    task.run(task.at);
  }
}

/** The node of that name, in any case of letters. */
export function findNode(cluster: Cluster, name: string): SimNode | undefined {
  const wanted = name.toLowerCase();
  return cluster.nodes.find((node) => node.name === wanted);
}
