/** Deliveries over HTTP, each signed by Slack: Bolt's own receiver, with bounds on what it reads and for how long. */
import type { Server } from 'node:http';
import { type App, HTTPReceiver, type Receiver } from '@slack/bolt';
import type { Health } from './health.ts';
import type { SlackOptions } from './options.ts';
import { quietLogger } from './quiet-logger.ts';

const DEFAULT_PORT = 3000;
/** Slack's payloads are far below a megabyte. */
const LONGEST_BODY = 1_048_576;
const TIMES = { headersTimeout: 5_000, requestTimeout: 10_000, keepAliveTimeout: 30_000 } as const;

export interface HttpReceiver extends Receiver {
  /** Where it listens; null while it does not. */
  port(): number | null;
}

export interface HttpOptions extends Pick<SlackOptions, 'port' | 'log' | 'clock'> {
  readonly signingSecret: string;
  readonly health: Health;
}

/**
 * A receiver for Bolt: POST /slack/events, for events, commands and actions alike. A signature that is wrong, missing or older than
 * five minutes is answered with 401, and nothing else happens. `start` rejects when the port is taken.
 */
export function createHttp({ signingSecret, port, log, clock, health }: HttpOptions): HttpReceiver {
  const receiver = new HTTPReceiver({
    signingSecret,
    logger: quietLogger(log),
    bodyLimit: LONGEST_BODY,
    customPropertiesExtractor: () => ({ receivedAt: clock.monotonic() }),
  });
  let server: Server | null = null;
  return {
    init: (app: App) => receiver.init(app),
    async start() {
      server = await receiver.start(port ?? DEFAULT_PORT, TIMES);
      health.receiving(true);
    },
    async stop() {
      if (server === null) return;
      health.receiving(false, 'stopped');
      const closed = receiver.stop();
      // Slack keeps its connections open for the next delivery.
      server.closeIdleConnections();
      server = null;
      await closed;
    },
    port() {
      const address = server?.address();
      return typeof address === 'object' && address !== null ? address.port : null;
    },
  };
}
