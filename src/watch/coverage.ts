/** Which watches cover a row. Ten thousand watches of one phone each cost one look into a map. */
import type { KnownRow } from '../device/known.ts';
import type { WatchedScope } from './memory.ts';

export interface Coverage {
  /** All watches, in the order in which they were made. */
  readonly watches: readonly WatchedScope[];
  of(row: KnownRow): readonly WatchedScope[];
  isWatched(row: KnownRow): boolean;
}

export function createCoverage(watches: readonly WatchedScope[]): Coverage {
  const named = new Map<string, WatchedScope[]>();
  const others: WatchedScope[] = [];
  for (const one of watches) {
    if (!isNamesOnly(one)) {
      others.push(one);
      continue;
    }
    for (const key of new Set(one.scope.names.map((name) => name.toUpperCase()))) {
      const those = named.get(key) ?? [];
      those.push(one);
      named.set(key, those);
    }
  }
  const byName = (row: KnownRow) =>
    (named.get(row.name.toUpperCase()) ?? []).filter(({ scope }) => scope.matches(row));
  return {
    watches,
    of: (row) => [...byName(row), ...others.filter(({ scope }) => scope.matches(row))],
    isWatched: (row) => byName(row).length > 0 || others.some(({ scope }) => scope.matches(row)),
  };
}

function isNamesOnly({ scope }: WatchedScope): boolean {
  return scope.exceptions === null && scope.numbers.length === 0 && scope.cti.length === 0;
}
