/** What the tour has to know of risbot: what is watched and muted in its rooms. */
import { OrderError, type Pane } from './pane.ts';
import type { StageSeen } from './wire.ts';

/** `look`: what holds in the rooms of the tour right now. */
export function createTourPane(look: () => StageSeen): Pane {
  return {
    name: 'tour',
    state: () => null,
    changes: () => [],
    async act(order) {
      if (order['do'] !== 'look') throw new OrderError('the tour only looks');
      return look();
    },
  };
}
