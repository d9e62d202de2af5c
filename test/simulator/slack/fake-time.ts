import type { SimulatorClock } from '../../../simulator/stand-in/time.ts';

export interface FakeTime extends SimulatorClock {
  /** Lets so many milliseconds pass; who sleeps until then wakes in order. */
  pass(ms: number): Promise<void>;
}

/** A clock that stands still until it is told to go. */
export function fakeTime(start = 1_790_000_000_000): FakeTime {
  let now = start;
  let sleepers: { at: number; wake: () => void }[] = [];
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    sleep: (ms) => new Promise((wake) => sleepers.push({ at: now + ms, wake })),
    async pass(ms) {
      const until = now + ms;
      for (;;) {
        // Whoever was woken may go to sleep again before the next wakes.
        for (let turns = 0; turns < 5; turns += 1) await turn();
        const next = sleepers.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        sleepers = sleepers.filter((one) => one !== next);
        now = Math.max(now, next.at);
        next.wake();
      }
      now = until;
      await turn();
    },
  };
}
