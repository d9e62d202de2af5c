import { expect, test } from 'vitest';
import { cardOf, shownOf } from '../../src/watch/incident-card.ts';
import { createRoomDay, MINUTE, names, phones } from './room-day.ts';

/** Twenty lost of four sites, of which two have moved and one is back. */
function incident() {
  const day = createRoomDay(
    phones(500, (index) => ({ site: Math.floor(index / 5), node: `cucm${1 + (index % 2)}` })),
    {
      size: null,
    },
  );
  day.watch();
  day.down(names(20));
  day.pass(6 * MINUTE);
  day.up(['P1', 'P3'], 'cucm3');
  day.up(['P5']);
  const [open] = day.incidents();
  if (open === undefined) throw new Error('no incident');
  return { open, now: day.now() };
}

test('a card shows those first that want help, where they were, and where the others went', () => {
  const { open, now } = incident();
  const card = cardOf(open, now);
  expect(card.counts).toEqual({ lost: 17, fault: 0, partial: 0, moved: 2, back: 1, gone: 0 });
  expect(card.top.map(({ state }) => state)).toEqual(Array(10).fill('lost'));
  expect(card.movedTo).toEqual([{ node: 'cucm3', count: 2 }]);
  expect(card.common).toEqual([
    { by: 'node', value: 'cucm2', count: 10 },
    { by: 'node', value: 'cucm1', count: 7 },
    { by: 'subnet', value: '10.1.1.0/24', count: 5 },
    { by: 'subnet', value: '10.1.2.0/24', count: 5 },
    { by: 'subnet', value: '10.1.3.0/24', count: 5 },
    { by: 'reason', value: '13', count: 17 },
  ]);
  expect(card.incident).not.toHaveProperty('members');
  expect(card.at).toBe(now);
});

test('what it shows is the same until a member or the incident changes', () => {
  const { open } = incident();
  const shown = shownOf(open, open.members);
  const ack = { by: 'bob', at: 1, members: 3 };
  expect(shownOf({ ...open, ack, remindedAt: 1, cardAt: 1 }, new Map(open.members))).toBe(shown);
  expect(shownOf({ ...open, closedBy: 'recovered' }, open.members)).not.toBe(shown);
  const [first] = open.members.values();
  const members = new Map(open.members).set(first!.name, { ...first!, state: 'gone' });
  expect(shownOf(open, members)).not.toBe(shown);
});
