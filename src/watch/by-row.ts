/**
 * Answers of selectCmDevice with the rows of all states: the walk through all devices, and queries by directory number. They may have been
 * collected for a while and a device has several rows in them, so what they find changed is asked for by name before it counts.
 */

import type { KnownRow } from '../device/known.ts';
import { classify } from './classify.ts';
import { type Change, compare, hintsOf } from './diff.ts';
import type { Known } from './known.ts';
import {
  isKept,
  isRegistered,
  isWatched,
  type Look,
  type LookInput,
  markFor,
  mayBeOutOfSight,
  NO_LOOK,
} from './look.ts';
import { newestByName } from './rows.ts';
import { awaiting, type Mark, rowKey } from './standing-memory.ts';

export interface RowsInput extends LookInput {
  /** Whether a whole answer would hold the device. */
  readonly covers: (row: KnownRow) => boolean;
  /** Whether an exception query has yet to see the row: it knows whether that is news. */
  readonly isForExceptions: (row: KnownRow) => boolean;
}

/** `ask`: by name at once; without, as soon as all nodes can be seen. */
type Verdict =
  | { readonly type: 'told'; readonly change: Change | null }
  | { readonly type: 'open'; readonly row: KnownRow; readonly text: string; readonly ask: boolean };

const NOTHING: Verdict = { type: 'told', change: null };

/** The walk. A known device that is nowhere in a whole answer is asked for by name. */
export function lookAtWalk(input: RowsInput): Look {
  const { sight, snapshot } = input;
  return look(input, {
    isGone: ({ condition, since }) => sight.whole && condition !== 'gone' && since <= snapshot.at,
    isOld: (row, known) => isOlder(row, known, snapshot.at),
  });
}

/** Directory numbers. A known device that has left its node's rows is asked for by name: it may have another number now. */
export function lookAtNumbers(input: RowsInput): Look {
  return look(input, {
    isGone: ({ condition, row }) => condition === 'up' && input.sight.speaksFor(row.node),
    isOld: () => false,
  });
}

/** More is known than at the time when the walk saw it. */
function isOlder(row: KnownRow, { row: before, since, move }: Known, seenAt: number): boolean {
  if (since > seenAt || (move?.at ?? 0) > seenAt) return true;
  return row.node === before.node && (row.timeStamp ?? 0) < (before.timeStamp ?? 0);
}

function look(
  input: RowsInput,
  rules: {
    readonly isGone: (known: Known) => boolean;
    readonly isOld: (row: KnownRow, known: Known) => boolean;
  },
): Look {
  if (input.sight.nothingNew) return NO_LOOK;
  const newest = newestByName(input.snapshot.devices);
  const reasons = new Map(input.snapshot.devices.map((row) => [rowKey(row), row.statusReason]));
  const found = [...newest.values()].flatMap((row) => {
    const known = input.known.get(row.name);
    if (!isWatched(input, row, known)) return [];
    if (known === undefined) return [judgeNew(input, row)];
    return rules.isOld(row, known) ? [] : [judge(input, row, known, reasons)];
  });
  const missing = input.known
    .values()
    .filter((known) => !newest.has(known.row.name) && rules.isGone(known))
    .filter(({ row }) => input.covers(row) && input.isWatched(row))
    .map(({ row }): Verdict => ({ type: 'open', row, text: awaiting('?'), ask: true }));
  return summedUp([...found, ...missing]);
}

function summedUp(verdicts: readonly Verdict[]): Look {
  const open = verdicts.filter((verdict) => verdict.type === 'open');
  return {
    changes: verdicts.flatMap((one) => (one.type === 'told' && one.change !== null ? [one.change] : [])),
    rows: new Map(open.map(({ row, text }) => [rowKey(row), text])),
    confirm: open.filter(({ ask }) => ask).map(({ row }) => row.name),
    settled: null,
  };
}

/** A device of which nothing is known. */
function judgeNew(input: RowsInput, row: KnownRow): Verdict {
  const { sight, moment } = input;
  const { condition } = classify(row);
  const baseline = (): Verdict => ({ type: 'told', change: compare(undefined, row, moment) });
  if (condition === 'up' || condition === 'unknown') return baseline();
  const mark = markFor(input, row);
  if (!isRegistered(row) && mayBeOutOfSight(sight, undefined)) return asked(row, mark, false);
  if (input.isAwaited(row.name) || input.isForExceptions(row)) return NOTHING;
  return mark === '?' || !sight.whole ? asked(row, mark, true) : baseline();
}

function judge(
  input: RowsInput,
  row: KnownRow,
  known: Known,
  reasons: ReadonlyMap<string, number | null>,
): Verdict {
  if (isKept(input, known, row)) return NOTHING;
  if (!isRegistered(row) && mayBeOutOfSight(input.sight, known)) return asked(row, '?', false);
  if (flips(known, row)) return asked(row, '?', true);
  // A newer row may have been cut off.
  if (!isRegistered(row) && !input.snapshot.complete) return NOTHING;
  const hints = hintsOf(reasons.get(rowKey(known.row)));
  return { type: 'told', change: compare(known, row, input.moment, hints) };
}

/** From up to not up, or back. */
function flips({ condition: before }: Known, row: KnownRow): boolean {
  const { condition } = classify(row);
  if (before === 'unknown' || condition === 'unknown') return false;
  return before === 'gone' || (before === 'up') !== (condition === 'up');
}

function asked(row: KnownRow, mark: Exclude<Mark, ''>, ask: boolean): Verdict {
  return { type: 'open', row, text: awaiting(mark), ask };
}
