/** Several changes, one after the other → one. Pure. */
import type { Delta } from './ports.ts';

/** In the order in which they happened. Of what is kept as it is last, only the last is left. */
export function mergeDeltas(...deltas: readonly Delta[]): Delta {
  const merged: Record<string, unknown[]> = {};
  for (const delta of deltas) {
    const { lookedAt: _lookedAt, ...rows } = delta;
    forgetRemovals(merged, delta);
    for (const [key, added] of Object.entries(rows)) {
      const all = merged[key] ?? [];
      merged[key] = all;
      // Hundreds of thousands come together while the database fails: too many to be arguments of one call.
      for (const one of added) all.push(one);
    }
  }
  const lookedAt: Record<string, number> = {};
  for (const delta of deltas) Object.assign(lookedAt, delta.lookedAt);
  return lastOfEach({ ...merged, lookedAt });
}

/** Nothing changes. `lookedAt` alone is no change either: it is kept along with others, or once in a while. */
export function isEmpty(delta: Delta): boolean {
  return Object.entries(delta).every(
    ([key, value]) => key === 'lookedAt' || (value as readonly unknown[]).length === 0,
  );
}

/** Of what a change both writes and removes, nothing is left: what is written after it was removed is removed no more. */
function forgetRemovals(merged: Record<string, unknown[]>, delta: Delta): void {
  const { known = [], standing = [], blind = [], watches = [], mutes = [] } = delta;
  const rewritten = {
    forgotten: known.map(({ cluster, row: { name } }) => ({ cluster, name })),
    dropped: standing.map(({ cluster, key }) => ({ cluster, key })),
    seen: blind.map(({ cluster, node }) => ({ cluster, node })),
    endedWatches: watches.map(({ id }) => id),
    endedMutes: mutes.map(({ id }) => id),
  } satisfies Delta;
  for (const [key, written] of Object.entries(rewritten)) {
    const removed = merged[key] ?? [];
    if (removed.length === 0 || written.length === 0) continue;
    const keys = new Set(written.map(removalKey));
    merged[key] = removed.filter((one) => !keys.has(removalKey(one)));
  }
}

/** Of a number, or of an object whose few fields may come in any order. */
function removalKey(removal: unknown): string {
  if (typeof removal !== 'object' || removal === null) return String(removal);
  return JSON.stringify(Object.entries(removal).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function lastOfEach(delta: Delta): Delta {
  const { known, standing, incidents, members } = delta;
  return {
    ...delta,
    ...(known && { known: last(known, ({ cluster, row }) => `${cluster} ${row.name}`) }),
    ...(standing && { standing: last(standing, ({ cluster, key }) => `${cluster} ${key}`) }),
    ...(incidents && { incidents: last(incidents, ({ id }) => String(id)) }),
    ...(members && { members: last(members, ({ incident, member }) => `${incident} ${member.name}`) }),
  };
}

function last<T>(rows: readonly T[], keyOf: (row: T) => string): readonly T[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}
