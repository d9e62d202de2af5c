/** Several changes, one after the other → one. Pure. */
import type { Delta } from './ports.ts';

/** In the order in which they happened. Of what is kept as it is last, only the last is left. */
export function mergeDeltas(...deltas: readonly Delta[]): Delta {
  const merged: Record<string, readonly unknown[]> = {};
  for (const { lookedAt: _lookedAt, ...rows } of deltas) {
    for (const [key, added] of Object.entries(rows)) {
      const before = merged[key];
      merged[key] = before === undefined ? added : before.concat(added);
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
