/** The only wiring: configuration in, parts built; stopped in reverse. */

import type { AuditSink } from './audit.ts';
import type { Axl } from './axl/client.ts';
import { type AskOptions, createBot, type QuestionMetrics } from './bot.ts';
import type { Core } from './chat.ts';
import type { Clock } from './clock.ts';
import type { Cluster } from './command/command.ts';
import type { ClusterConfig, Config } from './config/config.ts';
import type { Lookup } from './device/lookup.ts';
import type { Logger } from './log.ts';
import { createBatch } from './lookup/batch.ts';
import { createBudget } from './lookup/budget.ts';
import { createCache } from './lookup/cache.ts';
import { createNames, type Names } from './lookup/names.ts';
import { createSweep } from './lookup/sweep.ts';
import { type ClusterMetrics, createMeter } from './operations/meter.ts';
import { createRisPort, type Exchange } from './risport/client.ts';
import { VERSION } from './version.ts';
import type { View } from './view/view.ts';

export interface AppOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics?: QuestionMetrics & ClusterMetrics;
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

/** Builds everything that answers questions about the configured clusters. Asks nothing yet. */
export function createApp(config: AppConfig, options: AppOptions): App {
  const { clock, log, metrics } = options;
  const wired = config.clusters.map((cluster) => wire(cluster, options));
  const clusters = wired.map(({ cluster }) => cluster);
  const audit = options.audit ?? ((entry) => log.info({ name: 'audit', ...entry }, 'question asked'));
  const access = config.access ?? null;
  const bot = createBot({
    clusters,
    clock,
    version: VERSION,
    log,
    access,
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

/** One cluster's chain: a question goes in at the last line and out at the first. */
function wire(config: ClusterConfig, { clock, log, metrics, onExchange }: AppOptions) {
  const { name, maxDevices, requestsPerMinute: allowance } = config;
  const risPort = createRisPort({
    ...connection(config, clock),
    name,
    maxDevices,
    ...(onExchange && { onExchange: (exchange: Exchange) => onExchange(exchange, name) }),
  });
  const names = namesOf(config, clock, log);
  let lastAnswer: number | null = null;
  const noting: Lookup = async (query, asked) => {
    const snapshot = await risPort.lookup(query, asked);
    lastAnswer = snapshot.at;
    return snapshot;
  };
  const meter = metrics && createMeter({ cluster: name, metrics, clock });
  const budget = createBudget(meter?.requests(noting) ?? noting, { allowance, clock });
  const batch = createBatch(meter?.waits(budget.lookup) ?? budget.lookup, { maxItems: maxDevices });
  const cache = createCache(batch, { clock });
  const sweep = createSweep(cache, { maxDevices, allNames: names.complete });
  const cluster: Cluster = {
    name,
    lookup: names.learning(sweep),
    names,
    budget: budget.status,
    lastAnswer: () => lastAnswer,
  };
  async function stop(): Promise<void> {
    await budget.stop();
    await Promise.all([risPort.close(), names.stop()]);
  }
  return { cluster, names, stop };
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
