/** What is known of a device and a row of it → what is known now, and whether that is a change that history keeps. Pure. */
import type { KnownRow } from '../device/known.ts';
import { changesAfterReturn, changesOnLeaving, changesWhileDown, recentChanges } from './changes.ts';
import { classify, isOnPurpose, isSent, isSentFor, RETURNING_HOME } from './classify.ts';
import type { Condition, Known, Transition, TransitionKind } from './known.ts';
import { filledFrom, keptRow, sameRow } from './rows.ts';

export interface Moment {
  readonly cluster: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Milliseconds before this look in which nobody could look. */
  readonly gapMs: number;
}

export interface Change {
  readonly known: Known;
  readonly transition: Transition | null;
}

export interface Hints {
  /** The device was up or absent at the look before: a state that is no good is news though nothing is known of it. Default false. */
  readonly firstIsNews?: boolean;
  /** The node that it has left says that it goes home. Default false. */
  readonly headsHome?: boolean;
  /** The node that it has left says that it was reset, or that somebody logged in or out. Default false. */
  readonly wasSent?: boolean;
}

/** `left`: the reasons of what a device has left behind on its node, as far as they are known. */
export function hintsOf(...left: readonly (number | null | undefined)[]): Hints {
  const headsHome = left.includes(RETURNING_HOME);
  return { headsHome, wasSent: !headsHome && left.some((reason) => isSentFor(reason ?? null)) };
}

/** A condition that is not up, and why it was called so. */
interface Down {
  readonly condition: Exclude<Condition, 'up'>;
  readonly because: string;
  /** Epoch milliseconds at which it went, as far as that is known. */
  readonly at: number;
}

/**
 * Null: nothing worth remembering. Unknown is no signal: what was known before stays, and the first thing known after it is a baseline.
 * Steps between conditions that are not up are told when the device gets worse: a fault, which waiting does not mend, or from some lines
 * missing to all of them. What was a baseline is none any more when it gets worse.
 */
export function compare(
  known: Known | undefined,
  row: KnownRow,
  moment: Moment,
  hints: Hints = {},
): Change | null {
  const { condition, because } = classify(row);
  if (known === undefined) return first(row, moment, hints.firstIsNews ?? false);
  if (condition === 'unknown') return null;
  if (known.condition === 'unknown') return first(row, moment, false);
  if (condition === 'up') {
    return known.condition === 'up'
      ? stillUp(known, row, moment, hints)
      : cameBack(known, row, moment, hints);
  }
  const filled = filledFrom(known.row, row);
  const step = known.condition === 'up' || known.condition === 'gone' ? leave : stillDown;
  return step(known, filled, { condition, because, at: wentAt(row, moment) }, moment);
}

/** CUCM has no row any more. Null: that was known. */
export function vanished(known: Known, moment: Moment): Change | null {
  if (known.condition === 'gone') return null;
  return leave(known, known.row, { condition: 'gone', because: 'no-record', at: moment.now }, moment);
}

/**
 * An application that was open and is no longer listed is not connected: lost. One that was closed has been dropped from the list: gone.
 * The row says Closed then, because nothing else would tell it from an open one.
 */
export function unlisted(known: Known, moment: Moment): Change | null {
  if (known.condition !== 'up') return vanished(known, moment);
  const row: KnownRow = { ...known.row, status: 'UnRegistered', statusReason: null };
  return leave(known, row, { condition: 'lost', because: 'application-not-listed', at: moment.now }, moment);
}

function first(row: KnownRow, moment: Moment, isNews: boolean): Change {
  const { condition, because } = classify(row);
  const { cluster, now, gapMs } = moment;
  const seen = { cluster, row: keptRow(row), condition, since: now, gapMs, move: null };
  if (!isNews || condition === 'up' || condition === 'unknown') {
    return { known: { ...seen, baseline: true, changes: [] }, transition: null };
  }
  const between = { from: row.node, to: nodeAfter(row, condition) };
  return {
    known: {
      ...seen,
      since: wentAt(row, moment),
      baseline: false,
      changes: isOnPurpose(row) ? [] : [now],
    },
    transition: told(condition, because, row, moment, between),
  };
}

function stillUp(known: Known, row: KnownRow, moment: Moment, hints: Hints): Change | null {
  if (row.node === known.row.node) return refreshed(known, row, moment);
  const move = moveOf(known, row, moment, hints);
  const kind = move.home ? 'home' : 'moved';
  const next: Known = { ...known, row: keptRow(row), move, changes: recentChanges(known, moment.now) };
  const because = move.home ? 'returned-home' : 'registered-elsewhere';
  return { known: next, transition: told(kind, because, row, moment, move) };
}

function refreshed(known: Known, row: KnownRow, moment: Moment): Change | null {
  if (sameRow(known.row, row)) return null;
  return {
    known: { ...known, row: keptRow(row), changes: recentChanges(known, moment.now) },
    transition: null,
  };
}

