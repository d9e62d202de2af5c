/** `status`: how risbot itself is doing. Asks CUCM nothing. */
import { type ClusterStatus, statusView } from '../view/status.ts';
import type { Cluster, Verb } from './command.ts';

export const status: Verb = {
  name: 'status',
  summary: 'clusters, requests left this minute, what is watched and how often',
  usage: 'status',
  examples: ['status'],
  run: async (_command, { version, now, clusters, desk }) =>
    statusView({
      version,
      now,
      clusters: clusters.map(clusterStatus),
      plans: desk === null ? [] : clusters.map(({ name }) => desk.plan(name)),
    }),
};

/** How one cluster is doing, as views show it. */
export function clusterStatus(cluster: Cluster): ClusterStatus {
  return {
    name: cluster.name,
    ...cluster.budget(),
    lastAnswer: cluster.lastAnswer(),
    names: cluster.names.all().length,
  };
}
