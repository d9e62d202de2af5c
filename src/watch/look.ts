/** What a reply is read with, and what reading it comes to. */
import type { KnownRow } from '../device/known.ts';
import type { Snapshot } from '../device/snapshot.ts';
import { classify } from './classify.ts';
import type { Change, Moment } from './diff.ts';
import type { Known } from './known.ts';
import { filledFrom, isNewer } from './rows.ts';
import type { StandingMemory } from './standing.ts';
import { isUnseenNode, type Mark, markIn, rowKey } from './standing-memory.ts';
import type { Sight } from './visible.ts';

export interface LookInput {
  readonly snapshot: Snapshot;
  readonly sight: Sight;
  readonly moment: Moment;
  readonly known: ReadonlyMap<string, Known>;
  /** Of the standing query; null where there is none yet, or none at all. */
  readonly memory: StandingMemory | null;
  isWatched(row: KnownRow): boolean;
  /** Whether the name is going to be asked for: what it is will be known then, and whether that is news. */
  isAwaited(name: string): boolean;
}

export interface Look {
  readonly changes: readonly Change[];
  /** Marks to set on rows that the standing query remembers, and rows to forget (null), by their key. */
  readonly rows: ReadonlyMap<string, string | null>;
  /** Names that have to be asked for by name, beyond those whose rows have just been marked. */
  readonly confirm: readonly string[];
  /** Names that are no longer waited for. Null: none are. */
  readonly settled: ((name: string) => boolean) | null;
}

export const NO_LOOK: Look = { changes: [], rows: new Map(), confirm: [], settled: null };

/** Whether the query has not been answered before by the row's node: what is there then is no news. */
export function isFirstLook({ memory }: Pick<LookInput, 'memory'>, node: string): boolean {
  return memory === null || !memory.baselined || isUnseenNode(memory.rows, node);
}

/** What a row is marked with while its name waits to be asked for; it stays so until it is. */
export function markFor(input: Pick<LookInput, 'memory'>, row: KnownRow): Exclude<Mark, ''> {
  const before = markIn(input.memory?.rows[rowKey(row)]);
  if (before !== '') return before;
  return isFirstLook(input, row.node) ? '~' : '?';
}

/** Whether any watch covers the row, also by what it leaves blank since the device is away. */
export function isWatched(input: LookInput, row: KnownRow, known: Known | undefined): boolean {
  return input.isWatched(known === undefined ? row : filledFrom(known.row, row));
}

/**
 * A device that is not registered on any node that can be seen may be on one that cannot: with nothing known of it, or known there, its row
 * is an old one for all that one can say.
 */
export function mayBeOutOfSight({ blind }: Sight, known: Known | undefined): boolean {
  return blind.size > 0 && (known === undefined || blind.has(known.row.node));
}

/** Wholly or partly, on the row's own node. */
export function isRegistered(row: KnownRow): boolean {
  const { condition } = classify(row);
  return condition === 'up' || condition === 'partial';
}

/** Whether the row that is known stands on a node that has nothing newer, and is newer than this one. */
export function isKept({ sight }: LookInput, known: Known, row: KnownRow): boolean {
  return (
    known.condition !== 'gone' &&
    sight.unchanged.has(known.row.node) &&
    known.row.node !== row.node &&
    isNewer(known.row, row)
  );
}

/** Looks a device up in any case of letters. The whole is gone through once, and only for a name that is not there as it stands. */
export function finder(known: ReadonlyMap<string, Known>): (name: string) => Known | undefined {
  let upper: ReadonlyMap<string, Known> | null = null;
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    upper ??= new Map([...known.values()].map((one) => [one.row.name.toUpperCase(), one]));
    return upper.get(name.toUpperCase());
  };
}
