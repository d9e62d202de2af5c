/** What the Webex adapter is built from, and what it offers. Plain data and small ports. */
import type { ChatMetrics, ChatProxy, ChatStatus, Log } from '../../src/chat/report.ts';
import type { Chat } from '../../src/chat.ts';
import type { Clock } from '../../src/clock.ts';

export interface WebexOptions {
  /** The bot's access token. */
  readonly token: string;
  /** Chooses webhooks instead of the websocket. */
  readonly webhooks?: WebhookOptions;
  /** Another address of the REST API: a gateway's or a stand-in's. Default Webex's own, `https://webexapis.com/v1/`. */
  readonly apiUrl?: string;
  /** Another address of the service catalog that the websocket is found by; default Webex's own. */
  readonly discoveryUrl?: string;
  /** Ids of the organisations whose people are answered, `*` for all; default the one that the bot belongs to. */
  readonly orgs?: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  /** For Webex alone. */
  readonly proxy?: ChatProxy;
  readonly metrics?: ChatMetrics;
}

export interface WebhookOptions {
  /** Where Webex reaches risbot, `https://risbot.example.com/webex/events`. */
  readonly url: string;
  /** Signs every delivery. */
  readonly secret: string;
  /** Where they arrive on this machine, default 3001; 0 is any free port. */
  readonly port?: number;
}

export interface Webex extends Chat {
  status(): ChatStatus;
  /** The port that webhooks arrive at; null with the websocket and before the start. */
  port(): number | null;
}
