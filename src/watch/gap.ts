/** How long nobody could look: after a restart, or when a cluster was blind. What changed meanwhile is told as such. */

/** Looks further apart than that leave a gap worth mentioning. Milliseconds. */
const WORTH_MENTIONING_MS = 60_000;
/** For so long after looking was resumed, what is first seen may have happened in the gap. */
const CATCHING_UP_MS = 90_000;

export interface GapNow {
  readonly type: 'away' | 'blind';
  readonly ms: number;
}

export interface Gap {
  /** A look succeeded at `at`, epoch milliseconds; `key`: of which standing query. */
  looked(at: number, key?: string): void;
  /** A node could not be seen for `ms`, until now. */
  nodeSeen(ms: number, at: number): void;
  /** Null: in ordinary times. */
  now(at: number): GapNow | null;
  /** The same for what a look shows, of the query of that key or by name: null too once a query was asked twice, for that is news. */
  seenAt(at: number, key?: string): GapNow | null;
}

/** `lastLook` is from before the restart; null: never. */
export function createGap(lastLook: number | null): Gap {
  let last = lastLook;
  let here = false;
  let gap: (GapNow & { readonly until: number }) | null = null;
  /** Queries asked since the gap, and those of them asked again. */
  const asked = new Set<string>();
  const again = new Set<string>();

  function open(type: GapNow['type'], ms: number, at: number): void {
    if (ms < WORTH_MENTIONING_MS) return;
    gap = { type, ms, until: at + CATCHING_UP_MS };
    asked.clear();
    again.clear();
  }

  function now(at: number): GapNow | null {
    return gap !== null && at < gap.until ? { type: gap.type, ms: gap.ms } : null;
  }

  return {
    looked(at, key) {
      if (last !== null) open(here ? 'blind' : 'away', at - last, at);
      last = at;
      here = true;
      if (key !== undefined) (asked.has(key) ? again : asked).add(key);
    },
    nodeSeen: (ms, at) => open('blind', ms, at),
    now,
    seenAt: (at, key) => ((key === undefined ? again.size > 0 : again.has(key)) ? null : now(at)),
  };
}
