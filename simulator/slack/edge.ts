/** Where HTTP requests come in: the Web API, response_urls, uploads and downloads; and how answers are spoilt. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Api, ApiReply } from './api.ts';
import { tooMany } from './api.ts';
import type { Fault, Faults } from './faults.ts';
import { isObject, type JsonObject, readJson, textAt } from './json.ts';
import { readArguments, readBody, readToken, readUpload } from './request.ts';
import { respond } from './respond.ts';
import type { World } from './world.ts';

export interface EdgeOptions {
  readonly world: World;
  readonly api: Api;
  readonly faults: Faults;
  /** Called when a request came in, and when it was answered. */
  readonly busy: (change: 1 | -1) => void;
}

interface Asked {
  readonly method: string;
  readonly args: JsonObject;
  readonly answer: () => Promise<Answered> | Answered;
}

interface Answered {
  readonly status: number;
  readonly body: string | Buffer;
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly error: string | null;
}

/** The listener of the server. It never rejects: what goes wrong while answering breaks the connection. */
export function createEdge(
  options: EdgeOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    options.busy(1);
    handle(options, request, response)
      .catch(() => response.destroy())
      .finally(() => options.busy(-1));
  };
}

async function handle(
  options: EdgeOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { world, faults } = options;
  if (faults.isDown) return void response.destroy();
  const body = await readBody(request);
  if (body === null) return send(response, plain(413, 'too_large'));
  const asked = understand(options, request, body);
  if (faults.slowMs > 0) await world.clock.sleep(faults.slowMs);
  const fault = faults.take(asked.method);
  if (fault?.type === 'lose') await asked.answer();
  if (fault !== null) return spoil(options, asked, fault, response);
  const answered = await asked.answer();
  record(world, asked, answered.status, answered.error);
  send(response, answered);
}

function spoil({ world }: EdgeOptions, asked: Asked, fault: Fault, response: ServerResponse): void {
  switch (fault.type) {
    case 'status': {
      const isLimit = fault.status === 429;
      record(world, asked, fault.status, isLimit ? 'ratelimited' : `http_${fault.status}`);
      const words = plain(fault.status, 'upstream connect error');
      send(response, isLimit ? ofApi(tooMany(fault.retryAfter ?? 1)) : words);
      break;
    }
    case 'error':
      record(world, asked, 200, fault.error);
      send(response, ofApi({ status: 200, body: { ok: false, error: fault.error } }));
      break;
    case 'hang':
      record(world, asked, 0, 'hang');
      break;
    case 'cut':
    case 'lose':
      record(world, asked, 0, fault.type);
      response.destroy();
  }
}

function understand(options: EdgeOptions, request: IncomingMessage, body: Buffer): Asked {
  const { world, api } = options;
  const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
  if (path.startsWith('/api/')) {
    const method = path.slice('/api/'.length);
    const args = readArguments(request, body);
    const { token: _secret, ...shown } = args ?? {};
    const token = readToken(request, args ?? {});
    const answer = () =>
      ofApi(
        args === undefined
          ? { status: 200, body: { ok: false, error: 'invalid_json' } }
          : api.call({ method, args, token }),
      );
    return { method, args: shown, answer };
  }
  if (path.startsWith('/commands/') || path.startsWith('/actions/')) {
    const given = readJson(body.toString());
    const args = isObject(given) ? given : {};
    return { method: 'response_url', args, answer: () => ofResponse(respond(world, path, args)) };
  }
  const upload = /^\/upload\/v1\/(\w+)$/.exec(path)?.[1];
  if (upload !== undefined) {
    return { method: 'upload', args: { id: upload }, answer: () => takeUpload(world, upload, request, body) };
  }
  return { method: path, args: {}, answer: () => plain(404, 'not found') };
}

async function takeUpload(
  world: World,
  id: string,
  request: IncomingMessage,
  body: Buffer,
): Promise<Answered> {
  const file = world.files.get(id);
  if (file === undefined || file.state !== 'waiting') return plain(404, 'no such upload');
  const content = await readUpload(request, body);
  if (content.length !== file.length) return plain(400, 'length is not what was announced');
  world.files.set(id, { ...file, content, state: 'uploaded' });
  return { status: 200, body: `OK - ${content.length}`, type: 'text/plain', error: null };
}

function record(world: World, { method, args }: Asked, status: number, error: string | null): void {
  const channel = textAt(args, 'channel') ?? textAt(args, 'channel_id') ?? null;
  world.calls.push({ at: world.clock.now(), method, args, status, error, channel });
}

function ofApi({ status, body, headers = {} }: ApiReply): Answered {
  const error = body['ok'] === true ? null : (textAt(body, 'error') ?? 'unknown');
  return { status, body: JSON.stringify(body), type: 'application/json; charset=utf-8', headers, error };
}

function ofResponse({
  status,
  body,
  error,
}: {
  status: number;
  body: string;
  error: string | null;
}): Answered {
  return { status, body, type: status === 200 ? 'text/html' : 'application/json', error };
}

function plain(status: number, words: string): Answered {
  return { status, body: words, type: 'text/plain', error: words };
}

function send(response: ServerResponse, { status, body, type, headers = {} }: Answered): void {
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(body);
}
