/** Whether what is told happened while nobody could look. Pure. */
import type { Incident } from './incident.ts';
import type { Known } from './known.ts';
import { MASS_WINDOW_MS } from './limits.ts';
import type { Scene } from './scene.ts';

/** Null: most of them were seen as they went. */
export function gapOf(devices: readonly Known[], { sight }: Pick<Scene, 'sight'>): Incident['gap'] {
  const missed = devices.filter(({ gapMs }) => gapMs > 0);
  const [first] = missed;
  if (first === undefined || missed.length * 2 < devices.length) return null;
  const ms = missed.reduce((longest, { gapMs }) => Math.max(longest, gapMs), 0);
  // What was blind is spoken of as seen again for a while; risbot's own absence leaves no trace but the gap.
  const wasBlind = sight.seenAgain.some(
    ({ node, at }) =>
      first.since - at >= 0 &&
      first.since - at <= MASS_WINDOW_MS &&
      (node === null || node === first.row.node),
  );
  return { type: sight.gap?.type ?? (wasBlind ? 'blind' : 'away'), ms };
}
