/** What the adapter is made of, apart from what listens. Opens nothing yet. */
import { createMemory, type Memory } from '../../src/chat/memory.ts';
import { SILENT_METRICS } from '../../src/chat/report.ts';
import { type Call, createCalls } from './calls.ts';
import { createEdits } from './edits.ts';
import { type Fresh, noteFresh } from './fresh.ts';
import { createHealth, type Health } from './health.ts';
import type { WebexOptions } from './options.ts';
import { createPace } from './pace.ts';
import { createReplies, type Replies } from './reply.ts';
import { createRest } from './rest.ts';
import { createSpeaker, type Speaker } from './speak.ts';
import { createUnasked, type Unasked } from './unasked.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Characters of commands that are too long for a button. */
const MOST_KEPT = 10_000_000;

export interface Parts {
  readonly call: Call;
  readonly health: Health;
  readonly speaker: Speaker;
  readonly fresh: Fresh;
  readonly replies: Replies;
  readonly unasked: Unasked;
  readonly commands: Memory<string>;
  /** Ends calls, and every wait for one. */
  readonly ended: AbortController;
  close(): Promise<void>;
}

export function buildParts(options: WebexOptions): Parts {
  const { clock, log, metrics = SILENT_METRICS } = options;
  const ended = new AbortController();
  const health = createHealth(log);
  const rest = createRest({ ...options, signal: ended.signal });
  const pace = createPace();
  const call = createCalls({ rest, pace, clock, log, metrics, health, signal: ended.signal });
  const edits = createEdits(clock);
  const { speaker, fresh } = noteFresh(createSpeaker({ call, edits, log, clock }), clock);
  const commands = createMemory<string>({
    clock,
    keepMs: DAY_MS,
    capacity: MOST_KEPT,
    weigh: (command) => command.length + 200,
  });
  const remember = (command: string) => commands.keep(command);
  const replies = createReplies({ speaker, pace, log, remember });
  const unasked = createUnasked({ speaker, edits, replies, log, remember });
  return {
    call,
    health,
    speaker,
    fresh,
    replies,
    unasked,
    commands,
    ended,
    async close() {
      ended.abort(new DOMException('risbot has stopped', 'AbortError'));
      await rest.close();
      await pace.stop();
    },
  };
}
