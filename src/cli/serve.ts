/** `risbot serve`: answers in every configured chat platform until it is told to stop. */
import { type App, openApp } from '../app.ts';
import type { AuditSink } from '../audit.ts';
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { createLogger, type Logger } from '../log.ts';
import { createAuditFile } from '../operations/audit-file.ts';
import { createMetrics } from '../operations/metrics.ts';
import { createReach } from '../operations/reach.ts';
import { readinessOf } from '../operations/readiness.ts';
import { type Operations, startOperations } from '../operations/server.ts';
import { type Supervised, supervise } from '../operations/supervise.ts';
import { StoreError } from '../store/error.ts';
import { openStore, type Store } from '../store/open.ts';
import { VERSION } from '../version.ts';
import { type Common, configuredPlatforms, NO_PLATFORM } from './platforms.ts';
import { EXIT, orInterrupted, write } from './process.ts';

/** What was asked is answered if it can be within that time; then the process ends. */
const STOP_WITHIN_MS = 10_000;
/**
 * For what has no question under way: a database or a cluster that does not answer is not waited for. What it was told and did not take
 * is as if the process had been killed, and the next start goes on from there.
 */
const PART_WITHIN_MS = 1_000;

/** Something that runs, by the name that a log line gives it. */
interface Part {
  readonly name: string;
  stop(): Promise<void>;
  /** How long it is waited for; default as long as for all of them. */
  readonly withinMs?: number;
}

/** Runs until the signal; 0 then. A platform that cannot be reached is tried again and again, and the others run on. */
export async function serve(signal: AbortSignal): Promise<number> {
  const config = loadConfig();
  if (configuredPlatforms(config).length === 0) {
    await write(process.stderr, NO_PLATFORM);
    return EXIT.failed;
  }
  const log = createLogger({ level: config.log.level });
  const running: Part[] = [];
  // It reloads nothing; a terminal that hangs up must not take the bot along.
  process.on('SIGHUP', () => log.info({}, 'SIGHUP: nothing is reloaded, and SIGTERM stops'));
  try {
    await orInterrupted(signal, start(config, log, running, signal));
    await stopped(signal);
    return EXIT.answered;
  } catch (error) {
    if (signal.aborted) return EXIT.answered;
    const taken = listenProblem(error) ?? storeProblem(error);
    if (taken === null) throw error;
    await write(process.stderr, `${taken}\n`);
    return EXIT.failed;
  } finally {
    await stopAll(running, log);
  }
}

/** Starts the parts and puts each into `running`, so that what started before a failure is stopped, too. */
async function start(config: Config, log: Logger, running: Part[], signal: AbortSignal): Promise<void> {
  const metrics = createMetrics();
  const audit = auditFor(config, log, running);
  const platforms: Supervised[] = [];
  const store = await openStore({
    url: config.database.url.reveal(),
    clock: systemClock,
    log,
    version: VERSION,
  });
  running.push({ name: 'store', stop: () => store.close(), withinMs: PART_WITHIN_MS });
  // Whoever waited no longer stops what is running, and nothing may be begun behind their back.
  signal.throwIfAborted();
  const app = await openApp(config, {
    clock: systemClock,
    log,
    metrics,
    audit,
    store,
    platforms: () => platforms.flatMap((platform) => platform.chat() ?? []),
  });
  running.push({ name: 'clusters', stop: () => app.stop(), withinMs: PART_WITHIN_MS });
  signal.throwIfAborted();
  const statuses = () => platforms.map((platform) => platform.status());
  metrics.watch(app.clusters, statuses);
  metrics.watching({
    ...app.watching,
    clusters: app.clusters.map(({ name }) => name),
    lostRooms: () => app.watching.deliveries().lost.length,
  });
  if (config.operations !== null) {
    const readiness = readinessFor(config, app, { statuses, store });
    const operations = await serveOperations(config.operations, { readiness, metrics, log });
    running.push({ name: 'operations', stop: () => operations.stop() });
    await write(process.stderr, `risbot: health and metrics on ${operations.url}\n`);
  }
  signal.throwIfAborted();
  app.warm();
  for (const { name, open } of configuredPlatforms(config)) {
    const common = { clock: systemClock, log, metrics: metrics.chat(name), ...throughProxy(config) };
    const supervised = supervise(name, () => open(common), app, { clock: systemClock, log });
    platforms.push(supervised);
    running.push(supervised);
  }
  const names = platforms.map(({ name }) => name).join(', ');
  await write(process.stderr, `risbot ${VERSION}: serving ${names}; SIGTERM stops\n`);
}

