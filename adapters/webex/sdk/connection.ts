/**
 * The framework, connected: an identity, a device, a websocket. It is used to connect and to stay so. What it would do with each event,
 * up to five calls and nothing at all when one of them fails, it is kept from: only the ids are taken, from the websocket itself.
 */
import { Agent } from 'node:https';
import { CHECKED } from '../../../src/chat/checked.ts';
import type { ChatProxy } from '../../../src/chat/report.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Notice } from '../intake.ts';
import { readActivity, uuidIn } from './activity.ts';
import { core, FrameworkConstructor, type Mercury, sdk, type Webex } from './framework.ts';
import { createPatience } from './patience.ts';
import type { Order } from './protocol.ts';
import { type Failure, reasonOf } from './trouble.ts';

/** Pauses between two attempts to open the websocket again; the first attempt is made at once. The SDK's own go from 1 to 32 seconds. */
const RECONNECT = { backoffTimeReset: 250, backoffTimeMax: 1_500, forceCloseDelay: 500 };
const LARGEST_NEWS = 4 * 1024 * 1024;
/** The SDK opens a websocket that was closed again without any pause, as often as it is let in. */
const RESTLESS = { times: 20, withinMs: 60_000 };

export interface Listener {
  open(): void;
  closed(reason: string): void;
  /** A call failed; it is made again. */
  trouble(reason: string): void;
  notice(notice: Notice): void;
  /** It will not recover. */
  failed(reason: string): void;
}

export interface Connection {
  /** Resolves when the websocket is open. Rejects when the framework gave up. */
  start(): Promise<void>;
  /** Takes the device back, so that it does not count against the bot. */
  close(): Promise<void>;
}

/** To be called once in a process. */
export function createConnection(order: Order, clock: Clock, listener: Listener): Connection {
  const agent = agentFor(order.proxy);
  const onFailure = (failure: Failure) => {
    if (failure.place !== 'metrics') listener.trouble(reasonOf(failure));
  };
  const framework = new FrameworkConstructor({ token: order.token, maxStartupSpaces: 0 });
  const made = Promise.withResolvers<Webex>();
  core.registerInternalPlugin('patience', core.WebexPlugin.extend({ namespace: 'Patience' }), {
    interceptors: {
      PatienceInterceptor() {
        return createPatience({ clock, webex: this, callMs: order.callMs, agent, onFailure });
      },
    },
  });
  const init = sdk.init;
  // The framework hands neither settings nor the instance out before it has connected.
  sdk.init = (attributes) => {
    const webex = init({ ...attributes, config: { ...attributes.config, ...settings(order, agent) } });
    // What was said is of no interest here, and its keys would be asked for before the event is told.
    webex.config.payloadTransformer.predicates = [];
    listen(webex, clock, listener, () => framework.person.id);
    watch(webex.internal.mercury, clock, order.letInMs, listener);
    made.resolve(webex);
    return webex;
  };
  return {
    async start() {
      await framework.start();
      const { messages, memberships, rooms, attachmentActions } = await made.promise;
      // From here on no event costs a call: the SDK would ask for each message, and the framework for what it is about.
      for (const plugin of [messages, memberships, rooms, attachmentActions]) plugin.stopListening();
    },
    async close() {
      const { device } = (await made.promise).internal;
      if (device.registered) await device.unregister();
    },
  };
}

function settings({ pingMs, pongMs, letInMs }: Order, agent: Agent | undefined): object {
  return {
    mercury: { ...RECONNECT, pingInterval: pingMs, pongTimeout: pongMs },
    // Else it keeps a thousand lines, with all that they mention.
    logger: { level: 'silent', bufferLogLevel: 'silent' },
    defaultMercuryOptions: {
      handshakeTimeout: letInMs / 2,
      maxPayload: LARGEST_NEWS,
      perMessageDeflate: false,
      ...(agent === undefined ? {} : { agent }),
    },
  };
}

function agentFor({ https, no }: ChatProxy): Agent | undefined {
  if (https === undefined) return undefined;
  return new Agent({ keepAlive: true, ...CHECKED, proxyEnv: { HTTPS_PROXY: https, NO_PROXY: no ?? '' } });
}

function listen(webex: Webex, clock: Clock, listener: Listener, self: () => string | undefined): void {
  const { mercury, services } = webex.internal;
  let opened: readonly number[] = [];
  mercury.on('online', () => {
    const now = clock.monotonic();
    opened = [...opened.filter((at) => at > now - RESTLESS.withinMs), now];
    if (opened.length > RESTLESS.times) listener.failed('websocket does not stay open');
    else listener.open();
  });
  mercury.on('offline', () => listener.closed('websocket lost'));
  // The SDK does not come back from a close that it takes for somebody's wish.
  mercury.on('offline.permanent', () => void mercury.connect().catch(() => undefined));
  mercury.on('offline.replaced', () => listener.failed('websocket replaced by another'));
  // Twice refused with a word: the device is forgotten, or the token is not good any more. The SDK would try both for ever.
  mercury.on('connection_failed', ({ code }) => listener.failed(`websocket refused (${Number(code)})`));
  mercury.on('event:conversation.activity', (envelope) => {
    const told = readActivity(envelope, (url) => services.getClusterId(url));
    if (told === null || told.actor === uuidIn(self() ?? '')) return;
    listener.notice(told.notice);
  });
}

/** A websocket that opened and was not let in: the SDK waits for that without end, and cannot be made to try another. */
function watch(mercury: Mercury, clock: Clock, letInMs: number, listener: Listener): void {
  const judge = async (socket: object) => {
    await clock.sleep(letInMs);
    if (mercury.socket === socket && !mercury.connected) listener.failed('websocket was not let in');
  };
  mercury.on('change:socket', () => {
    if (mercury.socket !== undefined) void judge(mercury.socket);
  });
}
