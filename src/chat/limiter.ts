/** Bottleneck on the monotonic clock: it goes by the time of day, and one that is set back an hour would silence a platform for an hour. */
import type Bottleneck from 'bottleneck';
import { systemClock } from '../clock.ts';

/** The times that a limiter keeps. Not public, but its version is pinned, and tested. */
interface Inside {
  readonly _store: Record<(typeof KEPT)[number], number>;
}

const KEPT = ['_nextRequest', '_lastReservoirRefresh', '_lastReservoirIncrease'] as const;

/** The same limiter, whose times move with the time of day when that is set. */
export function steady(limiter: Bottleneck): Bottleneck {
  const { _store: store } = limiter as unknown as Inside;
  const sinceNow = () => systemClock.monotonic() - systemClock.now();
  for (const name of KEPT) {
    let at = store[name] + sinceNow();
    Object.defineProperty(store, name, {
      get: () => Math.floor(at - sinceNow()),
      set: (time: number) => {
        at = time + sinceNow();
      },
    });
  }
  return limiter;
}
