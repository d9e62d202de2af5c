/** The same question is asked once: while it is under way, and for a few seconds after. */
import type { Clock } from '../clock.ts';
import type { Lookup, LookupOptions, Priority } from '../device/lookup.ts';
import type { Query } from '../device/query.ts';
import type { Snapshot } from '../device/snapshot.ts';
import { type Shared, share } from './shared.ts';

export interface CacheOptions {
  readonly clock: Clock;
  /** How old a remembered answer may be when the asker does not say. Milliseconds. */
  readonly maxAgeMs?: number;
  /** Rows remembered over all answers; the oldest answers go first. */
  readonly maxRows?: number;
}

/** An answer, and when its oldest part arrived: on the monotonic clock, and by the time of day. */
interface Remembered {
  readonly snapshot: Snapshot;
  readonly since: number;
}

/**
 * Remembered answers cost no request. Their `at` is as long ago as they are old, so a reader sees their age whatever was done to the clock
 * meanwhile: their age is a span on the monotonic clock. That one stands still while a machine sleeps, so an answer counts as fresh by the
 * time of day, too.
 */
export function createCache(lookup: Lookup, options: CacheOptions): Lookup {
  const { clock, maxAgeMs = 5_000, maxRows = 100_000 } = options;
  const remembered = new Map<string, Remembered>();
  const underWay = new Map<string, Shared<Snapshot>>();
  let rows = 0;

  async function ask(query: Query, asked: LookupOptions = {}): Promise<Snapshot> {
    asked.signal?.throwIfAborted();
    if (asked.stateInfo !== undefined) return lookup(query, asked);
    const question = canonical(query);
    const known = remembered.get(question);
    if (known && isFresh(known, asked.maxAgeMs ?? maxAgeMs)) return { ...aged(known), requests: 0 };
    return askOnce(question, query, asked);
  }

  function isFresh({ snapshot, since }: Remembered, withinMs: number): boolean {
    return clock.monotonic() - since < withinMs && clock.now() - snapshot.at < withinMs;
  }

  function aged({ snapshot, since }: Remembered): Snapshot {
    const at = Math.round(clock.now() - (clock.monotonic() - since));
    return { ...snapshot, at: Math.min(snapshot.at, at) };
  }

  function askOnce(question: string, query: Query, asked: LookupOptions): Promise<Snapshot> {
    const { priority = 'person' } = asked;
    const key = `${priority} ${question}`;
    const joined = joinable(question, priority);
    if (joined) return joined.join(asked).then((snapshot) => ({ ...snapshot, requests: 0 }));
    const askedAt = clock.monotonic();
    const shared = share((common) =>
      lookup(query, { ...asked, ...common })
        .then(remember)
        // It is under way until it is answered: whoever asked first may have left long before.
        .finally(() => {
          if (underWay.get(key) === shared) underWay.delete(key);
        }),
    );
    underWay.set(key, shared);
    return shared.join(asked);

    function remember(snapshot: Snapshot): Snapshot {
      forget(question);
      // No part is older than the question, nor newer than now, however the clock was set.
      const ageMs = Math.max(0, clock.now() - snapshot.at);
      remembered.set(question, { snapshot, since: Math.max(askedAt, clock.monotonic() - ageMs) });
      rows += size(snapshot);
      for (const oldest of remembered.keys()) {
        if (rows <= maxRows || oldest === question) break;
        forget(oldest);
      }
      return snapshot;
    }
  }

  /** The same question under way with at least the same priority: a person does not wait in a sweep's place. */
  function joinable(question: string, priority: Priority): Shared<Snapshot> | undefined {
    const enough = RANKS.slice(0, RANKS.indexOf(priority) + 1);
    const shared = enough.map((rank) => underWay.get(`${rank} ${question}`));
    return shared.find((candidate) => candidate !== undefined && !candidate.abandoned());
  }

  function forget(question: string): void {
    const known = remembered.get(question);
    if (known) rows -= size(known.snapshot);
    remembered.delete(question);
  }

  return ask;
}

const RANKS: readonly Priority[] = ['person', 'watch', 'sweep'];

/** Even an empty answer takes room. */
const size = (snapshot: Snapshot) => 1 + snapshot.devices.length + snapshot.ctiItems.length;

/** The same text for the same question: the order of items does not matter. */
function canonical(query: Query): string {
  const { operation } = query;
  if (operation !== 'selectCtiItem') return JSON.stringify({ ...query, items: query.items.toSorted() });
  return JSON.stringify({
    ...query,
    appItems: query.appItems.toSorted(),
    devNames: query.devNames.toSorted(),
    dirNumbers: query.dirNumbers.toSorted(),
  });
}
