/** A simulated cluster in a process of its own, so that only risbot's work is measured; reached over real sockets. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startCucm } from '../simulator/cucm/cucm.ts';
import { createApp } from '../src/app.ts';
import { systemClock } from '../src/clock.ts';
import type { ClusterConfig } from '../src/config/config.ts';
import { createSecret } from '../src/config/secret.ts';
import { createLogger } from '../src/log.ts';

export interface ClusterSize {
  readonly devices: number;
  readonly maxDevices: number;
  readonly requestsPerMinute: number;
  readonly axl?: boolean;
  /** Default 3. */
  readonly nodes?: number;
}

interface Started {
  readonly url: string;
  readonly controlUrl: string;
  readonly ca: string;
  readonly username: string;
  readonly password: string;
  readonly names: readonly string[];
}

export interface BenchCluster extends Started {
  readonly config: ClusterConfig;
  /** RisPort70 requests that the cluster has seen so far. */
  requests(): Promise<number>;
  /** When each of them came, epoch milliseconds; the last 10 000. */
  requestTimes(): Promise<readonly number[]>;
  /** Makes an event happen now, see `simulator/cucm/events`. */
  play(event: string): Promise<void>;
  /** Whether all rows of the device say Registered. */
  isRegistered(name: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** Starts the cluster; resolves when it answers. */
export async function startCluster(size: ClusterSize): Promise<BenchCluster> {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(size)], { stdio: 'inherit' });
  const [started] = (await once(child, 'message')) as [Started];
  const requestTimes = async () => {
    const reply = await fetch(`${started.controlUrl}/requests`);
    const log = (await reply.json()) as { operation: string; at: number }[];
    return log.filter(({ operation }) => operation.startsWith('select')).map(({ at }) => at);
  };
  return {
    ...started,
    config: configFor(started, size),
    requests: async () => (await requestTimes()).length,
    requestTimes,
    async play(event) {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ event });
      const reply = await fetch(`${started.controlUrl}/events`, { method: 'POST', headers, body });
      if (!reply.ok) throw new Error(`${event}: ${await reply.text()}`);
    },
    async isRegistered(name) {
      const reply = await fetch(`${started.controlUrl}/device?name=${encodeURIComponent(name)}`);
      const { rows } = (await reply.json()) as { rows: { status: string }[] };
      return rows.length > 0 && rows.every(({ status }) => status === 'Registered');
    },
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** risbot itself, pointed at the cluster. */
export function appFor(cluster: BenchCluster) {
  const config = { clusters: [cluster.config], log: { level: 'error' as const }, source: 'bench' };
  return createApp(config, { clock: systemClock, log: createLogger({ level: 'error' }) });
}

function configFor(started: Started, size: ClusterSize): ClusterConfig {
  return {
    name: 'bench',
    url: started.url,
    username: started.username,
    password: createSecret(started.password),
    requestsPerMinute: size.requestsPerMinute,
    maxDevices: size.maxDevices,
    tls: { ca: started.ca },
    limits: { connectMs: 10_000, headersMs: 60_000, totalMs: 120_000, maxBytes: 64 * 1024 * 1024 },
    axl: size.axl ? { version: '14.0' } : null,
  };
}

/** The child's part. */
async function serve(size: ClusterSize): Promise<void> {
  const cucm = await startCucm(size);
  const { url, controlUrl, ca, username, password, cluster } = cucm;
  const names = cluster.devices.map((device) => device.name);
  process.send?.({ url, controlUrl, ca, username, password, names } satisfies Started);
  process.once('SIGTERM', () => void cucm.stop().then(() => process.disconnect?.()));
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) {
  await serve(JSON.parse(process.argv[2] ?? '{}') as ClusterSize);
}
