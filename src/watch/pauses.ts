/** How long to wait after a look that failed. */
import { BLIND_CLUSTER_MS } from './limits.ts';

/** After what passes, and after what somebody has to mend: the first pause and the longest. Milliseconds. */
const PAUSES = { passing: [15_000, 60_000], refused: [60_000, 300_000] } as const;

/** Asked again and again, a wrong password locks the account. */
const REFUSED: ReadonlySet<string> = new Set(['unauthorized', 'forbidden', 'tls']);

/**
 * Before a cluster counts as blind it is asked on at its pace, so that what fails now and then delays nothing; where somebody has to mend
 * something, once more.
 */
const AT_LEAST_MS = 5_000;
const ONCE_MORE_MS = 45_000;
/** CUCM asks for less. */
const THROTTLED = 'throttled';

export interface Failing {
  /** Epoch milliseconds: now. */
  readonly at: number;
  /** Milliseconds from one request to the next when all that is allowed is used. */
  readonly paceMs: number;
}

export interface Pauses {
  /** Milliseconds; longer each time, until a look succeeds. Without `failing` the cluster counts as blind at once. */
  afterFailure(code: string, failing?: Failing): number;
  succeeded(): void;
}

export function createPauses(): Pauses {
  let failures = 0;
  let since: number | null = null;
  return {
    afterFailure(code, failing) {
      const isFirst = since === null;
      since ??= failing?.at ?? Number.NEGATIVE_INFINITY;
      const isShort = failing !== undefined && failing.at - since < BLIND_CLUSTER_MS;
      if (isShort && !REFUSED.has(code) && code !== THROTTLED) return Math.max(AT_LEAST_MS, failing.paceMs);
      const [first, longest] = REFUSED.has(code) ? PAUSES.refused : PAUSES.passing;
      const pauseMs = Math.min(longest, first * 2 ** Math.min(failures, 10));
      failures += 1;
      return isShort && isFirst && REFUSED.has(code) ? ONCE_MORE_MS : pauseMs;
    },
    succeeded() {
      failures = 0;
      since = null;
    },
  };
}
