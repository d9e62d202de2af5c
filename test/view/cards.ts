/** Incidents as a room sees them, for tests of views. */
import type { Incident, IncidentCard, Member } from '../../src/watch/incident.ts';
import type { Transition } from '../../src/watch/known.ts';

/** 2026-03-12 14:00 UTC, when the cards are shown. */
export const AT = Date.UTC(2026, 2, 12, 14);
const MINUTE = 60_000;

export function member(fields: Partial<Member> = {}): Member {
  return {
    name: 'SEP001122334455',
    state: 'lost',
    since: AT - 7 * MINUTE,
    changedAt: AT - 7 * MINUTE,
    statusReason: 13,
    from: 'cucm2',
    to: null,
    description: 'Front desk',
    ip: '10.4.2.17',
    model: 36224,
    deviceClass: 'Phone',
    ...fields,
  };
}

/** `n` of them, named one after the other. */
export function members(n: number, fields: Partial<Member> = {}, first = 0): readonly Member[] {
  return Array.from({ length: n }, (_, i) => {
    const number = first + i;
    const name = `SEP${String(number).padStart(12, '0')}`;
    return member({ name, description: `LON desk ${number}`, ip: `10.4.2.${number % 250}`, ...fields });
  });
}

export function incident(fields: Partial<Incident> = {}): Incident {
  return {
    id: 12,
    cluster: 'prod',
    room: { platform: 'slack', room: 'C1' },
    kind: 'loss',
    mass: false,
    factor: null,
    startedAt: AT - 7 * MINUTE,
    openedAt: AT - 2 * MINUTE,
    opening: { members: 1, lost: 1, moved: 0 },
    peak: 1,
    calmSince: null,
    closedAt: null,
    closedBy: null,
    ack: null,
    remindedAt: null,
    why: {
      watches: [{ id: 3, text: 'desc:"LON*"', maker: 'U1' }],
      reason: 'grace-passed',
      graceMs: 5 * MINUTE,
      everyMs: 10_000,
      grouping: 'alone',
    },
    blind: null,
    gap: null,
    cardAt: AT,
    ...fields,
  };
}

/** The card of an incident with these members; what they have in common is given. */
export function card(
  all: readonly Member[],
  fields: Partial<Incident> = {},
  common: IncidentCard['common'] = [],
): IncidentCard {
  const counts = { lost: 0, fault: 0, partial: 0, moved: 0, back: 0, gone: 0 };
  for (const { state } of all) counts[state] += 1;
  const moved = Map.groupBy(
    all.filter(({ state }) => state === 'moved'),
    ({ to }) => to ?? '',
  );
  const isUp = ({ state }: Member) => state === 'back' || state === 'moved';
  return {
    incident: incident({
      opening: { members: all.length, lost: all.length, moved: 0 },
      peak: all.length,
      ...fields,
    }),
    counts,
    top: all.toSorted((a, b) => Number(isUp(a)) - Number(isUp(b)) || a.since - b.since).slice(0, 10),
    common,
    movedTo: [...moved].map(([node, { length }]) => ({ node, count: length })),
    at: AT,
  };
}

export function transition(fields: Partial<Transition> = {}): Transition {
  return {
    cluster: 'prod',
    name: 'SEP001122334455',
    at: AT - 10 * MINUTE,
    kind: 'lost',
    because: 'reason-lost',
    statusReason: 13,
    from: 'cucm2',
    to: null,
    awayMs: null,
    gapMs: 0,
    description: 'Front desk',
    ...fields,
  };
}

const NODE = { by: 'node', value: 'cucm2', count: 412 } as const;
const SITE = { by: 'subnet', value: '10.4.2.0/24', count: 30 } as const;

