/** Time moved by hand, for risbot and its clusters alike; what waits for the network waits in real time. */
import { realTime, type SimulatorClock } from '../../simulator/stand-in/time.ts';
import { type Clock, systemClock } from '../../src/clock.ts';

export interface HandClock {
  readonly risbot: Clock;
  readonly cucm: SimulatorClock;
  /** Wakes whoever is due, soonest first, and resolves when they have had their turn. */
  pass(seconds: number): Promise<void>;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

export function createHandClock(start = Date.UTC(2026, 2, 2, 8)): HandClock {
  let now = start;
  const sleepers = new Set<Sleeper>();
  const sleep: Clock['sleep'] = (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const sleeper = { until: now + ms, wake: resolve };
      sleepers.add(sleeper);
      signal?.addEventListener('abort', () => {
        if (sleepers.delete(sleeper)) reject(signal.reason);
      });
    });
  return {
    // What is waited for passes on both clocks, and nothing else does: how fast the machine is changes no answer.
    risbot: {
      ...systemClock,
      now: () => now,
      monotonic: () => now - start,
      sleep,
    },
    cucm: { now: () => now, sleep: realTime.sleep },
    async pass(seconds) {
      now += seconds * 1000;
      const due = [...sleepers].filter(({ until }) => until <= now).sort((a, b) => a.until - b.until);
      for (const sleeper of due) {
        sleepers.delete(sleeper);
        sleeper.wake();
      }
      await systemClock.breathe();
    },
  };
}
