/** Whether risbot can do its work, and what is missing. Pure. */
import type { Reach } from './reach.ts';

export interface PlatformStatus {
  readonly name: string;
  readonly connected: boolean;
  /** Why not, or what only a part of it misses; blank when nothing is wrong. */
  readonly reason: string;
}

export interface ClusterReach extends Reach {
  readonly name: string;
}

export interface Readiness {
  /** Every platform is connected and a cluster can be reached. */
  readonly ready: boolean;
  /** Ready, but not all of it is there. */
  readonly degraded: boolean;
  readonly reasons: readonly string[];
  readonly platforms: readonly PlatformStatus[];
  readonly clusters: readonly ClusterReach[];
  /** What keeps the database from being written; null when nothing does. */
  readonly store: string | null;
}

/**
 * One cluster of several that cannot be reached does not make risbot unready: it still answers about the others, and says of that one
 * that it cannot be reached. Taking risbot away would help nobody. Nor would it when the database cannot be written: questions are answered,
 * and what is seen is committed as soon as it can be.
 */
export function readinessOf(
  platforms: readonly PlatformStatus[],
  clusters: readonly ClusterReach[],
  store: string | null,
): Readiness {
  const away = platforms.filter(({ connected }) => !connected);
  const blind = clusters.filter(({ reachable }) => !reachable);
  const ready = away.length === 0 && blind.length < clusters.length;
  return {
    ready,
    degraded: ready && (blind.length > 0 || store !== null),
    reasons: [
      ...away.map(({ name, reason }) => `${name}: ${reason || 'not connected'}`),
      ...blind.map(({ name, reason }) => `${name}: ${reason}`),
      ...(store === null ? [] : [store]),
    ],
    platforms,
    clusters,
    store,
  };
}
