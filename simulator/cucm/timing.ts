/** How long things take, in milliseconds at pace 1. Every device takes its own time within the bounds, always the same. */
import type { Cluster } from './model.ts';
import { textHash } from './random.ts';

export type Span = readonly [least: number, most: number];

export const TAKES = {
  /** From the cut cable until the node misses the keepalives. */
  keepalive: [60_000, 90_000],
  /** From power on until registered. */
  boot: [20_000, 40_000],
  /** From losing a node until registered on the next. */
  rehome: [20_000, 60_000],
  /** From the home node's return until going back to it. */
  fallback: [30_000, 120_000],
  /** Between leaving a node and registering again, when nothing was wrong. */
  reset: [15_000, 30_000],
  extensionMobility: [6_000, 10_000],
  download: [60_000, 120_000],
  ctiRestart: [15_000, 15_000],
  /** A flapping phone: down so long, then up so long. */
  flapDown: [25_000, 35_000],
  flapUp: [40_000, 60_000],
  /** How long CUCM remembers a deleted device, or one that has moved to another node. */
  oldRow: [259_200_000, 259_200_000],
} as const satisfies Readonly<Record<string, Span>>;

/** How long this one takes. `salt` tells apart several things that happen to the same device. */
export function takes(cluster: Cluster, who: string, span: keyof typeof TAKES, salt = ''): number {
  const [least, most] = TAKES[span];
  const steps = most - least + 1;
  return Math.round((least + (textHash(`${who} ${span} ${salt}`) % steps)) / cluster.pace);
}
