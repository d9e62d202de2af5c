/** What happens to single devices. */
import type { Cluster, SimDevice } from '../model.ts';
import {
  bounce,
  changeRow,
  dropRow,
  forgetLater,
  isReachable,
  nodeFor,
  planFor,
  register,
  standingRow,
  unregister,
} from '../registration.ts';
import { takes } from '../timing.ts';

/** Status reasons, by Cisco's names. */
const REASON = {
  deviceInitiatedReset: 8,
  callManagerReset: 9,
  keepAliveTimeout: 13,
  extensionMobility: 19,
  lowBattery: 33,
} as const;

/** The cable is pulled; the node notices when keepalives stay out. */
export function unplug(cluster: Cluster, device: SimDevice, now: number): void {
  device.connected = false;
  loseContact(cluster, device, now);
}

/** Nothing arrives any more, for whatever reason: unregistered once the keepalives are missed. */
export function loseContact(cluster: Cluster, device: SimDevice, now: number): void {
  planFor(cluster, device, now + takes(cluster, device.name, 'keepalive'), (at) =>
    unregister(cluster, device, REASON.keepAliveTimeout, at),
  );
}

/** Cable in, power on, battery full: it starts up and registers. Does nothing to a device that is well. */
export function plug(cluster: Cluster, device: SimDevice, now: number): void {
  const wasWell = isReachable(cluster, device) && standingRow(device)?.status === 'Registered';
  device.connected = true;
  if (wasWell) device.plan += 1;
  else comeBack(cluster, device, now);
}

/** Registers after a start-up, if by then it can. */
export function comeBack(cluster: Cluster, device: SimDevice, now: number): void {
  planFor(cluster, device, now + takes(cluster, device.name, 'boot'), (at) => register(cluster, device, at));
}

/** An administrator presses Reset. */
export function reset(cluster: Cluster, device: SimDevice, now: number): void {
  if (isReachable(cluster, device))
    bounce(cluster, device, { reason: REASON.callManagerReset, span: 'reset', now });
}

/** Down and up, over and over, until it is plugged in properly. */
export function flap(cluster: Cluster, device: SimDevice, now: number): void {
  if (!isReachable(cluster, device)) return;
  unregister(cluster, device, REASON.deviceInitiatedReset, now);
  const turn = String(cluster.revision);
  planFor(cluster, device, now + takes(cluster, device.name, 'flapDown', turn), (up) => {
    register(cluster, device, up);
    planFor(cluster, device, up + takes(cluster, device.name, 'flapUp', turn), (down) =>
      flap(cluster, device, down),
    );
  });
}

/** Only its first line is up. */
export function partlyRegister(cluster: Cluster, device: SimDevice, now: number): void {
  const node = standingRow(device)?.node ?? nodeFor(cluster, device);
  if (node === undefined || !isReachable(cluster, device)) return;
  device.plan += 1;
  changeRow(cluster, device, node, { status: 'PartiallyRegistered', reason: 0, at: now });
}

/** CUCM cannot tell any more how the device is, though it may be well. */
export function loseSight(cluster: Cluster, device: SimDevice, now: number): void {
  const node = standingRow(device)?.node ?? nodeFor(cluster, device);
  if (node === undefined) return;
  device.plan += 1;
  changeRow(cluster, device, node, { status: 'Unknown', reason: 0, at: now });
}

/** Another phone on the same desk: it has the numbers now, while RIS still tells of the old one with them. */
export function replace(cluster: Cluster, old: SimDevice, by: SimDevice, now: number): void {
  unplug(cluster, old, now);
  by.numbers = old.numbers;
  by.connected = true;
  comeBack(cluster, by, now);
}

export function runDown(cluster: Cluster, device: SimDevice, now: number): void {
  device.connected = false;
  device.plan += 1;
  unregister(cluster, device, REASON.lowBattery, now);
}

/** Gone from the database at once; RIS goes on telling of it for about three days. */
export function deleteDevice(cluster: Cluster, device: SimDevice, now: number): void {
  unregister(cluster, device, REASON.callManagerReset, now);
  device.deleted = true;
  device.plan += 1;
  for (const row of device.rows) if (row !== undefined) forgetLater(cluster, row, now);
}

/** A user logs in to the phone by Extension Mobility, or out (`user` empty). */
export function setUser(cluster: Cluster, device: SimDevice, user: string, now: number): void {
  device.user = user;
  bounce(cluster, device, { reason: REASON.extensionMobility, span: 'extensionMobility', now });
}

/** Loads firmware, restarts with it, and says how it went. A failed download leaves the old one running. */
export function upgrade(
  cluster: Cluster,
  device: SimDevice,
  order: { readonly load: string; readonly fails: boolean; readonly now: number },
): void {
  const node = standingRow(device)?.node;
  if (node === undefined || !isReachable(cluster, device)) return;
  const { active } = device.firmware;
  const say = (at: number) => changeRow(cluster, device, node, { status: 'Registered', reason: 0, at });
  device.firmware = { active, inactive: order.load, download: 'Upgrading', failure: '' };
  say(order.now);
  planFor(cluster, device, order.now + takes(cluster, device.name, 'download'), (at) => {
    if (order.fails) {
      device.firmware = { active, inactive: '', download: 'Failed', failure: 'TFTP Timeout' };
      say(at);
      return;
    }
    device.firmware = { active: order.load, inactive: active, download: 'Successful', failure: '' };
    bounce(cluster, device, { reason: REASON.deviceInitiatedReset, span: 'reset', now: at });
  });
}

/** All rows that only tell of the past go now, instead of after three days. */
export function expireRows(cluster: Cluster): number {
  let dropped = 0;
  for (const device of cluster.devices) {
    const standing = standingRow(device);
    for (const row of device.rows) {
      if (row === undefined || row === standing || (standing === undefined && !device.deleted)) continue;
      dropRow(cluster, device, row.node);
      dropped += 1;
    }
  }
  return dropped;
}
