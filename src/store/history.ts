/** Transitions: what happened to devices. */
import type { Transition } from '../watch/known.ts';
import type { PastFilter } from '../watch/ports.ts';
import { take } from './counters.ts';
import { keyOf } from './key.ts';
import { type Breathe, inChunks } from './rows.ts';
import type { Db, Tx } from './schema.ts';

/** Names in a question; more than a person types, and fewer than a statement takes. */
const MOST_NAMES = 10_000;

export async function writeTransitions(
  tx: Tx,
  transitions: readonly Transition[],
  breathe: Breathe,
): Promise<void> {
  if (transitions.length === 0) return;
  let seq = await take(tx, 'transition', transitions.length);
  const rows = transitions.map(({ cluster, at, ...rest }) => ({
    seq: seq++,
    cluster,
    name: keyOf(rest.name),
    at,
    transition: JSON.stringify(rest),
  }));
  for await (const chunk of inChunks(rows, breathe)) {
    await tx.insertInto('transitions').values(chunk).execute();
  }
}

/** The latest first. */
export async function readTransitions(db: Db, filter: PastFilter): Promise<readonly Transition[]> {
  let asked = db
    .selectFrom('transitions')
    .select(['cluster', 'at', 'transition'])
    .where('cluster', '=', filter.cluster)
    .where('at', '>=', filter.since);
  if (filter.names !== null) {
    const names = filter.names.slice(0, MOST_NAMES).map(keyOf);
    if (names.length === 0) return [];
    asked = asked.where('name', 'in', names);
  }
  const rows = await asked.orderBy('at', 'desc').orderBy('seq', 'desc').limit(filter.limit).execute();
  return rows.map(({ cluster, at, transition }) => ({
    cluster,
    at,
    ...(JSON.parse(transition) as Omit<Transition, 'cluster' | 'at'>),
  }));
}
