/** How a device is, as a cell of the grid shows it. Pure. */
import type { Cluster, SimDevice } from '../cucm/model.ts';
import { isReachable, standingRow } from '../cucm/registration.ts';
import { DEVICE_STATES, type DeviceState, NO_NODE, type Standing } from './wire.ts';

/** State and node as one number. */
export function standingOf(cluster: Cluster, device: SimDevice): Standing {
  const row = standingRow(device);
  const state = row === undefined ? downState(device) : upState(cluster, device);
  return DEVICE_STATES.indexOf(state) * 10 + (row?.node.index ?? NO_NODE);
}

function upState(cluster: Cluster, device: SimDevice): DeviceState {
  const row = standingRow(device);
  if (!isReachable(cluster, device)) return 'unheard';
  if (row?.status === 'PartiallyRegistered') return 'partial';
  if (device.firmware.download === 'Upgrading') return 'upgrading';
  return row?.node.index === device.group[0] ? 'registered' : 'elsewhere';
}

/** Of a device that is on no node: what the newest row says. */
function downState(device: SimDevice): DeviceState {
  const rows = device.rows.filter((row) => row !== undefined);
  const latest = rows.toSorted((a, b) => b.at - a.at || b.revision - a.revision)[0];
  if (latest === undefined) return 'absent';
  if (latest.status === 'Unknown') return 'unknown';
  return latest.status === 'Rejected' ? 'rejected' : 'unregistered';
}
