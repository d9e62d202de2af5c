/** The slow walk through every device: what has no row any more, what has moved or changed unnoticed, what nobody has seen yet. */
import type { Clock } from '../clock.ts';
import type { Lookup } from '../device/lookup.ts';
import { deviceQuery } from '../device/query.ts';
import type { Snapshot } from '../device/snapshot.ts';
import type { WatchPlan } from './plan.ts';
import { createWaiter } from './waiter.ts';

export interface AuditOptions {
  readonly cluster: {
    readonly name: string;
    readonly lookup: Lookup;
    readonly walk: (lookup: Lookup) => Lookup;
  };
  readonly clock: Clock;
  /** Epoch milliseconds, never going back. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly plan: () => WatchPlan;
  /** While the cluster cannot be asked, the walk waits. */
  readonly isBlind: () => boolean;
  readonly observe: (snapshot: Snapshot) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

export interface Audit {
  /** Walks until the signal. Rejects with its reason only. */
  run(): Promise<void>;
  /** The plan has changed. */
  call(): void;
  status(): { readonly requests: number; readonly lastAt: number | null; readonly size: number | null };
}

/** From the end of a walk to the next: its requests are spread anyway. Milliseconds. */
const REST_MS = 10 * 60_000;
/** Until everything has been seen once, the walk goes faster. Milliseconds between its requests. */
const FIRST_EVERY_MS = 30_000;
/** A walk that failed, or has to wait, is tried again after that. Milliseconds. */
const AGAIN_MS = 60_000;

export function createAudit(options: AuditOptions): Audit {
  const { cluster, signal, now, plan } = options;
  const waiter = createWaiter(options.clock, signal);
  const pause = createWaiter(options.clock, signal);
  let requests = 0;
  let lastAt: number | null = null;
  let size: number | null = null;

  /** One request of the walk at a time, each a while after the one before. */
  function paced(count: { requests: number }): Lookup {
    return async (query, asked) => {
      const everyMs = plan().auditEveryMs ?? FIRST_EVERY_MS;
      if (count.requests > 0) await pause.wait(lastAt === null ? Math.min(FIRST_EVERY_MS, everyMs) : everyMs);
      count.requests += 1;
      return cluster.lookup(query, { ...asked, priority: 'sweep', signal });
    };
  }

  async function walk(): Promise<void> {
    const count = { requests: 0 };
    const wanted = plan().auditClass ?? 'Any';
    const snapshot = await cluster.walk(paced(count))(deviceQuery({ deviceClass: wanted }), {
      priority: 'sweep',
      signal,
    });
    requests = count.requests;
    lastAt = now();
    if (snapshot.complete) size = new Set(snapshot.devices.map(({ name }) => name)).size;
    await options.observe(snapshot);
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      if (plan().auditEveryMs === null) {
        await waiter.wait(Number.MAX_SAFE_INTEGER).catch(() => {});
      } else if (options.isBlind()) {
        await waiter.wait(AGAIN_MS).catch(() => {});
      } else {
        await once();
      }
    }
  }

  async function once(): Promise<void> {
    try {
      await walk();
      await waiter.wait(REST_MS);
    } catch (error) {
      if (signal.aborted) return;
      options.onFailure(error);
      await waiter.wait(AGAIN_MS).catch(() => {});
    }
  }

  return { run, call: () => waiter.call(), status: () => ({ requests, lastAt, size }) };
}
