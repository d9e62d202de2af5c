/** Whom to ask for by name: what is not up, and would come back on another node unseen. Pure. */
import { isCtiRow } from './cti.ts';
import type { Known } from './known.ts';
import type { Standing } from './standing.ts';

/** Names of those that are not up and that no standing query asks for by name often enough; CTI rows have no name to ask for. */
export function toFollow(noteworthy: Iterable<Known>, standing: readonly Standing[]): readonly string[] {
  const asked = new Set(standing.flatMap(namesAsked));
  return [...noteworthy]
    .filter(({ condition, row }) => condition !== 'up' && condition !== 'gone' && !isCtiRow(row))
    .map(({ row }) => row.name)
    .filter((name) => !asked.has(name.toUpperCase()));
}

function namesAsked({ role, reason, query }: Standing): readonly string[] {
  if (role !== 'named' || reason === 'covered' || query.operation === 'selectCtiItem') return [];
  return query.items.map((item) => item.toUpperCase());
}
