/** The way to Slack: one WebClient that neither waits nor retries by itself, and the proxy in front of it, if any. */
import { type FetchFunction, WebClient } from '@slack/web-api';
import { Agent, type Dispatcher, EnvHttpProxyAgent, fetch } from 'undici';
import { CHECKED, CHECKED_THROUGH_PROXY } from '../../src/chat/checked.ts';
import type { SlackOptions } from './options.ts';
import { quietLogger } from './quiet-logger.ts';

/** A call that takes longer is given up, and tried again where that helps. */
export const CALL_MS = 15_000;

export interface Web {
  readonly client: WebClient;
  readonly fetch: FetchFunction;
  /** What sockets go through. */
  readonly dispatcher: Dispatcher;
  close(): Promise<void>;
}

/** Retries and waits are `calls.ts`'s business: WebClient would stop its whole queue for one channel's 429. */
export const CLIENT_OPTIONS = {
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: CALL_MS,
  allowAbsoluteUrls: true,
} as const;

/** Opens nothing yet. Rejects a proxy address that is none, by throwing. */
export function createWeb(options: Pick<SlackOptions, 'botToken' | 'apiUrl' | 'proxy' | 'log'>): Web {
  const dispatcher = dispatcherFor(options.proxy);
  const fetch = fetchThrough(dispatcher);
  const client = new WebClient(options.botToken, {
    ...CLIENT_OPTIONS,
    ...addressOf(options),
    fetch,
    logger: quietLogger(options.log),
  });
  return { client, fetch, dispatcher, close: async () => dispatcher.destroy() };
}

/** As the clients of Slack's packages take it. */
export function addressOf({ apiUrl }: Pick<SlackOptions, 'apiUrl'>): { slackApiUrl?: string } {
  return apiUrl === undefined ? {} : { slackApiUrl: apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/` };
}

function dispatcherFor(proxy: SlackOptions['proxy']): Dispatcher {
  // HTTP/1.1, since a WebSocket needs it.
  const options = { connect: CHECKED, allowH2: false };
  if (!proxy?.https) return new Agent(options);
  // Given, though empty, they keep the agent from reading the environment by itself.
  return new EnvHttpProxyAgent({
    ...options,
    ...CHECKED_THROUGH_PROXY,
    httpProxy: '',
    httpsProxy: proxy.https,
    noProxy: proxy.no ?? '',
  });
}

/** undici's fetch: Node's own may be of another release than the agent, and would check certificates only unless told otherwise. */
function fetchThrough(dispatcher: Dispatcher): FetchFunction {
  return async (url, { body, headers, ...rest } = {}) => {
    if (!(body instanceof FormData)) {
      return fetch(url, { ...rest, ...(headers && { headers }), ...(body && { body }), dispatcher });
    }
    // Node's FormData means nothing to undici's fetch: it goes as the bytes that it stands for.
    const packed = new Response(body);
    const type = packed.headers.get('content-type') ?? 'multipart/form-data';
    const bytes = new Uint8Array(await packed.arrayBuffer());
    return fetch(url, {
      ...rest,
      headers: { ...headers, 'Content-Type': type },
      body: bytes,
      dispatcher,
    });
  };
}
