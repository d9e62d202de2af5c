/** Where requests come in: paths, body limit, access, latency; the rest is decided elsewhere. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SimulatorClock } from '../stand-in/time.ts';
import { type AccessRules, checkAccess } from './access.ts';
import { type AxlRules, answerAxl } from './axl.ts';
import { advance } from './cluster.ts';
import { type HttpReply, pageReply, textReply } from './http-reply.ts';
import { isWireMisbehaviour, spoil } from './misbehave.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import type { Cluster } from './model.ts';
import { readBody } from './request-body.ts';
import type { RisService } from './ris-service.ts';
import { send, sendBadly } from './wire.ts';

export interface LogEntry {
  /** Epoch milliseconds at which the request was complete. */
  readonly at: number;
  /** `selectCmDevice`, `listPhone` …; blank when it did not come to an operation. */
  readonly operation: string;
  /** Rows in the reply. */
  readonly devices: number;
  /** HTTP status of the reply. */
  readonly status: number;
}

export interface EdgeOptions {
  readonly cluster: Cluster;
  readonly ris: RisService;
  /** Null: there is no AXL here. */
  readonly axl: AxlRules | null;
  readonly access: AccessRules;
  readonly clock: SimulatorClock;
  readonly latencyMs: () => number;
  readonly record: (entry: LogEntry) => void;
}

export const RIS_PATH = '/realtimeservice2/services/RISService70';
/** The slash counts. */
export const AXL_PATH = '/axl/';
const BIGGEST_REQUEST = 2 * 1024 * 1024;

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
  const { cluster, clock } = options;
  const text = await readBody(request, BIGGEST_REQUEST);
  if (text === null) {
    response.setHeader('connection', 'close');
    return send(response, textReply(413, 'Request entity too large'), { gzip: false, clock });
  }
  const wait = options.latencyMs() + cluster.service.slowMs;
  if (wait > 0) await clock.sleep(wait);
  const now = clock.now();
  advance(cluster, now);
  const good = answer(options, request, text, now);
  const kind = good.status === 404 ? null : takeMisbehaviour(cluster);
  const reply = kind === null ? good : spoil(kind, good);
  options.record({ at: now, operation: good.operation, devices: reply.devices, status: reply.status });
  const gzip = /\bgzip\b/i.test(request.headers['accept-encoding'] ?? '');
  if (kind !== null && isWireMisbehaviour(kind)) return sendBadly(kind, response, reply, { gzip, clock });
  return send(response, reply, { gzip, clock });
}

function answer(options: EdgeOptions, request: IncomingMessage, text: string, now: number): HttpReply {
  const path = (request.url ?? '').split('?')[0];
  const isAxl = path === AXL_PATH && options.axl !== null;
  if ((path !== RIS_PATH && !isAxl) || request.method !== 'POST') return pageReply(404, 'Not Found');
  const { authorization, cookie, soapaction } = request.headers;
  const access = checkAccess(options.cluster.service, options.access, { authorization, cookie }, now);
  if (!access.granted) return access.reply;
  const reply =
    isAxl && options.axl !== null
      ? answerAxl(options.cluster, options.axl, {
          soapAction: headerText(soapaction),
          text,
        })
      : options.ris.answer(text, now);
  return access.setCookie.length === 0 ? reply : { ...reply, headers: { 'set-cookie': access.setCookie } };
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function takeMisbehaviour({ service }: Cluster): Misbehaviour | null {
  const { misbehaviour } = service;
  if (misbehaviour === null) return null;
  misbehaviour.left -= 1;
  if (misbehaviour.left <= 0) service.misbehaviour = null;
  return misbehaviour.kind;
}
