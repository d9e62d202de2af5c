/** The only wiring: configuration in, parts built; stopped in reverse. */

import type { AuditSink } from './audit.ts';
import type { Axl } from './axl/client.ts';
import { type AskOptions, createBot, type QuestionMetrics } from './bot.ts';
import type { Chat, Core } from './chat.ts';
import type { Clock } from './clock.ts';
import type { Cluster } from './command/command.ts';
import type { ClusterConfig, Config } from './config/config.ts';
import type { Lookup } from './device/lookup.ts';
import type { Logger } from './log.ts';
import { createBatch } from './lookup/batch.ts';
import { createBudget } from './lookup/budget.ts';
import { createCache } from './lookup/cache.ts';
import type { Ledger } from './lookup/ledger.ts';
import { createNames, type Names } from './lookup/names.ts';
import { createSweep } from './lookup/sweep.ts';
import { type ClusterMetrics, createMeter } from './operations/meter.ts';
import type { WatchMetrics } from './operations/watch-metrics.ts';
import { createRisPort, type Exchange } from './risport/client.ts';
import type { Store } from './store/open.ts';
import { VERSION } from './version.ts';
import type { View } from './view/view.ts';
import type { WatchedCluster } from './watch/cluster-watch.ts';
import type { Desk } from './watch/desk.ts';
import { startWatching, type Watching } from './watching.ts';

export interface AppOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics?: QuestionMetrics & ClusterMetrics & Partial<WatchMetrics>;
  /** Where the audit goes; default the log, at level info. */
  readonly audit?: AuditSink;
  /** Hears of every RisPort70 request, without secrets. */
  readonly onExchange?: (exchange: Exchange, cluster: string) => void;
}

/** What of the configuration the parts are built from; without access rules everybody may ask everything. */
export type AppConfig = Pick<Config, 'clusters'> & Partial<Config>;

export interface App extends Core {
  /** For whoever started risbot: no rule refuses it. Never rejects: a failure is a view too. */
  ask(text: string, options?: AskOptions): Promise<View>;
  readonly clusters: readonly Cluster[];
  /** Starts to load what helps people type: names from AXL. Returns at once; what fails is logged. */
  warm(): void;
  stop(): Promise<void>;
}

/** An app that also watches. */
export interface WatchingApp extends App {
  readonly watching: Pick<Watching, 'desk' | 'troubles' | 'deliveries'>;
}

export interface KeepingOptions extends AppOptions {
  /** Stays open when the app stops. */
  readonly store: Store;
  /** Platforms that are connected now, to tell what is told unasked. */
  readonly platforms: () => readonly Pick<Chat, 'name' | 'post' | 'update'>[];
}

/** Builds everything that answers questions about the configured clusters; watches are not kept. Asks nothing yet. */
export function createApp(config: AppConfig, options: AppOptions): App {
  const wired = config.clusters.map((cluster) => wire(cluster, options, null));
  return assemble(wired, config, { ...options, desk: null });
}

/**
 * The same with a memory: watches go on where they were, and so does the allowance. Looks at the watched clusters at once. Rejects with
 * StoreError when what was remembered cannot be read.
 */
export async function openApp(config: Config, options: KeepingOptions): Promise<WatchingApp> {
  const { store, platforms, clock, log } = options;
  const ledgers = await Promise.all(config.clusters.map(({ name }) => openLedger(store, name)));
  const wired = config.clusters.map((cluster, at) => wire(cluster, options, ledgers[at] ?? null));
  const clusters = wired.map(({ watched }) => watched);
  const counted = options.metrics?.committed;
  const watching = await startWatching({
    store,
    clusters,
    platforms,
    watch: config.watch,
    clock,
    log,
    ...(counted && { metrics: { committed: counted } }),
  });
  const app = assemble(wired, config, { ...options, desk: watching.desk });
  return {
    ...app,
    watching,
    async stop() {
      await watching.stop();
      await app.stop();
    },
  };
}

