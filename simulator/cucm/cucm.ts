/**
 * A simulated CUCM on loopback: RisPort70 and a little AXL over HTTPS, in front of a cluster that behaves. Nothing of
 * it is shared with the client side of this project, so that the two cannot agree on a mistake.
 */
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { close, listen } from '../stand-in/listen.ts';
import { realTime, type SimulatorClock } from '../stand-in/time.ts';
import { makeCertificate } from './certificate.ts';
import { createCluster } from './cluster.ts';
import { createControl } from './control.ts';
import { createEdge, type LogEntry } from './edge.ts';
import { applyEvent } from './events/apply-event.ts';
import { parseEvent } from './events/parse-event.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import type { Cluster } from './model.ts';
import { createRisService } from './ris-service.ts';

export interface CucmOptions {
  /** Devices that RIS knows, 1 to 50 000; default 240. */
  readonly devices?: number;
  /** 1 to 9; default 3: cucm1, cucm2, cucm3. */
  readonly nodes?: number;
  /** The same seed, the same cluster. Default 1. */
  readonly seed?: number | string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Of the control API; default 0: any free port. */
  readonly controlPort?: number;
  /** Default `risbot`. */
  readonly username?: string;
  /** Default `risbot-demo`. */
  readonly password?: string;
  /** Plain HTTP instead of HTTPS. */
  readonly http?: boolean;
  /** Rows in a reply at most, even if the request asks for more; default 2000. */
  readonly maxDevices?: number;
  /** Default 15; null or Infinity for no limit. */
  readonly requestsPerMinute?: number | null;
  /** Idle time after which a cookie is worthless; default 1800. */
  readonly sessionSeconds?: number;
  /** What a worthless cookie gets when it comes without a password; default `unauthorized`. */
  readonly staleSession?: 'unauthorized' | 'error7';
  /** Before every answer, in milliseconds; a function is asked each time. Default 0. */
  readonly latencyMs?: number | (() => number);
  /** Whether StateInfo tells of a cut reply (TotalItemsFound above TotalItemsReturned), or the total, too; default `silent`. */
  readonly truncation?: 'silent' | 'hinted' | 'counted';
  /** NoChange for all nodes or none, or node by node; default `whole`. */
  readonly noChange?: 'whole' | 'mixed';
  /** From the first request on, until the word `misbehave off`. */
  readonly misbehave?: Misbehaviour | null;
  /** How many times faster than life events go; default 1. */
  readonly pace?: number;
  readonly clock?: SimulatorClock;
  /** Default true. */
  readonly axl?: boolean;
  /** An AXL reply above it is refused; default 8 MB. */
  readonly axlMaxBytes?: number;
}

export interface Cucm {
  /** `https://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly controlUrl: string;
  /** The certificate to trust, PEM; empty with `http`. */
  readonly ca: string;
  /** SHA-256, `AA:BB:…`; empty with `http`. */
  readonly fingerprint: string;
  readonly username: string;
  readonly password: string;
  readonly cluster: Cluster;
  /** Plays one line of terminal words now and says what it did, or what was wrong with it. */
  play(words: string): string;
  /** What was asked so far, oldest first; the last 10 000. */
  requests(): readonly LogEntry[];
  /** Drops every connection. */
  stop(): Promise<void>;
}

const MOST_LOGGED = 10_000;
const EIGHT_MB = 8 * 1024 * 1024;

/** Starts both servers on 127.0.0.1. Rejects when a port is taken, throws a RangeError on numbers out of bounds. */
export async function startCucm(options: CucmOptions = {}): Promise<Cucm> {
  const { username = 'risbot', password = 'risbot-demo', http = false, clock = realTime } = options;
  const { devices = 240, nodes = 3, seed = 1, pace = 1 } = options;
  // TLS compares the certificate with the machine's time, whatever time the cluster lives in.
  const certificate = http ? null : await makeCertificate(realTime.now());
  const cluster = createCluster({ devices, nodes, seed, pace, now: clock.now() });
  const log: LogEntry[] = [];
  const edge = edgeOf(cluster, { ...options, username, password, http, clock }, (entry) => {
    log.push(entry);
    if (log.length > MOST_LOGGED) log.shift();
  });
  const server = certificate === null ? createHttpServer(edge) : createHttpsServer(certificate, edge);
  const control = createHttpServer(createControl({ cluster, clock, requests: () => log }));
  const port = await listen(server, options.port ?? 0);
  const controlPort = await listen(control, options.controlPort ?? 0).catch(async (error: unknown) => {
    await close(server);
    throw error;
  });
  return {
    url: `${http ? 'http' : 'https'}://127.0.0.1:${port}`,
    controlUrl: `http://127.0.0.1:${controlPort}`,
    ca: certificate?.cert ?? '',
    fingerprint: certificate?.fingerprint ?? '',
    username,
    password,
    cluster,
    play(words) {
      const parsed = parseEvent(words);
      return 'problem' in parsed ? parsed.problem : applyEvent(cluster, parsed.event, clock.now());
    },
    requests: () => log.slice(),
    stop: async () => {
      await Promise.all([close(server), close(control)]);
    },
  };
}

interface EdgeSettings extends CucmOptions {
  readonly username: string;
  readonly password: string;
  readonly http: boolean;
  readonly clock: SimulatorClock;
}

function edgeOf(cluster: Cluster, options: EdgeSettings, record: (entry: LogEntry) => void): RequestListener {
  const { latencyMs = 0, misbehave = null, username, password, clock } = options;
  if (misbehave !== null) {
    cluster.service.misbehaviour = { kind: misbehave, left: Number.POSITIVE_INFINITY };
  }
  const ris = createRisService(cluster, {
    maxDevices: options.maxDevices ?? 2000,
    requestsPerMinute:
      options.requestsPerMinute === undefined ? 15 : (options.requestsPerMinute ?? Number.POSITIVE_INFINITY),
    truncation: options.truncation ?? 'silent',
    noChange: options.noChange ?? 'whole',
  });
  return createEdge({
    cluster,
    ris,
    axl: options.axl === false ? null : { maxBytes: options.axlMaxBytes ?? EIGHT_MB },
    access: {
      username,
      password,
      sessionSeconds: options.sessionSeconds ?? 1800,
      staleSession: options.staleSession ?? 'unauthorized',
      secure: !options.http,
    },
    clock,
    latencyMs: typeof latencyMs === 'number' ? () => latencyMs : latencyMs,
    record,
  });
}
