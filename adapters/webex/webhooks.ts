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
  readonly clock: Clock;
  readonly log: Log;
}

const DEFAULT_PORT = 3001;
/** Webex ends a webhook whose target failed too often, and tells nobody. */
const LOOK_EVERY_MS = 2 * 60_000;

export function createWebhooks(options: WebhooksOptions): Intake & { port(): number | null } {
  const { webhooks, call, clock, log, state, notice } = options;
  const { url, secret, port = DEFAULT_PORT } = webhooks;
  const stopped = new AbortController();
  const registration = createRegistration({ call, url, secret, now: clock.monotonic });
  let server: WebhookServer | null = null;
  let watching: Promise<void> = Promise.resolve();

  /** What was delivered to nobody meanwhile is looked for as after a lost socket: closed, and open again. */
  async function look(): Promise<void> {
    try {
      const isMended = await registration.heal();
      if (isMended) {
        log.warn({}, 'the webhooks were not registered any more; they are again');
        state(false, 'webhooks were not registered');
      }
      state(true, null);
    } catch (error) {
      if (stopped.signal.aborted) return;
      log.error({ err: error }, 'the webhooks cannot be looked at');
      state(false, `webhooks cannot be registered (${reasonOf(error)})`);
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
      server = await startWebhookServer({ path, secret, port, notice, log });
      await registration.register();
      state(true, null);
      watching = watch();
    },
    async stop() {
      stopped.abort();
      await server?.stop();
      await watching;
    },
    port: () => server?.port ?? null,
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'reason' in error ? String(error.reason) : networkReason(error);
}
