/**
 * HTTP to one CUCM: one pool of connections, one POST at a time through it, every wait and every size with an end.
 * Nothing is sent again from here, not even over a connection that was closed meanwhile: each POST counts against the
 * allowance, so asking again is for those who keep count. Idle connections are closed long before CUCM does it.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { Pool } from 'undici';
import type { Clock } from '../clock.ts';
import { ACCEPTED_ENCODINGS, discard, type ReadBody, readBody, tooLarge } from './body.ts';
import { failureOf, type Stage } from './failure.ts';
import { createConnector, shownFingerprint, type TlsOptions } from './tls.ts';

export interface TransportLimits {
  /** For TCP and TLS together. Default 10 s. */
  readonly connectMs: number;
  /** From the request to the reply's headers. Default 60 s: a busy CUCM thinks long. */
  readonly headersMs: number;
  /** Between two pieces of the body. Default 20 s. */
  readonly bodyIdleMs: number;
  /** For all of it, so that a slow drip ends too. Default 120 s. */
  readonly totalMs: number;
  /** Of a body, packed and unpacked. Default 64 MB: 2 000 devices are 5 MB. */
  readonly maxBytes: number;
}

export const DEFAULT_LIMITS: TransportLimits = {
  connectMs: 10_000,
  headersMs: 60_000,
  bodyIdleMs: 20_000,
  totalMs: 120_000,
  maxBytes: 64 * 1024 * 1024,
};

export interface HttpReply {
  readonly status: number;
  /** Names in lower case; of a header sent twice both values, joined by commas. `set-cookie` is in `setCookies` alone. */
  readonly headers: Readonly<Record<string, string>>;
  readonly setCookies: readonly string[];
  /** Unpacked. */
  readonly body: Buffer;
  /** As sent. */
  readonly bytes: number;
}

export interface Transport {
  /** Throws RisPortError `timeout`, `tls`, `network`, `too-large` or `malformed`, or the signal's reason. */
  post(headers: Readonly<Record<string, string>>, body: string, signal?: AbortSignal): Promise<HttpReply>;
  close(): Promise<void>;
}

export interface TransportOptions {
  /** Where every POST goes: `https://…`; `http://` to this machine only. */
  readonly url: URL;
  readonly tls?: TlsOptions;
  readonly limits?: Partial<TransportLimits>;
  readonly clock: Clock;
}

const CONNECTIONS = 4;
const IDLE_CONNECTION_MS = 4_000;
const FINGERPRINT_MS = 5_000;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** A transport to one address. Never goes through a proxy and never follows a redirect. Throws TypeError for another URL. */
export function createTransport(options: TransportOptions): Transport {
  const { url, tls = {}, clock } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const isPlain = url.protocol === 'http:' && LOOPBACK.test(url.hostname);
  if (url.protocol !== 'https:' && !isPlain)
    throw new TypeError('CUCM is asked over https; over http on this machine only');
  const pool = new Pool(url.origin, {
    connections: CONNECTIONS,
    pipelining: 1,
    keepAliveTimeout: IDLE_CONNECTION_MS,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.bodyIdleMs,
    connect: createConnector(tls, limits.connectMs),
  });
  const port = Number(url.port || (isPlain ? 80 : 443));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const shown = () => shownFingerprint({ host, port }, tls, clock.timeout(FINGERPRINT_MS));

  return {
    async post(headers, body, signal) {
      signal?.throwIfAborted();
      const deadline = clock.timeout(limits.totalMs);
      const ended = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
      let stage: Stage = 'asking';
      try {
        const reply = await pool.request({
          method: 'POST',
          path: url.pathname + url.search,
          headers: { 'accept-encoding': ACCEPTED_ENCODINGS, ...headers },
          body,
          signal: ended,
        });
        stage = 'reading';
        const announced = Number(reply.headers['content-length'] ?? 0);
        if (announced > limits.maxBytes) {
          discard(reply.body);
          throw tooLarge(limits.maxBytes);
        }
        const encoding = String(reply.headers['content-encoding'] ?? '');
        return replyOf(reply, await readBody(reply.body, encoding, limits.maxBytes, ended));
      } catch (error) {
        signal?.throwIfAborted();
        throw await failureOf(error, { stage, overdue: deadline.aborted, shownFingerprint: shown });
      }
    },
    close: () => pool.destroy(),
  };
}

function replyOf(reply: { statusCode: number; headers: IncomingHttpHeaders }, read: ReadBody): HttpReply {
  const { 'set-cookie': setCookies = [], ...others } = reply.headers;
  const headers = Object.entries(others).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return {
    status: reply.statusCode,
    headers: Object.fromEntries(headers),
    setCookies: Array.isArray(setCookies) ? setCookies : [setCookies],
    ...read,
  };
}
