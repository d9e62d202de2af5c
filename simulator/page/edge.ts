/** Where requests to the page come in: who may, what they ask for, and what their browser may do with the answer. */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../cucm/request-body.ts';
import { isObject, readJson } from '../slack/json.ts';
import type { Bundle } from './bundle.ts';
import { DOCUMENT } from './document.ts';
import type { Feed } from './feed.ts';
import { OrderError, type Pane } from './pane.ts';

export interface EdgeOptions {
  readonly panes: readonly Pane[];
  readonly feed: Feed;
  readonly bundle: Bundle;
  readonly key: string;
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

const BIGGEST_ORDER = 256 * 1024;
/** A page somewhere else can make a browser ask 127.0.0.1 under a name of its own, but not under these. */
const LOOPBACK = /^(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/;

/** Nothing from elsewhere, nothing to elsewhere, in nobody's frame. */
const SAFE: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** The listener of the server. It never rejects: what goes wrong while answering breaks the connection. */
export function createEdge(
  options: EdgeOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    handle(options, request, response).catch(() => response.destroy());
  };
}

async function handle(
  options: EdgeOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!LOOPBACK.test(request.headers.host ?? '')) return send(response, words(403, 'only for this machine'));
  const [, key = '', ...rest] = new URL(request.url ?? '/', 'http://localhost').pathname.split('/');
  if (!isSame(key, options.key)) return send(response, words(404, 'nothing here: use the whole address'));
  const path = rest.join('/');
  if (request.method === 'GET' && path === 'live') return live(options.feed, response);
  if (request.method === 'GET') return send(response, found(options, path));
  if (request.method === 'POST') return send(response, await done(options, request, path));
  return send(response, words(405, 'GET and POST'));
}

function isSame(given: string, key: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(key)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function live(feed: Feed, response: ServerResponse): void {
  response.writeHead(200, { ...SAFE, 'content-type': 'text/event-stream; charset=utf-8' });
  if (!feed.add(response)) response.end();
}

function found({ bundle, panes }: EdgeOptions, path: string): Reply {
  switch (path) {
    case '':
      return { status: 200, type: 'text/html; charset=utf-8', body: DOCUMENT };
    case 'main.js':
      return { status: 200, type: 'text/javascript; charset=utf-8', body: bundle.script };
    case 'main.css':
      return { status: 200, type: 'text/css; charset=utf-8', body: bundle.style };
    default:
      return download(panes, path);
  }
}

/** `files/slack/F123`: never shown in place, as its content is somebody else's. */
function download(panes: readonly Pane[], path: string): Reply {
  const [, name, id = ''] = /^files\/(\w+)\/([\w-]+)$/.exec(path) ?? [];
  const file = panes.find((pane) => pane.name === name)?.file?.(id) ?? null;
  if (file === null) return words(404, 'no such file');
  const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`;
  const headers = { 'content-disposition': disposition };
  return { status: 200, type: 'application/octet-stream', body: file.content, headers };
}

/** An order, from this page alone: another site can neither send JSON here nor give this origin as its own. */
async function done({ panes, feed }: EdgeOptions, request: IncomingMessage, path: string): Promise<Reply> {
  const { host = '', origin, 'content-type': type = '' } = request.headers;
  if (origin !== `http://${host}`) return words(403, 'only from this page');
  if (!/^application\/json\b/i.test(type)) return words(415, 'send JSON, as application/json');
  const pane = panes.find(({ name }) => path === `act/${name}`);
  if (pane === undefined) return words(404, 'no such pane');
  const body = await readBody(request, BIGGEST_ORDER);
  const order = body === null ? undefined : readJson(body);
  if (!isObject(order)) return words(body === null ? 413 : 400, 'send an object');
  try {
    const answer = await pane.act(order);
    // Whoever acts sees what comes of it at once.
    feed.look();
    return json(200, answer);
  } catch (error) {
    if (error instanceof OrderError) return json(422, { problem: error.message });
    throw error;
  }
}

function json(status: number, value: unknown): Reply {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

function words(status: number, text: string): Reply {
  return { status, type: 'text/plain; charset=utf-8', body: `${text}\n` };
}

function send(response: ServerResponse, { status, type, body, headers }: Reply): void {
  // After a refusal the rest of what was sent is not read.
  const close = status >= 400 ? { connection: 'close' } : {};
  response.writeHead(status, { ...SAFE, 'content-type': type, ...headers, ...close });
  response.end(body);
}
