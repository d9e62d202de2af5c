/** What is asked next of a cluster. Pure. */
import type { Standing } from './standing.ts';

export interface Chances {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly standing: readonly Standing[];
  /** When each was last asked, by its key. */
  readonly askedAt: ReadonlyMap<string, number>;
  /** Names that changed and have to be asked for by name before anybody is told. */
  readonly confirm: readonly string[];
  /** Names that are not up, and not asked for by name anyway: only by name can their return on another node be seen. */
  readonly follow: readonly string[];
  readonly followedAt: number;
  /** Nothing is asked before, after a failure. */
  readonly notBefore: number;
  /** What is not urgent is asked when requests are to spare again: news are to be confirmed at once. Epoch milliseconds. */
  readonly spareAt: number;
  /** Names in a request at most. */
  readonly most: number;
}

export type Choice =
  /** `also`: those that are followed, when the request has room for all of them. */
  | { readonly type: 'confirm'; readonly names: readonly string[]; readonly also?: readonly string[] }
  | { readonly type: 'follow'; readonly names: readonly string[] }
  | { readonly type: 'standing'; readonly standing: Standing }
  /** Epoch milliseconds; infinite when there is nothing to ask. */
  | { readonly type: 'wait'; readonly until: number };

/** How often what is not up is asked for. Milliseconds. */
export const FOLLOW_EVERY_MS = 20_000;

/**
 * News are confirmed first: nobody is told before. Of several standing queries that are due the one that is the most of its own period
 * late goes first, so that none starves when there is less than was planned. What is not urgent waits until requests are to spare, for a
 * period of its own at most.
 */
export function choose(chances: Chances): Choice {
  const { now, confirm, follow, most, notBefore } = chances;
  if (notBefore > now) return { type: 'wait', until: notBefore };
  const due = chances.standing.map((standing) => ({ standing, at: dueAt(standing, chances) }));
  const overdue = due
    .filter(({ standing, at }) => turnOf(at, standing, chances) <= now)
    .map(({ standing, at }) => ({ standing, late: (now - at) / standing.everyMs }))
    .sort((a, b) => b.late - a.late);
  // A mass event has many names to confirm: the standing queries still get their turn in between. Those that were never asked do not wait
  // for theirs since: after a restart, what was seen before it goes first.
  const isWaiting = overdue.some(({ late }) => late >= 1 && Number.isFinite(late));
  if (confirm.length > 0 && !isWaiting) {
    const also = [...new Set(follow).difference(new Set(confirm))];
    const hasRoom = also.length > 0 && confirm.length + also.length <= most;
    return { type: 'confirm', names: confirm.slice(0, most), ...(hasRoom && { also }) };
  }
  const [first] = overdue;
  if (first !== undefined) return { type: 'standing', standing: first.standing };
  const followAt = follow.length === 0 ? Number.POSITIVE_INFINITY : chances.followedAt + FOLLOW_EVERY_MS;
  const followTurn = turnOf(followAt, { reason: 'follow', everyMs: FOLLOW_EVERY_MS }, chances);
  if (followTurn <= now) return { type: 'follow', names: follow.slice(0, most) };
  const turns = due.map(({ standing, at }) => turnOf(at, standing, chances));
  return { type: 'wait', until: Math.min(followTurn, ...turns) };
}

function turnOf(
  at: number,
  { reason, everyMs }: Pick<Standing, 'reason' | 'everyMs'>,
  { spareAt }: Chances,
): number {
  return reason === 'fast' ? at : Math.max(at, Math.min(spareAt, at + everyMs));
}

function dueAt({ key, everyMs }: Standing, { askedAt }: Chances): number {
  const asked = askedAt.get(key);
  return asked === undefined ? Number.NEGATIVE_INFINITY : asked + everyMs;
}
