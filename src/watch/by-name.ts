/** Answers of selectCmDeviceExt to exact names: each row is the truth for its name. */
import type { KnownRow } from '../device/known.ts';
import { type Change, compare, type Hints, hintsOf, vanished } from './diff.ts';
import type { Known } from './known.ts';
import {
  finder,
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
import type { StandingMemory } from './standing.ts';
import { awaitedIn, awaiting, reasonIn, rowKey } from './standing-memory.ts';

/** `open`: the truth of that name cannot be told from this reply. */
type Verdict =
  | { readonly type: 'settled'; readonly change: Change | null }
  | {
      readonly type: 'open';
      /** What the query is to remember until it can be told. */
      readonly mark: readonly [key: string, value: string] | null;
      /** Whether asking at once may tell. */
      readonly again: boolean;
    };

type HintsOf = (row: KnownRow, known: Known | undefined) => Hints;

const NOTHING: Verdict = { type: 'settled', change: null };

/** The names of a standing query. What cannot be told now is marked, and asked for again when it can. */
export function lookAtNamed(input: LookInput, names: readonly string[]): Look {
  return look(input, names, (row) => ({ firstIsNews: markFor(input, row) === '?' }));
}

/** Names that were asked for because a query could not tell what became of them: `memories` know why. */
export function lookAtConfirmed(
  input: LookInput,
  names: readonly string[],
  memories: readonly StandingMemory[],
): Look {
  const news = awaitedIn(memories);
  return look(input, names, (row, known) => ({
    ...hintsOf(...(known === undefined ? [] : memories.map(({ rows }) => reasonIn(rows[rowKey(known.row)])))),
    firstIsNews: news.has(row.name),
  }));
}

function look(input: LookInput, names: readonly string[], hintsOf: HintsOf): Look {
  if (input.sight.nothingNew) return NO_LOOK;
  const find = finder(input.known);
  const rows = new Map(
    [...newestByName(input.snapshot.devices).values()].map((row) => [row.name.toUpperCase(), row]),
  );
  const verdicts = new Map<string, Verdict>();
  for (const name of names) {
    const key = name.toUpperCase();
    const row = rows.get(key);
    const verdict = row ? judgeRow(input, row, find(row.name), hintsOf) : judgeAbsence(input, find(name));
    verdicts.set(key, verdict);
  }
  const open = names.filter((name) => isOpenAgain(verdicts.get(name.toUpperCase())));
  const all = [...verdicts.values()];
  return {
    changes: all.flatMap((one) => (one.type === 'settled' && one.change !== null ? [one.change] : [])),
    rows: new Map(all.flatMap((one) => (one.type === 'open' && one.mark !== null ? [one.mark] : []))),
    // Asking the very same again would bring the very same answer.
    confirm: open.length < names.length || input.sight.unchanged.size > 0 ? open : [],
    settled: (name) => verdicts.get(name.toUpperCase())?.type === 'settled',
  };
}

const isOpenAgain = (verdict: Verdict | undefined) => verdict?.type === 'open' && verdict.again;

function judgeRow(input: LookInput, row: KnownRow, known: Known | undefined, hintsOf: HintsOf): Verdict {
  const { sight, moment } = input;
  if (!isWatched(input, row, known)) return NOTHING;
  if (known && isKept(input, known, row)) return NOTHING;
  if (!isRegistered(row) && mayBeOutOfSight(sight, known)) {
    return {
      type: 'open',
      mark: [rowKey(row), awaiting(markFor(input, row))],
      again: false,
    };
  }
  return { type: 'settled', change: compare(known, row, moment, hintsOf(row, known)) };
}

function judgeAbsence(input: LookInput, known: Known | undefined): Verdict {
  const { sight, snapshot, moment } = input;
  if (known?.condition === 'gone') return NOTHING;
  if (!snapshot.complete) return { type: 'open', mark: null, again: true };
  if (sight.whole) {
    const isOurs = known !== undefined && isWatched(input, known.row, known);
    return { type: 'settled', change: isOurs ? vanished(known, moment) : null };
  }
  if (known === undefined) return { type: 'open', mark: null, again: false };
  if (sight.unchanged.has(known.row.node)) return NOTHING;
  // Its node answers without it: it is where nobody can see it, or on a node that had nothing newer to say, or nowhere.
  const mark = sight.blind.has(known.row.node) ? null : ([rowKey(known.row), awaiting('?')] as const);
  return { type: 'open', mark, again: sight.blind.size === 0 };
}
