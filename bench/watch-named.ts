/** A thousand phones, watched by name in a hundred watches. */
import { systemClock } from '../src/clock.ts';
import { readScope } from '../src/command/scope.ts';
import { plan } from '../src/watch/plan.ts';
import { type BenchCluster, startCluster } from './cluster.ts';
import { loseOneByOne, mostInAMinute, seconds } from './losses.ts';
import { type BenchRow, quantile } from './row.ts';
import { startWatcher, type WatchWanted } from './watcher.ts';

const ALLOWANCE = 15;
const CAP = 2_000;
const WATCHES = 100;
const PHONES_A_WATCH = 10;
const LOSSES = 30;
const BETWEEN_MS = [3_000, 11_000] as const;
const BASELINE_MS = 75_000;

export async function benchWatchNamed(): Promise<BenchRow[]> {
  const cluster = await startCluster({ devices: 5_000, maxDevices: CAP, requestsPerMinute: ALLOWANCE });
  const phones = await registeredPhones(cluster, WATCHES * PHONES_A_WATCH);
  const watches = Array.from({ length: WATCHES }, (_, place): WatchWanted => {
    const from = place * PHONES_A_WATCH;
    return { text: phones.slice(from, from + PHONES_A_WATCH).join(' '), room: `#room${place}` };
  });
  const watcher = await startWatcher(cluster, watches, { arrivals: true });
  try {
    // A while in which nothing happens: what is asked then is what is asked again and again.
    await systemClock.sleep(BASELINE_MS);
    const questions = new Set(
      watcher.reports.flatMap((report) => (report.type === 'arrived' ? [report.question] : [])),
    );
    const asked = mostInAMinute(await cluster.requestTimes());
    const say = (words: string) => process.stderr.write(`  1 of ${phones.length} by name: ${words}\n`);
    const seenMs = await loseOneByOne({
      cluster,
      watcher,
      phones,
      losses: LOSSES,
      betweenMs: BETWEEN_MS,
      say,
    });
    return [standingRow(watches, questions.size, asked), seenRow(phones.length, seenMs)];
  } finally {
    await watcher.stop();
    await cluster.stop();
  }
}

async function registeredPhones(cluster: BenchCluster, count: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of cluster.names) {
    if (found.length === count) break;
    if (name.startsWith('SEP') && (await cluster.isRegistered(name))) found.push(name);
  }
  return found;
}

function standingRow(watches: readonly WatchWanted[], questions: number, asked: number): BenchRow {
  const scopes = watches.flatMap(({ text }) => readScope(text) ?? []);
  const { standing } = plan({ scopes, allowance: ALLOWANCE, maxDevices: CAP, parts: new Map() });
  const names = standing.map(({ query }) => ('items' in query ? query.items.length : 0)).join(', ');
  return {
    what: `${WATCHES} watches of ${PHONES_A_WATCH} named phones each`,
    ours: `${standing.length} standing query of ${names} names; on the wire ${questions}, ${asked} requests in any 60 s`,
    peer: `a request a phone: ${((watches.length * PHONES_A_WATCH) / ALLOWANCE).toFixed(0)} min a round`,
    bound: 'one standing query',
    ok: standing.length === 1 && questions === 1,
  };
}

function seenRow(phones: number, seenMs: readonly number[]): BenchRow {
  const most = quantile(seenMs, 0.95);
  return {
    what: `${phones} phones by name: UnRegistered in CUCM → transition committed, ${seenMs.length} losses`,
    ours: `95 % within ${seconds(most)} (median ${seconds(quantile(seenMs, 0.5))})`,
    peer: '-',
    bound: '95 % within 10 s',
    ok: most <= 10_000,
  };
}
