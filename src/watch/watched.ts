/** Watches with what is known of what they cover. */
import { createCoverage } from './coverage.ts';
import type { Watched } from './desk.ts';
import type { Memory, WatchedScope } from './memory.ts';
import type { Watch } from './watch.ts';

type Counts = Pick<Watched, 'devices' | 'notUp'>;

/** In their order. Everything that is known is gone through once, however many watches there are. */
export function watchedOf(
  watches: readonly Watch[],
  memory: Memory,
  isConfigured: (cluster: string) => boolean,
): readonly Watched[] {
  const scoped = watches.flatMap(({ id }) => memory.watches.get(id) ?? []);
  const counts = new Map<number, Counts>();
  for (const [cluster, those] of Map.groupBy(scoped, ({ watch }) => watch.cluster)) {
    countKnown(counts, those, memory.cluster(cluster).known.values());
  }
  const open = new Map<number, number>();
  for (const { why } of memory.incidents.values()) {
    for (const { id } of why.watches) open.set(id, (open.get(id) ?? 0) + 1);
  }
  return watches.map((watch) => ({
    watch,
    ...(counts.get(watch.id) ?? { devices: 0, notUp: 0 }),
    openIncidents: open.get(watch.id) ?? 0,
    ...(memory.unreadable.has(watch.id) && { unseen: 'unreadable' as const }),
    ...(!isConfigured(watch.cluster) && { unseen: 'no-cluster' as const }),
  }));
}

type KnownDevices = ReturnType<Memory['cluster']>['known'];

function countKnown(
  counts: Map<number, Counts>,
  watches: readonly WatchedScope[],
  all: ReturnType<KnownDevices['values']>,
): void {
  const coverage = createCoverage(watches);
  for (const { row, condition } of all) {
    if (condition === 'gone') continue;
    const notUp = condition !== 'up' && condition !== 'unknown' ? 1 : 0;
    for (const { watch } of coverage.of(row)) {
      const before = counts.get(watch.id);
      counts.set(watch.id, { devices: (before?.devices ?? 0) + 1, notUp: (before?.notUp ?? 0) + notUp });
    }
  }
}
