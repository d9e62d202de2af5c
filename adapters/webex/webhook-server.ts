/** Where Webex delivers: nothing is read, or done, before the signature over the raw bytes is right. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../../src/chat/report.ts';
import type { Clock } from '../../src/clock.ts';
import type { Notice } from './intake.ts';
import { idAt, textAt } from './read.ts';

export interface WebhookServerOptions {
  /** The path that is delivered to, `/webex/events`. */
  readonly path: string;
  readonly secret: string;
  /** 0 is any free one. */
  readonly port: number;
  /** The bot's own id: what it says itself is no news. */
  readonly bot: string;
  readonly notice: (notice: Notice) => void;
  readonly clock: Clock;
  readonly log: Log;
}

export interface WebhookServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Deliveries hold ids and times, no texts: a few hundred bytes. */
const MOST_BYTES = 64 * 1024;
const SLOWEST_MS = 10_000;
const TIMES = { requestTimeout: SLOWEST_MS, headersTimeout: SLOWEST_MS, connectionsCheckingInterval: 2_000 };
const MOST_CONNECTIONS = 256;
/** Anybody may send something unsigned, as often as they like. */
const WARN_EVERY_MS = 60_000;

/** Rejects when the port is taken. */
export async function startWebhookServer(options: WebhookServerOptions): Promise<WebhookServer> {
  const warn = createWarning(options);
  const server = createServer(TIMES, (request, response) => {
    handle(request, options, warn)
      .then((status) => response.writeHead(status).end())
      .catch(() => response.destroy());
  });
  server.maxConnections = MOST_CONNECTIONS;
  const port = await listen(server, options.port);
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The status to answer with. */
async function handle(
  request: IncomingMessage,
  options: WebhookServerOptions,
  warn: () => void,
): Promise<number> {
  const { path, secret, notice, bot } = options;
  if ((request.url ?? '').split('?')[0] !== path) return 404;
  if (request.method !== 'POST') return 405;
  const body = await readBody(request);
  if (body === null) return 413;
  if (!isSigned(body, secret, request.headers['x-spark-signature'])) {
    warn();
    return 401;
  }
  const told = readDelivery(body.toString(), bot);
  if (told !== null) notice(told);
  return 200;
}

function createWarning({ clock, log }: WebhookServerOptions): () => void {
  let count = 0;
  let quietUntil = Number.NEGATIVE_INFINITY;
  return () => {
    count += 1;
    if (clock.monotonic() < quietUntil) return;
    log.warn({ count }, 'something came to the address of the Webex webhooks without a good signature');
    count = 0;
    quietUntil = clock.monotonic() + WARN_EVERY_MS;
  };
}

/** HMAC-SHA1 of the raw body, in hex: https://developer.webex.com/docs/webhooks#handling-requests-from-webex */
export function isSigned(body: Buffer, secret: string, signature: string | string[] | undefined): boolean {
  if (typeof signature !== 'string') return false;
  const given = Buffer.from(signature);
  const right = Buffer.from(createHmac('sha1', secret).update(body).digest('hex'));
  return given.length === right.length && timingSafeEqual(given, right);
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Null for what is of no concern here. */
export function readDelivery(text: string, bot: string): Notice | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  const resource = textAt(body, 'resource');
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : null;
  const id = idAt(data, 'id');
  if (id === null || textAt(body, 'event') !== 'created' || idAt(data, 'personId') === bot) return null;
  return resource === 'messages' || resource === 'attachmentActions' ? { resource, id } : null;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
