/** Every device of a cluster that is ten times the cap. */
import { deviceQuery } from '../src/device/query.ts';
import { appFor, startCluster } from './cluster.ts';
import type { BenchRow } from './row.ts';

const DEVICES = 20_000;
const CAP = 2_000;
/** Only requests are counted here, so the allowance is not to hold them up. */
const UNHINDERED = 600;

/** Requests for all devices, by patterns and by names from AXL, against the least possible number of replies. */
export async function benchSweep(): Promise<BenchRow[]> {
  return [await sweep('by patterns', false, 2), await sweep('by names from AXL', true, 1.1)];
}

async function sweep(how: string, axl: boolean, factor: number): Promise<BenchRow> {
  const size = { devices: DEVICES, maxDevices: CAP, requestsPerMinute: UNHINDERED, axl };
  const cluster = await startCluster(size);
  const app = appFor(cluster);
  try {
    const snapshot = await app.clusters[0]?.lookup(deviceQuery());
    const found = new Set(snapshot?.devices.map((device) => device.name)).size;
    const requests = await cluster.requests();
    const least = Math.ceil(found / CAP);
    return {
      what: `all ${DEVICES} devices, cap ${CAP}, ${how}`,
      ours: `${found} devices in ${requests} requests, ${snapshot?.complete ? 'complete' : 'incomplete'}`,
      peer: `least possible ${least}`,
      bound: `complete, <= ${factor} times, is ${(requests / least).toFixed(2)}`,
      ok: snapshot?.complete === true && found >= DEVICES && requests <= factor * least,
    };
  } finally {
    await app.stop();
    await cluster.stop();
  }
}
