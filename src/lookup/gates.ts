/** When a request may go out: the window, and before it a pace for people and one for watches and sweeps. */
import type { Clock } from '../clock.ts';
import type { Priority } from '../device/lookup.ts';
import { createBucket, type Size } from './bucket.ts';
import { expectedWait, type Pace, paceFor, WINDOW_MS } from './turn.ts';
import { createWindow, type SpentRequest } from './window.ts';

export interface Gates {
  /** Calls `take` when a turn comes. A turn that finds nothing to ask gives its place back at once. */
  turn(priority: Priority, take: () => Promise<'asked' | 'unused'>): Promise<void>;
  /** Lets nothing out until a window from now; learns a smaller allowance. */
  pause(allowance: number | undefined): void;
  /** Milliseconds until a turn with `ahead` others before it. */
  expectedWait(ahead: number): number;
  status(): { readonly allowance: number; readonly left: number; readonly pausedMs: number };
  stop(): Promise<void>;
}

export interface GatesOptions {
  /** Requests in any 60 s. */
  readonly allowance: number;
  /** Requests of an earlier process that may still count. */
  readonly spent: readonly SpentRequest[];
  readonly clock: Clock;
  /** Lets go of all timers. */
  readonly stopped: AbortSignal;
}

export function createGates({ allowance: configured, spent, clock, stopped }: GatesOptions): Gates {
  const window = createWindow({ size: configured, spent, clock, stopped });
  let allowance = configured;
  let pace = paceFor(allowance);
  /** Both on the monotonic clock: a clock that is set must not make anybody wait for the step. */
  let pacedUntil = 0;
  let pausedUntil = 0;
  const people = createBucket(peopleGate(pace), clock, stopped);
  const background = createBucket(backgroundGate(pace), clock, stopped);
  // A sweep is in no hurry: what a watch may ask at once is not spent by one.
  const sweeps = createBucket(sweepGate(pace), clock, stopped);
  people.limiter.chain(window.limiter);
  background.limiter.chain(window.limiter);
  sweeps.limiter.chain(background.limiter);
  const limiters = [people.limiter, sweeps.limiter, background.limiter, window.limiter];
  const gates = { person: [people], watch: [background], sweep: [sweeps, background] } as const;

  async function turn(priority: Priority, take: () => Promise<'asked' | 'unused'>): Promise<void> {
    const passed = gates[priority];
    await passed[0].limiter.schedule(async () => {
      for (const bucket of passed) bucket.take();
      const place = window.take();
      const paced = pacedUntil;
      pacedUntil = Math.max(paced, clock.monotonic()) + pace.peopleMs;
      const used = await take();
      void window.giveBack(place, used === 'asked');
      if (used === 'asked') return;
      pacedUntil = Math.min(pacedUntil, paced);
      await passed[passed.length - 1]?.giveBack();
    });
  }

  function pause(taught: number | undefined): void {
    pausedUntil = clock.monotonic() + WINDOW_MS;
    if (taught !== undefined && taught >= 1 && taught < allowance) {
      allowance = taught;
      pace = paceFor(allowance);
      people.change(peopleGate(pace));
      background.change(backgroundGate(pace));
      sweeps.change(sweepGate(pace));
    }
    window.hold(allowance);
  }

  return {
    turn,
    pause,
    expectedWait: (ahead) =>
      expectedWait(ahead, { now: clock.monotonic(), freeAt: window.freeAt(), pace, pacedUntil }),
    status: () => ({
      allowance,
      left: window.free(),
      pausedMs: Math.max(0, pausedUntil - clock.monotonic()),
    }),
    async stop() {
      await Promise.all(limiters.map((limiter) => limiter.stop({ dropWaitingJobs: true })));
      await Promise.all(limiters.map((limiter) => limiter.disconnect()));
    },
  };
}

function peopleGate({ burst, peopleMs }: Pace): Size {
  return { burst, everyMs: peopleMs };
}

function backgroundGate({ backgroundBurst, backgroundMs }: Pace): Size {
  return { burst: backgroundBurst, everyMs: backgroundMs };
}

function sweepGate({ backgroundMs }: Pace): Size {
  return { burst: 1, everyMs: backgroundMs };
}
