/** All the core asks of a chat platform. Everything else is the adapter's own business. */
import type { Interim, View } from './view/view.ts';

/** Something a person said to risbot: the text after the mention or slash command, or the command a button carries. */
export interface Incoming {
  readonly text: string;
  /** Who asked, as the platform names them; for access rules and the audit. */
  readonly person: string;
  readonly place: Place;
  readonly signal?: AbortSignal;
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

/** Never rejects: a failure is a view too. `tell` may be called before the answer with one line on what is under way. */
export type Answer = (message: Incoming, tell: (interim: Interim) => void) => Promise<View>;

export interface Chat {
  readonly name: string;
  /** Resolves once connected. */
  start(answer: Answer): Promise<void>;
  post(place: Place, view: View): Promise<Posted>;
  update(posted: Posted, view: View): Promise<Posted>;
  stop(): Promise<void>;
}
