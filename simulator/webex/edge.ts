/** Where HTTP requests come in: the REST API, and the cloud of the SDK; and how answers are spoilt. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Api, type ApiCall, refuse, roomOf, routeOf, tooMany } from './api.ts';
import type { Cloud } from './cloud/cloud.ts';
import type { Fault, Faults } from './faults.ts';
import { textAt } from './json.ts';
import { type Reply, refusal } from './methods/method.ts';
import { readBody, readGiven, readToken } from './request.ts';
import type { World } from './world.ts';

export interface EdgeOptions {
  readonly world: World;
  readonly api: Api;
  readonly cloud: Cloud;
  readonly faults: Faults;
  /** Called when a request came in, and when it was answered. */
  readonly busy: (change: 1 | -1) => void;
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
  const { world, faults, api, cloud } = options;
  if (faults.isDown) return void response.destroy();
  const body = await readBody(request);
  if (body === null) return send(response, refuse(world, refusal(413, 'The request is too large')));
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (cloud.handles(pathname)) return cloud.handle(request, response, body);
  const call = await understand(request, pathname, body);
  if (faults.slowMs > 0) await world.clock.sleep(faults.slowMs);
  const fault = faults.take(call.route.method);
  if (fault?.type === 'lose') api.call(call);
  if (fault !== null) return spoil(world, request, call, fault, response);
  const reply = api.call(call);
  record(world, request, call, reply);
  send(response, reply);
}

async function understand(request: IncomingMessage, pathname: string, body: Buffer): Promise<ApiCall> {
  const path = decode(pathname.replace(/^\/v1\/+/, '').replace(/\/+$/, ''));
  const route = routeOf(request.method ?? 'GET', pathname.startsWith('/v1/') ? path : pathname);
  return { ...(await readGiven(request, body)), route, token: readToken(request) };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function spoil(
  world: World,
  request: IncomingMessage,
  call: ApiCall,
  fault: Fault,
  response: ServerResponse,
): void {
  if (fault.type === 'status') {
    const { status, retryAfter } = fault;
    const reply =
      status === 429
        ? tooMany(world, retryAfter ?? 1)
        : refuse(world, refusal(status, 'upstream connect error'));
    record(world, request, call, reply);
    send(response, reply);
    return;
  }
  record(world, request, call, { status: 0, body: { message: fault.type } });
  if (fault.type !== 'hang') response.destroy();
}

function record(world: World, request: IncomingMessage, call: ApiCall, { status, body }: Reply): void {
  const { route, query, body: said = {}, uploads } = call;
  const isOk = status >= 200 && status < 300;
  const words = body === null || Buffer.isBuffer(body) ? undefined : textAt(body, 'message');
  world.calls.push({
    at: world.clock.now(),
    method: route.method,
    path: (request.url ?? '').replace(/^\/v1\//, ''),
    args: { ...query, ...said, ...(uploads.length === 0 ? {} : { files: uploads.map(({ name }) => name) }) },
    status,
    error: isOk ? null : (words ?? String(status)),
    roomId: roomOf(world, call),
  });
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  const type = Buffer.isBuffer(body) ? {} : { 'content-type': 'application/json;charset=UTF-8' };
  response.writeHead(status, { ...type, ...headers });
  response.end(body === null || Buffer.isBuffer(body) ? body : JSON.stringify(body));
}
