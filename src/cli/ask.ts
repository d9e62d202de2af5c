/** `risbot ask "<text>"`: one question, one answer, and an exit code that says how it went. */
import { clearLine, cursorTo } from 'node:readline';
import { isConfigured, loadConfig, processEnvironment } from '../config/load.ts';
import { ConfigError } from '../config/problem.ts';
import type { Progress } from '../device/lookup.ts';
import { progressInterim } from '../view/interim.ts';
import type { View } from '../view/view.ts';
import { EXIT, hasColour, orInterrupted, type Stream, widthOf, write } from './process.ts';
import { startApp } from './session.ts';

export interface AskOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly cluster?: string;
}

/** Characters of a question from a pipe; a pasted column of names fits. */
const MAX_TEXT = 200_000;
/** Waits that are over before they are read are not worth a line. */
const WORTH_A_LINE_MS = 1_000;

/** Asks; `-` reads the question from standard input. The exit code is the outcome's. */
export async function ask(words: string, options: AskOptions, signal: AbortSignal): Promise<number> {
  const text = words === '-' ? await orInterrupted(signal, readQuestion(process.stdin)) : words;
  if (options.cluster === undefined && !isConfigured(processEnvironment())) {
    const { answerWithoutCluster } = await import('./unconfigured.ts');
    const view = await answerWithoutCluster(text);
    if (view !== null) return print(view, options);
  }
  const config = loadForAnswer(options);
  if ('problems' in config) {
    await write(
      process.stdout,
      `${JSON.stringify({ error: { code: 'config', message: config.message } })}\n`,
    );
    return EXIT.failed;
  }
  const app = startApp(config);
  const progress = createProgressLine(process.stderr);
  try {
    const asked = {
      signal,
      onProgress: progress.show,
      ...(options.cluster !== undefined && { cluster: options.cluster }),
    };
    const view = await app.ask(text, asked);
    signal.throwIfAborted();
    progress.clear();
    return await print(view, options);
  } finally {
    progress.clear();
    // A CUCM that does not answer is not waited for.
    await orInterrupted(signal, app.stop());
  }
}

/** With --json a broken configuration is an answer like any other failure. */
function loadForAnswer({ json }: AskOptions) {
  try {
    return loadConfig();
  } catch (error) {
    if (json === true && error instanceof ConfigError) return error;
    throw error;
  }
}

async function readQuestion(input: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of input) {
    text += String(chunk);
    if (text.length > MAX_TEXT) break;
  }
  return text.slice(0, MAX_TEXT);
}

/** The answer goes to stdout; with --csv or as a card, what is no answer goes to stderr, so that a file stays clean. */
async function print(view: View, options: AskOptions): Promise<number> {
  const code = EXIT[view.outcome];
  if (options.json === true) {
    await write(process.stdout, `${JSON.stringify(view.data)}\n`);
    return code;
  }
  if (options.csv === true && view.rows !== undefined) {
    const { toCsv } = await import('../view/csv.ts');
    await write(process.stdout, toCsv(view.rows));
    if (view.outcome === 'answered') return code;
  }
  const isAnswer = view.outcome === 'answered' || view.outcome === 'nothing';
  const output = isAnswer && options.csv !== true ? process.stdout : process.stderr;
  const { renderView } = await import('../../adapters/console/render.ts');
  const rendered = renderView(view, { width: widthOf(output), colour: hasColour(output) });
  await write(output, `${rendered}\n`);
  if (options.csv !== true || view.outcome !== 'answered') return code;
  await write(process.stderr, 'risbot: this answer has no rows to print as CSV\n');
  return EXIT.misread;
}

/** One line on stderr while waiting, on a terminal only. */
function createProgressLine(output: Stream) {
  let shown = false;
  return {
    show: (progress: Progress, cluster: string) => {
      if (output.isTTY !== true) return;
      if (progress.type === 'waiting' && progress.waitMs < WORTH_A_LINE_MS) return;
      cursorTo(output, 0);
      output.write(progressInterim(progress, cluster).text.slice(0, widthOf(output) - 1));
      clearLine(output, 1);
      shown = true;
    },
    clear: () => {
      if (!shown) return;
      cursorTo(output, 0);
      clearLine(output, 0);
      shown = false;
    },
  };
}
