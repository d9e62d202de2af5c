/** `npm run bench`: every number that risbot promises, each beside its peer or bound, measured in this one run. */
import Table from 'cli-table3';
import { benchDecode } from './decode.ts';
import { benchQuestions } from './questions.ts';
import type { BenchRow } from './row.ts';
import { benchSlack } from './slack.ts';
import { benchStart } from './start.ts';
import { benchSweep } from './sweep.ts';
import { benchWatchCluster } from './watch-cluster.ts';
import { benchWatchDay } from './watch-day.ts';
import { benchWatchMass } from './watch-mass.ts';
import { benchWatchNamed } from './watch-named.ts';
import { benchWebex } from './webex.ts';

const BENCHES: Readonly<Record<string, () => Promise<BenchRow[]>>> = {
  decode: benchDecode,
  questions: benchQuestions,
  sweep: benchSweep,
  start: benchStart,
  slack: benchSlack,
  webex: benchWebex,
  'watch-named': benchWatchNamed,
  'watch-mass': benchWatchMass,
  'watch-cluster': benchWatchCluster,
  'watch-day': benchWatchDay,
};

const wanted = process.argv.slice(2);
const table = new Table({
  head: ['', 'what', 'risbot', 'beside', 'must reach'],
  colWidths: [6, 34, 36, 30, 30],
  wordWrap: true,
  style: { head: [], border: [] },
});
let missed = 0;
for (const [name, bench] of Object.entries(BENCHES)) {
  // `watch` stands for all that begin with it.
  if (wanted.length > 0 && !wanted.some((word) => name === word || name.startsWith(`${word}-`))) continue;
  process.stderr.write(`measuring ${name} …\n`);
  for (const { what, ours, peer, bound, ok } of await bench()) {
    if (!ok) missed += 1;
    table.push([ok ? 'ok' : 'MISS', what, ours, peer, bound]);
  }
}
process.stdout.write(`${table.toString()}\n`);
process.exitCode = missed === 0 ? 0 : 1;
