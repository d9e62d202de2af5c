/** One question from its text to its view, whatever happens on the way. */
import { type AccessRules, decide } from '../access/access.ts';
import type { Asker } from '../chat.ts';
import type { Clock } from '../clock.ts';
import type { Cluster, Context } from '../command/command.ts';
import { verbNamed } from '../command/commands.ts';
import { inCluster } from '../command/respond.ts';
import type { Progress } from '../device/lookup.ts';
import { failureView } from '../view/failure.ts';
import { misreadView } from '../view/misread.ts';
import { refusalView } from '../view/refusal.ts';
import type { View } from '../view/view.ts';
import { toFailure } from './failed.ts';
import { type Ready, readMessage } from './read.ts';

/** A text, and how it is asked. */
export interface Asked {
  readonly text: string;
  /** Names the question in the log and on cards. */
  readonly id: string;
  /** Null for whoever started risbot. */
  readonly asker: Asker | null;
  /** Asked when the text has no `in:`. */
  readonly cluster?: string;
  readonly signal?: AbortSignal;
  readonly onStart?: (cluster: string) => void;
  readonly onProgress?: (progress: Progress, cluster: string) => void;
}

/** How a question ended, and what the lines about it say. */
export interface Ending {
  readonly view: View;
  readonly verb: string | null;
  readonly cluster: string | null;
  /** Why there was no answer; null when there was one. */
  readonly reason: string | null;
  /** The command as a button carries it; blank when there is none worth repeating. */
  readonly command: string;
  /** There when the question failed. */
  readonly error?: unknown;
}

export interface RunOptions {
  readonly clusters: readonly Cluster[];
  readonly clock: Pick<Clock, 'now'>;
  readonly version: string;
  readonly access: AccessRules | null;
  readonly desk: Context['desk'];
}

/** Reads, decides who may, runs. Never rejects. */
export async function runQuestion(asked: Asked, options: RunOptions): Promise<Ending> {
  const { clusters, access } = options;
  let ready: Ready | null = null;
  try {
    const room = { clusters, access, asker: asked.asker, preset: asked.cluster ?? null };
    const read = readMessage(asked.text, room);
    if (read.type === 'misread') return unasked(misreadView(read), read.reason.type);
    if (read.type === 'refused') {
      const view = refusalView({ ...read, contact: access?.contact ?? null, id: asked.id });
      return { ...unasked(view, read.reason), verb: read.verb, cluster: read.cluster };
    }
    ready = read;
    asked.onStart?.(read.cluster.name);
    const view = await run(read, asked, options);
    return { ...endingOf(read), view, reason: null };
  } catch (error) {
    const known = { id: asked.id, cluster: ready?.cluster.name ?? null, command: ready?.command.base ?? '' };
    const failure = toFailure(error, known, asked.signal);
    return { ...endingOf(ready), view: failureView(failure), reason: failure.code, error };
  }
}

async function run(ready: Ready, asked: Asked, options: RunOptions): Promise<View> {
  asked.signal?.throwIfAborted();
  const { command, clusters, assumed } = ready;
  const { clock, version, access, desk } = options;
  const { asker } = asked;
  const verb = verbNamed(command.verb);
  if (verb === null) throw new Error(`no command is called ${command.verb}`);
  const context: Context = {
    clusters,
    ...(assumed !== undefined && { assumed }),
    // Read at the end as well as at the start: what a sweep of minutes brought back first is minutes old.
    get now() {
      return clock.now();
    },
    version,
    asker,
    desk,
    // Whoever started risbot may do anything with it.
    may: (needed, cluster) => asker === null || decide(access, asker, cluster, needed).allowed,
    ...(asked.signal && { signal: asked.signal }),
    ...(asked.onProgress && { onProgress: asked.onProgress }),
  };
  return withOffer(await verb.run(command, context), command.offer, ready);
}

/** What somebody may have meant to order as well is a button: risbot did not do it. */
function withOffer(view: View, offer: string | null, { cluster, clusters, assumed }: Ready): View {
  if (offer === null) return view;
  const where = inCluster(cluster, { clusters, ...(assumed !== undefined && { assumed }) });
  const label = offer.length > 40 ? `${offer.slice(0, 39).toWellFormed()}…` : offer;
  return { ...view, actions: [{ label, command: `${offer}${where}` }, ...view.actions] };
}

function endingOf(ready: Ready | null): Omit<Ending, 'view' | 'reason'> {
  if (ready === null) return { verb: null, cluster: null, command: '' };
  return { verb: ready.command.verb, cluster: ready.cluster.name, command: ready.command.base };
}

function unasked(view: View, reason: string): Ending {
  return { view, verb: null, cluster: null, reason, command: '' };
}
