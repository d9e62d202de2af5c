/** A message in, a view out: read, choose the cluster, run. A failure is a view too. */
import { randomBytes } from 'node:crypto';
import type { Answer } from './chat.ts';
import type { Clock } from './clock.ts';
import type { Cluster, Context } from './command/command.ts';
import { verbNamed } from './command/commands.ts';
import { type Command, parse } from './command/parse.ts';
import { findCluster, inCluster } from './command/respond.ts';
import type { Progress } from './device/lookup.ts';
import { type Failure, failureView, isFailureCode } from './view/failure.ts';
import { askingInterim, progressInterim } from './view/interim.ts';
import { misreadView } from './view/misread.ts';
import type { View } from './view/view.ts';

/** All that the bot asks of a log. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

export interface BotOptions {
  /** At least one; the first is asked when nobody says `in:`. */
  readonly clusters: readonly Cluster[];
  readonly clock: Clock;
  readonly version: string;
  readonly log?: Log;
  /** Names a failure in the view and in the log. */
  readonly newId?: () => string;
}

export interface AskOptions {
  /** Asked when the text has no `in:`. */
  readonly cluster?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress, cluster: string) => void;
}

export interface Bot {
  readonly answer: Answer;
  ask(text: string, options?: AskOptions): Promise<View>;
}

/** An answer that takes longer says that it is coming. */
const SILENCE_MS = 1000;

interface Ready {
  readonly command: Command;
  readonly cluster: Cluster;
}

/** A bot for these clusters. `answer` and `ask` never reject. */
export function createBot(options: BotOptions): Bot {
  const { clusters, clock, version, log, newId = () => randomBytes(4).toString('hex') } = options;

  async function respond(text: string, asked: AskOptions, onStart: (cluster: string) => void): Promise<View> {
    const started = clock.monotonic();
    let ready: Ready | null = null;
    try {
      const read = readMessage(text, asked.cluster ?? null, clusters);
      ready = 'command' in read ? read : null;
      if (ready !== null) onStart(ready.cluster.name);
      const view = 'command' in read ? await run(read, asked) : read;
      const ms = Math.round(clock.monotonic() - started);
      log?.info({ ...fieldsOf(ready), outcome: view.outcome, length: text.length, ms }, 'question answered');
      return view;
    } catch (error) {
      const failure = toFailure(error, ready, newId(), asked.signal);
      log?.error({ ...fieldsOf(ready), id: failure.id, code: failure.code, err: error }, 'question failed');
      return failureView(failure);
    }
  }

  async function run({ command }: Ready, asked: AskOptions): Promise<View> {
    asked.signal?.throwIfAborted();
    const verb = verbNamed(command.verb);
    if (verb === null) throw new Error(`no command is called ${command.verb}`);
    const context: Context = {
      clusters,
      now: clock.now(),
      version,
      ...(asked.signal ? { signal: asked.signal } : {}),
      ...(asked.onProgress ? { onProgress: asked.onProgress } : {}),
    };
    return await verb.run(command, context);
  }

  const answer: Answer = async (message, tell) => {
    const over = new AbortController();
    let said = '';
    const say = (text: string) => {
      if (over.signal.aborted || text === said) return;
      said = text;
      try {
        tell({ text });
      } catch (error) {
        log?.error({ err: error }, 'an interim line could not be shown');
      }
    };
    const sayLater = (cluster: string) => {
      clock.sleep(SILENCE_MS, over.signal).then(
        () => (said === '' ? say(askingInterim(cluster).text) : undefined),
        () => undefined,
      );
    };
    const onProgress = (progress: Progress, cluster: string) => {
      // A wait that is over before it is read is not worth a line.
      if (progress.type === 'waiting' && progress.waitMs < SILENCE_MS) return;
      say(progressInterim(progress, cluster).text);
    };
    const asked = { onProgress, ...(message.signal ? { signal: message.signal } : {}) };
    const view = await respond(message.text, asked, sayLater);
    over.abort();
    return view;
  };

  return { answer, ask: (text, asked = {}) => respond(text, asked, () => undefined) };
}

/** Reads the text and finds the cluster; a view when there is nothing to run. */
function readMessage(text: string, preset: string | null, clusters: readonly Cluster[]): Ready | View {
  const read = parse(text);
  if (read.type === 'misread') return misreadView(read);
  const { command } = read;
  const wanted = command.cluster ?? preset;
  const cluster = findCluster(wanted, clusters);
  if (cluster === null) {
    const names = clusters.map(({ name }) => name);
    const reason = { type: 'unknown-cluster', cluster: wanted ?? '', clusters: names } as const;
    const example = `status in:${names[0] ?? 'prod'}`;
    return misreadView({ type: 'misread', reason, understood: '', suggestion: null, example });
  }
  // Buttons are pressed later, where the preset is not known any more.
  const suffix = command.cluster === null ? inCluster(cluster, { clusters }) : '';
  return { command: { ...command, cluster: cluster.name, base: `${command.base}${suffix}`.trim() }, cluster };
}

function fieldsOf(ready: Ready | null): Readonly<Record<string, unknown>> {
  return ready === null ? {} : { verb: ready.command.verb, cluster: ready.cluster.name };
}

/** Errors as they come from lookups: a literal `code`, a `detail` and a `waitMs` are all that is looked at. */
function toFailure(
  error: unknown,
  ready: Ready | null,
  id: string,
  signal: AbortSignal | undefined,
): Failure {
  const known = { cluster: ready?.cluster.name ?? null, id, command: ready?.command.base ?? '' };
  if (!(error instanceof Error)) return { ...known, code: signal?.aborted ? 'cancelled' : 'unexpected' };
  if ('code' in error && isFailureCode(error.code)) {
    return { ...known, code: error.code, ...numbersIn(error), ...detailOf(error) };
  }
  if (error.name === 'TimeoutError') return { ...known, code: 'timeout' };
  if (error.name === 'AbortError' || signal?.aborted) return { ...known, code: 'cancelled' };
  return { ...known, code: 'unexpected' };
}

function detailOf(error: Error): Partial<Failure> {
  const detail: unknown = 'detail' in error ? error.detail : undefined;
  if (typeof detail !== 'object' || detail === null) return {};
  const fingerprint =
    'fingerprint' in detail && typeof detail.fingerprint === 'string' ? detail.fingerprint : null;
  return { ...numbersIn(detail), ...(fingerprint === null ? {} : { fingerprint }) };
}

function numbersIn(from: object): Partial<Failure> {
  const found: { allowance?: number; status?: number; waitMs?: number } = {};
  if ('allowance' in from && typeof from.allowance === 'number') found.allowance = from.allowance;
  if ('status' in from && typeof from.status === 'number') found.status = from.status;
  if ('waitMs' in from && typeof from.waitMs === 'number') found.waitMs = from.waitMs;
  return found;
}
