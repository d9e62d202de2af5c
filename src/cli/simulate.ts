/** `risbot simulate cucm`: a simulated CUCM to point anything at, until it is stopped. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { type Cucm, type CucmOptions, startCucm } from '../../simulator/cucm/cucm.ts';
import { EVENT_HELP } from '../../simulator/cucm/events/parse-event.ts';
import { EXIT, write } from './process.ts';

/** Starts it, tells how to use it, and plays the words that come in by the keyboard or a pipe. Ends with the signal or at `quit`. */
export async function simulateCucm(options: CucmOptions, signal: AbortSignal): Promise<number> {
  const cucm = await startCucm(options);
  const folder = mkdtempSync(join(tmpdir(), 'risbot-cucm-'));
  try {
    const caFile = join(folder, 'ca.pem');
    if (cucm.ca !== '') writeFileSync(caFile, cucm.ca);
    await write(process.stdout, introduction(cucm, cucm.ca === '' ? null : caFile));
    await playUntilStopped(cucm, signal);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await cucm.stop();
  }
  return EXIT.answered;
}

function introduction(cucm: Cucm, caFile: string | null): string {
  const { url, controlUrl, fingerprint, username, password, cluster } = cucm;
  const nodes = cluster.nodes.map((node) => node.name).join(', ');
  // Some are set up and were never plugged in: RIS has no row of them, and no answer counts them.
  const known = cluster.devices.filter((device) => device.rows.some((row) => row !== undefined)).length;
  return [
    `Simulated CUCM: ${known} devices on ${nodes}`,
    `  control API  ${controlUrl}`,
    ...(caFile === null ? [] : [`  fingerprint  ${fingerprint}`]),
    '',
    `export CUCM_URL=${url}`,
    `export CUCM_USERNAME=${username}`,
    `export CUCM_PASSWORD=${password}`,
    ...(caFile === null ? [] : [`export CUCM_CA_FILE=${caFile}`]),
    '',
    'Words play what happens in real life: unplug SEP001122334455, node down cucm2, help. Ctrl-C stops.',
    '',
  ].join('\n');
}

async function playUntilStopped(cucm: Cucm, signal: AbortSignal): Promise<void> {
  const terminal = process.stdin.isTTY === true;
  const line = createInterface({
    input: process.stdin,
    ...(terminal && { output: process.stdout }),
    prompt: 'cucm> ',
  });
  const stopped = Promise.withResolvers<void>();
  const stop = () => stopped.resolve();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  line.on('SIGINT', stop);
  line.on('line', (words) => {
    if (/^(?:quit|exit)$/i.test(words.trim())) return stop();
    if (words.trim() !== '') process.stdout.write(`${played(cucm, words)}\n`);
    if (terminal) line.prompt();
  });
  // A pipe that ends is no wish to stop; Ctrl-D on a keyboard is.
  line.on('close', () => {
    if (terminal) stop();
  });
  if (terminal) line.prompt();
  await stopped.promise;
  line.close();
}

/** What playing the words did; `help` lists the words. */
function played(cucm: Cucm, words: string): string {
  if (!/^\s*help\s*$/i.test(words)) return cucm.play(words);
  const widest = Math.max(...EVENT_HELP.map(({ usage }) => usage.length));
  return EVENT_HELP.map(({ usage, does }) => `${usage.padEnd(widest)}  ${does}`).join('\n');
}
