/** People name moments by the wall clock, and read them by it, while the watch has a time of its own: see `steady.ts`. */
import type { Desk, PlanReport } from './desk.ts';
import type { Watch } from './watch.ts';

/** The desk as people see it: ends of watches and mutes, and when was asked last, by a clock that is `ahead()` milliseconds ahead. */
export function deskByWall(desk: Desk, ahead: () => number): Desk {
  return {
    ...desk,
    watches: {
      async add(wanted) {
        const added = await desk.watches.add(endingAt(wanted, -ahead()));
        return 'watch' in added ? { ...added, watch: endingAt(added.watch, ahead()) } : added;
      },
      remove: async (ids, room) =>
        (await desk.watches.remove(ids, room)).map((watch) => endingAt(watch, ahead())),
      list: (room) =>
        desk.watches.list(room).map((watched) => ({ ...watched, watch: endingAt(watched.watch, ahead()) })),
    },
    mutes: {
      add: async (wanted) => endingAt(await desk.mutes.add(endingAt(wanted, -ahead())), ahead()),
      remove: async (ids, room) =>
        (await desk.mutes.remove(ids, room)).map((mute) => endingAt(mute, ahead())),
      list: (room) => desk.mutes.list(room).map((mute) => endingAt(mute, ahead())),
    },
    plan: (cluster) => planAt(desk.plan(cluster), ahead()),
  };
}

/** Ends that are no moments stay: `back`, and never. */
function endingAt<T extends { readonly until: Watch['until'] }>(one: T, byMs: number): T {
  return typeof one.until === 'number' && byMs !== 0 ? { ...one, until: one.until + byMs } : one;
}

function planAt(plan: PlanReport, byMs: number): PlanReport {
  const at = (time: number | null) => (time === null ? null : time + byMs);
  return {
    ...plan,
    standing: plan.standing.map((one) => ({ ...one, lastAskedAt: at(one.lastAskedAt) })),
    audit: plan.audit && { ...plan.audit, lastAt: at(plan.audit.lastAt) },
  };
}
