/** Knowing when nothing is under way any more. */

export interface Calm {
  /** A request came in (1) or was answered (-1). */
  busy(change: 1 | -1): void;
  /** Looks again, because something ended. */
  look(): void;
  /** Resolves once no request is being answered and `waiting` is 0. */
  settled(waiting: () => number): Promise<void>;
}

export function createCalm(): Calm {
  let requests = 0;
  let watchers: (() => void)[] = [];
  const look = () => {
    const woken = watchers;
    watchers = [];
    for (const wake of woken) wake();
  };
  return {
    look,
    busy(change) {
      requests += change;
      look();
    },
    async settled(waiting) {
      // What ends often begins something else, so calm has to last a few turns.
      for (let calmTurns = 0; calmTurns < 10; calmTurns += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        while (requests > 0 || waiting() > 0) {
          calmTurns = 0;
          await new Promise<void>((resolve) => watchers.push(resolve));
        }
      }
    },
  };
}