/** The outage that alerts are made for: a node gone, most phones on the next one, a subnet nowhere. */
export const OUTAGE = card(
  [...members(32), ...members(380, { state: 'moved', to: 'cucm1', changedAt: AT - 5 * MINUTE }, 32)],
  {
    mass: true,
    factor: NODE,
    opening: { members: 412, lost: 40, moved: 372 },
    peak: 412,
    why: { ...incident().why, reason: 'mass', grouping: 'mass-count' },
  },
  [{ ...NODE, count: 32 }, SITE, { by: 'reason', value: '13', count: 32 }],
);

const BACK = { state: 'back', to: 'cucm2', changedAt: AT } as const;
const CTI = {
  deviceClass: 'CtiProvider',
  description: '',
  statusReason: 2,
  model: null,
  ip: '10.9.0.5',
} as const;
const CLOSED = { closedAt: AT, closedBy: 'recovered' } as const;

/** By the name of its golden file. */
export const CARDS: Readonly<Record<string, IncidentCard>> = {
  lost: card([member({ numbers: ['1002', '1003'] })]),
  'lost-acknowledged': card([member()], { ack: { by: 'U7', at: AT - MINUTE, members: 1 } }),
  'lost-back': card([member(BACK)], CLOSED),
  outage: OUTAGE,
  'outage-over': card([...members(3), ...members(409, BACK, 3)], {
    ...CLOSED,
    factor: NODE,
    startedAt: AT - 25 * MINUTE,
    peak: 412,
    mass: true,
  }),
  'wan-loss': card(members(32), { mass: true, factor: { ...SITE, count: 32 } }, [
    { ...NODE, count: 20 },
    { ...SITE, count: 32 },
    { by: 'reason', value: '13', count: 32 },
  ]),
  burst: card([...members(4), ...members(2, { statusReason: 8 }, 4)], { factor: null }, [
    { by: 'reason', value: '13', count: 4 },
  ]),
  failover: card(members(400, { state: 'moved', to: 'cucm1' }), {
    kind: 'failover',
    mass: true,
    factor: { ...NODE, count: 400 },
    opening: { members: 400, lost: 0, moved: 400 },
  }),
  fault: card([member({ state: 'fault', statusReason: 14 })], { kind: 'fault' }),
  faults: card(members(12, { state: 'fault', statusReason: 25 }), { kind: 'fault' }, [
    { by: 'reason', value: '25', count: 11 },
  ]),
  partial: card(
    [member({ state: 'partial', numbers: ['1002', '1003'], missing: ['1003'], statusReason: 0 })],
    {
      kind: 'partial',
    },
  ),
  'switched-off': card([member({ statusReason: 34 })], { kind: 'user' }),
  flap: card([member()], { kind: 'flap', why: { ...incident().why, reason: 'flapping' } }),
  gateway: card([member({ name: 'HQ-GW', deviceClass: 'Gateway', description: 'HQ', statusReason: 0 })]),
  'cti-closed': card([member({ ...CTI, name: 'attendant-1' })], { factor: null }),
  'cti-lines': card(
    [
      member({ ...CTI, deviceClass: 'CtiLine', name: 'jtapi-7 › SEP001122334455 › 1002' }),
      member({ ...CTI, deviceClass: 'CtiLine', name: 'jtapi-7 › SEP001122334456 › 1003' }),
    ],
    { factor: { by: 'app', value: 'jtapi', count: 2 } },
  ),
  blind: card([], { kind: 'blind', blind: { nodes: ['cucm2'], code: 'NodeNotResponding' } }),
  'blind-cluster': card([], { kind: 'blind', blind: { nodes: null, code: 'unauthorized' } }),
  'seen-again': card([], {
    kind: 'blind',
    blind: { nodes: ['cucm2'], code: 'NodeNotResponding' },
    closedAt: AT,
    closedBy: 'seen-again',
  }),
  away: card(members(12), { factor: { ...SITE, count: 12 }, gap: { type: 'away', ms: 12 * MINUTE } }),
  stale: card([member({ state: 'gone' })], { closedAt: AT, closedBy: 'stale' }),
};
