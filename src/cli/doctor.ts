/** `risbot doctor`: looks at every configured cluster and says what to do. */

import { cleanLine } from '../../adapters/console/clean.ts';
import { grid } from '../../adapters/console/grid.ts';
import { painter, paintTone } from '../../adapters/console/paint.ts';
import { createAxl } from '../axl/client.ts';
import { systemClock } from '../clock.ts';
import type { ClusterConfig } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { type CheckState, type ClusterReport, exitCode } from '../doctor/check.ts';
import { examine } from '../doctor/doctor.ts';
import { createPseudonyms } from '../doctor/pseudonyms.ts';
import { recordingsOf, writeRecordings } from '../doctor/record.ts';
import type { Exchange } from '../risport/client.ts';
import type { Tone } from '../view/view.ts';
import { EXIT, hasColour, widthOf, write } from './process.ts';

export interface DoctorOptions {
  /** A folder for redacted requests and replies. */
  readonly record?: string;
  readonly cluster?: string;
  readonly json?: boolean;
}

/** Exits 0 when all is fine, 1 with warnings, 3 when something keeps risbot from asking. */
export async function runDoctor(options: DoctorOptions, signal: AbortSignal): Promise<number> {
  const config = loadConfig();
  const wanted = options.cluster?.toLowerCase();
  const clusters = config.clusters.filter(
    ({ name }) => wanted === undefined || name.toLowerCase() === wanted,
  );
  if (clusters.length === 0) {
    const names = config.clusters.map(({ name }) => name).join(', ');
    await write(process.stderr, `risbot: no cluster of that name; there are ${names}\n`);
    return EXIT.misread;
  }
  if (options.json !== true) await write(process.stdout, `Configuration: ${config.source}, no problems\n`);
  const pseudonyms = createPseudonyms();
  const reports: ClusterReport[] = [];
  for (const [at, cluster] of clusters.entries()) {
    const exchanges: Exchange[] = [];
    const report = await examineCluster(cluster, exchanges, signal);
    reports.push(report);
    if (options.json !== true) await write(process.stdout, `\n${reportText(report)}\n`);
    if (options.record !== undefined)
      await writeRecordings(options.record, recordingsOf(at + 1, exchanges, pseudonyms));
  }
  if (options.json === true)
    await write(process.stdout, `${JSON.stringify({ source: config.source, reports }, null, 2)}\n`);
  else if (options.record !== undefined)
    await write(
      process.stdout,
      `\nRecorded in ${options.record}, names, numbers and addresses replaced. Look through it before you send it.\n`,
    );
  return exitCode(reports);
}

async function examineCluster(
  config: ClusterConfig,
  exchanges: Exchange[],
  signal: AbortSignal,
): Promise<ClusterReport> {
  const { axl } = config;
  return examine({
    config,
    clock: systemClock,
    signal,
    onExchange: (exchange) => exchanges.push(exchange),
    ...(axl !== null && { countNames: (until: AbortSignal) => countNames(config, axl, until) }),
  });
}

async function countNames(
  config: ClusterConfig,
  axl: NonNullable<ClusterConfig['axl']>,
  signal: AbortSignal,
) {
  const { username, tls, limits } = config;
  const client = createAxl({
    url: axl.url ?? config.url,
    username,
    password: config.password.reveal(),
    version: axl.version,
    tls,
    limits,
    clock: systemClock,
  });
  try {
    return (await client.names(signal)).length;
  } finally {
    await client.close();
  }
}

const MARKS: Readonly<Record<CheckState, readonly [mark: string, tone: Tone]>> = {
  ok: ['✓', 'good'],
  warn: ['!', 'warn'],
  fail: ['✗', 'bad'],
  skipped: ['-', 'muted'],
};

function reportText({ cluster, url, checks, requests }: ClusterReport): string {
  const paint = painter(hasColour(process.stdout));
  const rows = checks.flatMap(({ name, state, seen, remedy }) => {
    const [mark, tone] = MARKS[state];
    const finding = [paintTone(paint, mark, tone), name, cleanLine(seen)];
    return remedy === undefined ? [finding] : [finding, ['', '', cleanLine(`→ ${remedy}`)]];
  });
  const spent = requests === 1 ? '1 request' : `${requests} requests`;
  const head = `${paint(cluster, 'bold')}  ${url}  (${spent} of the allowance spent)`;
  const paste = checks.flatMap((check) => check.paste ?? []);
  // Not wrapped, so that it can be copied.
  const lines =
    paste.length === 0
      ? ''
      : `\n\nFor tls: of this cluster:\n${paste.map((line) => `  ${cleanLine(line)}`).join('\n')}`;
  return `${head}\n${grid(rows, { width: widthOf(process.stdout) }) ?? rows.map((row) => row.join(' ')).join('\n')}${lines}`;
}
