/** A message in, a view out: read, decide who may, run. A failure is a view too, and every question leaves its line. */
import { randomBytes } from 'node:crypto';
import type { AccessRules } from './access/access.ts';
import { type AuditSink, auditEntry, createRecent } from './audit.ts';
import { createOffers } from './bot/offers.ts';
import { type Asked, type Ending, runQuestion } from './bot/question.ts';
import { createTelling } from './bot/telling.ts';
import type { Answer, Core } from './chat.ts';
import type { Clock } from './clock.ts';
import type { Cluster, Context } from './command/command.ts';
import type { Progress } from './device/lookup.ts';
import type { View } from './view/view.ts';

/** All that the bot asks of a log. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Counts what is asked. `verb` is one of the table, or `none`. */
export interface QuestionMetrics {
  answered(question: { readonly verb: string; readonly outcome: string; readonly seconds: number }): void;
}

export interface BotOptions {
  /** At least one; the first is asked when nobody says `in:`. */
  readonly clusters: readonly Cluster[];
  readonly clock: Clock;
  readonly version: string;
  readonly log?: Log;
  /** Null or left out: everybody may ask everything. */
  readonly access?: AccessRules | null;
  /** Null or left out: no watches are kept. */
  readonly desk?: Context['desk'];
  readonly audit?: AuditSink;
  readonly metrics?: QuestionMetrics;
  /** Names a question in the log, in the audit and, when it failed, in the view. */
  readonly newId?: () => string;
}

export interface AskOptions {
  /** Asked when the text has no `in:`. */
  readonly cluster?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress, cluster: string) => void;
}

export interface Bot extends Core {
  /** For whoever started risbot: no rule refuses it, and no audit keeps it. */
  ask(text: string, options?: AskOptions): Promise<View>;
}

/** A bot for these clusters. Nothing of it rejects. */
export function createBot(options: BotOptions): Bot {
  const { clock, log, access = null, desk = null, newId = () => randomBytes(4).toString('hex') } = options;
  const recent = createRecent();
  const offers = createOffers({ ...options, access, desk, recent, newId });

  async function respond(question: Omit<Asked, 'id'>): Promise<View> {
    const asked = { ...question, id: newId() };
    const started = clock.monotonic();
    const ending = await runQuestion(asked, { ...options, access, desk });
    keep(asked, ending, Math.round(clock.monotonic() - started));
    return ending.view;
  }

  /** The lines that a question leaves; none of them may cost it its answer. */
  function keep({ text, id, asker }: Asked, ending: Ending, ms: number): void {
    const { verb, cluster, reason, view, command } = ending;
    const { outcome } = view;
    const asked = { id, ...(verb !== null && { verb }), ...(cluster !== null && { cluster }) };
    if ('error' in ending) {
      log?.error({ ...asked, code: reason, ms, err: ending.error }, 'question failed');
    } else {
      log?.info(
        { ...asked, outcome, ...(reason !== null && { reason }), length: text.length, ms },
        'question answered',
      );
    }
    options.metrics?.answered({ verb: verb ?? 'none', outcome, seconds: ms / 1000 });
    if (asker === null) return;
    const at = clock.now();
    options.audit?.(auditEntry(asker, text, { at, id, verb, cluster, outcome, reason, ms }));
    recent.note(asker, { command, at });
  }

  const answer: Answer = async (message, tell) => {
    const telling = createTelling(clock, tell, (error) =>
      log?.error({ err: error }, 'an interim line could not be shown'),
    );
    const { started: onStart, progress: onProgress, over } = telling;
    const { text, signal, ...asker } = message;
    const view = await respond({ text, asker, onStart, onProgress, ...(signal && { signal }) });
    over();
    return view;
  };

  return { answer, ask: (text, asked = {}) => respond({ ...asked, text, asker: null }), ...offers };
}