async function openLedger({ requests }: Store, cluster: string): Promise<Ledger> {
  return {
    spent: await requests.of(cluster),
    note: (at) => requests.note(cluster, at),
    ended: (at, endedAt) => requests.ended(cluster, at, endedAt),
  };
}

function assemble(
  wired: readonly Wired[],
  config: AppConfig,
  options: AppOptions & { readonly desk: Desk | null },
): App {
  const { clock, log, metrics, desk } = options;
  const clusters = wired.map(({ cluster }) => cluster);
  const audit = options.audit ?? ((entry) => log.info({ name: 'audit', ...entry }, 'question asked'));
  const access = config.access ?? null;
  const bot = createBot({
    clusters,
    clock,
    version: VERSION,
    log,
    access,
    desk,
    audit,
    ...(metrics && { metrics }),
  });
  return {
    ...bot,
    clusters,
    warm() {
      for (const { names } of wired) void names.complete();
    },
    async stop() {
      await Promise.all(wired.map(({ stop }) => stop()));
    },
  };
}

interface Wired {
  readonly cluster: Cluster;
  readonly watched: WatchedCluster;
  readonly names: Names;
  stop(): Promise<void>;
}

/** One cluster's chain: a question goes in at the last line and out at the first. */
function wire(config: ClusterConfig, options: AppOptions, ledger: Ledger | null): Wired {
  const { clock, log, metrics, onExchange } = options;
  const { name, maxDevices, requestsPerMinute: allowance } = config;
  const risPort = createRisPort({
    ...connection(config, clock),
    name,
    maxDevices,
    ...(onExchange && { onExchange: (exchange: Exchange) => onExchange(exchange, name) }),
  });
  const names = namesOf(config, clock, log);
  /** On the monotonic clock. */
  let answeredAt: number | null = null;
  const noting: Lookup = async (query, asked) => {
    const snapshot = await risPort.lookup(query, asked);
    answeredAt = clock.monotonic();
    return snapshot;
  };
  const lastAnswer = () =>
    answeredAt === null ? null : Math.floor(clock.now() - (clock.monotonic() - answeredAt));
  const meter = metrics && createMeter({ cluster: name, metrics, clock });
  const budget = createBudget(meter?.requests(noting) ?? noting, {
    allowance,
    clock,
    ...(ledger && { ledger }),
    onLedgerError: (error) => log.error({ err: error, cluster: name }, 'a request could not be noted'),
  });
  const lookup = meter?.waits(budget.lookup) ?? budget.lookup;
  const whole = (asked: Lookup) => createSweep(asked, { maxDevices, allNames: names.complete });
  const chain = names.learning(whole(createCache(createBatch(lookup, { maxItems: maxDevices }), { clock })));
  return {
    cluster: { name, lookup: chain, names, budget: budget.status, lastAnswer },
    watched: { name, lookup, walk: (asked) => names.learning(whole(asked)), allowance, maxDevices },
    names,
    async stop() {
      await budget.stop();
      await Promise.all([risPort.close(), names.stop()]);
    },
  };
}

function connection(config: ClusterConfig, clock: Clock) {
  const { url, username, password, tls, limits } = config;
  return { url, username, password: password.reveal(), tls, limits, clock };
}

/** AXL is loaded with the first question that needs names: most need none. */
function namesOf(config: ClusterConfig, clock: Clock, log: Logger): Names & { stop(): Promise<void> } {
  const { axl: settings } = config;
  let client: Promise<Axl> | null = null;
  if (settings === null) return { ...createNames({ clock }), stop: async () => {} };
  const open = async () => {
    const { createAxl } = await import('./axl/client.ts');
    return createAxl({ ...connection(config, clock), ...settings });
  };
  const names = createNames({
    clock,
    load: async (signal) => {
      client ??= open();
      return (await client).names(signal);
    },
    onLoadError: (error) => log.warn({ err: error, cluster: config.name }, 'AXL gave no names'),
  });
  return { ...names, stop: async () => (await client)?.close() };
}
