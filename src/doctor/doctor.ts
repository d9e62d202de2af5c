/** Looks at one configured cluster from the outside in, and says what to do about what it finds. */
import type { Clock } from '../clock.ts';
import type { ClusterConfig } from '../config/config.ts';
import type { Lookup } from '../device/lookup.ts';
import { createRisPort, type Exchange } from '../risport/client.ts';
import { type Check, type ClusterReport, fail, ok, skipped } from './check.ts';
import { askEverything, DOCTOR_ROWS } from './questions.ts';
import { addressOf, checkReach, lookAtTls } from './reach.ts';
import { judgeTls } from './trust.ts';

export interface ExamineOptions {
  readonly config: ClusterConfig;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Asks AXL for names; how many there are. Left out: AXL is not looked at. */
  readonly countNames?: (signal: AbortSignal) => Promise<number>;
  /** Hears of every request to RisPort70. */
  readonly onExchange?: (exchange: Exchange) => void;
}

/** Every check in order; what cannot work after a failure is skipped and says so. Three requests at most. Rejects only when aborted. */
export async function examine(options: ExamineOptions): Promise<ClusterReport> {
  const { config, clock, signal } = options;
  const address = addressOf(config.url);
  const checks: Check[] = [await checkReach(address, clock, signal)];
  const report = (requests: number): ClusterReport => ({
    cluster: config.name,
    url: config.url,
    checks,
    requests,
  });
  if (failed(checks)) {
    checks.push(skipped('certificate', 'no connection'), skipped('login', 'no connection'));
    return report(0);
  }
  if (config.url.startsWith('https:')) {
    checks.push(judgeTls(await lookAtTls(address, config.tls, clock, signal), config.tls, clock.now()));
  } else checks.push(skipped('certificate', 'plain http on this machine'));
  if (failed(checks)) {
    checks.push(skipped('login', 'a password is not sent to a node that is not trusted'));
    return report(0);
  }
  const exchanges: Exchange[] = [];
  checks.push(...(await withRisPort(options, exchanges)));
  checks.push(...(await checkNames(options)));
  return report(exchanges.length);
}

function failed(checks: readonly Check[]): boolean {
  return checks.some((check) => check.state === 'fail');
}

async function withRisPort(options: ExamineOptions, exchanges: Exchange[]): Promise<readonly Check[]> {
  const { config, clock, signal } = options;
  const { name, url, username, tls, limits } = config;
  const port = createRisPort({
    name,
    url,
    username,
    password: config.password.reveal(),
    maxDevices: Math.min(DOCTOR_ROWS, config.maxDevices),
    tls,
    limits,
    clock,
    onExchange: (exchange) => {
      exchanges.push(exchange);
      options.onExchange?.(exchange);
    },
  });
  try {
    const lookup: Lookup = port.lookup;
    return await askEverything({ config, lookup, exchanges, clock, signal });
  } finally {
    await port.close();
  }
}

async function checkNames({ config, countNames, signal }: ExamineOptions): Promise<readonly Check[]> {
  if (config.axl === null || countNames === undefined) return [skipped('axl', 'not configured')];
  try {
    return [ok('axl', `${await countNames(signal)} names, version ${config.axl.version}`)];
  } catch (error) {
    signal.throwIfAborted();
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'error';
    return [
      fail(
        'axl',
        `names could not be read (${code})`,
        'Is url the publisher (or axl: { url })? Is Cisco AXL Web Service started, is version right, has the user Standard AXL API Access?',
      ),
    ];
  }
}
