/** risbot that watches, in a process of its own: real store, real allowance, and a room on loopback. It reports what it commits and says. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openApp } from '../src/app.ts';
import type { Posted } from '../src/chat.ts';
import { systemClock } from '../src/clock.ts';
import type { ClusterConfig } from '../src/config/config.ts';
import { createSecret } from '../src/config/secret.ts';
import { createLogger } from '../src/log.ts';
import { openStore, type Store } from '../src/store/open.ts';
import type { BenchCluster } from './cluster.ts';

export interface WatchWanted {
  readonly text: string;
  readonly room: string;
  /** Default: what the class of the device asks for. */
  readonly graceMs?: number;
}

/** What the process reports. */
export type Report = News & {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Processor time that the process has spent so far, milliseconds. */
  readonly cpuMs: number;
};

type News =
  | { readonly type: 'committed'; readonly names: readonly string[] }
  /** How many devices are known now. */
  | { readonly type: 'known'; readonly devices: number }
  | { readonly type: 'said'; readonly how: 'post' | 'update'; readonly title: string }
  /** The whole reply has arrived and is about to be understood. `question`: the request without its StateInfo. */
  | { readonly type: 'arrived'; readonly question: string; readonly bytes: number };

interface Orders {
  readonly cluster: Omit<ClusterConfig, 'password'> & { readonly password: string };
  readonly watches: readonly WatchWanted[];
  readonly database: string;
  /** Costs memory: the reply as a text. */
  readonly arrivals: boolean;
}

export interface Watcher {
  readonly reports: readonly Report[];
  /** The first report that `wanted` is true for, also one that is in already; null after `ms`. */
  next(wanted: (report: Report) => boolean, ms: number): Promise<Report | null>;
  /** Resident memory in MB, now and at most. */
  memory(): { readonly now: number; readonly peak: number };
  stop(): Promise<void>;
}

/** Starts risbot on the cluster with these watches; resolves when it looks. */
export async function startWatcher(
  cluster: BenchCluster,
  watches: readonly WatchWanted[],
  { arrivals = false } = {},
): Promise<Watcher> {
  const folder = mkdtempSync(join(tmpdir(), 'risbot-bench-'));
  const { config } = cluster;
  const orders: Orders = {
    cluster: { ...config, password: config.password.reveal() },
    watches,
    database: `sqlite:${join(folder, 'risbot.db')}`,
    arrivals,
  };
  const child = fork(fileURLToPath(import.meta.url), ['watcher'], { stdio: 'inherit' });
  child.send(orders);
  const reports: Report[] = [];
  child.on('message', (report) => reports.push(report as Report));
  await once(child, 'message');
  return {
    reports,
    async next(wanted, ms) {
      const until = systemClock.monotonic() + ms;
      for (let seen = 0; systemClock.monotonic() < until; await systemClock.sleep(5)) {
        for (; seen < reports.length; seen += 1) {
          const report = reports[seen];
          if (report !== undefined && wanted(report)) return report;
        }
      }
      return null;
    },
    memory() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const of = (field: string) =>
        Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? Number.NaN) / 1024;
      return { now: of('VmRSS'), peak: of('VmHWM') };
    },
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
      rmSync(folder, { recursive: true });
    },
  };
}

/** The child's part. */
async function watch(orders: Orders, report: (news: News) => void): Promise<() => Promise<void>> {
  const { cluster, watches, database, arrivals } = orders;
  const log = createLogger({ level: 'error' });
  const opened = await openStore({ url: database, clock: systemClock, log });
  const store = reporting(opened, report);
  const now = systemClock.now();
  await opened.commit({
    watches: watches.map(({ text, room, graceMs }, place) => ({
      id: place + 1,
      cluster: cluster.name,
      room: { platform: 'loopback', room },
      maker: 'bench',
      text,
      graceMs: graceMs ?? null,
      until: null,
      createdAt: now,
    })),
  });
  const config = {
    clusters: [{ ...cluster, password: createSecret(cluster.password) }],
    log: { level: 'error' as const },
    access: null,
    audit: null,
    operations: null,
    slack: null,
    webex: null,
    proxy: null,
    database: { url: createSecret(database) },
    watch: { quietHours: [], historyDays: 90 },
    source: 'bench',
  };
  const app = await openApp(config, {
    clock: systemClock,
    log,
    store,
    platforms: () => [loopback(report)],
    ...(arrivals && {
      onExchange: ({ requestBody, bytes }) =>
        report({ type: 'arrived', question: withoutState(requestBody), bytes }),
    }),
  });
  report({ type: 'known', devices: 0 });
  return async () => {
    await app.stop();
    await opened.close();
  };
}

/** Tells of each commit once it is in the database. */
function reporting(store: Store, report: (news: News) => void): Store {
  const known = new Set<string>();
  return {
    ...store,
    async commit(delta) {
      await store.commit(delta);
      const names = (delta.transitions ?? []).map(({ name }) => name);
      if (names.length > 0) report({ type: 'committed', names });
      const before = known.size;
      for (const { row } of delta.known ?? []) known.add(row.name);
      if (known.size > before) report({ type: 'known', devices: known.size });
    },
  };
}

/** A platform that confirms everything at once. */
function loopback(report: (news: News) => void) {
  let messages = 0;
  return {
    name: 'loopback',
    async post(place: Posted['place'], { title }: { readonly title: string }): Promise<Posted> {
      messages += 1;
      report({ type: 'said', how: 'post', title });
      return { place, id: String(messages) };
    },
    async update(posted: Posted, { title }: { readonly title: string }): Promise<Posted> {
      report({ type: 'said', how: 'update', title });
      return posted;
    },
  };
}

function withoutState(requestBody: string): string {
  return requestBody.replace(/<(\w+:)?StateInfo>[\s\S]*?<\/(\w+:)?StateInfo>/, '');
}

if (process.send && process.argv[2] === 'watcher') {
  const [orders] = (await once(process, 'message')) as [Orders];
  const stop = await watch(orders, (news) => {
    const { user, system } = process.cpuUsage();
    process.send?.({ ...news, at: systemClock.now(), cpuMs: (user + system) / 1000 } satisfies Report);
  });
  process.once('SIGTERM', () => void stop().then(() => process.disconnect?.()));
}
