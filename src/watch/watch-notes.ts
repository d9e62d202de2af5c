/** What is remembered with a watch of what its room was told: no incident carries it. */
import type { Known } from './known.ts';
import type { Watch } from './watch.ts';

export interface WatchNotes {
  /** Epoch milliseconds up to which moves and ends of quiet hours were told; infinitely long ago when never. */
  toldUntil(watch: Watch): number;
  setToldUntil(watch: Watch, at: number): void;
  /** The device stays behind, and is no news before it returns. */
  leave(watch: Watch, known: Known): void;
  /** Watches as they are to be stored. */
  changed(): readonly Watch[];
}

/** `knownOf` tells which of those that stayed behind are still so: the others are forgotten when something is written anyway. */
export function createWatchNotes(knownOf: (watch: Watch, name: string) => Known | undefined): WatchNotes {
  const changed = new Map<number, Watch>();
  const latest = (watch: Watch) => changed.get(watch.id) ?? watch;
  const left = new Map<number, Record<string, number>>();

  function leftOf(watch: Watch): Record<string, number> {
    const found = left.get(watch.id);
    if (found !== undefined) return found;
    const still = Object.entries(watch.left ?? {}).filter(([name, since]) => {
      const known = knownOf(watch, name);
      return known?.since === since && known.condition !== 'up';
    });
    const fresh: Record<string, number> = Object.fromEntries(still);
    left.set(watch.id, fresh);
    return fresh;
  }

  return {
    toldUntil: (watch) => latest(watch).toldUntil ?? Number.NEGATIVE_INFINITY,
    setToldUntil(watch, at) {
      if (at <= (latest(watch).toldUntil ?? Number.NEGATIVE_INFINITY)) return;
      changed.set(watch.id, { ...latest(watch), toldUntil: at, left: leftOf(watch) });
    },
    leave(watch, known) {
      const names = leftOf(watch);
      names[known.row.name] = known.since;
      changed.set(watch.id, { ...latest(watch), left: names });
    },
    changed: () => [...changed.values()],
  };
}
