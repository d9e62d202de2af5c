/** A device as a member of an incident: what it was when it went, and what it is now. Pure. */
import type { KnownRow } from '../device/known.ts';
import { wentBefore } from './changes.ts';
import type { Member } from './incident.ts';
import type { Known } from './known.ts';
import { CALM_MS, MASS_WINDOW_MS } from './limits.ts';

/** States of a member that wants help. */
const NOT_UP: ReadonlySet<Member['state']> = new Set(['lost', 'fault', 'partial']);

export function isNotUp({ state }: Pick<Member, 'state'>): boolean {
  return NOT_UP.has(state);
}

/** A device that joins an incident now. */
export function memberOf(known: Known): Member {
  const { row, move, condition } = known;
  const moved = condition === 'up' && move !== null;
  return {
    name: row.name,
    state: stateOf(known, moved ? move.from : row.node),
    since: moved ? wentAt(known) : known.since,
    changedAt: moved ? arrivedAt(known) : known.since,
    statusReason: row.statusReason,
    from: moved ? move.from : row.node,
    to: condition === 'up' ? row.node : null,
    description: row.description,
    ip: row.ipAddress[0]?.ip ?? '',
    model: row.model,
    deviceClass: row.deviceClass,
    ...linesOf(row, condition),
  };
}

/** More of them would only crowd a card. */
const MOST_NUMBERS = 4;

function linesOf(
  { linesStatus }: KnownRow,
  condition: Known['condition'],
): Pick<Member, 'numbers' | 'missing'> {
  const numbers = linesStatus.map(({ directoryNumber }) => directoryNumber).filter((number) => number !== '');
  if (numbers.length === 0) return {};
  const missing = linesStatus
    .filter(({ directoryNumber, status }) => directoryNumber !== '' && status !== 'Registered')
    .map(({ directoryNumber }) => directoryNumber);
  const isPartial = condition === 'partial' && missing.length > 0;
  return { numbers: numbers.slice(0, MOST_NUMBERS), ...(isPartial && { missing }) };
}

/** When a device that moved had left: when it was seen to go, else when it was seen to have moved. Epoch milliseconds. */
export function wentAt(known: Known): number {
  const { move, since } = known;
  if (move === null) return since;
  const went = wentBefore(known, move.at) ?? move.at;
  return move.at - went <= MASS_WINDOW_MS ? went : move.at;
}

/** When a device that is up came to be where it is: a move need not have been seen as a loss. */
function arrivedAt({ since, move }: Known): number {
  return Math.max(since, move?.at ?? since);
}

/**
 * The member as its device is known now; the same object when nothing changed. A member that was settled for longer than CALM_MS and
 * falls again stays as it is: that is another loss.
 */
export function memberNow(member: Member, known: Known | undefined, now: number): Member {
  if (known === undefined) return settle(member, { state: 'gone', to: null, changedAt: now });
  const { condition, row } = known;
  if (condition === 'unknown' || (member.replacedBy !== undefined && condition !== 'up')) return member;
  const state = stateOf(known, isHome(member, known) ? row.node : member.from);
  if (condition === 'up') {
    return settle(member, { state, to: row.node, changedAt: arrivedAt(known) });
  }
  if (condition === 'gone') return settle(member, { state, to: null, changedAt: known.since });
  if (!isNotUp(member) && known.since - member.changedAt > CALM_MS) return member;
  const changedAt = Math.max(known.since, member.changedAt);
  return settle(member, { state, to: null, changedAt, statusReason: row.statusReason });
}

/** It went from a node that was not its own, and has gone home meanwhile: nobody waits for it where it was. */
function isHome({ since }: Member, { condition, row, move }: Known): boolean {
  return condition === 'up' && move !== null && move.home && move.to === row.node && move.at >= since;
}

function settle(member: Member, change: Partial<Member>): Member {
  const same =
    change.state === member.state &&
    change.to === member.to &&
    (change.statusReason === undefined || change.statusReason === member.statusReason) &&
    (!isNotUp(member) || change.changedAt === member.changedAt);
  return same ? member : { ...member, ...change };
}

function stateOf({ condition, row }: Known, from: string | null): Member['state'] {
  switch (condition) {
    case 'up':
      return from === null || row.node === from ? 'back' : 'moved';
    case 'fault':
    case 'partial':
    case 'gone':
      return condition;
    case 'lost':
    case 'expected':
    case 'user':
    case 'unknown':
      return 'lost';
  }
}
