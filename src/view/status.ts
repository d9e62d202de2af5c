/** How risbot itself is doing. */

import type { PlanReport } from '../watch/desk.ts';
import { planBlocks } from './plan.ts';
import { count, counted, duration } from './text.ts';
import type { Block, Text, View } from './view.ts';

export interface ClusterStatus {
  readonly name: string;
  readonly allowance: number;
  readonly left: number;
  readonly queued: number;
  readonly pausedMs: number;
  /** Epoch milliseconds, null before the first. */
  readonly lastAnswer: number | null;
  /** Devices known by name. */
  readonly names: number;
}

export interface Status {
  readonly version: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly clusters: readonly ClusterStatus[];
  /** What is asked without anybody asking; none where no watches are kept. */
  readonly plans: readonly PlanReport[];
}

export function statusView(status: Status): View {
  return {
    outcome: 'answered',
    title: `risbot ${status.version}, ${counted(status.clusters.length, 'cluster')}`,
    tone: status.clusters.some(isPaused) ? 'warn' : 'good',
    blocks: [...statusBlocks(status), ...status.plans.flatMap((plan) => planBlocks(plan, status.now))],
    actions: [],
    data: { version: status.version, clusters: status.clusters, plans: status.plans },
  };
}

/** Clusters as a table, and before it which of them has to be left alone for now. */
export function statusBlocks(status: Pick<Status, 'clusters' | 'now'>): readonly Block[] {
  const notices = status.clusters.filter(isPaused).map(
    (cluster): Block => ({
      type: 'notice',
      tone: 'warn',
      text: `${cluster.name} said that it is asked too often: asking goes on in ${duration(cluster.pausedMs)}.`,
    }),
  );
  return [...notices, table(status)];
}

function isPaused(cluster: ClusterStatus): boolean {
  return cluster.pausedMs > 0;
}

function table({ clusters, now }: Pick<Status, 'clusters' | 'now'>): Block {
  return {
    type: 'table',
    columns: [
      { label: 'Cluster' },
      { label: 'Requests left', align: 'right' },
      { label: 'Waiting', align: 'right' },
      { label: 'Last answer' },
      { label: 'Names known', align: 'right' },
    ],
    rows: clusters.map((cluster): readonly Text[] => [
      cluster.name,
      `${count(cluster.left)} of ${count(cluster.allowance)}`,
      count(cluster.queued),
      cluster.lastAnswer === null ? 'none yet' : `${duration(now - cluster.lastAnswer)} ago`,
      count(cluster.names),
    ]),
  };
}
