/** What a card shows of an incident. Pure. */
import { frequent, subnetOf } from './group.ts';
import type { Factor, Incident, IncidentCard, Member, OpenIncident } from './incident.ts';
import { TOP_MEMBERS } from './limits.ts';
import { isNotUp } from './member.ts';

const MOST_COMMON = 3;
/** What wants help is shown first. */
const RANK: Readonly<Record<Member['state'], number>> = {
  lost: 0,
  fault: 0,
  partial: 0,
  gone: 1,
  moved: 2,
  back: 3,
};

/** `at` is the moment shown, epoch milliseconds. */
export function cardOf(open: OpenIncident, at: number): IncidentCard {
  const { members: all, ...incident } = open;
  const members = countedMembers(all);
  return {
    incident,
    counts: countsOf(members),
    top: topOf(members),
    common: commonOf(members.filter(isNotUp)),
    movedTo: frequent(
      members.map(({ state, to }) => (state === 'moved' ? to : null)),
      'node',
      MOST_COMMON,
    ).map(({ value, count }) => ({ node: value, count })),
    ...(members.length > TOP_MEMBERS && { classes: classesOf(members) }),
    at,
  };
}

/** Those that it speaks of itself; all of them when it has ended because another one speaks of each. */
export function countedMembers(members: ReadonlyMap<string, Member>): readonly Member[] {
  const all = [...members.values()];
  const own = all.filter(({ elsewhere }) => elsewhere !== true);
  return own.length > 0 ? own : all;
}

export function countsOf(members: Iterable<Member>): IncidentCard['counts'] {
  const counts = { lost: 0, fault: 0, partial: 0, moved: 0, back: 0, gone: 0 };
  for (const { state } of members) counts[state] += 1;
  return counts;
}

function topOf(members: readonly Member[]): readonly Member[] {
  return members
    .toSorted((a, b) => RANK[a.state] - RANK[b.state] || a.since - b.since || (a.name < b.name ? -1 : 1))
    .slice(0, TOP_MEMBERS);
}

function classesOf(members: readonly Member[]): readonly string[] {
  return [...new Set(members.map(({ deviceClass }) => deviceClass))].toSorted();
}

function commonOf(members: readonly Member[]): readonly Factor[] {
  const reasons = members.map(({ statusReason }) => (statusReason === null ? null : String(statusReason)));
  return [
    ...frequent(
      members.map(({ from }) => from),
      'node',
      MOST_COMMON,
    ),
    ...frequent(
      members.map(({ ip }) => subnetOf(ip)),
      'subnet',
      MOST_COMMON,
    ),
    ...frequent(reasons, 'reason', MOST_COMMON),
  ];
}

/**
 * What the card shows, in short: the same text, the same card. An acknowledgement is not in it, the desk tells that by itself; nor is
 * when a flapping device changed last.
 */
export function shownOf(incident: Incident, all: ReadonlyMap<string, Member>): string {
  const members = countedMembers(all);
  const { kind, mass, factor, closedBy, blind } = incident;
  const parts = [
    kind,
    mass,
    factor?.by,
    factor?.value,
    closedBy,
    members.length,
    blind?.code,
    blind?.nodes?.join(' '),
  ];
  if (kind === 'flap') parts.push(members.filter(isNotUp).length);
  else {
    const counts = countsOf(members);
    parts.push(
      ...Object.values(counts),
      members.reduce((last, one) => Math.max(last, one.changedAt), 0),
    );
  }
  return parts.map((part) => part ?? '').join('|');
}
