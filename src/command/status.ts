/** `status`: how risbot itself is doing. Asks CUCM nothing. */
import { type ClusterStatus, statusView } from '../view/status.ts';
import type { Cluster, Verb } from './command.ts';

export const status: Verb = {
  name: 'status',
  summary: 'clusters, requests left this minute, queue, version',
  usage: 'status',
  examples: ['status'],
  run: async (_command, context) =>
    statusView({
      version: context.version,
      now: context.now,
      clusters: context.clusters.map(clusterStatus),
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
