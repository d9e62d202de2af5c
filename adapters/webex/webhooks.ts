/** The webhook intake: a server that Webex delivers to, and its registration, looked at every few minutes. */
import type { Log } from '../../src/chat/report.ts';
import { networkReason } from '../../src/chat/retry.ts';
import type { Clock } from '../../src/clock.ts';
import type { Call } from './calls.ts';
import type { Intake, IntakeOptions } from './intake.ts';
import type { WebhookOptions } from './options.ts';
import { createRegistration } from './registration.ts';
import { startWebhookServer, type WebhookServer } from './webhook-server.ts';

export interface WebhooksOptions extends IntakeOptions {
  readonly webhooks: WebhookOptions;
  readonly call: Call;
  /** The bot's own id: what it says itself is no news. */
  readonly bot: string;
  readonly clock: Clock;
  readonly log: Log;
}

const DEFAULT_PORT = 3001;
/** Webex ends a webhook whose target failed too often, and tells nobody. */
const LOOK_EVERY_MS = 2 * 60_000;

export function createWebhooks(options: WebhooksOptions): Intake & { port(): number | null } {
  const { webhooks, call, bot, clock, log, state, notice } = options;
  const { url, secret, port = DEFAULT_PORT } = webhooks;
  const stopped = new AbortController();
  const registration = createRegistration({ call, url, secret, now: clock.monotonic });
  let server: WebhookServer | null = null;
  /** The last look that found everything in its place, on the monotonic clock. */
  let goodAt = clock.monotonic();

  /** A look that cannot be had says nothing of deliveries; one that finds something missing says so since the last good one. */
  async function look(): Promise<void> {
    try {
      const isMended = await registration.heal();
      if (isMended) {
        log.warn({}, 'the webhooks were not registered any more; they are again');
        state(false, 'webhooks were not registered', clock.now() - (clock.monotonic() - goodAt));
        state(true, null);
      }
      goodAt = clock.monotonic();
    } catch (error) {
      if (!stopped.signal.aborted) log.error({ err: error }, 'the webhooks cannot be looked at');
    }
  }

  async function watch(): Promise<void> {
    while (!stopped.signal.aborted) {
      // Only stopping ends the pause early.
      await clock.sleep(LOOK_EVERY_MS, stopped.signal).catch(() => undefined);
      if (!stopped.signal.aborted) await look();
    }
  }

  return {
    async start() {
      const path = new URL(url).pathname;
      const opened = await startWebhookServer({ path, secret, port, bot, notice, log, clock });
      server = opened;
      if (stopped.signal.aborted) return opened.stop();
      await registration.register().catch((error: unknown) => {
        throw new WebhooksRefused(error);
      });
      goodAt = clock.monotonic();
      state(true, null);
      void watch();
    },
    async stop() {
      stopped.abort();
      await server?.stop();
    },
    port: () => server?.port ?? null,
  };
}

/** `reason` is for whoever runs risbot. */
export class WebhooksRefused extends Error {
  override name = 'WebhooksRefused';
  readonly code = 'webhooks-refused';
  readonly reason: string;

  constructor(cause: unknown) {
    const why = cause instanceof Error && 'reason' in cause ? String(cause.reason) : networkReason(cause);
    super(`webhooks cannot be registered (${why})`, { cause });
    this.reason = this.message;
  }
}
