/** What the Slack adapter is built from, and what it offers. Plain data and small ports. */

import type { ChatMetrics, ChatProxy, ChatStatus, Log } from '../../src/chat/report.ts';
import type { Chat } from '../../src/chat.ts';
import type { Clock } from '../../src/clock.ts';

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
  /** Workspaces (`T…`) and organisations (`E…`) whose people are answered; default those that the token belongs to. */
  readonly teams?: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  /** For Slack alone. */
  readonly proxy?: ChatProxy;
  readonly metrics?: ChatMetrics;
  /** Milliseconds between two messages to one channel; default 1050, Slack's pace and a little. */
  readonly postEveryMs?: number;
}

export interface Slack extends Chat {
  status(): ChatStatus;
  /** The port HTTP deliveries arrive at; null in Socket Mode and before the start. */
  port(): number | null;
}
