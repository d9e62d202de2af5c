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
  stop(): Promise<void>;
}

/** Starts the cluster; resolves when it answers. */
export async function startCluster(size: ClusterSize): Promise<BenchCluster> {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(size)], { stdio: 'inherit' });
  const [started] = (await once(child, 'message')) as [Started];
  return {
    ...started,
    config: configFor(started, size),
    requests: async () => {
      const reply = await fetch(`${started.controlUrl}/requests`);
      const log = (await reply.json()) as { operation: string }[];
      return log.filter(({ operation }) => operation.startsWith('select')).length;
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
