/** Which changes between up and not up count as flapping: those that nothing explains. Pure; times are epoch milliseconds. */
import type { KnownRow } from '../device/known.ts';
import { isOnPurpose } from './classify.ts';
import type { Known } from './known.ts';
import { FLAP_MS } from './limits.ts';

export function recentChanges({ changes }: Known, now: number): readonly number[] {
  return changes.filter((at) => now - at < FLAP_MS);
}

/** It was up, and `row` says how it went. */
export function changesOnLeaving(known: Known, row: KnownRow, now: number): readonly number[] {
  const recent = recentChanges(known, now);
  return isOnPurpose(row) ? recent : [...recent, now];
}

/** It went on purpose and has not returned as it should: that is unexpected from now on. */
export function changesWhileDown(known: Known, row: KnownRow, now: number): readonly number[] {
  const recent = recentChanges(known, now);
  return isOnPurpose(known.row) && !isOnPurpose(row) && !known.baseline ? [...recent, now] : recent;
}

/** It is up again, as `row`. An absence that is explained by its end did not count at all, whatever it looked like while it lasted. */
export function changesAfterReturn(known: Known, row: KnownRow, now: number): readonly number[] {
  const recent = recentChanges(known, now);
  return isExplained(known, row) ? recent.filter((at) => at < known.since) : [...recent, now];
}

/**
 * It switched itself off and on, which is one change and not two: a phone does it to load its firmware, but one that does it again and again
 * has a loose cable.
 */
const isSelfReset = ({ status, statusReason }: KnownRow) => status === 'UnRegistered' && statusReason === 8;

/** A move to another node, new firmware, a reset or a login; and a row that had vanished says something of the server, not of the device. */
function isExplained(known: Known, row: KnownRow): boolean {
  const { row: before, condition } = known;
  if (condition === 'gone' || before.node !== row.node || (isOnPurpose(before) && !isSelfReset(before)))
    return true;
  return before.activeLoadId !== '' && row.activeLoadId !== '' && before.activeLoadId !== row.activeLoadId;
}

/** When it had gone, before it was up again at `at`; undefined: nobody saw it go. What was stored by an earlier version has it among its changes. */
export function wentBefore({ goneAt, changes }: Known, at: number): number | undefined {
  return goneAt === undefined ? changes.findLast((change) => change < at) : goneAt < at ? goneAt : undefined;
}
