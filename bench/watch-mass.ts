/** Ten thousand phones lost in a single reply: from its arrival to the database and to the first card. */
import { systemClock } from '../src/clock.ts';
import { startCluster } from './cluster.ts';
import { seconds } from './losses.ts';
import type { BenchRow } from './row.ts';
import { type Report, startWatcher, type Watcher } from './watcher.ts';

/** Of so many devices, a little more than 10 000 are phones that are registered and no soft clients. */
const DEVICES = 12_400;
/** Beyond what can be configured: no CUCM gives as many rows in a reply today. */
const CAP = 20_000;
const LOST = 10_000;
const BASELINE_MS = 100_000;
const LONGEST_LOOK_MS = 60_000;
/** So long after the commit messages are counted. */
const LISTENED_MS = 120_000;

export async function benchWatchMass(): Promise<BenchRow[]> {
  const cluster = await startCluster({ devices: DEVICES, maxDevices: CAP, requestsPerMinute: 15, nodes: 1 });
  const watches = [{ text: 'all phones', room: '#noc', graceMs: 0 }];
  const watcher = await startWatcher(cluster, watches, { arrivals: true });
  try {
    const isKnown = (report: Report) => report.type === 'known' && report.devices > LOST;
    if ((await watcher.next(isKnown, BASELINE_MS)) === null) throw new Error('the phones were not seen');
    await systemClock.sleep(30_000);
    await cluster.play('node down cucm1');
    const isLost = (report: Report) => report.type === 'committed' && report.names.length >= LOST;
    const committed = await watcher.next(isLost, LONGEST_LOOK_MS);
    if (committed === null) throw new Error('the loss was not seen');
    process.stderr.write('  lost, and committed; counting the messages of two minutes\n');
    await systemClock.sleep(LISTENED_MS);
    return [row(watcher, committed)];
  } finally {
    await watcher.stop();
    await cluster.stop();
  }
}

function row({ reports }: Watcher, committed: Report): BenchRow {
  const before = reports.filter(({ type, at }) => type === 'arrived' && at <= committed.at);
  const arrived = before.at(-1);
  const said = reports.filter((report) => report.type === 'said');
  const card = said.find(({ at, how }) => how === 'post' && at >= committed.at);
  if (arrived === undefined || card === undefined) throw new Error('nothing was said of it');
  const posts = said.filter(({ how }) => how === 'post').length;
  const lost = committed.type === 'committed' ? committed.names.length : 0;
  const bytes = Math.max(...before.map((report) => (report.type === 'arrived' ? report.bytes : 0)));
  const cpu = `${seconds(card.cpuMs - arrived.cpuMs)} of processor time`;
  return {
    what: `${lost} phones lost in one reply (${(bytes / 1_048_576).toFixed(1)} MB packed): reply arrived → committed, first card out`,
    ours: `committed after ${seconds(committed.at - arrived.at)}, first card after ${seconds(card.at - arrived.at)} (${cpu}); in 2 min ${posts} messages, ${said.length - posts} changes`,
    peer: `a message a phone: ${(lost / 3_600).toFixed(1)} h at one a second`,
    bound: 'under 3 s, at most 5 messages',
    ok: card.at - arrived.at < 3_000 && said.length <= 5,
  };
}
