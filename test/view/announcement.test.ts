import { describe, expect, test } from 'vitest';
import { parse } from '../../src/command/parse.ts';
import { announcementView } from '../../src/view/announcement.ts';
import type { Announcement } from '../../src/watch/incident.ts';
import { AT, CARDS, card, member, members, OUTAGE, transition } from './cards.ts';
import { expectGolden } from './golden.ts';

const view = announcementView;
const named = (name: string) => CARDS[name] ?? card([]);
const FACTOR = { by: 'node', value: 'cucm2', count: 412 } as const;
const BACK = { state: 'back', to: 'cucm2', changedAt: AT } as const;
const HALF = card([...members(206), ...members(206, BACK, 206)], { factor: FACTOR, mass: true });

describe('a card', () => {
  test.each(Object.keys(CARDS))('%s', (name) => {
    expectGolden(`incident-${name}`, view({ type: 'card', card: named(name) }));
  });

  test.each([
    ['lost', 'SEP001122334455 (Front desk, 1002) lost registration on cucm2: no keepalive', 'bad'],
    ['lost-back', 'SEP001122334455 (Front desk) is back on cucm2 after 7 min', 'good'],
    [
      'outage',
      '412 phones of cucm2 lost registration: 380 moved to cucm1, 32 nowhere (30 in 10.4.2.0/24)',
      'bad',
    ],
    ['outage-over', '412 phones of cucm2 after 25 min: 409 back, 3 not', 'good'],
    ['wan-loss', '32 phones in 10.4.2.0/24 lost registration: no keepalive', 'bad'],
    ['burst', '6 phones lost registration', 'bad'],
    ['failover', '400 phones of cucm2 moved to cucm1', 'warn'],
    ['fault', 'SEP001122334455 (Front desk) cannot register on cucm2: config mismatch', 'bad'],
    ['partial', 'SEP001122334455 (Front desk, 1002) is partly registered on cucm2: 1003 is missing', 'warn'],
    ['switched-off', 'SEP001122334455 (Front desk) was switched off', 'info'],
    ['flap', 'SEP001122334455 (Front desk) keeps coming and going, gone now', 'warn'],
    ['gateway', 'Gateway HQ-GW (HQ) lost registration on cucm2', 'bad'],
    ['cti-closed', 'CTI application attendant-1 closed on cucm2', 'bad'],
    ['cti-lines', '2 CTI lines of jtapi closed', 'bad'],
    ['blind', 'Cannot see cucm2 of prod: node not responding', 'warn'],
    ['blind-cluster', 'Cannot see prod: user or password refused', 'warn'],
    ['seen-again', 'Can see cucm2 of prod again after 7 min', 'good'],
    ['away', 'While I was away, 12 min: 12 phones in 10.4.2.0/24 lost registration', 'bad'],
    ['stale', 'CUCM has no record of SEP001122334455 (Front desk) any more', 'muted'],
    ['lost-acknowledged', 'SEP001122334455 (Front desk) lost registration on cucm2: no keepalive', 'warn'],
  ])('%s: %s', (name, title, tone) => {
    expect(view({ type: 'card', card: named(name) })).toMatchObject({ title, tone });
  });

  test('keeps the facts of its opening when all is over', () => {
    const text = JSON.stringify(view({ type: 'card', card: named('outage-over') }).blocks);
    expect(text).toContain('At first');
    expect(text).toContain('At worst');
  });

  test('speaks of a WAN loss only for one subnet whose keepalives were missed', () => {
    const hint = (name: string) => JSON.stringify(view({ type: 'card', card: named(name) })).includes('SRST');
    expect(['outage', 'wan-loss', 'burst', 'lost', 'outage-over'].map(hint)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test.each([
    ['most of the members have what is named', 30, '32 phones, 30 of them in 10.4.2.0/24, lost registration'],
    ['all of them have it', 32, '32 phones in 10.4.2.0/24 lost registration'],
  ])('says how many when %s', (_claim, count, title) => {
    const factor = { by: 'subnet', value: '10.4.2.0/24', count } as const;
    expect(view({ type: 'card', card: card(members(32), { factor }) }).title).toBe(title);
  });

  const NODE = { by: 'node', value: 'cucm2', count: 51 } as const;
  const home = (n: number) => members(n, BACK);
  const on = (to: string, n: number, first: number) => members(n, { state: 'moved', to }, first);
  const over = { closedAt: AT, closedBy: 'recovered', startedAt: AT - 540_000, calmSince: null } as const;
  test.each([
    [
      [...home(49), ...on('cucm1', 1, 49), ...on('cucm3', 1, 50)],
      {},
      'cucm2 failover: 49 of 51 phones home again, 1 on cucm1, 1 on cucm3',
    ],
    [[...home(1), ...on('cucm1', 50, 1)], {}, 'cucm2 failover: 1 of 51 phones home again, 50 on cucm1'],
    [
      [...home(49), ...on('a', 1, 49), ...members(1, {}, 50)],
      {},
      'cucm2 failover: 49 of 51 phones home again, 1 on a, 1 not registered',
    ],
    [home(51), {}, 'cucm2 failover: all 51 phones home again'],
    [
      [
        ...home(40),
        ...['a', 'b', 'c', 'd', 'e'].flatMap((node, at) => on(node, at === 0 ? 3 : 2, 40 + at * 3)),
      ],
      {},
      'cucm2 failover: 40 of 51 phones home again, 3 on a, 2 on b, 2 on c, 4 on other nodes',
    ],
    [
      [...home(50), ...on('cucm1', 1, 50)],
      over,
      'cucm2 failover over after 9 min: 50 of 51 phones home, 1 still on cucm1',
    ],
    [
      [...home(49), ...on('cucm1', 2, 49)],
      over,
      'cucm2 failover over after 9 min: 49 of 51 phones home, 2 still on cucm1',
    ],
    [on('cucm1', 51, 0), over, 'cucm2 failover over after 9 min: none of 51 phones home, 51 still on cucm1'],
    [home(51), over, 'All 51 phones of cucm2 are back after 9 min'],
  ])('says where the phones of a failover are now (%#)', (all, fields, title) => {
    const { movedTo, ...shown } = card(all, { kind: 'failover', mass: true, factor: NODE, ...fields });
    // A card holds the three most frequent.
    const top = { ...shown, movedTo: movedTo.slice(0, 3) };
    expect(view({ type: 'card', card: top }).title).toBe(title);
  });

  test('does not say of phones that came back elsewhere that they stay there', () => {
    const title = (fields: Parameters<typeof member>[0][]) =>
      view({
        type: 'card',
        card: card(
          fields.map((one, at) => member({ name: `SEP${at}`, ...one })),
          over,
        ),
      }).title;
    const there = { state: 'moved', to: 'cucm1' } as const;
    expect(title([there, there])).toBe('All 2 phones are up again after 9 min, on cucm1');
    expect(title([there, BACK])).toBe('All 2 phones are up again after 9 min, 1 back, 1 on cucm1');
    expect(title([there, BACK, {}])).toBe('3 phones after 9 min: 1 back, 1 on cucm1, 1 not');
  });

  test.each<[shown: { downs?: number; over?: boolean }, words: string]>([
    [{}, 'keep coming and going'],
    [{ downs: 2 }, 'keep coming and going, 2 down now'],
    [{ downs: 5 }, 'keep coming and going, all down now'],
    [{ over: true }, 'stopped coming and going'],
    [{ over: true, downs: 1 }, 'stopped coming and going, but 1 is down'],
    [{ over: true, downs: 5 }, 'stopped coming back: all are down'],
  ])('of five that flap says how many are down: %j', ({ downs = 0, over: isOver = false }, words) => {
    const all = [...members(downs), ...members(5 - downs, BACK, downs)];
    const shown = card(all, { kind: 'flap', ...(isOver && over) });
    expect(view({ type: 'card', card: shown }).title).toBe(`5 phones ${words}`);
  });

  test('names several nodes that phones moved to', () => {
    const moved = (to: string, n: number, first: number) => members(n, { state: 'moved', to }, first);
    const all = [...moved('cucm1', 30, 0), ...moved('cucm3', 8, 30)];
    const title = view({ type: 'card', card: card(all, { kind: 'failover', factor: FACTOR }) }).title;
    expect(title).toContain('moved to cucm1 (30) and cucm3 (8)');
  });

  test.each([
    ['superseded', 'goes on in another incident'],
    ['unwatched', 'no longer watched'],
  ] as const)('that was closed because it was %s says so', (closedBy, words) => {
    const shown = view({ type: 'card', card: card([member()], { closedAt: AT, closedBy }) });
    expect(shown).toMatchObject({ tone: 'muted' });
    expect(shown.title).toContain(words);
    expect(shown.actions.map(({ label }) => label)).not.toContain('Acknowledge');
  });

  test('a title has room in a notification, whatever CUCM holds', () => {
    const long = member({ name: 'X'.repeat(128), description: 'Y'.repeat(128), numbers: ['1'.repeat(24)] });
    expect(view({ type: 'card', card: card([long]) }).title.length).toBeLessThan(200);
  });

  test('every button carries a command that is read', () => {
    for (const one of Object.values(CARDS)) {
      for (const { command } of view({ type: 'card', card: one }).actions) {
        expect(parse(command)).toMatchObject({ type: 'command', command: { cluster: 'prod' } });
      }
    }
  });

  test('an application with its devices and lines is closed, not unregistered, and its codes say nothing', () => {
    const of = (name: string, deviceClass: string) => member({ name, deviceClass, statusReason: 2 });
    const all = [
      of('jtapi', 'CtiProvider'),
      of('jtapi › CTIP1', 'CtiDevice'),
      of('jtapi › CTIP1 › 4001', 'CtiLine'),
    ];
    const factor = { by: 'subnet', value: '10.4.9.0/24', count: 3 } as const;
    const shown = view({
      type: 'card',
      card: card(all, { factor }, [{ by: 'reason', value: '2', count: 3 }]),
    });
    expect(shown.title).toBe('3 CTI items of jtapi closed');
    expect(JSON.stringify(shown.blocks)).not.toContain('code 2');
  });

  test('a gateway among many phones makes them devices, also when the table shows phones alone', () => {
    const lost = { ...card(members(30)), classes: ['Gateway', 'Phone'] };
    expect(view({ type: 'card', card: lost }).title).toBe('30 devices lost registration');
  });

  test('all are back: green, although it is watched for a while whether they stay', () => {
    expect(view({ type: 'card', card: card([member(BACK)]) }).tone).toBe('good');
    expect(view({ type: 'card', card: card([member(BACK), member({ name: 'SEP2' })]) }).tone).toBe('bad');
  });

  test('says since when, and not how long ago: it stands there for hours', () => {
    const shown = JSON.stringify(view({ type: 'card', card: card(members(3)) }).blocks);
    expect(shown).toContain('"13:53"');
    expect(shown).not.toMatch(/ago|Away/);
  });

  test('a person is named as one, so that a platform can show their name', () => {
    const shown = JSON.stringify(view({ type: 'card', card: named('lost-acknowledged') }).blocks);
    expect(shown).toContain('"person":"U7"');
  });
});

describe('in the thread', () => {
  test.each([
    ['back', HALF, '206 of 412 phones of cucm2 are back after 7 min, 206 are not'],
    ['back', named('lost-back'), 'SEP001122334455 (Front desk) is back on cucm2 after 7 min'],
    [
      'grew',
      card(members(515), { factor: FACTOR, opening: { members: 412, lost: 412, moved: 0 } }),
      'Grown to 515 phones of cucm2, from 412',
    ],
    ['reminder', named('wan-loss'), 'All 32 phones in 10.4.2.0/24 are still not up after 7 min'],
    ['reminder', named('lost'), 'SEP001122334455 (Front desk, 1002) is still not up after 7 min'],
    ['closed', named('outage-over'), '412 phones of cucm2 after 25 min: 409 back, 3 not'],
    ['acknowledged', named('lost-acknowledged'), 'Acknowledged: SEP001122334455 (Front desk)'],
    [
      'moved-home',
      card(members(380, BACK), { kind: 'failover', factor: { ...FACTOR, count: 380 } }),
      'All 380 phones of cucm2 are home again',
    ],
    ['fell-again', named('lost'), 'SEP001122334455 (Front desk, 1002) is gone again'],
  ] as const)('%s: %#', (what, shown, title) => {
    expect(view({ type: 'milestone', what, card: shown }).title).toBe(title);
  });

  test.each([
    ['back', HALF],
    ['closed', named('outage-over')],
    ['reminder', named('wan-loss')],
    ['acknowledged', named('lost-acknowledged')],
    [
      'grew',
      card(members(12), {
        ack: { by: 'U7', at: AT, members: 8 },
        opening: { members: 8, lost: 8, moved: 0 },
      }),
    ],
  ] as const)('golden %s', (what, shown) => {
    expectGolden(`milestone-${what}`, view({ type: 'milestone', what, card: shown }));
  });

  test('what stays behind is listed when it closes', () => {
    const { blocks } = view({ type: 'milestone', what: 'closed', card: named('outage-over') });
    expect(blocks).toMatchObject([{ type: 'table', rows: { length: 3 } }]);
  });

  test('the detail has the first ten, and all of them as a file in which nothing is a formula', () => {
    const all = [member({ description: '=HYPERLINK("http://evil")' }), ...members(31)];
    const detail = view({ type: 'detail', card: OUTAGE, members: all });
    const [table, file] = detail.blocks;
    expect(table).toMatchObject({ type: 'table', rows: { length: 10 } });
    expect(file).toMatchObject({ type: 'file', name: 'incident-12.csv' });
    expect(file?.type === 'file' && file.content).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(detail.rows?.cells).toHaveLength(32);
    expectGolden('incident-detail', view({ type: 'detail', card: CARDS['wan-loss']!, members: members(32) }));
  });
});

describe('a line of its own', () => {
  const moved = { kind: 'moved', from: 'cucm2', to: 'cucm1' } as const;
  const home = { kind: 'home', from: 'cucm1', to: 'cucm2' } as const;
  const twelve = (fields: Parameters<typeof transition>[0]) =>
    Array.from({ length: 12 }, (_, i) => transition({ ...fields, name: `SEP0000000000${10 + i}` }));

  test.each([
    ['one that moved', [transition(moved)], 1, 'SEP001122334455 (Front desk) moved from cucm2 to cucm1'],
    ['one that is home', [transition(home)], 1, 'SEP001122334455 (Front desk) is home on cucm2 again'],
    ['many that moved alike', twelve(moved), 12, '12 phones moved from cucm2 to cucm1'],
    ['many that are home', twelve(home), 300, '300 phones are home on cucm2 again'],
    ['some of each', [transition(moved), ...twelve(home)], 13, '13 phones moved to other nodes'],
    [
      'what is no phone',
      [transition({ ...moved, name: 'HQ-GW' }), transition(moved)],
      2,
      '2 devices moved from cucm2 to cucm1',
    ],
  ] as const)('%s', (_claim, moves, total, title) => {
    expect(view({ type: 'moved', cluster: 'prod', moves, total }).title).toBe(title);
  });

  const over = {
    type: 'mute-over',
    at: AT,
    mute: 4,
    why: '',
    ms: 7_200_000,
    quiet: false,
    lost: [],
    passed: 0,
    back: 0,
  } as const;
  test.each([
    ['a mute in which nothing changed', over, 'Mute #4 is over after 2 h: nothing changed', 'good'],
    [
      'a mute in which much did',
      { ...over, lost: members(3), passed: 5, back: 2 },
      'Mute #4 is over after 2 h: 3 down, 5 came and went, 2 back that were down before',
      'bad',
    ],
    [
      'a night',
      { ...over, quiet: true, passed: 1 },
      'Quiet hours are over after 2 h: 1 came and went',
      'good',
    ],
  ] as const)('%s', (_claim, announcement, title, tone) => {
    expect(view(announcement)).toMatchObject({ title, tone });
  });

  test.each([
    ['moved', { type: 'moved', cluster: 'prod', moves: twelve(moved), total: 40 }],
    [
      'back',
      {
        type: 'back',
        cluster: 'prod',
        watch: 4,
        transition: transition({ kind: 'back', to: 'cucm1', awayMs: 420_000 }),
      },
    ],
    ['mute-over', { ...over, why: 'maintenance', lost: members(3), passed: 5, back: 2 }],
    ['watch-over', { type: 'watch-over', watch: 4, text: 'SEP001122334455', why: 'no-record' }],
    [
      'room-lost',
      {
        type: 'room-lost',
        room: { platform: 'slack', room: 'C1' },
        why: 'is_archived',
        watches: ['#3 desc:"LON*"', '#4 gateways'],
        waiting: 5,
      },
    ],
  ] as const satisfies readonly (readonly [string, Announcement])[])('golden %s', (name, announcement) => {
    expectGolden(`announcement-${name}`, view(announcement));
  });
});
