/** A whole cluster watched, of ten thousand phones and of forty thousand: how soon a loss is seen, and what watching costs. */
import { systemClock } from '../src/clock.ts';
import { type BenchCluster, startCluster } from './cluster.ts';
import { loseOneByOne, mostInAMinute, seconds } from './losses.ts';
import { type BenchRow, quantile } from './row.ts';
import { startWatcher, type Watcher } from './watcher.ts';

const ALLOWANCE = 15;
/** What watches may use of it: the rest is for people. */
const WATCHES_SHARE = 12;
const CAP = 2_000;
const LOSSES = 26;
/** Between two losses, at random: far enough apart that one is not seen by what the other made risbot ask. Milliseconds. */
const BETWEEN_MS = [10_000, 24_000] as const;
const QUIET_MS = 190_000;
const LONGEST_WALK_MS = 15 * 60_000;
const NAMES_A_REQUEST = 1_000;

interface Measured {
  readonly size: number;
  /** Milliseconds from the row's change in CUCM to the commit of its transition. */
  readonly seenMs: readonly number[];
  /** RisPort70 requests in any 60 s at most: from the start to the end of the first walk, and after that. */
  readonly walking: number;
  readonly quiet: number;
  readonly memory: { readonly now: number; readonly peak: number };
}

/** Both sizes side by side, each with a cluster and a risbot of its own. */
export async function benchWatchCluster(): Promise<BenchRow[]> {
  const [small, large] = await Promise.all([measure(10_000), measure(40_000)]);
  if (small === undefined || large === undefined) return [];
  return [seenRow(small), seenRow(large), growthRow(small, large), quietRow(large), memoryRow(large)];
}

async function measure(size: number): Promise<Measured> {
  const cluster = await startCluster({
    devices: size,
    maxDevices: CAP,
    requestsPerMinute: ALLOWANCE,
    axl: true,
  });
  const watcher = await startWatcher(cluster, [{ text: 'all phones', room: '#noc' }]);
  try {
    const say = (words: string) => process.stderr.write(`  ${size} phones: ${words}\n`);
    const began = systemClock.now();
    await walked(cluster, watcher);
    const walkedAt = systemClock.now();
    say(`walked through once, ${((walkedAt - began) / 60_000).toFixed(1)} min; now a quiet while`);
    const memory = watcher.memory();
    await systemClock.sleep(QUIET_MS);
    const times = await cluster.requestTimes();
    say('now the losses');
    const phones = cluster.names.filter((name) => name.startsWith('SEP'));
    const seenMs = await loseOneByOne({
      cluster,
      watcher,
      phones,
      losses: LOSSES,
      betweenMs: BETWEEN_MS,
      say,
    });
    return {
      size,
      seenMs,
      walking: mostInAMinute(times.filter((at) => at < walkedAt)),
      quiet: mostInAMinute(times.filter((at) => at >= walkedAt)),
      memory,
    };
  } finally {
    await watcher.stop();
    await cluster.stop();
  }
}

/** Until nine tenths of what is watched are known: that is only after the walk. */
async function walked({ names }: BenchCluster, watcher: Watcher): Promise<void> {
  const watched = names.filter((name) => /^(?:SEP|ATA|AN)/.test(name)).length;
  const isAll = (report: Watcher['reports'][number]) =>
    report.type === 'known' && report.devices >= watched * 0.9;
  if ((await watcher.next(isAll, LONGEST_WALK_MS)) === null) throw new Error('the walk did not end');
}

function seenRow({ size, seenMs }: Measured): BenchRow {
  const [median, most] = [quantile(seenMs, 0.5), quantile(seenMs, 0.95)];
  const requests = size / NAMES_A_REQUEST;
  const round = `${((requests / WATCHES_SHARE) * 60).toFixed(0)} s at ${WATCHES_SHARE} a minute (${((requests / ALLOWANCE) * 60).toFixed(0)} s at all ${ALLOWANCE})`;
  return {
    what: `all ${size} phones watched: UnRegistered in CUCM → transition committed, ${seenMs.length} losses`,
    ours: `95 % within ${seconds(most)} (median ${seconds(median)})`,
    peer: `polling by name in thousands, computed: ${requests} requests a round, ${round}`,
    bound: '95 % within 12 s',
    ok: most <= 12_000,
  };
}

/** The mean: of so few, the 95 % differ by chance more than by size. */
function growthRow(small: Measured, large: Measured): BenchRow {
  const mean = ({ seenMs }: Measured) => seenMs.reduce((sum, ms) => sum + ms, 0) / seenMs.length;
  const p95 = (of: Measured) => quantile(of.seenMs, 0.95);
  const ratio = p95(large) / p95(small);
  return {
    what: `the same, ${large.size} phones against ${small.size}`,
    ours: `95 %: ${ratio.toFixed(2)} times; mean: ${(mean(large) / mean(small)).toFixed(2)} times`,
    peer: `by name: ${(large.size / small.size).toFixed(0)} times`,
    bound: 'the 95 % within 20 %',
    ok: Math.abs(ratio - 1) <= 0.2,
  };
}

function quietRow({ size, quiet, walking }: Measured): BenchRow {
  return {
    what: `a quiet cluster of ${size}, watched, after the first walk: requests in any 60 s`,
    ours: `${quiet} at most in ${(QUIET_MS / 60_000).toFixed(0)} min (${walking} during the first walk)`,
    peer: `allowance ${ALLOWANCE}`,
    bound: 'at most 12: people have 3',
    ok: quiet <= 12,
  };
}

function memoryRow({ size, memory }: Measured): BenchRow {
  return {
    what: `memory with ${size} phones known, after the walk`,
    ours: `${memory.now.toFixed(0)} MB (${memory.peak.toFixed(0)} MB at most)`,
    peer: '-',
    bound: 'under 400 MB',
    ok: memory.now < 400,
  };
}
