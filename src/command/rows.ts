/** Rows → devices: which row of a device is the truth, and which are left over on nodes it has been on. */
import type { Device } from '../device/device.ts';
import type { Found } from '../view/answer.ts';

/**
 * One entry a device, in the order of the rows. The newest TimeStamp wins, Registered on a tie: that a tie goes to Registered is
 * inferred, and harmless, as a phone cannot be registered and unregistered in the same second for long.
 */
export function newestRows(rows: readonly Device[]): readonly Found[] {
  const byName = new Map<string, Device[]>();
  for (const row of rows) {
    const own = byName.get(row.name);
    if (own === undefined) byName.set(row.name, [row]);
    else if (!own.some((other) => other.node === row.node && other.timeStamp === row.timeStamp))
      own.push(row);
  }
  return [...byName.values()].map((own) => {
    const [device, ...older] = own.length === 1 ? own : own.toSorted(newestFirst);
    return { device: device as Device, older: older.filter((row) => row.node !== device?.node) };
  });
}

function newestFirst(a: Device, b: Device): number {
  const byTime = (b.timeStamp ?? 0) - (a.timeStamp ?? 0);
  return byTime !== 0 ? byTime : Number(b.status === 'Registered') - Number(a.status === 'Registered');
}
