/** Everything that a store keeps, one of each, with the fields that a test is about. */
import type { Incident, Member } from '../../src/watch/incident.ts';
import type { Transition } from '../../src/watch/known.ts';
import type { Outgoing, Told } from '../../src/watch/outgoing.ts';
import type { StandingMemory } from '../../src/watch/standing.ts';
import type { Mute, Room, Watch } from '../../src/watch/watch.ts';

export const ROOM: Room = { platform: 'slack', room: 'C012' };
export const NOW = 1_770_000_000_000;

export function transition(fields: Partial<Transition> = {}): Transition {
  return {
    cluster: 'prod',
    name: 'SEP001122334455',
    at: NOW,
    kind: 'lost',
    because: 'keepalive',
    statusReason: 13,
    from: 'cucm1',
    to: null,
    awayMs: null,
    gapMs: 0,
    description: 'Lobby',
    ...fields,
  };
}

export function incident(id: number, fields: Partial<Incident> = {}): Incident {
  return {
    id,
    cluster: 'prod',
    room: ROOM,
    kind: 'loss',
    mass: false,
    factor: { by: 'node', value: 'cucm1', count: 3 },
    startedAt: NOW,
    openedAt: NOW,
    opening: { members: 1, lost: 1, moved: 0 },
    peak: 1,
    calmSince: null,
    closedAt: null,
    closedBy: null,
    ack: null,
    remindedAt: null,
    why: {
      watches: [{ id: 1, text: 'all phones', maker: 'U1' }],
      reason: 'grace-passed',
      graceMs: 300_000,
      everyMs: null,
      grouping: 'alone',
    },
    blind: null,
    gap: null,
    cardAt: NOW,
    ...fields,
  };
}

export function member(name: string, fields: Partial<Member> = {}): Member {
  return {
    name,
    state: 'lost',
    since: NOW,
    changedAt: NOW,
    statusReason: 13,
    from: 'cucm1',
    to: null,
    description: 'Lobby',
    ip: '10.0.0.1',
    model: 684,
    deviceClass: 'Phone',
    ...fields,
  };
}

export function aWatch(id: number, fields: Partial<Watch> = {}): Watch {
  return {
    id,
    cluster: 'prod',
    room: ROOM,
    maker: 'U1',
    text: 'all phones',
    graceMs: null,
    until: null,
    createdAt: NOW,
    ...fields,
  };
}

export function mute(id: number, fields: Partial<Mute> = {}): Mute {
  return {
    id,
    cluster: null,
    room: ROOM,
    about: { type: 'room' },
    from: NOW,
    until: NOW + 60_000,
    by: 'U1',
    why: 'works',
    ...fields,
  };
}

export function standing(key: string, fields: Partial<StandingMemory> = {}): StandingMemory {
  return {
    cluster: 'prod',
    key,
    stateInfo: '<StateInfo/>',
    baselined: true,
    parts: null,
    rows: { 'SEP001122334455 cucm1': 'UnRegistered 1700000000' },
    ...fields,
  };
}

/** A line of text that waits to be told. */
export function outgoing(slot: string, fields: Partial<Outgoing> = {}): Outgoing {
  return {
    slot,
    room: ROOM,
    under: null,
    inPlace: false,
    announcement: { type: 'watch-over', watch: 1, text: 'all phones', why: 'expired' },
    at: NOW,
    notBefore: NOW,
    ...fields,
  };
}

export function told(slot: string, fields: Partial<Told> = {}): Told {
  return {
    slot,
    room: ROOM,
    place: { platform: 'slack', room: 'C012' },
    id: `${slot} as posted`,
    at: NOW,
    ...fields,
  };
}
