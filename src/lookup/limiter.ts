/** Bottleneck without its clock: it goes by the time of day, and one that is set back an hour would stop every request for an hour. */
import Bottleneck from 'bottleneck';

/** The one time that it keeps for limiters without `minTime`, which are due at once. Not public, but its version is pinned, and tested. */
interface Inside {
  readonly _store: object;
}

/** So many jobs until `incrementReservoir`, and `maxConcurrent` of them at once. */
export function createLimiter(options: {
  readonly reservoir: number;
  readonly maxConcurrent?: number;
}): Bottleneck {
  const limiter = new Bottleneck(options);
  const { _store: store } = limiter as unknown as Inside;
  Object.defineProperty(store, '_nextRequest', { get: () => 0, set: () => {} });
  return limiter;
}
