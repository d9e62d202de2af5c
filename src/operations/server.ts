/** `/healthz`, `/readyz` and `/metrics` over plain HTTP, for whoever runs risbot. Nothing else is served. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readiness } from './readiness.ts';

export interface OperationsOptions {
  /** 0 is any free one. */
  readonly port: number;
  readonly host: string;
  readonly version: string;
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: { readonly contentType: string; text(): Promise<string> };
  /** Hears of an answer that could not be made. */
  readonly onTrouble: (error: unknown) => void;
}

export interface Operations {
  /** `http://127.0.0.1:9090`. */
  readonly url: string;
  stop(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const MOST_CONNECTIONS = 64;
const LIMITS = {
  headersTimeout: 5_000,
  requestTimeout: 5_000,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 8_192,
};

/** Listens. Rejects when the port is taken or the address not this machine's. */
export async function startOperations(options: OperationsOptions): Promise<Operations> {
  const server = createServer(LIMITS, (request, response) => {
    void answer(request, response, options);
  });
  server.maxConnections = MOST_CONNECTIONS;
  await listen(server, options);
  const { address, port, family } = server.address() as AddressInfo;
  const host = family === 'IPv6' ? `[${address}]` : address;
  return {
    url: `http://${host}:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, { port, host }: OperationsOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: OperationsOptions,
): Promise<void> {
  // Nobody has a reason to send a body: what comes of one is thrown away, and the connection with it.
  request.resume();
  const { status, type, body } = await replyTo(request, options).catch((error: unknown): Reply => {
    options.onTrouble(error);
    return json(500, { error: 'internal' });
  });
  const hasBody =
    request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...(status === 405 && { allow: 'GET, HEAD' }),
    ...(hasBody && { connection: 'close' }),
  });
  response.end(request.method === 'HEAD' ? '' : body);
}

async function replyTo(request: IncomingMessage, options: OperationsOptions): Promise<Reply> {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  if (!['/healthz', '/readyz', '/metrics'].includes(path)) return json(404, { error: 'not found' });
  if (request.method !== 'GET' && request.method !== 'HEAD') return json(405, { error: 'only GET' });
  if (path === '/healthz') return json(200, { status: 'live', version: options.version });
  if (path === '/metrics') {
    return { status: 200, type: options.metrics.contentType, body: await options.metrics.text() };
  }
  const readiness = await options.readiness();
  return json(readiness.ready ? 200 : 503, readiness);
}

function json(status: number, value: unknown): Reply {
  return { status, type: JSON_TYPE, body: `${JSON.stringify(value)}\n` };
}
