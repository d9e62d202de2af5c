/** What an adapter reports while it works: to the log, and to whoever counts. Ports, and no more. */

/** Facts first, then one line that says what happened. An error goes in as `err`. */
export type Write = (fields: Readonly<Record<string, unknown>>, message: string) => void;

export interface Log {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}

/** Durations in milliseconds, as the adapter measures them. */
export interface ChatMetrics {
  /** From a message or press to its acknowledgement. */
  acknowledged(ms: number): void;
  /** From a message or press until its answer was with the platform. */
  answered(ms: number): void;
  /** One call of the platform's API is over. `outcome` is ok; limited: 429; passing: will be tried again; refused: the platform said no; lost: given up. */
  call(method: string, outcome: string): void;
  /** The platform answered 429. */
  throttled(method: string): void;
}

export const SILENT_METRICS: ChatMetrics = {
  acknowledged: () => undefined,
  answered: () => undefined,
  call: () => undefined,
  throttled: () => undefined,
};

/** What a platform says of itself to whoever runs risbot. */
export interface ChatStatus {
  /** True when questions arrive and answers may be sent. */
  readonly connected: boolean;
  /** What is wrong; also what only a part of it misses, such as a scope. */
  readonly reason: string | null;
}

/** The proxy on the way to a platform. `https`: its address. `no`: hosts that are reached without it, as in NO_PROXY. */
export interface ChatProxy {
  readonly https?: string;
  readonly no?: string;
}
