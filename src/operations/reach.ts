/** Whether a cluster can be reached: by its last answer, or by a connection that asks nothing and costs nothing. */
import { connect } from 'node:net';
import type { Clock } from '../clock.ts';

export interface Reach {
  readonly reachable: boolean;
  /** `answered`: it did lately; `connected`: its port is open; else why it cannot be reached. */
  readonly reason:
    | 'answered'
    | 'connected'
    | 'refused'
    | 'unreachable'
    | 'unknown-host'
    | 'timeout'
    | 'no-connection';
  /** Seconds since the last answer; null before the first. */
  readonly lastAnswerSeconds: number | null;
}

export interface ReachOptions {
  /** Origin of the node, `https://cucm1.example.com:8443`. */
  readonly url: string;
  readonly clock: Clock;
  /** Epoch milliseconds of the last answer, by the clock as it is set now. */
  readonly lastAnswer: () => number | null;
  readonly timeoutMs?: number;
}

/** An answer that is no older says enough. */
const ANSWERED_MS = 60_000;
/** A connection is not opened for each look. */
const REMEMBERED_MS = 10_000;

const WHY: Readonly<Record<string, Reach['reason']>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  ETIMEDOUT: 'timeout',
};

/** Looks whether a cluster can be reached. Many looks at once open one connection. Never rejects. */
export function createReach(options: ReachOptions): () => Promise<Reach> {
  const { clock, lastAnswer, timeoutMs = 2_000 } = options;
  const { hostname, port, protocol } = new URL(options.url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const target = { host, port: Number(port) || (protocol === 'http:' ? 80 : 443) };
  let probing: { readonly at: number; readonly reason: Promise<Reach['reason']> } | null = null;

  return async () => {
    const at = lastAnswer();
    const age = at === null ? null : clock.now() - at;
    const lastAnswerSeconds = age === null ? null : Math.round(Math.max(0, age) / 1000);
    // An answer of the future says nothing of its age.
    const isLately = age !== null && age >= 0 && age <= ANSWERED_MS;
    if (isLately) return { reachable: true, reason: 'answered', lastAnswerSeconds };
    const now = clock.monotonic();
    if (probing === null || now - probing.at > REMEMBERED_MS) {
      probing = { at: now, reason: probe(target, clock.timeout(timeoutMs)) };
    }
    const reason = await probing.reason;
    return { reachable: reason === 'connected', reason, lastAnswerSeconds };
  };
}

function probe(target: { host: string; port: number }, limit: AbortSignal): Promise<Reach['reason']> {
  return new Promise((resolve) => {
    const socket = connect(target);
    const settle = (reason: Reach['reason']) => {
      limit.removeEventListener('abort', late);
      socket.destroy();
      resolve(reason);
    };
    const late = () => settle('timeout');
    limit.addEventListener('abort', late, { once: true });
    if (limit.aborted) late();
    socket.once('connect', () => settle('connected'));
    socket.once('error', (error: NodeJS.ErrnoException) => settle(WHY[error.code ?? ''] ?? 'no-connection'));
  });
}
