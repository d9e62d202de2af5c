/** How a device comes to a node and leaves it. Every event is made of these moves. */
import type { Cluster, Row, RowStatus, SimDevice, SimNode } from './model.ts';
import { TAKES, takes } from './timing.ts';

/** The row by which a device is on the phone network now, if it is. */
export function standingRow(device: SimDevice): Row | undefined {
  return device.rows.find((row) => row?.status === 'Registered' || row?.status === 'PartiallyRegistered');
}

/** Whether packets get through between the device and the cluster. */
export function isReachable(cluster: Cluster, device: SimDevice): boolean {
  if (!device.connected || device.deleted) return false;
  for (const cut of cluster.cuts.values()) if (cut.has(device)) return false;
  return true;
}

/** The node it would register on: the first of its group whose CallManager service runs. */
export function nodeFor(cluster: Cluster, device: SimDevice): SimNode | undefined {
  const index = device.group.find((place) => cluster.nodes[place]?.running === true);
  return index === undefined ? undefined : cluster.nodes[index];
}

interface Change {
  readonly status: RowStatus;
  readonly reason: number;
  readonly at: number;
  readonly attempts?: number;
}

/** A new row in place of the old. The moment is in epoch milliseconds, as everywhere but in the rows themselves. */
export function changeRow(cluster: Cluster, device: SimDevice, node: SimNode, change: Change): void {
  cluster.revision += 1;
  node.stateId += 1;
  device.rows[node.index] = {
    device,
    node,
    status: change.status,
    reason: change.reason,
    at: Math.floor(change.at / 1000),
    attempts: change.attempts ?? device.rows[node.index]?.attempts ?? 1,
    user: device.user,
    firmware: device.firmware,
    revision: cluster.revision,
  };
}

/** The node takes the row out, as if the device had never been on it. */
export function dropRow(cluster: Cluster, device: SimDevice, node: SimNode): void {
  if (device.rows[node.index] === undefined) return;
  device.rows[node.index] = undefined;
  cluster.revision += 1;
  node.stateId += 1;
}

/** Registers it where it belongs, leaving any other node with `leaveReason`. Nothing happens when it cannot register. */
export function register(cluster: Cluster, device: SimDevice, now: number, leaveReason = 10): void {
  const node = nodeFor(cluster, device);
  if (node === undefined || !isReachable(cluster, device)) return;
  const before = standingRow(device);
  if (before !== undefined && before.node !== node) {
    changeRow(cluster, device, before.node, { status: 'UnRegistered', reason: leaveReason, at: now });
  }
  const attempts = (device.rows[node.index]?.attempts ?? 0) + 1;
  changeRow(cluster, device, node, { status: 'Registered', reason: 0, at: now, attempts });
  for (const row of device.rows) if (row !== undefined && row.node !== node) forgetLater(cluster, row, now);
}

/** Leaves the node it is on, if it is on one. */
export function unregister(cluster: Cluster, device: SimDevice, reason: number, now: number): void {
  const row = standingRow(device);
  if (row !== undefined) changeRow(cluster, device, row.node, { status: 'UnRegistered', reason, at: now });
}

/** CUCM goes on reporting what is no longer there for about three days. */
export function forgetLater(cluster: Cluster, row: Row, now: number): void {
  cluster.schedule.add(now + TAKES.oldRow[0], () => {
    if (row.device.rows[row.node.index] === row) dropRow(cluster, row.device, row.node);
  });
}

/** Plans a device's next move; a later plan for the same device takes its place. */
export function planFor(cluster: Cluster, device: SimDevice, at: number, move: (at: number) => void): void {
  device.plan += 1;
  const { plan } = device;
  cluster.schedule.add(at, (moment) => {
    if (device.plan === plan) move(moment);
  });
}

/** Leaves now with that reason and is back after a while. */
export function bounce(
  cluster: Cluster,
  device: SimDevice,
  move: { readonly reason: number; readonly span: keyof typeof TAKES; readonly now: number },
): void {
  unregister(cluster, device, move.reason, move.now);
  planFor(cluster, device, move.now + takes(cluster, device.name, move.span), (at) =>
    register(cluster, device, at),
  );
}
