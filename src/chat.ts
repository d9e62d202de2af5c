/** All the core asks of a chat platform. Everything else is the adapter's own business. */
import type { Interim, View } from './view/view.ts';

/** Something a person said to risbot: the text after the mention or slash command, or the command a button carries. */
export interface Incoming extends Asker {
  readonly text: string;
  readonly signal?: AbortSignal;
}

/** Who asks, and where; for access rules and the audit. */
export interface Asker {
  /** As the platform names them. */
  readonly person: string;
  readonly place: Place;
  /** The groups they belong to, as the platform names them; none when the platform has none or did not say. */
  readonly groups?: readonly string[];
  /** They belong to another organisation than the one that is answered: only a rule that names them lets them in. */
  readonly guest?: boolean;
}

/** A room, and the thread in it, as the platform names them. For what is said unasked a person is a room, too: their direct messages. */
export interface Place {
  readonly platform: string;
  readonly room: string;
  readonly thread?: string;
}

/** A message that the platform confirmed, as it names it. */
export interface Posted {
  readonly place: Place;
  readonly id: string;
}

/** Something to fill in for a person who types: what goes into the command, and what is shown. */
export interface Suggestion {
  readonly text: string;
  readonly label: string;
}

/** What the core offers to a platform. None of it rejects: a failure is a view too. */
export interface Core {
  readonly answer: Answer;
  /**
   * Known names, numbers and descriptions that go with what has been typed so far, best first. Of the cluster named, or of all;
   * with an asker only of those that they may ask.
   */
  suggest(typed: string, cluster: string | null, limit: number, asker?: Asker): readonly Suggestion[];
  /** What a person's own page shows: clusters, freshness, requests left, the last questions. */
  home(asker: Asker): Promise<View>;
  /** What a form offers to this person: only clusters and verbs that they may ask. */
  formFor(asker: Asker): Form;
}

/** Clusters by name, the first being the default, and verbs with a line on each. */
export interface Form {
  readonly clusters: readonly string[];
  readonly verbs: readonly { readonly name: string; readonly summary: string }[];
}

/** Never rejects: a failure is a view too. `tell` may be called before the answer with one line on what is under way. */
export type Answer = (message: Incoming, tell: (interim: Interim) => void) => Promise<View>;

export interface Chat {
  readonly name: string;
  /** Resolves once connected. */
  start(core: Core): Promise<void>;
  /**
   * Says what nobody asked for; answers of people go first. A button on it never changes the message itself. Resolves when the platform
   * has confirmed it; rejects with ChatError.
   */
  post(place: Place, view: View, manner?: Manner): Promise<Posted>;
  /** Changes such a message in place, where the platform can. Rejects with ChatError. */
  update(posted: Posted, view: View, manner?: Manner): Promise<Posted>;
  stop(): Promise<void>;
}

export interface Manner {
  /** Milliseconds after which it is given up, since there will be newer things to say. Default: as long as for an answer. */
  readonly patienceMs?: number;
  /** A UUID that names the message: the same one twice is one message, where the platform knows how. */
  readonly key?: string;
  /** How far the thing has come that the message is about. Where a platform allows few changes, they are for another stage. */
  readonly stage?: string;
  /** A message of its own says that this stage was reached: a change that the platform does not allow is no loss. */
  readonly toldBeside?: boolean;
}

/**
 * Why something was not said unasked. limited: too much at the moment, try again after `retryAfterMs`. unreachable: the platform did not
 * answer in time, or takes nothing from risbot at all at the moment. refused: it takes nothing there. gone: the message that was to be
 * changed or answered is not there any more, or closed. unfit: it will never take this message, wherever it goes.
 */
export class ChatError extends Error {
  override name = 'ChatError';
  readonly code: 'limited' | 'unreachable' | 'refused' | 'gone' | 'unfit';
  /** The platform's own word, or the network's. */
  readonly reason: string;
  readonly retryAfterMs: number;

  constructor(
    code: ChatError['code'],
    reason: string,
    options: { readonly retryAfterMs?: number; readonly cause?: unknown } = {},
  ) {
    super(`${code}: ${reason}`, { cause: options.cause });
    this.code = code;
    this.reason = reason;
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }
}
