/** What holds whatever happens: nothing lost that should be told, no false outage, nothing said twice, never too much. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainHold } from '../../src/watch/attend.ts';
import type { Announcement } from '../../src/watch/incident.ts';
import type { Condition } from '../../src/watch/known.ts';
import { isNotUp } from '../../src/watch/member.ts';
import { createRoomDay, HOUR, MINUTE, names, phones, type RoomDay, SECOND } from './room-day.ts';

const RUNS = 40;

/** Sixteen phones of a hundred, four to a subnet, half on each node. */
const rows = phones(100, (index) => ({
  site: Math.floor(index / 4),
  node: index % 2 === 0 ? 'cucm1' : 'cucm2',
}));
const WILD = names(12);
/** These change their node, and are registered all the time. */
const STEADY = names(4, 13);

type Step =
  | { readonly type: 'turn'; readonly phones: readonly string[]; readonly to: Condition | 'home' | 'away' }
  | { readonly type: 'roam'; readonly phone: string; readonly node: string }
  | { readonly type: 'pass'; readonly ms: number }
  | { readonly type: 'hold'; readonly how: 'room' | 'subject' | 'node' | 'cluster' | 'see' | 'ack' };

const passing = fc.record({
  type: fc.constant('pass' as const),
  ms: fc
    .oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 20, max: 900 }))
    .map((seconds) => seconds * SECOND),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    type: fc.constant('turn' as const),
    phones: fc.subarray(WILD, { minLength: 1 }),
    to: fc.constantFrom(
      'home',
      'home',
      'away',
      'lost',
      'lost',
      'expected',
      'user',
      'fault',
      'partial',
      'gone',
      'unknown',
    ),
  }),
  fc.record({
    type: fc.constant('roam' as const),
    phone: fc.constantFrom(...STEADY),
    node: fc.constantFrom('cucm1', 'cucm2', 'cucm3'),
  }),
  passing,
  passing,
);

/** Mutes of half an hour, what cannot be seen, and acknowledgements, besides. */
const eventful = fc.array(
  fc.oneof(
    step,
    step,
    step,
    fc.record({
      type: fc.constant('hold' as const),
      how: fc.constantFrom('room', 'subject', 'node', 'cluster', 'see', 'see', 'ack'),
    }),
  ),
  { minLength: 1, maxLength: 30 },
);

const REASONS: Partial<Record<Condition, number>> = { lost: 13, expected: 9, user: 33, fault: 12 };

function play(day: RoomDay, one: Step): void {
  switch (one.type) {
    case 'pass':
      day.pass(one.ms);
      break;
    case 'roam':
      day.up([one.phone], one.node);
      break;
    case 'turn':
      turn(day, one.phones, one.to);
      break;
    case 'hold':
      hold(day, one.how);
      break;
  }
}

function hold(day: RoomDay, how: Extract<Step, { type: 'hold' }>['how']): void {
  const [open] = day.incidents();
  switch (how) {
    case 'room':
      day.mute({ type: 'room' }, 30 * MINUTE);
      break;
    case 'subject':
      day.mute({ type: 'subject', text: 'some' }, 30 * MINUTE, ({ name }) => WILD.indexOf(name) < 6);
      break;
    case 'node':
      day.blind('cucm1');
      break;
    case 'cluster':
      day.blind(null, 'unreachable');
      break;
    case 'see':
      day.see('cucm1');
      day.see(null);
      break;
    case 'ack':
      if (open !== undefined) day.acknowledge(open.id);
      break;
  }
}

function turn(day: RoomDay, which: readonly string[], to: Condition | 'home' | 'away'): void {
  if (to === 'home') day.up(which);
  else if (to === 'away') day.up(which, 'cucm3');
  else day.down(which, to, REASONS[to] ?? 0);
}

function playAll(
  steps: readonly Step[],
  after: (day: RoomDay) => void = () => {},
  everyMs?: number,
): RoomDay {
  const day = createRoomDay(rows, everyMs === undefined ? {} : { everyMs });
  day.watch();
  for (const one of steps) {
    play(day, one);
    after(day);
  }
  day.pass(40 * MINUTE);
  after(day);
  return day;
}

const timeline = fc.array(step, { minLength: 1, maxLength: 25 });

/** Everybody whom an announcement calls not up. */
function calledDown(announcement: Announcement): readonly string[] {
  switch (announcement.type) {
    case 'card':
    case 'milestone':
      return announcement.card.top.filter(isNotUp).map(({ name }) => name);
    case 'detail':
      return announcement.members.filter(isNotUp).map(({ name }) => name);
    case 'mute-over':
      return announcement.lost.map(({ name }) => name);
    case 'moved':
    case 'back':
    case 'watch-over':
    case 'room-lost':
      return [];
  }
}

