/** Answers of selectCtiItem: providers, devices and lines, each row the truth at once. */
import type { CtiQuery } from '../device/query.ts';
import { ctiCovers, ctiRow } from './cti.ts';
import { type Change, compare, unlisted } from './diff.ts';
import {
  isFirstLook,
  isKept,
  isRegistered,
  isWatched,
  type Look,
  type LookInput,
  mayBeOutOfSight,
  NO_LOOK,
} from './look.ts';
import { newestByName } from './rows.ts';

/** An application that is on several nodes is as its newest row says, open where two are of the same second. */
export function lookAtApplications(input: LookInput, query: CtiQuery): Look {
  const { sight, snapshot, moment } = input;
  if (sight.nothingNew) return NO_LOOK;
  const newest = newestByName(snapshot.ctiItems.map(ctiRow));
  const seen = [...newest.values()].flatMap((row) => {
    const known = input.known.get(row.name);
    if (!isWatched(input, row, known) || (known && isKept(input, known, row))) return [];
    if (!isRegistered(row) && mayBeOutOfSight(sight, known)) return [];
    return [compare(known, row, moment, { firstIsNews: !isFirstLook(input, row.node) })];
  });
  const changes = [...seen, ...missing(input, query, newest)].filter((change) => change !== null);
  return { ...NO_LOOK, changes };
}

function missing(
  { known, sight, moment, isWatched: isOurs }: LookInput,
  query: CtiQuery,
  newest: ReadonlyMap<string, unknown>,
): readonly (Change | null)[] {
  // With a node out of sight it may have gone there.
  if (sight.blind.size > 0) return [];
  const covers = ctiCovers(query);
  return [...known.values()]
    .filter(({ row }) => covers(row) && !newest.has(row.name) && sight.speaksFor(row.node) && isOurs(row))
    .map((one) => unlisted(one, moment));
}
