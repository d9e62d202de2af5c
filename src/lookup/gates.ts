/** When a request may go out: the window, and before it a pace for people and one for watches and sweeps. */
import Bottleneck from 'bottleneck';
import type { Clock } from '../clock.ts';
import type { Priority } from '../device/lookup.ts';
import { expectedWait, type Pace, paceFor, WINDOW_MS } from './turn.ts';
import { createWindow } from './window.ts';

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

/** `configured` is in requests in any 60 s; `stopped` lets go of all timers. */
export function createGates(configured: number, clock: Clock, stopped: AbortSignal): Gates {
  const window = createWindow(configured, clock, stopped);
  let allowance = configured;
  let pace = paceFor(allowance);
  let pacedUntil = 0;
  let pausedUntil = 0;
  const people = new Bottleneck(peopleGate(pace)).chain(window.limiter);
  const background = new Bottleneck({ minTime: pace.backgroundMs }).chain(window.limiter);
  const limiters = [people, background, window.limiter];

  async function turn(priority: Priority, take: () => Promise<'asked' | 'unused'>): Promise<void> {
    await (priority === 'person' ? people : background).schedule(async () => {
      const place = window.take();
      const paced = pacedUntil;
      pacedUntil = Math.max(paced, clock.now()) + pace.peopleMs;
      const used = await take();
      void window.giveBack(place, used === 'asked');
      if (used === 'asked') return;
      pacedUntil = Math.min(pacedUntil, paced);
      if (priority === 'person') await people.incrementReservoir(1);
    });
  }

  function pause(taught: number | undefined): void {
    pausedUntil = clock.now() + WINDOW_MS;
    if (taught !== undefined && taught >= 1 && taught < allowance) {
      allowance = taught;
      pace = paceFor(allowance);
      void people.updateSettings(peopleGate(pace));
      void background.updateSettings({ minTime: pace.backgroundMs });
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

/** A token bucket: `burst` at once, then one every `peopleMs`. */
function peopleGate(pace: Pace): Bottleneck.ConstructorOptions {
  return {
    reservoir: pace.burst,
    reservoirIncreaseInterval: pace.peopleMs,
    reservoirIncreaseAmount: 1,
    reservoirIncreaseMaximum: pace.burst,
    heartbeatInterval: 100,
  };
}
