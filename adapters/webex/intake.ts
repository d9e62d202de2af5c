/** The way that news of Webex comes in: the framework's websocket, or webhooks. */

/**
 * That something is there: no more than where to look it up. Nothing of it is taken on trust but that; what was said, and by whom, is read
 * from the REST API.
 */
export interface Notice {
  readonly resource: 'messages' | 'attachmentActions';
  /** Of the message or the action. */
  readonly id: string;
}

export interface IntakeOptions {
  /** Hears of everything new, perhaps more than once. Never throws. */
  readonly notice: (notice: Notice) => void;
  /**
   * Hears whether news comes in now; `reason` is a short word or line for whoever runs risbot, null when open. `since`, epoch milliseconds:
   * what came after that may not have been heard of; left out: it is known at once. Never throws.
   */
  readonly state: (open: boolean, reason: string | null, since?: number) => void;
}

export interface Intake {
  /** Resolves once news comes in. Rejects with an error whose `reason` says why not; `stop` has to be called then, too. */
  start(): Promise<void>;
  /** Resolves when nothing is left of it: no socket, no process. May be called twice. */
  stop(): Promise<void>;
}
