/** When a request may go out: the window, and before it a pace for people and one for watches and sweeps. */
import Bottleneck from 'bottleneck';
import type { Clock } from '../clock.ts';
import type { Priority } from '../device/lookup.ts';
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
  let pacedUntil = 0;
  let pausedUntil = 0;
  const people = new Bottleneck(peopleGate(pace)).chain(window.limiter);
  const background = new Bottleneck(backgroundGate(pace)).chain(window.limiter);
  // A sweep is in no hurry: what a watch may ask at once is not spent by one.
  const sweeps = new Bottleneck({ minTime: pace.backgroundMs }).chain(background);
  const limiters = [people, sweeps, background, window.limiter];
  const gates = { person: people, watch: background, sweep: sweeps } as const;

  async function turn(priority: Priority, take: () => Promise<'asked' | 'unused'>): Promise<void> {
    await gates[priority].schedule(async () => {
      const place = window.take();
      const paced = pacedUntil;
      pacedUntil = Math.max(paced, clock.now()) + pace.peopleMs;
      const used = await take();
      void window.giveBack(place, used === 'asked');
      if (used === 'asked') return;
      pacedUntil = Math.min(pacedUntil, paced);
      await (priority === 'person' ? people : background).incrementReservoir(1);
    });
  }

  function pause(taught: number | undefined): void {
    pausedUntil = clock.now() + WINDOW_MS;
    if (taught !== undefined && taught >= 1 && taught < allowance) {
      allowance = taught;
      pace = paceFor(allowance);
      void people.updateSettings(peopleGate(pace));
      void background.updateSettings(backgroundGate(pace));
      void sweeps.updateSettings({ minTime: pace.backgroundMs });
    }
    window.hold(allowance);
  }

  return {
    turn,
    pause,
    expectedWait: (ahead) =>
      expectedWait(ahead, { now: clock.now(), freeAt: window.freeAt(), pace, pacedUntil }),
    status: () => ({ allowance, left: window.free(), pausedMs: Math.max(0, pausedUntil - clock.now()) }),
    async stop() {
      await Promise.all(limiters.map((limiter) => limiter.stop({ dropWaitingJobs: true })));
      await Promise.all(limiters.map((limiter) => limiter.disconnect()));
    },
  };
}

function peopleGate({ burst, peopleMs }: Pace): Bottleneck.ConstructorOptions {
  return tokenBucket(burst, peopleMs);
}

function backgroundGate({ backgroundBurst, backgroundMs }: Pace): Bottleneck.ConstructorOptions {
  return tokenBucket(backgroundBurst, backgroundMs);
}

/** `burst` at once, then one every `everyMs`. */
function tokenBucket(burst: number, everyMs: number): Bottleneck.ConstructorOptions {
  return {
    reservoir: burst,
    reservoirIncreaseInterval: everyMs,
    reservoirIncreaseAmount: 1,
    reservoirIncreaseMaximum: burst,
    heartbeatInterval: 100,
  };
}