/** Everybody who is lost beyond the grace, as the rooms have it. */
function expectLostAreTold(day: RoomDay): void {
  const input = day.input();
  const lost = [...day.known.values()].filter(
    ({ condition, since }) => condition === 'lost' && day.now() - since >= 5 * MINUTE,
  );
  for (const { row } of lost) {
    const held = explainHold(input, 'prod', row.name)?.reason;
    expect(['told', 'left-behind', 'flapping']).toContain(held);
    const speaking = day.incidents().filter(({ kind, members }) => {
      const member = members.get(row.name);
      return kind !== 'flap' && member !== undefined && isNotUp(member);
    });
    if (held !== 'flapping') expect(speaking).toHaveLength(held === 'told' ? 1 : 0);
  }
}

describe('whatever happens', () => {
  test('a device that stays lost beyond its grace is told in exactly one open incident', () => {
    fc.assert(
      fc.property(timeline, (steps) => {
        playAll(steps, expectLostAreTold);
      }),
      { numRuns: RUNS },
    );
  });

  test('a device that was registered somewhere all the time is never called lost', () => {
    fc.assert(
      fc.property(timeline, (steps) => {
        const day = playAll(steps, ({ incidents }) => {
          const members = incidents().flatMap((incident) => [...incident.members.values()]);
          expect(members.filter((member) => isNotUp(member) && STEADY.includes(member.name))).toEqual([]);
        });
        const down = new Set(day.heard().flatMap(({ announcement }) => calledDown(announcement)));
        expect(STEADY.filter((name) => down.has(name))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test('it is told the same however often the room is attended, and never twice', () => {
    fc.assert(
      fc.property(timeline, fc.integer({ min: 3, max: 300 }), (steps, seconds) => {
        const seldom = playAll(steps);
        const often = playAll(steps, () => {}, seconds * SECOND);
        expect(often.told()).toEqual(seldom.told());
      }),
      { numRuns: RUNS },
    );
  });

  test('nor does it matter when mutes and blindness hold things back', () => {
    fc.assert(
      fc.property(eventful, fc.integer({ min: 3, max: 300 }), (steps, seconds) => {
        const seldom = playAll(steps);
        const often = playAll(steps, () => {}, seconds * SECOND);
        expect(often.told()).toEqual(seldom.told());
      }),
      { numRuns: RUNS },
    );
  });

  test('what was held is told once nothing holds it any more', () => {
    fc.assert(
      fc.property(eventful, (steps) => {
        const day = playAll(steps);
        day.see('cucm1');
        day.see(null);
        day.pass(40 * MINUTE);
        expectLostAreTold(day);
      }),
      { numRuns: RUNS },
    );
  });

  test('an end follows every incident once all are up', () => {
    fc.assert(
      fc.property(timeline, (steps) => {
        const day = playAll(steps);
        for (const { name, node } of rows.slice(0, 16)) day.up([name], node);
        // Phones that do not go back to where they failed over from are at home after a day.
        day.pass(25 * HOUR);
        expect(day.incidents()).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test('losses at one time are a handful of messages, however many', () => {
    const counts = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 200, max: 10_000 }));
    const shape = fc.record({
      lost: counts,
      sites: fc.integer({ min: 1, max: 250 }),
      nodes: fc.integer({ min: 1, max: 6 }),
    });
    const known = fc.constantFrom(null, undefined);
    fc.assert(
      fc.property(
        shape,
        known,
        fc.constantFrom<Condition>('lost', 'fault', 'expected'),
        ({ lost, sites, nodes }, size, condition) => {
          const many = phones(10_000, (index) => ({ site: index % sites, node: `cucm${index % nodes}` }));
          const day = createRoomDay(many, size === undefined ? {} : { size });
          day.watch();
          day.down(names(lost), condition, 12);
          day.pass(HOUR);
          expect(day.sent()).toBeLessThanOrEqual(5);
          expect(day.sent()).toBeGreaterThan(0);
        },
      ),
      { numRuns: 8 },
    );
  });

  // Found by the property above: twenty of one site are chance among thousands of a hundred sites.
  test('thousands of a hundred sites are one card', () => {
    const many = phones(10_000, (index) => ({ site: index % 144, node: 'cucm0' }));
    const day = createRoomDay(many, { size: null });
    day.watch();
    day.down(names(2_739), 'lost', 12);
    day.pass(HOUR);
    expect(day.sent()).toBe(2);
  });
});
