/** The clock of the demo as a pane: what time it is there, and how fast it goes. */
import { OrderError, type Pane } from './pane.ts';
import type { ClockState } from './wire.ts';

export interface PageClock {
  now(): number;
  rate(): number;
  setRate(rate: number): void;
}

export function createClockPane(clock: PageClock, rates: readonly number[]): Pane {
  let told = clock.rate();
  const state = (): ClockState => ({ now: clock.now(), rate: clock.rate(), rates });
  return {
    name: 'clock',
    state,
    changes() {
      if (clock.rate() === told) return [];
      told = clock.rate();
      return [state()];
    },
    async act({ rate }) {
      if (typeof rate !== 'number' || !rates.includes(rate)) throw new OrderError('no such rate');
      clock.setRate(rate);
      return state();
    },
  };
}
