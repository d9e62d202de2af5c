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
  /** A look succeeded at `at`, epoch milliseconds. */
  looked(at: number): void;
  /** A node could not be seen for `ms`, until now. */
  nodeSeen(ms: number, at: number): void;
  /** Null: in ordinary times. */
  now(at: number): GapNow | null;
}

/** `lastLook` is from before the restart; null: never. */
export function createGap(lastLook: number | null): Gap {
  let last = lastLook;
  let here = false;
  let gap: (GapNow & { readonly until: number }) | null = null;

  function open(type: GapNow['type'], ms: number, at: number): void {
    if (ms < WORTH_MENTIONING_MS) return;
    gap = { type, ms, until: at + CATCHING_UP_MS };
  }

  return {
    looked(at) {
      if (last !== null) open(here ? 'blind' : 'away', at - last, at);
      last = at;
      here = true;
    },
    nodeSeen: (ms, at) => open('blind', ms, at),
    now: (at) => (gap !== null && at < gap.until ? { type: gap.type, ms: gap.ms } : null),
  };
}
