/** The control API: plain HTTP on loopback, for scripts and tests in other languages. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SimulatorClock } from '../stand-in/time.ts';
import { advance } from './cluster.ts';
import type { LogEntry } from './edge.ts';
import { applyEvent } from './events/apply-event.ts';
import { EVENT_HELP, parseEvent } from './events/parse-event.ts';
import type { Cluster, SimDevice } from './model.ts';
import { readBody } from './request-body.ts';

export interface ControlOptions {
  readonly cluster: Cluster;
  readonly clock: SimulatorClock;
  readonly requests: () => readonly LogEntry[];
}

interface Answer {
  readonly status: number;
  readonly json: unknown;
}

const BIGGEST_REQUEST = 128 * 1024;
const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/** The listener of the control server. */
export function createControl(
  options: ControlOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    handle(options, request)
      .then(({ status, json }) => {
        response.writeHead(status, {
          'content-type': 'application/json; charset=utf-8',
          connection: 'close',
        });
        response.end(`${JSON.stringify(json)}\n`);
      })
      .catch(() => response.destroy());
  };
}

async function handle(options: ControlOptions, request: IncomingMessage): Promise<Answer> {
  // A web page that guesses the port must not be able to give orders: its requests carry another host or no JSON.
  if (!LOOPBACK_HOST.test(request.headers.host ?? '')) return problem(403, 'only for loopback');
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  advance(options.cluster, options.clock.now());
  switch (`${request.method} ${pathname}`) {
    case 'GET /':
      return { status: 200, json: EVENT_HELP };
    case 'GET /state':
      return { status: 200, json: describeCluster(options) };
    case 'GET /requests':
      return { status: 200, json: options.requests() };
    case 'GET /device':
      return describeDevice(options.cluster, searchParams.get('name') ?? '');
    case 'POST /events':
      return postEvent(options, request);
    default:
      return problem(404, 'GET /, /state, /requests, /device?name=…; POST /events');
  }
}

async function postEvent({ cluster, clock }: ControlOptions, request: IncomingMessage): Promise<Answer> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return problem(415, 'send JSON, as application/json');
  }
  const body = await readBody(request, BIGGEST_REQUEST);
  const words = body === null ? null : readWords(body);
  if (words === null) return problem(400, 'send {"event": "unplug SEP001122334455"}');
  const parsed = parseEvent(words);
  if ('problem' in parsed) return problem(400, parsed.problem);
  return { status: 200, json: { said: applyEvent(cluster, parsed.event, clock.now()) } };
}

function readWords(body: string): string | null {
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json !== 'object' || json === null || !('event' in json)) return null;
    return typeof json.event === 'string' ? json.event : null;
  } catch {
    return null;
  }
}

function problem(status: number, message: string): Answer {
  return { status, json: { problem: message } };
}

function describeCluster({ cluster, clock }: ControlOptions): unknown {
  const { service, schedule } = cluster;
  return {
    at: clock.now(),
    devices: cluster.devices.length,
    nodes: cluster.nodes.map((node) => ({ ...node, rows: countRows(cluster, node.index) })),
    cuts: [...cluster.cuts.keys()],
    service: {
      passwordWorks: service.passwordWorks,
      roleGranted: service.roleGranted,
      slowMs: service.slowMs,
      misbehaving: service.misbehaviour?.kind ?? null,
      sessions: service.sessions.size,
      counted: service.counted.length,
    },
    planned: schedule.size(),
    next: schedule.next(),
  };
}

function countRows(cluster: Cluster, node: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const device of cluster.devices) {
    const status = device.rows[node]?.status;
    if (status !== undefined) counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

function describeDevice(cluster: Cluster, name: string): Answer {
  const device = cluster.byName.get(name.toLowerCase());
  return device === undefined ? problem(404, 'no such device') : { status: 200, json: deviceJson(device) };
}

function deviceJson({ rows, kind, plan: _plan, group: _group, ...device }: SimDevice): unknown {
  const held = rows.filter((row) => row !== undefined);
  return {
    ...device,
    kind: kind.id,
    rows: held.map(({ node, status, reason, at, user }) => ({ node: node.name, status, reason, at, user })),
  };
}
