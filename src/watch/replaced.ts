/** A device whose number another one has taken over: it was replaced, and nobody misses it. Pure. */
import type { KnownRow } from '../device/known.ts';
import type { Member } from './incident.ts';
import type { Known } from './known.ts';
import { memberOf } from './member.ts';
import type { News } from './policy.ts';

/** The new one may be plugged in before CUCM misses the old one. Milliseconds. */
const BEFORE_MS = 10 * 60_000;
/** What is first seen so soon after a watch was made has been there before. Milliseconds. */
const FIRST_LOOKS_MS = 2 * 60_000;

/**
 * By the name of the lost device, the one in its place: it has the first number of the other, is registered, and was not there before. A
 * phone with the same line that was there all the time, or came back, replaces nobody.
 */
export function replacements(
  burst: readonly News[],
  known: ReadonlyMap<string, Known>,
): ReadonlyMap<string, Known> {
  const wanted = new Map(
    burst.flatMap((news) => (numberOf(news.known.row) === '' ? [] : [[numberOf(news.known.row), news]])),
  );
  const found = new Map<string, Known>();
  if (wanted.size === 0) return found;
  for (const other of known.values()) {
    if (other.condition !== 'up' || !other.baseline || other.changes.length > 0) continue;
    const news = wanted.get(numberOf(other.row));
    if (news === undefined || news.known.row.name === other.row.name) continue;
    const isNew = news.watches.every(({ createdAt }) => other.since > createdAt + FIRST_LOOKS_MS);
    if (isNew && other.since > news.known.since - BEFORE_MS) found.set(news.known.row.name, other);
  }
  return found;
}

function numberOf({ linesStatus }: KnownRow): string {
  return linesStatus[0]?.directoryNumber ?? '';
}

export function replacedMember(known: Known, by: Known): Member {
  return { ...memberOf(known), state: 'moved', to: by.row.node, replacedBy: by.row.name };
}
