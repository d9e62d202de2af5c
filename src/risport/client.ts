/**
 * RisPort70 of one cluster as a `Lookup`: each question is one POST, and nothing is asked twice from here. Who keeps count of
 * the requests decides whether to ask again.
 */
import type { Clock } from '../clock.ts';
import type { Lookup } from '../device/lookup.ts';
import type { Operation } from '../device/query.ts';
import { createJudge, nodesAsAsked } from './complete.ts';
import { createDecoder } from './decode.ts';
import { encodeRequest } from './encode.ts';
import { RisPortError } from './fault.ts';
import { asStaleSession, isStaleSession, judge } from './judge.ts';
import { createSession } from './session.ts';
import type { TlsOptions } from './tls.ts';
import { createTransport, type HttpReply, type TransportLimits } from './transport.ts';

export interface RisPortOptions {
  /** The cluster's name. */
  readonly name: string;
  /** `https://host:8443`; a path in it replaces RisPort70's own. `http://` on loopback only. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** The most rows asked for in a reply; as many mean that it was cut. */
  readonly maxDevices: number;
  readonly tls?: TlsOptions;
  readonly limits?: Partial<TransportLimits>;
  readonly clock: Clock;
  /** Hears of every POST once, when it is over. Never sees password or cookies. */
  readonly onExchange?: (exchange: Exchange) => void;
}

/** One POST as it went. */
export interface Exchange {
  readonly operation: Operation;
  readonly requestBody: string;
  /** Null when there was no reply. */
  readonly status: number | null;
  /** Of the reply, without cookies; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Unpacked, read as UTF-8. */
  readonly body: string | null;
  readonly ms: number;
  /** Of the body as it was sent. */
  readonly bytes: number;
}

export interface RisPort {
  /**
   * One request, one reply. Rejects with RisPortError, with `staleSession` in its detail when only the cookie was refused and
   * has been dropped; or with the reason of the signal.
   */
  readonly lookup: Lookup;
  /** Ends what is under way. */
  close(): Promise<void>;
}

const PATH = '/realtimeservice2/services/RISService70';

/** A client of one cluster. Throws TypeError for a URL that must not be asked. */
export function createRisPort(options: RisPortOptions): RisPort {
  const { clock, maxDevices } = options;
  const url = new URL(options.url);
  if (url.pathname === '/') url.pathname = PATH;
  const { tls = {}, limits = {} } = options;
  const transport = createTransport({ url, tls, limits, clock });
  const decoder = createDecoder({ clock });
  const session = createSession(options, clock);
  const judgeRows = createJudge(maxDevices);

  const lookup: Lookup = async (query, { signal, stateInfo = '' } = {}) => {
    const request = encodeRequest(query, { maxReturned: maxDevices, stateInfo });
    const { headers, cookie } = session.authorize();
    const soap = { 'content-type': 'text/xml; charset=utf-8', soapaction: request.soapAction };
    const reply = await exchange(query.operation, { ...soap, ...headers }, request.body, signal);
    const at = clock.now();
    try {
      const decoded = await judge(reply, decoder.decode, signal);
      session.keep(reply.setCookies);
      const { devices, ctiItems } = decoded;
      const nodes = nodesAsAsked(decoded.nodes, stateInfo);
      const { complete, short } = judgeRows(query, decoded);
      const { stateInfo: given } = decoded;
      const answer = { query, at, nodes, devices, ctiItems, stateInfo: given, complete, requests: 1 };
      return short ? { ...answer, short } : answer;
    } catch (error) {
      if (cookie === null || !(error instanceof RisPortError) || !isStaleSession(error)) throw error;
      session.drop(cookie);
      throw asStaleSession(error);
    }
  };

  async function exchange(
    operation: Operation,
    headers: Readonly<Record<string, string>>,
    requestBody: string,
    signal: AbortSignal | undefined,
  ): Promise<HttpReply> {
    const since = clock.monotonic();
    let reply: HttpReply | null = null;
    try {
      reply = await transport.post(headers, requestBody, signal);
      return reply;
    } finally {
      options.onExchange?.({
        operation,
        requestBody,
        status: reply?.status ?? null,
        headers: reply?.headers ?? {},
        body: reply?.body.toString('utf8') ?? null,
        ms: clock.monotonic() - since,
        bytes: reply?.bytes ?? 0,
      });
    }
  }

  return { lookup, close: () => transport.close() };
}
