/** What the Slack adapter is built from, and what it offers. Plain data and small ports. */
import type { Chat } from '../../src/chat.ts';
import type { Clock } from '../../src/clock.ts';

/** Facts first, then one line that says what happened. An error goes in as `err`. */
export type Write = (fields: Readonly<Record<string, unknown>>, message: string) => void;

export interface Log {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}

/** ok; limited: 429; passing: will be tried again; refused: Slack said no; lost: given up. */
export type CallOutcome = 'ok' | 'limited' | 'passing' | 'refused' | 'lost';

export interface SlackMetrics {
  /** Milliseconds from a payload's arrival to its acknowledgement. */
  acknowledged(ms: number): void;
  /** Milliseconds from a question's arrival until its answer was with Slack. */
  answered(ms: number): void;
  call(method: string, outcome: CallOutcome): void;
  throttled(method: string): void;
}

export interface SlackOptions {
  /** `xoxb-…` */
  readonly botToken: string;
  /** `xapp-…`; chooses Socket Mode. */
  readonly appToken?: string;
  /** Chooses HTTP when there is no app token. */
  readonly signingSecret?: string;
  /** Another address of the Web API: a gateway's or a stand-in's. Default Slack's own. */
  readonly apiUrl?: string;
  /** Where HTTP deliveries arrive, default 3000; 0 is any free port. */
  readonly port?: number;
  /** Ids (`T…`) of the workspaces whose people are answered; default the one that the token belongs to. */
  readonly teams?: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  /** `https`: the proxy's address, for Slack alone. `no`: hosts that are reached without it, as in NO_PROXY. */
  readonly proxy?: { readonly https?: string; readonly no?: string };
  readonly metrics?: SlackMetrics;
  /** Milliseconds between two messages to one channel; default 1050, Slack's pace and a little. */
  readonly postEveryMs?: number;
}

export interface SlackStatus {
  /** True when questions arrive and answers may be sent. */
  readonly connected: boolean;
  /** What is wrong, for people who run risbot; also what only a part of it misses, such as a scope. */
  readonly reason: string | null;
}

export interface Slack extends Chat {
  status(): SlackStatus;
  /** The port HTTP deliveries arrive at; null in Socket Mode and before the start. */
  port(): number | null;
}

export const SILENT_METRICS: SlackMetrics = {
  acknowledged: () => undefined,
  answered: () => undefined,
  call: () => undefined,
  throttled: () => undefined,
};
