/**
 * What the Webex SDK needs besides the REST API before it hears anything: a service catalog, a registered device, a websocket, and a
 * place for its metrics. All of it is known from what the SDK asks and reads; Webex documents none of it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { SimulatorClock } from '../../stand-in/time.ts';
import { createFaults, type Fault } from '../faults.ts';
import { nameIn } from '../ids.ts';
import { isObject, type JsonObject, readJson } from '../json.ts';
import type { Occurrence } from '../occurrence.ts';
import { activityOf } from './activity.ts';
import { catalogOf } from './catalog.ts';
import { createDevices, type Devices } from './devices.ts';
import { createMercury } from './mercury.ts';
import { type CloudTrouble, createTrouble, type Place } from './trouble.ts';

export interface CloudOptions {
  /** `http://127.0.0.1:PORT` of the whole stand-in. */
  readonly origin: () => string;
  /** Whether this bearer token is good now. */
  readonly token: (token: string) => boolean;
  readonly clock: SimulatorClock;
  /** The bot's person id, as the REST API names it. */
  readonly bot: () => string;
}

export interface CloudCall {
  /** Epoch milliseconds. */
  readonly at: number;
  /** `GET /u2c/api/v1/catalog`; the id of a device is `{id}`. */
  readonly method: string;
  /** 0 when nobody answered. */
  readonly status: number;
}

export interface Cloud {
  /** Whether a path is one of its own. */
  handles(path: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** To every open websocket. What happens while none is open is never heard. */
  tell(occurrence: Occurrence): void;
  /** Open websockets whose token was accepted. */
  count(): number;
  /** Resolves once so many are open. */
  opened(count: number): Promise<void>;
  /** Breaks them all without a word. */
  drop(): void;
  /** Registered devices. */
  devices(): number;
  /** All calls but the websocket's, oldest first. */
  calls(): readonly CloudCall[];
  readonly trouble: CloudTrouble;
}

const SOCKET = /^\/mercury\/v1\/apps\/wx2\/registrations\/([^/]+)\/messages$/;
const DEVICE = /^\/wdm\/api\/v1\/devices\/([^/]+)$/;
const PLACES: readonly (readonly [start: string, place: Place])[] = [
  ['/u2c/', 'catalog'],
  ['/wdm/', 'devices'],
  ['/metrics/', 'metrics'],
  ['/mercury/', 'socket'],
];

interface Answer {
  readonly status: number;
  readonly body?: JsonObject;
  /** Seconds. */
  readonly retryAfter?: number;
}

export function createCloud(options: CloudOptions): Cloud {
  const { origin, token, clock, bot } = options;
  const faults = createFaults();
  const devices = createDevices({ origin, owner: () => nameIn('PEOPLE', bot()) ?? '' });
  const mercury = createMercury({ token, now: clock.now });
  const calls: CloudCall[] = [];
  const unregister = (id: string) => {
    mercury.drop(id);
    return devices.remove(id);
  };
  const forget = () => {
    for (const id of devices.ids()) devices.remove(id);
  };

  function answer(request: IncomingMessage, path: string, body: Buffer): Answer {
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    // The first catalog is for everybody, and metrics are not worth a refusal.
    if (path === '/u2c/api/v1/limited/catalog') return { status: 200, body: catalogOf(origin()) };
    if (path.startsWith('/metrics/')) return { status: 204 };
    if (!token(bearer)) return { status: 401, body: { message: 'token is not valid' } };
    if (path === '/u2c/api/v1/catalog') return { status: 200, body: catalogOf(origin()) };
    const said = readJson(body.toString());
    return aboutDevices(devices, unregister, request.method ?? '', path, isObject(said) ? said : {});
  }

  return {
    handles: (path) => placeOf(path) !== null,
    async handle(request, response, body) {
      const { pathname } = new URL(request.url ?? '/', origin());
      const fault = faults.take(placeOf(pathname) ?? '');
      const given = fault === null ? answer(request, pathname, body) : spoilt(fault);
      const method = `${request.method} ${pathname.replace(DEVICE, '/wdm/api/v1/devices/{id}')}`;
      calls.push({ at: clock.now(), method, status: given?.status ?? 0 });
      if (given !== null) send(response, given);
      else if (fault?.type !== 'hang') response.destroy();
    },
    upgrade(request, socket, head) {
      const { pathname } = new URL(request.url ?? '/', origin());
      const fault = faults.take('socket');
      const id = SOCKET.exec(pathname)?.[1] ?? '';
      if (fault === null) mercury.upgrade(request, socket, head, devices.get(id) === undefined ? null : id);
      else if (fault.type === 'status')
        socket.end(`HTTP/1.1 ${fault.status} Refused\r\nconnection: close\r\n\r\n`);
      else if (fault.type !== 'hang') socket.destroy();
    },
    tell(occurrence) {
      const activity = activityOf(occurrence, origin());
      if (activity !== null) mercury.send({ eventType: 'conversation.activity', activity });
    },
    count: mercury.count,
    opened: mercury.opened,
    drop: () => mercury.drop(),
    devices: () => devices.ids().length,
    calls: () => calls,
    trouble: createTrouble(faults, mercury, forget),
  };
}

function placeOf(path: string): Place | null {
  return PLACES.find(([start]) => path.startsWith(start))?.[1] ?? null;
}

/** Null when there will be no answer. */
function spoilt(fault: Fault): Answer | null {
  if (fault.type !== 'status') return null;
  const { status, retryAfter } = fault;
  return { status, body: { message: 'made up' }, ...(retryAfter === undefined ? {} : { retryAfter }) };
}

function send(response: ServerResponse, { status, body, retryAfter }: Answer): void {
  const wait = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  response.writeHead(status, { 'content-type': 'application/json', ...wait });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function aboutDevices(
  devices: Devices,
  unregister: (id: string) => boolean,
  method: string,
  path: string,
  body: JsonObject,
): Answer {
  if (path === '/wdm/api/v1/devices' && method === 'POST')
    return { status: 200, body: devices.register(body) };
  if (path === '/wdm/api/v1/devices' && method === 'DELETE') {
    for (const id of devices.ids()) unregister(id);
    return { status: 204 };
  }
  const id = DEVICE.exec(path)?.[1] ?? '';
  const device = devices.get(id);
  if (device === undefined) return { status: 404, body: { message: 'no such device' } };
  if (method === 'PUT' || method === 'GET') return { status: 200, body: device };
  if (method === 'DELETE' && unregister(id)) return { status: 204 };
  return { status: 405, body: { message: 'not that' } };
}
