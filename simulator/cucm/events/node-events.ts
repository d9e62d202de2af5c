/** What happens to nodes and networks. */
import type { Cluster, SimDevice, SimNode } from '../model.ts';
import { changeRow, isReachable, nodeFor, planFor, register, standingRow } from '../registration.ts';
import { takes } from '../timing.ts';
import { comeBack, loseContact } from './device-events.ts';

const REASON_UNKNOWN = 1;
const REASON_FALLBACK = 28;

/**
 * The CallManager service of a node stops; RIS still tells of the node. Its devices are unregistered there at once and
 * register on the next node of their group after a while.
 */
export function stopNode(cluster: Cluster, node: SimNode, now: number): number {
  if (!node.running) return 0;
  node.running = false;
  const lost = cluster.devices.filter((device) => standingRow(device)?.node === node);
  for (const device of lost) {
    changeRow(cluster, device, node, { status: 'UnRegistered', reason: REASON_UNKNOWN, at: now });
    if (!isReachable(cluster, device)) continue;
    planFor(cluster, device, now + takes(cluster, device.name, 'rehome'), (at) =>
      register(cluster, device, at),
    );
  }
  return lost.length;
}

/** The whole server is off: as when the service stops, and RIS hears nothing from it. */
export function switchNodeOff(cluster: Cluster, node: SimNode, now: number): number {
  const lost = stopNode(cluster, node, now);
  node.answering = false;
  return lost;
}

/** Service and server are back: the devices at home here return one after another, with reason 28 where they leave. */
export function startNode(cluster: Cluster, node: SimNode, now: number): number {
  // A server that was off has started its RIS anew.
  if (!node.answering) restartRis(node, now);
  node.answering = true;
  if (node.running) return 0;
  node.running = true;
  const returning = cluster.devices.filter((device) => wantsTo(cluster, device, node));
  for (const device of returning) {
    planFor(cluster, device, now + takes(cluster, device.name, 'fallback'), (at) =>
      register(cluster, device, at, REASON_FALLBACK),
    );
  }
  return returning.length;
}

function wantsTo(cluster: Cluster, device: SimDevice, node: SimNode): boolean {
  return (
    nodeFor(cluster, device) === node && isReachable(cluster, device) && standingRow(device)?.node !== node
  );
}

/** The RIS Data Collector counts from the beginning: everybody's StateInfo is void. */
export function restartRis(node: SimNode, now: number): void {
  const started = Math.floor(now / 1000);
  // Two restarts within a second are still two.
  node.startedAt = started > node.startedAt ? started : node.startedAt + 1;
  node.stateId = 1;
}

/** Nothing gets in or out of a network; its devices are missed when their keepalives are. */
export function cutNetwork(cluster: Cluster, word: string, devices: readonly SimDevice[], now: number): void {
  const reachable = devices.filter((device) => isReachable(cluster, device));
  cluster.cuts.set(word.toLowerCase(), new Set(devices));
  for (const device of reachable) loseContact(cluster, device, now);
}

/** The cut named by that word ends, or every cut. Returns how many devices it held. */
export function restoreNetwork(cluster: Cluster, word: string | null, now: number): number {
  const ended = [...cluster.cuts].filter(([name]) => word === null || name === word.toLowerCase());
  for (const [name] of ended) cluster.cuts.delete(name);
  const devices = new Set(ended.flatMap(([, cut]) => [...cut]));
  for (const device of devices) {
    if (!isReachable(cluster, device)) continue;
    if (standingRow(device) === undefined) comeBack(cluster, device, now);
    // Restored before anybody noticed: the keepalives go on.
    else device.plan += 1;
  }
  return devices.size;
}
