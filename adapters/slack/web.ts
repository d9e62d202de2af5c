/** The way to Slack: one WebClient that neither waits nor retries by itself, and the proxy in front of it, if any. */
import { type FetchFunction, WebClient } from '@slack/web-api';
import { type Dispatcher, EnvHttpProxyAgent, fetch as undiciFetch } from 'undici';
import type { SlackOptions } from './options.ts';
import { quietLogger } from './quiet-logger.ts';

/** A call that takes longer is given up, and tried again where that helps. */
export const CALL_MS = 15_000;

export interface Web {
  readonly client: WebClient;
  readonly fetch: FetchFunction;
  /** What sockets go through; none without a proxy. */
  readonly dispatcher: Dispatcher | undefined;
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
  const dispatcher = proxyDispatcher(options.proxy);
  const fetch = fetchThrough(dispatcher);
  const client = new WebClient(options.botToken, {
    ...CLIENT_OPTIONS,
    ...addressOf(options),
    fetch,
    logger: quietLogger(options.log),
  });
  return { client, fetch, dispatcher, close: async () => dispatcher?.destroy() };
}

/** As the clients of Slack's packages take it. */
export function addressOf({ apiUrl }: Pick<SlackOptions, 'apiUrl'>): { slackApiUrl?: string } {
  return apiUrl === undefined ? {} : { slackApiUrl: apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/` };
}

function proxyDispatcher(proxy: SlackOptions['proxy']): Dispatcher | undefined {
  if (!proxy?.https) return undefined;
  // Given, though empty, they keep the agent from reading the environment by itself. HTTP/1.1, since a WebSocket needs it.
  return new EnvHttpProxyAgent({
    httpProxy: '',
    httpsProxy: proxy.https,
    noProxy: proxy.no ?? '',
    allowH2: false,
  });
}

/** Node's own fetch, or, since that may be of another release than the proxy's agent, undici's. */
function fetchThrough(dispatcher: Dispatcher | undefined): FetchFunction {
  if (dispatcher === undefined) return (url, init) => fetch(url, init);
  return async (url, { body, headers, ...rest } = {}) => {
    if (!(body instanceof FormData)) {
      return undiciFetch(url, { ...rest, ...(headers && { headers }), ...(body && { body }), dispatcher });
    }
    // Node's FormData means nothing to undici's fetch: it goes as the bytes that it stands for.
    const packed = new Response(body);
    const type = packed.headers.get('content-type') ?? 'multipart/form-data';
    const bytes = new Uint8Array(await packed.arrayBuffer());
    return undiciFetch(url, {
      ...rest,
      headers: { ...headers, 'Content-Type': type },
      body: bytes,
      dispatcher,
    });
  };
}
