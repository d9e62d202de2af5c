/**
 * News of Webex over the websocket of webex-node-bot-framework. The framework lives in a process of its own, which is replaced when it
 * ends, hangs or does not connect: it may die, and nothing else notices.
 */
import { getCACertificates } from 'node:tls';
import type { ChatProxy, Log } from '../../src/chat/report.ts';
import type { Clock } from '../../src/clock.ts';
import type { Intake, IntakeOptions } from './intake.ts';
import { type Limits, startChild } from './sdk/child.ts';
import type { Order, Timings } from './sdk/protocol.ts';
import { createSuccession } from './sdk/succession.ts';

const LIMITS: Limits = { heartbeatMs: 5_000, missedBeats: 4, connectMs: 60_000, farewellMs: 3_000 };
/** So that a websocket that says nothing any more is found out within 18 s. */
const TIMINGS: Timings = { pingMs: 10_000, pongMs: 8_000, letInMs: 15_000, callMs: 15_000 };
const START_MS = 60_000;
const FIRST_PAUSE_MS = 1_000;

export interface LinkOptions extends IntakeOptions {
  readonly token: string;
  /** Another address of the REST API; default the SDK's own. */
  readonly apiUrl?: string;
  /** Another address of the service catalog; default the SDK's own. */
  readonly discoveryUrl?: string;
  readonly proxy?: ChatProxy;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<Limits & Timings>;
  /** Milliseconds that `start` tries; default a minute. */
  readonly startMs?: number;
  /** Milliseconds before a process that ended is followed by another, doubled for each that did not last; default a second. */
  readonly firstPauseMs?: number;
}

export interface Link extends Intake {
  /** Of the process that there is now. */
  pid(): number | null;
}

/** Why no news comes in; `reason` is in words for whoever runs risbot, and holds no secret. */
export class LinkFailure extends Error {
  readonly code = 'webex-link';
  readonly reason: string;

  constructor(reason: string) {
    super(`no news of Webex: ${reason}`);
    this.name = 'LinkFailure';
    this.reason = reason;
  }
}

/** `start` rejects with LinkFailure: at once when the token is refused, else after it was tried for `startMs`. */
export function createLink(options: LinkOptions): Link {
  const { clock, log, startMs = START_MS, firstPauseMs = FIRST_PAUSE_MS } = options;
  const stopping = new AbortController();
  const opened = Promise.withResolvers<void>();
  let running: Promise<string | null> = Promise.resolve(null);
  /** Null: it is open. */
  let closed: string | null = 'connecting';

  function show(reason: string | null): void {
    if (reason === closed || stopping.signal.aborted) return;
    closed = reason;
    options.state(reason === null, reason);
  }

  const succession = createSuccession({
    start: (heard) => startChild({ ...orderOf(options), clock, log, hear: heard }),
    heard: {
      open() {
        show(null);
        opened.resolve();
      },
      closed: show,
      notice: options.notice,
    },
    clock,
    log,
    firstPauseMs,
  });

  async function stop(): Promise<void> {
    stopping.abort();
    await succession.stop();
    await running;
  }

  return {
    async start() {
      running = succession.run();
      const over = new AbortController();
      const patience = clock.sleep(startMs, AbortSignal.any([stopping.signal, over.signal]));
      const refused = running.then((reason) => reason ?? 'stopped');
      const tooLong = patience.then(
        () => closed,
        () => 'stopped',
      );
      const reason = await Promise.race([opened.promise.then(() => null), refused, tooLong]);
      over.abort();
      if (reason === null) return;
      await stop();
      throw new LinkFailure(reason);
    },
    stop,
    pid: succession.pid,
  };
}

function orderOf(options: LinkOptions) {
  const { token, apiUrl, discoveryUrl, proxy = {} } = options;
  const chosen = { ...LIMITS, ...TIMINGS, ...options.limits };
  const order: Order = { ...chosen, token, proxy, authorities: ownAuthorities() };
  const environment = {
    ...(apiUrl === undefined ? {} : { HYDRA_SERVICE_URL: apiUrl.replace(/\/+$/, '') }),
    ...(discoveryUrl === undefined ? {} : { U2C_SERVICE_URL: discoveryUrl.replace(/\/+$/, '') }),
    WEBEX_LOG_LEVEL: 'silent',
    NODE_ENV: 'production',
  };
  return { order, environment, secrets: [token, ...passwordIn(proxy.https)], limits: chosen };
}

function passwordIn(proxy: string | undefined): readonly string[] {
  if (proxy === undefined || !URL.canParse(proxy)) return [];
  const { password } = new URL(proxy);
  return password === '' ? [] : [password, decodeURIComponent(password)];
}

/** What this process trusts besides Node's own: NODE_EXTRA_CA_CERTS, which the other process does not see, or the system's. */
function ownAuthorities(): readonly string[] {
  const bundled = new Set(getCACertificates('bundled'));
  return getCACertificates('default').filter((one) => !bundled.has(one));
}
