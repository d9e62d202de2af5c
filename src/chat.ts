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
}

/** A room, and the thread in it, as the platform names them. */
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
  post(place: Place, view: View): Promise<Posted>;
  update(posted: Posted, view: View): Promise<Posted>;
  stop(): Promise<void>;
}