function throughProxy({ proxy }: Config): Pick<Common, 'proxy'> {
  return proxy === null ? {} : { proxy: { https: proxy.url.reveal(), no: proxy.noProxy } };
}

/** Questions are audited whatever the log's level: into the file, or as lines of their own in the log. */
function auditFor({ audit }: Config, log: Logger, running: Part[]): AuditSink {
  if (audit === null) {
    const lines = createLogger({ level: 'info' });
    return (entry) => lines.info({ name: 'audit', ...entry }, 'question asked');
  }
  const file = createAuditFile({
    path: audit.file,
    onTrouble: (error, lost) => log.error({ err: error, lost }, 'the audit cannot be written'),
  });
  running.push({ name: 'audit', stop: () => file.stop() });
  return file.sink;
}

function readinessFor(
  config: Config,
  app: App,
  parts: {
    readonly statuses: () => ReturnType<Supervised['status']>[];
    readonly store: Pick<Store, 'trouble'>;
  },
) {
  const reaches = app.clusters.map(({ name, lastAnswer }, at) => {
    const url = config.clusters[at]?.url ?? '';
    return { name, reach: createReach({ url, clock: systemClock, lastAnswer }) };
  });
  return async () => {
    const clusters = reaches.map(async ({ name, reach }) => ({ name, ...(await reach()) }));
    return readinessOf(parts.statuses(), await Promise.all(clusters), parts.store.trouble());
  };
}

function serveOperations(
  { port, host }: NonNullable<Config['operations']>,
  {
    log,
    ...rest
  }: Pick<Parameters<typeof startOperations>[0], 'readiness' | 'metrics'> & { readonly log: Logger },
): Promise<Operations> {
  const onTrouble = (error: unknown) => log.error({ err: error }, 'health or metrics could not be answered');
  return startOperations({ port, host, version: VERSION, onTrouble, ...rest });
}

/** In plain words, when it is about a port; null when it is about something else. */
function listenProblem(error: unknown): string | null {
  if (!(error instanceof Error) || !('syscall' in error) || error.syscall !== 'listen') return null;
  const code = 'code' in error ? String(error.code) : '';
  const why: Readonly<Record<string, string>> = {
    EADDRINUSE: 'another program has that port',
    EACCES: 'this user may not open that port',
    EADDRNOTAVAIL: 'that address is not of this machine',
  };
  return `risbot: operations cannot be served: ${why[code] ?? code}. Change operations: port or host, or RISBOT_OPERATIONS_PORT.`;
}

/** In plain words, when it is about the database; null when it is about something else. */
function storeProblem(error: unknown): string | null {
  if (!(error instanceof StoreError)) return null;
  return `risbot: ${error.message}`;
}

function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** In reverse: platforms first, so that what was asked can still be answered. */
async function stopAll(running: readonly Part[], log: Logger): Promise<void> {
  const inOrder = async () => {
    for (const { name, stop, withinMs = STOP_WITHIN_MS } of running.toReversed()) {
      const ended = stop().catch((error: unknown) =>
        log.error({ err: error, part: name }, 'could not be stopped cleanly'),
      );
      await Promise.race([ended, systemClock.sleep(withinMs)]);
    }
    return 'done' as const;
  };
  const late = systemClock.sleep(STOP_WITHIN_MS).then(() => 'late' as const);
  if ((await Promise.race([inOrder(), late])) === 'late') log.error({}, 'not everything stopped within 10 s');
}
