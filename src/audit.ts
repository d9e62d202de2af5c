/** Who asked what, where, and how it ended: one entry a question, and the last questions of each person. */
import type { Asker } from './chat.ts';
import type { Outcome } from './view/view.ts';

/** One question as the audit keeps it. Holds what was typed and no answer. */
export interface AuditEntry {
  /** Epoch milliseconds at which the answer was ready. */
  readonly at: number;
  /** The same id stands in the log and on a card that failed. */
  readonly id: string;
  readonly person: string;
  readonly platform: string;
  readonly room: string;
  readonly thread: string | null;
  /** As typed, cut to 500 characters. */
  readonly text: string;
  /** Null when the question was not understood. */
  readonly verb: string | null;
  readonly cluster: string | null;
  readonly outcome: Outcome;
  /** Why, when it was not answered: the code of a failure, a misread or a refusal. */
  readonly reason: string | null;
  /** Milliseconds until the answer. */
  readonly ms: number;
}

/** Where entries go. Must not throw, and not keep anybody waiting. */
export type AuditSink = (entry: AuditEntry) => void;

const LONGEST_TEXT = 500;
const LONGEST_ID = 200;

/** An entry with everything bounded: platforms name people and rooms, and nobody knows how long. */
export function auditEntry(
  asker: Asker,
  text: string,
  rest: Pick<AuditEntry, 'at' | 'id' | 'verb' | 'cluster' | 'outcome' | 'reason' | 'ms'>,
): AuditEntry {
  const { platform, room, thread = null } = asker.place;
  const { at, id, verb, cluster, outcome, reason, ms } = rest;
  return {
    at,
    id,
    person: bounded(asker.person, LONGEST_ID),
    platform: bounded(platform, LONGEST_ID),
    room: bounded(room, LONGEST_ID),
    thread: thread === null ? null : bounded(thread, LONGEST_ID),
    text: bounded(text, LONGEST_TEXT),
    verb,
    cluster,
    outcome,
    reason,
    ms,
  };
}

/** The entry as one line of JSON, its time as people read it. */
export function auditLine({ at, ...entry }: AuditEntry): string {
  return JSON.stringify({ time: new Date(at).toISOString(), ...entry });
}

function bounded(text: string, longest: number): string {
  return (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`).toWellFormed();
}

/** A question that somebody may want to ask again. */
export interface Question {
  /** As a button carries it. */
  readonly command: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface Recent {
  note(asker: Asker, question: Question): void;
  /** Newest first, none twice. */
  of(asker: Asker): readonly Question[];
}

/** A pasted column is no question to repeat with a button. */
const LONGEST_COMMAND = 300;

/** The last questions of each person, in memory alone: `each` of theirs, of the last `people` who asked. */
export function createRecent({ people = 1_000, each = 5 } = {}): Recent {
  const known = new Map<string, readonly Question[]>();
  const key = ({ person, place }: Asker) => JSON.stringify([place.platform, person]).slice(0, 500);
  return {
    note(asker, question) {
      const { command } = question;
      if (command === '' || command.length > LONGEST_COMMAND) return;
      const whose = key(asker);
      const others = (known.get(whose) ?? []).filter((other) => other.command !== command);
      // Whoever asks moves to the end, so that the first is the one who has been silent longest.
      known.delete(whose);
      known.set(whose, [question, ...others].slice(0, each));
      for (const silent of known.keys()) {
        if (known.size <= people) break;
        known.delete(silent);
      }
    },
    of: (asker) => known.get(key(asker)) ?? [],
  };
}
