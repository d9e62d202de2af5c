/** The REST API of Webex: one exchange a call, bounded in time and size. Neither waits nor retries: that is `calls.ts`'s business. */
import { Agent, type Dispatcher, EnvHttpProxyAgent, FormData, request } from 'undici';
import { CHECKED, CHECKED_THROUGH_PROXY } from '../../src/chat/checked.ts';
import type { ChatProxy } from '../../src/chat/report.ts';
import type { Clock } from '../../src/clock.ts';
import { WebexStatus } from './failure.ts';

/** https://developer.webex.com/docs/basics */
const WEBEX_API = 'https://webexapis.com/v1/';
/** A call that takes longer is given up, and tried again where that helps. */
const CALL_MS = 15_000;
/** A list of messages is the longest that is asked for: a hundred of 7439 bytes, in two or three forms. */
const MOST_BYTES = 8_000_000;

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Ask {
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: Readonly<Record<string, unknown>>;
  /** With a file: goes as multipart. */
  readonly form?: Readonly<Record<string, string>>;
  readonly file?: { readonly name: string; readonly mediaType: string; readonly content: string };
  /** Milliseconds that it may take; never more than a quarter of a minute. */
  readonly withinMs?: number;
}

/** Resolves with the parsed body, an empty object when there is none. Rejects with `WebexStatus`, and with what the network has to say. */
export interface Rest {
  ask(method: Method, path: string, ask?: Ask): Promise<unknown>;
  close(): Promise<void>;
}

export interface RestOptions {
  readonly token: string;
  readonly apiUrl?: string;
  readonly proxy?: ChatProxy;
  readonly clock: Clock;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
}

/** Opens nothing yet. Rejects a proxy address that is none, by throwing. */
export function createRest({ token, apiUrl = WEBEX_API, proxy, clock, signal }: RestOptions): Rest {
  const base = apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`;
  const dispatcher = dispatcherFor(proxy);
  return {
    async ask(method, path, ask = {}) {
      const url = new URL(path, base);
      for (const [name, value] of Object.entries(ask.query ?? {})) url.searchParams.set(name, value);
      const { body, headers } = packed(ask);
      const response = await request(url, {
        method,
        headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...headers },
        ...(body !== undefined && { body }),
        dispatcher,
        signal: AbortSignal.any([signal, clock.timeout(timeFor(ask))]),
      });
      const text = await readText(response);
      if (response.statusCode < 200 || response.statusCode > 299) throw statusOf(response);
      return parsed(text, method);
    },
    close: () => dispatcher.destroy(),
  };
}

function dispatcherFor(proxy: ChatProxy | undefined): Dispatcher {
  const options = {
    connect: { timeout: CALL_MS, ...CHECKED },
    bodyTimeout: CALL_MS,
    headersTimeout: CALL_MS,
  };
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

function packed({ json, form, file }: Ask): {
  readonly body?: string | FormData;
  readonly headers?: Readonly<Record<string, string>>;
} {
  if (json !== undefined) {
    return { body: JSON.stringify(json), headers: { 'content-type': 'application/json; charset=utf-8' } };
  }
  if (file === undefined) return {};
  const body = new FormData();
  for (const [name, value] of Object.entries(form ?? {})) body.append(name, value);
  // A file that is empty would be refused.
  const content = file.content === '' ? '\n' : file.content;
  body.append('files', new Blob([content], { type: file.mediaType }), file.name);
  return { body };
}

async function readText({ body, headers }: Dispatcher.ResponseData): Promise<string> {
  const announced = Number(headers['content-length'] ?? 0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    // Leaving the loop ends the connection.
    if (length > MOST_BYTES || announced > MOST_BYTES) throw new Error('Webex sent more than was asked for');
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** A body that is no JSON is a gateway's page, say. What was done is done; what was asked is asked again like any trouble on the way. */
function parsed(text: string, method: Method): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    if (method === 'GET') throw error;
    return {};
  }
}

function timeFor({ withinMs = CALL_MS }: Ask): number {
  return Math.max(1, Math.min(CALL_MS, Math.round(withinMs)));
}

function statusOf({ statusCode, headers }: Dispatcher.ResponseData): WebexStatus {
  const seconds = Number(textOf(headers['retry-after']));
  return new WebexStatus(statusCode, {
    retryAfter: Number.isFinite(seconds) && seconds > 0 ? seconds : null,
    trackingId: /^[\w.:-]{1,100}$/.exec(textOf(headers['trackingid']))?.[0] ?? '',
  });
}

const textOf = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header) ?? '';
