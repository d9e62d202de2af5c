/** `status`: how risbot itself is doing. Asks CUCM nothing. */
import { statusView } from '../view/status.ts';
import type { Verb } from './command.ts';

export const status: Verb = {
  name: 'status',
  summary: 'clusters, requests left this minute, queue, version',
  usage: 'status',
  examples: ['status'],
  run: async (_command, context) =>
    statusView({
      version: context.version,
      now: context.now,
      clusters: context.clusters.map((cluster) => ({
        name: cluster.name,
        ...cluster.budget(),
        lastAnswer: cluster.lastAnswer(),
        names: cluster.names.all().length,
      })),
    }),
};