function cameBack(known: Known, row: KnownRow, moment: Moment, hints: Hints): Change {
  if (wasSoAllAlong(known, row)) return first(row, moment, false);
  const { now, gapMs, cluster } = moment;
  const elsewhere = known.condition !== 'gone' && known.row.node !== row.node;
  const back: Known = {
    cluster,
    row: keptRow(row),
    condition: 'up',
    since: now,
    baseline: false,
    gapMs,
    move: elsewhere ? moveOf(known, row, moment, hints) : known.move,
    changes: changesAfterReturn(known, row, now),
    // What was down when it was first seen had gone before.
    ...(!known.baseline && { goneAt: known.since }),
  };
  const between = { from: known.row.node, to: row.node };
  const transition = told('back', classify(row).because, row, moment, between);
  return { known: back, transition: { ...transition, awayMs: Math.max(0, now - known.since) } };
}

/**
 * A baseline is taken from what is not registered alone, so a phone that left a row behind before anybody looked counts as that until it is
 * seen where it is. What it did there before the first look is a baseline as well: it has not come back, nor got worse.
 */
function wasSoAllAlong({ baseline, row: before, since }: Known, row: KnownRow): boolean {
  return baseline && before.node !== row.node && row.timeStamp !== null && row.timeStamp * 1000 <= since;
}

/** From up, or from having no row, to a condition that is neither; or to no row at all. */
function leave(known: Known, row: KnownRow, { condition, because, at }: Down, moment: Moment): Change {
  const { now, gapMs } = moment;
  const wasUp = known.condition === 'up';
  // What was not up already and has no row any more has been away since then.
  const isNew = wasUp || known.condition === 'gone' || known.condition === 'unknown';
  const next: Known = {
    ...known,
    row: keptRow(row),
    condition,
    since: isNew ? at : known.since,
    baseline: known.baseline && !wasUp && condition !== 'fault',
    gapMs: isNew ? gapMs : known.gapMs,
    changes: wasUp && condition !== 'gone' ? changesOnLeaving(known, row, now) : recentChanges(known, now),
  };
  const between = { from: known.row.node, to: nodeAfter(row, condition) };
  return { known: next, transition: told(condition, because, row, moment, between) };
}

function stillDown(known: Known, row: KnownRow, seen: Down, moment: Moment): Change | null {
  const { condition, because } = seen;
  if (condition === known.condition) return goneAgain(known, row, seen, moment);
  const next: Known = {
    ...known,
    row: keptRow(row),
    condition,
    changes: changesWhileDown(known, row, moment.now),
  };
  if (!isWorse(known.condition, condition) || wasSoAllAlong(known, row))
    return { known: next, transition: null };
  const { now, gapMs } = moment;
  const between = { from: known.row.node, to: nodeAfter(row, condition) };
  const transition = told(condition, because, row, moment, between);
  // Partly registered was registered: it has gone now.
  if (!known.baseline) {
    return { known: known.condition === 'partial' ? { ...next, since: seen.at, gapMs } : next, transition };
  }
  return { known: { ...next, since: now, baseline: false, gapMs }, transition };
}

/** It is as it was; after a time in which nobody could look, it may have been back meanwhile, and have gone again. */
function goneAgain(known: Known, row: KnownRow, { at }: Down, moment: Moment): Change | null {
  const { gapMs } = moment;
  const isAgain = gapMs > 0 && !known.baseline && at > known.since && isLater(row, known.row);
  return refreshed(isAgain ? { ...known, since: at, gapMs } : known, row, moment);
}

function isLater(row: KnownRow, before: KnownRow): boolean {
  return row.node === before.node && (row.timeStamp ?? 0) > (before.timeStamp ?? 0);
}

/** When the row came to be so: when it was seen; after a time in which nobody could look, when CUCM says, within that time. */
function wentAt({ timeStamp }: KnownRow, { now, gapMs }: Moment): number {
  if (gapMs <= 0 || timeStamp === null) return now;
  return Math.min(now, Math.max(now - gapMs, timeStamp * 1000));
}

function isWorse(before: Condition, after: Condition): boolean {
  return before === 'partial' || (after === 'fault' && before !== 'fault');
}

/** Home: back on the node that it left the last time, or one of the nodes says that it went there on purpose. */
function moveOf(known: Known, row: KnownRow, { now }: Moment, { headsHome = false, wasSent = false }: Hints) {
  const { move, row: before } = known;
  const returns = move !== null && !move.home && move.from === row.node;
  const left = known.condition !== 'up' && before.statusReason === RETURNING_HOME;
  const home = returns || left || headsHome;
  const sent = wasSent || (known.condition !== 'up' && isSent(before));
  // Nobody heard that it had left, so its return is no news either.
  const silent = returns ? move.sent === true : sent;
  return {
    from: before.node,
    to: row.node,
    at: now,
    home,
    ...(returns && { leftAt: move.at }),
    ...(silent && { sent: true }),
  };
}

/** Partly registered is registered somewhere. */
const nodeAfter = (row: KnownRow, condition: Condition) => (condition === 'partial' ? row.node : null);

function told(
  kind: TransitionKind,
  because: string,
  { name, statusReason, description }: KnownRow,
  { cluster, now, gapMs }: Moment,
  { from, to }: { readonly from: string | null; readonly to: string | null },
): Transition {
  return {
    cluster,
    name,
    at: now,
    kind,
    because,
    statusReason,
    from,
    to,
    awayMs: null,
    gapMs,
    description,
  };
}
