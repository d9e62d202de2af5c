/**
 * Answers to "what is not registered": a row for each node that a device has left, hundreds of them for good. Never compared as a whole: a
 * row that is new or other than before is news, and its name is asked for with selectCmDeviceExt before anything counts as lost.
 */
import type { Device } from '../device/device.ts';
import { classify } from './classify.ts';
import { type Change, compare } from './diff.ts';
import type { Known } from './known.ts';
import { isFirstLook, isWatched, type Look, type LookInput, NO_LOOK } from './look.ts';
import { isLeftBehind, keptRow, newestByName, sameStanding } from './rows.ts';
import {
  awaiting,
  isRowKey,
  type Mark,
  marked,
  markIn,
  nameOf,
  nodeOf,
  rowKey,
  rowText,
  textIn,
} from './standing-memory.ts';

export function lookAtExceptions(input: LookInput): Look {
  const { snapshot, sight } = input;
  if (sight.nothingNew) return NO_LOOK;
  const before = input.memory?.rows ?? {};
  const rows = new Map<string, string | null>();
  const baseline: Device[] = [];
  const seen = new Set<string>();
  for (const row of snapshot.devices) {
    const key = rowKey(row);
    seen.add(key);
    const verdict = judge(input, row, before[key]);
    if (verdict === 'baseline') baseline.push(row);
    const text = marked(verdict === 'baseline' ? '' : verdict, rowText(row));
    if (text !== before[key]) rows.set(key, text);
  }
  for (const [key, value] of Object.entries(before)) {
    if (!isRowKey(key) || seen.has(key) || !sight.speaksFor(nodeOf(key))) continue;
    const after = afterwards(input, key, value);
    if (after !== value) rows.set(key, after);
  }
  const asked = [...rows].flatMap(([key, value]) => (value && isAskedNow(input, value) ? [nameOf(key)] : []));
  return {
    changes: baselineOf(input, baseline),
    rows,
    confirm: [...new Set([...asked, ...probes(input)])],
    settled: null,
  };
}

/** What a row is to be marked with, or that it is how its device was found. */
function judge(input: LookInput, row: Device, before: string | undefined): Mark | 'baseline' {
  const known = input.known.get(row.name);
  if (!isWatched(input, row, known)) return '';
  const isSame = textIn(before) === rowText(row);
  const waiting = isSame ? markIn(before) : '';
  if (waiting !== '') return waiting;
  const isOld = isSame || isFirstLook(input, row.node);
  if (known === undefined) return isOld ? firstSeen(input, row.name) : '?';
  if (known.condition !== 'gone' && sameStanding(known.row, row)) return '';
  if (isSame) return '';
  if (!isOld) return '?';
  // The first answer to this query, of a device that is known from elsewhere.
  if (isLeftBehind(row, known.row)) return '';
  return known.baseline && known.condition !== 'up' ? 'baseline' : '?';
}

/**
 * With rows cut off, a node out of sight, or one that keeps its rows to itself, there may be a newer row than this one. And a name that is
 * being asked for, be it because of another query, is as the answer says.
 */
function firstSeen({ sight, isAwaited }: LookInput, name: string): Mark | 'baseline' {
  return sight.whole && !isAwaited(name) ? 'baseline' : '~';
}

/** What is remembered of a row that has gone: that its name is to be asked for, when it may have come back. */
function afterwards(input: LookInput, key: string, value: string): string | null {
  const known = input.known.get(nameOf(key));
  if (markIn(value) === '?') return awaiting('?');
  if (known === undefined || known.condition === 'up' || known.condition === 'gone') return null;
  return input.isWatched(known.row) ? awaiting('?') : null;
}

/** What was there before the first look cannot be told as long as a node is out of sight: asking would not tell either. */
function isAskedNow({ sight }: LookInput, value: string): boolean {
  const mark = markIn(value);
  return mark === '?' || (mark === '~' && sight.blind.size === 0);
}

/** A name is as its newest row says; the rows before it are of nodes that it has left. */
function baselineOf({ known, moment }: LookInput, rows: readonly Device[]): readonly Change[] {
  return [...newestByName(rows).values()].flatMap((row) => {
    const before = known.get(row.name);
    const change = before === undefined ? compare(undefined, row, moment) : otherBaseline(before, row);
    return change === null ? [] : [change];
  });
}

/** Two queries see one device for the first time, each in another state: the newer counts, and neither is news. */
function otherBaseline(before: Known, row: Device): Change {
  return { known: { ...before, row: keptRow(row), condition: classify(row).condition }, transition: null };
}

/**
 * Where nothing is found, no node is named, and none can say that it can be seen again. So a device of each that could not be seen is asked
 * for, by the slow queries, whose answers are empty on most days.
 */
function probes({ snapshot, sight, known }: LookInput): readonly string[] {
  const { query, nodes } = snapshot;
  const isSlow = query.operation !== 'selectCtiItem' && query.status !== 'UnRegistered';
  if (!isSlow || nodes.length > 0 || sight.blind.size === 0) return [];
  const found = new Map<string, string>();
  for (const { row, condition } of known.values()) {
    if (condition === 'up' && sight.blind.has(row.node)) found.set(row.node, row.name);
  }
  return [...found.values()];
}
