/** How long a person waits for `risbot ask`, from the Enter key to the answer. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../src/clock.ts';
import { type BenchCluster, startCluster } from './cluster.ts';
import { type BenchRow, quantile } from './row.ts';

const ROUNDS = 7;
const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** The whole process, median of several, against a Node that starts and ends. */
export async function benchStart(): Promise<BenchRow[]> {
  const cluster = await startCluster({ devices: 240, maxDevices: 1_000, requestsPerMinute: 18 });
  const folder = mkdtempSync(join(tmpdir(), 'risbot-bench-'));
  try {
    const env = environment(cluster, folder);
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(await timed([MAIN, 'ask', 'SEP001122334455'], env));
      bare.push(await timed(['-e', ''], env));
    }
    const median = quantile(ours, 0.5);
    return [
      {
        what: '`risbot ask` from start to answer, whole process',
        ours: `${median.toFixed(0)} ms (slowest ${Math.max(...ours).toFixed(0)} ms)`,
        peer: `an empty Node process ${quantile(bare, 0.5).toFixed(0)} ms`,
        bound: '< 1 000 ms',
        ok: median < 1_000,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
    await cluster.stop();
  }
}

function environment(cluster: BenchCluster, folder: string): Record<string, string> {
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, cluster.ca);
  return {
    CUCM_URL: cluster.url,
    CUCM_USERNAME: cluster.username,
    CUCM_PASSWORD: cluster.password,
    CUCM_CA_FILE: caFile,
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  };
}

async function timed(argv: readonly string[], env: Record<string, string>): Promise<number> {
  const started = systemClock.monotonic();
  const child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the process ended with ${code}`);
  return systemClock.monotonic() - started;
}
