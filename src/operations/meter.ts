/** Measures the way to a cluster: requests, and waits for a turn. Wrappers of `Lookup` that change nothing. */
import type { Clock } from '../clock.ts';
import type { Lookup } from '../device/lookup.ts';

/** What the way to a cluster reports. Seconds, all of them. */
export interface ClusterMetrics {
  /** One RisPort70 request is over: `ok`, or why not. */
  requested(cluster: string, outcome: string, seconds: number): void;
  /** A question waited that long for its turn. */
  waited(cluster: string, seconds: number): void;
  /** CUCM said that it is asked too often. */
  throttled(cluster: string): void;
}

export interface MeterOptions {
  readonly cluster: string;
  readonly metrics: ClusterMetrics;
  readonly clock: Pick<Clock, 'monotonic'>;
}

export interface Meter {
  /** Around what sends requests. */
  requests(lookup: Lookup): Lookup;
  /** Around what makes questions wait for a turn. */
  waits(lookup: Lookup): Lookup;
}

/** A meter of one cluster. */
export function createMeter({ cluster, metrics, clock }: MeterOptions): Meter {
  const secondsSince = (since: number) => Math.max(0, clock.monotonic() - since) / 1000;
  return {
    requests: (lookup) => async (query, asked) => {
      const since = clock.monotonic();
      try {
        const snapshot = await lookup(query, asked);
        metrics.requested(cluster, 'ok', secondsSince(since));
        return snapshot;
      } catch (error) {
        const code = codeOf(error);
        metrics.requested(cluster, asked?.signal?.aborted ? 'cancelled' : code, secondsSince(since));
        if (code === 'throttled') metrics.throttled(cluster);
        throw error;
      }
    },
    waits: (lookup) => (query, asked) => {
      const since = clock.monotonic();
      let waiting = true;
      return lookup(query, {
        ...asked,
        atTurn(then) {
          // A question that is asked again gets a second turn; it has waited for the first.
          if (waiting) metrics.waited(cluster, secondsSince(since));
          waiting = false;
          return asked?.atTurn?.(then) ?? then;
        },
      });
    },
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unexpected';
}
