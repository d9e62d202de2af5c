/**
 * Socket Mode over two sockets: what Slack has to say goes to any of them, so that one that drops loses nothing. Each is a fresh
 * client that does not reconnect by itself: its own way waits five seconds, and ends the process when a token is revoked meanwhile.
 */
import { type App, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { FetchFunction } from '@slack/web-api';
import type { Clock } from '../../src/clock.ts';
import { neededScope, readTrouble, SlackRefusal } from './failure.ts';
import type { Health } from './health.ts';
import type { SlackOptions } from './options.ts';
import { quietLogger } from './quiet-logger.ts';
import { addressOf, CLIENT_OPTIONS, type Web } from './web.ts';

const SOCKETS = 2;
/** apps.connections.open, the connection, and Slack's hello. */
const OPEN_MS = 20_000;
/** A socket that is gone sooner than that is not opened again in haste. */
const HEALTHY_MS = 5_000;
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 30_000;
const OPEN = 'apps.connections.open';

export interface SocketsOptions extends Pick<SlackOptions, 'apiUrl' | 'log' | 'clock'> {
  readonly appToken: string;
  readonly web: Web;
  readonly health: Health;
}

/**
 * A receiver for Bolt. `start` resolves when the first socket is open, and rejects when Slack refuses the token and when it is stopped;
 * what drops later is opened again until `stop`.
 */
export function createSockets(options: SocketsOptions): Receiver {
  const { clock, health, log } = options;
  const stopped = new AbortController();
  let open = 0;
  let app: App | null = null;

  const counted = (by: 1 | -1) => {
    open += by;
    health.receiving(open > 0, 'no socket to Slack is open');
  };

  /** One socket from its opening to its end; false when it did not live long. Throws when Slack refused a first one. */
  async function live(onOpen: () => void, isFirst: boolean): Promise<boolean> {
    try {
      const socket = await openSocket(options, app, stopped.signal);
      counted(1);
      onOpen();
      const openedAt = clock.monotonic();
      await Promise.race([socket.ended, aborted(stopped.signal)]);
      counted(-1);
      socket.close();
      return clock.monotonic() - openedAt > HEALTHY_MS;
    } catch (error) {
      const trouble = readTrouble(error);
      const reason = trouble.type === 'limited' ? 'rate limited' : trouble.reason;
      if (trouble.type === 'refused') health.refused(OPEN, reason, neededScope(error));
      health.receiving(open > 0, `no socket to Slack is open (${reason})`);
      if (trouble.type === 'refused' && isFirst)
        throw new SlackRefusal({ method: OPEN, reason }, { cause: error });
      if (!stopped.signal.aborted) log.warn({ reason }, 'a socket to Slack could not be opened');
      return false;
    }
  }

  /** Opens a socket again and again. Only the first try can end it: a token that never worked will not begin to. */
  async function keep(first: PromiseWithResolvers<void>): Promise<void> {
    let isFirst = true;
    let failures = 0;
    while (!stopped.signal.aborted) {
      const onOpen = () => {
        isFirst = false;
        first.resolve();
      };
      failures = (await live(onOpen, isFirst)) ? 0 : failures + 1;
      await clock.sleep(waitMs(failures), stopped.signal).catch(() => undefined);
    }
  }

  return {
    init: (bolt) => {
      app = bolt;
    },
    async start() {
      const firsts = Array.from({ length: SOCKETS }, () => Promise.withResolvers<void>());
      for (const first of firsts) keep(first).catch(first.reject);
      // Whoever comes later has nobody left to tell.
      for (const { promise } of firsts) promise.catch(() => undefined);
      const stops = aborted(stopped.signal).then(() => stopped.signal.throwIfAborted());
      await Promise.race([...firsts.map(({ promise }) => promise), stops]);
    },
    async stop() {
      stopped.abort();
    },
  };
}

interface Socket {
  readonly ended: Promise<void>;
  close(): void;
}

/** Resolves when Slack has said hello. */
async function openSocket(options: SocketsOptions, app: App | null, signal: AbortSignal): Promise<Socket> {
  const receiver = newReceiver(options);
  if (app !== null) receiver.init(app);
  const ended = Promise.withResolvers<void>();
  receiver.client.on('disconnected', () => ended.resolve());
  const close = () => void receiver.client.disconnect();
  try {
    await connect(receiver, options.clock, signal);
    return { ended: ended.promise, close };
  } catch (error) {
    close();
    throw error;
  }
}

function newReceiver({ appToken, apiUrl, web, log, clock }: SocketsOptions): SocketModeReceiver {
  const fetch: FetchFunction = web.fetch;
  return new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: quietLogger(log),
    installerOptions: {
      clientOptions: { ...CLIENT_OPTIONS, ...addressOf(apiUrl === undefined ? {} : { apiUrl }), fetch },
    },
    dispatcher: web.dispatcher,
    customPropertiesExtractor: () => ({ receivedAt: clock.monotonic() }),
  });
}

/** The client's own start waits for a hello without end. */
async function connect(receiver: SocketModeReceiver, clock: Clock, signal: AbortSignal): Promise<void> {
  const started = receiver.start();
  started.catch(() => undefined);
  const over = AbortSignal.any([signal, clock.timeout(OPEN_MS)]);
  await Promise.race([started.catch(rejection), aborted(over).then(() => over.throwIfAborted())]);
}

/** A socket that closes before its hello rejects with nothing at all. */
function rejection(error: unknown): never {
  throw error instanceof Error
    ? error
    : new Error('the socket was closed before it was ready', { cause: error });
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function waitMs(failures: number): number {
  return failures === 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
}
