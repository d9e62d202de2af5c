/** What the adapter is made of, apart from what listens. */

import { createMemory, type Memory } from '../../src/chat/memory.ts';
import { SILENT_METRICS } from '../../src/chat/report.ts';
import type { Run } from '../../src/chat/retry.ts';
import { createCalls } from './calls.ts';
import { type Confidant, createConfidant } from './confide.ts';
import { createFiles, type Files } from './files.ts';
import { createHealth, type Health } from './health.ts';
import type { SlackOptions } from './options.ts';
import { createPace } from './pace.ts';
import { createReplies, type Replies } from './reply.ts';
import { createResponder, type Responder } from './respond.ts';
import { type Shareable, weighShareable } from './share.ts';
import { createSpeaker, type Speaker } from './speak.ts';
import { createUnasked, type Unasked } from './unasked.ts';
import { createWeb, type Web } from './web.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Characters of long commands, and of answers that may be shared. */
const MOST_KEPT = 20_000_000;

/** Everything that lives as long as the adapter, apart from what listens. */
export interface Parts {
  readonly web: Web;
  readonly run: Run;
  readonly health: Health;
  readonly speaker: Speaker;
  readonly responder: Responder;
  readonly confidant: Confidant;
  readonly files: Files;
  readonly replies: Replies;
  readonly unasked: Unasked;
  readonly remember: (command: string) => string;
  readonly commands: Memory<string>;
  readonly shareables: Memory<Shareable>;
  /** Ends calls, and every wait for one. */
  readonly ended: AbortController;
  close(): Promise<void>;
}

/** Opens nothing yet. */
export function buildParts(options: SlackOptions): Parts {
  const { clock, log } = options;
  const ended = new AbortController();
  const health = createHealth(log);
  const web = createWeb(options);
  const run = createCalls({
    clock,
    log,
    metrics: options.metrics ?? SILENT_METRICS,
    health,
    signal: ended.signal,
  });
  const pace = createPace(options.postEveryMs);
  const speaker = createSpeaker({ client: web.client, run, pace, log, clock });
  const responder = createResponder(web.fetch, run, clock);
  const kept = { clock, keepMs: DAY_MS, capacity: MOST_KEPT };
  const commands = createMemory<string>({ ...kept, weigh: (command) => command.length + 200 });
  const shareables = createMemory<Shareable>({ ...kept, weigh: weighShareable });
  const remember = (command: string) => commands.keep(command);
  const confidant = createConfidant(speaker, responder, log);
  const files = createFiles(speaker, confidant, log);
  const replies = createReplies({
    speaker,
    confidant,
    files,
    pace,
    log,
    remember,
    keepShareable: (view, spot, person) => shareables.keep({ view, spot, person, shared: false }),
  });
  const unasked = createUnasked({ speaker, files, remember });
  const close = async () => {
    ended.abort(new DOMException('risbot has stopped', 'AbortError'));
    await pace.stop();
    await web.close();
  };
  return {
    web,
    run,
    health,
    speaker,
    responder,
    confidant,
    files,
    replies,
    unasked,
    remember,
    commands,
    shareables,
    ended,
    close,
  };
}
