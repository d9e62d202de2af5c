/** A clock that is turned by hand, for the watch and the simulated cluster alike. What waits for the network waits in real time. */
import { realTime, type SimulatorClock } from '../../simulator/stand-in/time.ts';
import { type Clock, systemClock } from '../../src/clock.ts';

export interface TurnedClock {
  readonly clock: Clock;
  readonly cucm: SimulatorClock;
  /** Milliseconds to the next sleeper; infinite when nobody sleeps. */
  nextIn(): number;
  /** Goes on, and wakes whoever is due, soonest first. */
  turn(ms: number): void;
  /** Sets the machine's clock back or forward; what is monotonic goes on. The cluster has a clock of its own. */
  set(byMs: number): void;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

export function createTurnedClock(start = Date.UTC(2026, 2, 2, 8)): TurnedClock {
  let elapsed = 0;
  let offset = 0;
  const sleepers = new Set<Sleeper>();
  const sleep: Clock['sleep'] = (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const sleeper = { until: elapsed + ms, wake: resolve };
      sleepers.add(sleeper);
      signal?.addEventListener('abort', () => {
        if (sleepers.delete(sleeper)) reject(signal.reason);
      });
    });
  return {
    clock: { ...systemClock, now: () => start + elapsed + offset, monotonic: () => elapsed, sleep },
    cucm: { now: () => start + elapsed, sleep: realTime.sleep },
    nextIn: () => Math.min(...[...sleepers].map(({ until }) => until - elapsed)),
    turn(ms) {
      elapsed += ms;
      const due = [...sleepers].filter(({ until }) => until <= elapsed).sort((a, b) => a.until - b.until);
      for (const sleeper of due) {
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
    set(byMs) {
      offset += byMs;
    },
  };
}
