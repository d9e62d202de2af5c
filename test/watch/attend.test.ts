/** What a room hears in the course of a day: sentences about losses, returns, moves, mutes and everything between. */
import { describe, expect, test } from 'vitest';
import { explainHold } from '../../src/watch/attend.ts';
import {
  createRoomDay,
  EVERYTHING,
  HOUR,
  knownRow,
  MINUTE,
  named,
  names,
  phones,
  type RoomDay,
  SECOND,
  scopeOf,
} from './room-day.ts';

/** 1000 phones: 400 on cucm2, 30 in each of the first subnets of a site. */
const cluster = () =>
  createRoomDay(
    phones(1000, (index) => ({ node: index < 400 ? 'cucm2' : 'cucm1', site: Math.floor(index / 30) })),
  );

function played(play: (day: RoomDay) => void, day = createRoomDay(phones(100))): readonly string[] {
  day.watch();
  play(day);
  return day.told();
}

describe('one device', () => {
  test.each<[claim: string, play: (day: RoomDay) => void, told: readonly string[]]>([
    [
      'a phone that is lost is told after five minutes, and its return at once',
      (day) => {
        day.down(['P1']);
        day.pass(20 * MINUTE);
        day.up(['P1']);
        day.pass(30 * MINUTE);
      },
      [
        '5:00 card #1 loss 1 lost',
        '20:00 card #1 loss 1 back',
        '20:00 back #1 loss 1 back',
        '23:00 card #1 loss 1 back closed recovered',
      ],
    ],
    [
      'a phone that is unplugged for two minutes is not worth a word',
      (day) => {
        day.down(['P1']);
        day.pass(2 * MINUTE);
        day.up(['P1']);
        day.pass(HOUR);
      },
      [],
    ],
    [
      'a phone that came back and fell again has not recovered',
      (day) => {
        day.down(['P1']);
        day.pass(10 * MINUTE);
        day.up(['P1']);
        day.pass(2 * MINUTE);
        day.down(['P1']);
        day.pass(HOUR);
      },
      [
        '5:00 card #1 loss 1 lost',
        '10:00 card #1 loss 1 back',
        '10:00 back #1 loss 1 back',
        '12:00 card #1 loss 1 lost',
        '12:00 fell-again #1 loss 1 lost',
      ],
    ],
    [
      'a phone that falls after its incident has closed is lost anew, with a grace of its own',
      (day) => {
        day.down(['P1']);
        day.pass(10 * MINUTE);
        day.up(['P1']);
        day.pass(HOUR);
        day.down(['P1']);
        day.pass(10 * MINUTE);
      },
      [
        '5:00 card #1 loss 1 lost',
        '10:00 card #1 loss 1 back',
        '10:00 back #1 loss 1 back',
        '13:00 card #1 loss 1 back closed recovered',
        '75:00 card #2 loss 1 lost',
      ],
    ],
    [
      'a rejected phone is a fault, told at once',
      (day) => {
        day.set('P1', 'fault', { status: 'Rejected' });
        day.pass(MINUTE);
        day.set('P2', 'fault', { status: 'Rejected' });
        day.pass(MINUTE);
      },
      ['0:00 card #1 fault 1 fault', '1:00 card #2 fault 1 fault'],
    ],
    [
      'a reset that ends in time is history only, and a loss when it does not',
      (day) => {
        day.down(['P1', 'P2'], 'expected', 9);
        day.pass(3 * MINUTE);
        day.up(['P1']);
        day.pass(10 * MINUTE);
      },
      ['5:00 card #1 loss 1 lost'],
    ],
    [
      'a handset that ran down is told low key, after the grace',
      (day) => {
        day.down(['P1'], 'user', 33);
        day.pass(10 * MINUTE);
      },
      ['5:00 card #1 user 1 lost'],
    ],
    [
      'a phone without one of its lines is partial, and a loss when it goes for good',
      (day) => {
        day.set('P1', 'partial', { status: 'PartiallyRegistered' });
        day.pass(10 * MINUTE);
        day.set('P1', 'lost', { status: 'UnRegistered', statusReason: 13 });
        day.pass(MINUTE);
      },
      ['5:00 card #1 partial 1 partial', '10:00 card #1 loss 1 lost', '10:00 grew #1 loss 1 lost'],
    ],
    [
      'a device without a record, and one whose state says nothing, never open an incident',
      (day) => {
        day.set('P1', 'gone');
        day.set('P2', 'unknown', { status: 'Unknown' });
        day.pass(HOUR);
      },
      [],
    ],
    [
      'a lost phone that CUCM has no record of any more is stale, not back',
      (day) => {
        day.down(['P1']);
        day.pass(10 * MINUTE);
        day.set('P1', 'gone');
        day.pass(10 * MINUTE);
      },
      ['5:00 card #1 loss 1 lost', '10:00 card #1 loss 1 gone', '13:00 card #1 loss 1 gone closed stale'],
    ],
    [
      'a lost phone that shows up on another node has moved',
      (day) => {
        day.down(['P1']);
        day.pass(10 * MINUTE);
        day.up(['P1'], 'cucm2');
        day.pass(10 * MINUTE);
      },
      [
        '5:00 card #1 loss 1 lost',
        '10:00 card #1 loss 1 moved',
        '10:00 back #1 loss 1 moved',
        '13:00 card #1 loss 1 moved closed recovered',
      ],
    ],
    [
      'what is still lost after four hours is told again, every four hours',
      (day) => {
        day.down(['P1']);
        day.pass(8 * HOUR + 10 * MINUTE);
      },
      ['5:00 card #1 loss 1 lost', '245:00 reminder #1 loss 1 lost', '485:00 reminder #1 loss 1 lost'],
    ],
    [
      'an acknowledged incident is not told again, but its end is',
      (day) => {
        day.down(['P1']);
        day.pass(10 * MINUTE);
        day.acknowledge(1);
        day.pass(9 * HOUR);
        day.up(['P1']);
        day.pass(MINUTE);
      },
      ['5:00 card #1 loss 1 lost', '550:00 card #1 loss 1 back', '550:00 back #1 loss 1 back'],
    ],
  ])('%s', (_claim, play, told) => expect(played(play)).toEqual(told));

  test('a gateway is told after half a minute', () => {
    const day = createRoomDay([knownRow({ name: 'GW', deviceClass: 'Gateway' }), ...phones(50)]);
    expect(
      played((one) => {
        one.down(['GW']);
        one.pass(10 * MINUTE);
      }, day),
    ).toEqual(['0:30 card #1 loss 1 lost']);
  });

  test('of two watches the shorter grace counts', () => {
    const day = createRoomDay(phones(50));
    day.watch(named('P1'), { graceMs: 20 * MINUTE });
    day.watch(EVERYTHING, { graceMs: MINUTE });
    day.down(['P1']);
    day.pass(HOUR);
    expect(day.told()).toEqual(['1:00 card #1 loss 1 lost']);
    expect(day.incidents()[0]?.why).toEqual({
      watches: [
        { id: 1, text: 'all', maker: 'maria' },
        { id: 2, text: 'all', maker: 'maria' },
      ],
      reason: 'grace-passed',
      graceMs: MINUTE,
      everyMs: 10 * SECOND,
      grouping: 'alone',
    });
  });

  test('what was lost before the watch was made is no news to it', () => {
    const day = createRoomDay(phones(50));
    day.watch(named('P9'));
    day.down(['P1']);
    day.pass(10 * MINUTE);
    day.watch();
    day.pass(HOUR);
    expect(day.told()).toEqual([]);
    expect(explainHold(day.input(), 'prod', 'P1')).toEqual({
      type: 'hold',
      reason: 'before-watch',
      until: null,
    });
    day.up(['P1']);
    day.pass(HOUR);
    day.down(['P1']);
    day.pass(5 * MINUTE);
    expect(day.told()).toEqual(['135:00 card #1 loss 1 lost']);
  });

  test('an incident that nobody watches any more ends without a word in the thread', () => {
    const day = createRoomDay(phones(50));
    const { id } = day.watch();
    day.down(['P1']);
    day.pass(10 * MINUTE);
    day.unwatch(id);
    day.pass(HOUR);
    expect(day.told()).toEqual(['5:00 card #1 loss 1 lost', '10:00 card #1 loss 1 lost closed unwatched']);
  });

  test('the card is changed by the machine every 45 seconds at most, and shows the latest', () => {
    const day = createRoomDay(phones(100, (index) => ({ site: index < 8 ? 7 : 1 })));
    day.watch();
    day.down(names(8));
    day.pass(5 * MINUTE);
    for (const name of names(4)) {
      day.up([name]);
      day.pass(10 * SECOND);
    }
    day.pass(2 * MINUTE);
    expect(day.told()).toEqual([
      '5:00 card #1 loss (subnet 10.1.7.0/24) 8 lost',
      '5:45 card #1 loss (subnet 10.1.7.0/24) 4 lost 4 back',
    ]);
  });

  test('what is held says why', () => {
    const day = createRoomDay(phones(50));
    day.watch(named(...names(20)));
    day.down(['P1', 'P30']);
    const why = (name: string) => explainHold(day.input(), 'prod', name);
    expect(why('P1')).toEqual({ type: 'hold', reason: 'in-grace', until: day.now() + 5 * MINUTE });
    expect(why('P2')).toEqual({ type: 'hold', reason: 'up', until: null });
    expect(why('P30')).toEqual({ type: 'hold', reason: 'not-watched', until: null });
    expect(why('P99')).toBeNull();
    day.blind('cucm1');
    expect(why('P1')).toEqual({ type: 'hold', reason: 'blind', until: null });
    day.see('cucm1');
    expect(why('P1')).toEqual({ type: 'hold', reason: 'just-seen-again', until: day.now() + 20 * SECOND });
    day.pass(6 * MINUTE);
    expect(why('P1')).toEqual({ type: 'hold', reason: 'told', until: null });
  });
});

describe('several devices', () => {
  test('losses within half a minute are one incident, with what they have in common', () => {
    const day = createRoomDay(phones(200, (index) => ({ site: index < 10 ? 7 : index % 5 })));
    day.watch();
    day.down(names(3));
    day.pass(25 * SECOND);
    day.down(names(2, 4));
    day.pass(10 * SECOND);
    day.down(['P150']);
    day.pass(10 * MINUTE);
    expect(day.told()).toEqual(['5:00 card #1 loss (subnet 10.1.7.0/24) 5 lost', '5:35 card #2 loss 1 lost']);
    expect(day.incidents()[0]?.why.grouping).toBe('burst');
  });

  test('those that are back before the first is due are not in it', () => {
    const told = played((day) => {
      day.down(names(4));
      day.pass(4 * MINUTE);
      day.up(names(2));
      day.pass(2 * MINUTE);
    });
    expect(told).toEqual(['5:00 card #1 loss 2 lost']);
  });

  test('a phone that went with a gateway still has its own grace', () => {
    const day = createRoomDay([knownRow({ name: 'GW', deviceClass: 'Gateway' }), ...phones(100)]);
    day.watch();
    day.down(['GW', 'P1', 'P2']);
    day.pass(2 * MINUTE);
    day.up(['P1']);
    day.pass(5 * MINUTE);
    expect(day.told()).toEqual([
      '0:30 card #1 loss 1 lost',
      '5:00 card #1 loss 2 lost',
      '5:00 grew #1 loss 2 lost',
    ]);
  });

  test('it closes when nearly all are back for three minutes; what stays behind is silent until it has returned', () => {
    const day = cluster();
    day.watch();
    day.down(names(30));
    day.pass(10 * MINUTE);
    day.up(names(29));
    day.pass(10 * MINUTE);
    expect(day.told()).toEqual([
      '2:00 card #1 mass loss (subnet 10.1.0.0/24) 30 lost',
      '2:00 detail #1 30',
      '10:00 card #1 mass loss (subnet 10.1.0.0/24) 1 lost 29 back',
      '13:00 card #1 mass loss (subnet 10.1.0.0/24) 1 lost 29 back closed recovered',
      '13:00 closed #1 mass loss (subnet 10.1.0.0/24) 1 lost 29 back closed recovered',
    ]);
    expect(explainHold(day.input(), 'prod', 'P30')?.reason).toBe('left-behind');
    day.pass(24 * HOUR);
    day.up(['P30']);
    day.pass(10 * MINUTE);
    expect(day.told()).toEqual([]);
    day.down(['P30']);
    day.pass(5 * MINUTE);
    expect(day.told()).toEqual(['1475:00 card #2 loss 1 lost']);
  });

  test('an acknowledged incident that grows by a quarter is told again, and wants another acknowledgement', () => {
    const day = cluster();
    day.watch();
    day.down(names(20));
    day.pass(3 * MINUTE);
    day.acknowledge(1);
    day.told();
    day.down(names(4, 21));
    day.pass(3 * MINUTE);
    expect(day.told()).toEqual(['5:00 card #1 mass loss (subnet 10.1.0.0/24) 24 lost']);
    expect(day.incidents()[0]?.ack?.by).toBe('bob');
    day.down(['P25']);
    day.pass(3 * MINUTE);
    expect(day.told()).toEqual([
      '8:00 card #1 mass loss (subnet 10.1.0.0/24) 25 lost',
      '8:00 grew #1 mass loss (subnet 10.1.0.0/24) 25 lost',
    ]);
    expect(day.incidents()[0]?.ack).toBeNull();
  });
});

describe('mass events', () => {
  test('400 phones that fail over and return home are no outage', () => {
    const day = cluster();
    day.watch();
    day.down(names(400));
    day.pass(40 * SECOND);
    day.up(names(400), 'cucm1');
    day.pass(20 * MINUTE);
    expect(day.told()).toEqual(['2:00 card #1 mass failover (node cucm2) 400 moved', '2:00 detail #1 400']);
    expect(day.incidents()[0]?.why).toMatchObject({
      reason: 'failover',
      grouping: 'mass-share',
      graceMs: 2 * MINUTE,
    });
    day.up(names(200), 'cucm2');
    day.pass(5 * MINUTE);
    expect(day.told()).toEqual(['20:40 card #1 mass failover (node cucm2) 200 moved 200 back']);
    day.up(names(200, 201), 'cucm2');
    day.pass(HOUR);
    expect(day.told()).toEqual([
      '25:40 card #1 mass failover (node cucm2) 400 back closed recovered',
      '25:40 moved-home #1 mass failover (node cucm2) 400 back closed recovered',
    ]);
    expect(day.incidents()).toEqual([]);
  });

  test('phones that come home one after the other are home once, not one by one', () => {
    const day = cluster();
    day.watch();
    day.up(names(400), 'cucm1');
    day.pass(10 * MINUTE);
    day.told();
    day.up(names(385), 'cucm2');
    day.pass(40 * SECOND);
    day.up(names(10, 386), 'cucm2');
    day.pass(HOUR);
    expect(day.told()).toEqual([
      '10:00 card #1 mass failover (node cucm2) 15 moved 385 back',
      '10:45 card #1 mass failover (node cucm2) 5 moved 395 back',
      '11:40 card #1 mass failover (node cucm2) 5 moved 395 back closed recovered',
      '11:40 moved-home #1 mass failover (node cucm2) 5 moved 395 back closed recovered',
    ]);
  });

  test('those that are nowhere make it a loss, which is over when they are found', () => {
    const day = cluster();
    day.watch();
    day.down(names(400));
    day.pass(40 * SECOND);
    day.up(names(380), 'cucm1');
    day.pass(10 * MINUTE);
    expect(day.told()).toEqual([
      '2:00 card #1 mass loss (node cucm2) 20 lost 380 moved',
      '2:00 detail #1 400',
    ]);
    expect(day.incidents()[0]).toMatchObject({ opening: { members: 400, lost: 20, moved: 380 }, peak: 20 });
    day.up(names(20, 381), 'cucm1');
    day.pass(10 * MINUTE);
    expect(day.told()).toEqual([
      '10:40 card #1 mass loss (node cucm2) 400 moved',
      '13:40 card #1 mass loss (node cucm2) 400 moved closed recovered',
      '13:40 closed #1 mass loss (node cucm2) 400 moved closed recovered',
    ]);
    day.up(names(400), 'cucm2');
    day.pass(10 * MINUTE);
    expect(day.told().map((line) => line.slice(0, 16))).toEqual(['21:40 moved 400:']);
  });

  test('a phone that was lost a moment ago, while others have moved, is on its way', () => {
    const day = cluster();
    day.watch();
    day.down(names(300));
    day.pass(40 * SECOND);
    day.up(names(300), 'cucm1');
    day.pass(50 * SECOND);
    day.down(names(100, 301));
    day.pass(40 * SECOND);
    day.up(names(98, 301), 'cucm1');
    day.pass(5 * MINUTE);
    expect(day.told()).toEqual([
      '2:00 card #1 mass failover (node cucm2) 300 moved',
      '2:00 detail #1 300',
      '2:45 card #1 mass failover (node cucm2) 398 moved',
      '3:30 card #1 mass loss (node cucm2) 2 lost 398 moved',
      '3:30 grew #1 mass loss (node cucm2) 2 lost 398 moved',
    ]);
  });

  test('a phone that was lost before does not hurry those that fail over', () => {
    const day = cluster();
    day.watch();
    day.down(names(1));
    day.pass(80 * SECOND);
    day.down(names(300, 2));
    day.pass(60 * SECOND);
    day.up(names(300, 2), 'cucm1');
    day.pass(2 * MINUTE);
    expect(day.told()).toEqual([
      '2:20 card #1 mass loss (node cucm2) 1 lost 300 moved',
      '2:20 detail #1 301',
    ]);
  });

  test('a device that is in two cards and falls again is lost in the later one alone', () => {
    const day = createRoomDay(phones(1000, (index) => ({ site: Math.floor(index / 30) })));
    day.watch(EVERYTHING, { graceMs: 30 * SECOND });
    day.down(names(8));
    day.pass(MINUTE);
    day.up(names(1), 'cucm1');
    day.pass(40 * MINUTE);
    day.down(names(1));
    day.pass(MINUTE);
    day.up(names(1), 'cucm2');
    day.pass(MINUTE);
    day.down(names(1));
    day.pass(MINUTE);
    const [name = ''] = names(1);
    const cards = day.incidents().filter(({ members }) => members.get(name)?.state === 'lost');
    expect(cards.map(({ id }) => id)).toEqual([2]);
  });

  test('a tenth of the cluster is an event, whatever they have in common', () => {
    const day = createRoomDay(
      phones(100, (index) => ({ site: index % 10, node: index % 2 ? 'cucm1' : 'cucm2' })),
    );
    day.watch();
    day.down(names(10));
    day.pass(4 * MINUTE);
    expect(day.told()).toEqual(['2:00 card #1 mass loss 10 lost']);
    expect(day.incidents()[0]?.why.grouping).toBe('mass-share');
  });

  test('one phone fewer is not', () => {
    const day = createRoomDay(
      phones(100, (index) => ({ site: index % 10, node: index % 2 ? 'cucm1' : 'cucm2' })),
    );
    day.watch();
    day.down(names(9));
    day.pass(6 * MINUTE);
    expect(day.told()).toEqual(['5:00 card #1 loss 9 lost']);
  });

  test('it swallows what was told of its members, and later losses with its factor join it', () => {
    const day = createRoomDay(phones(1000, (index) => ({ site: Math.floor(index / 30) })));
    day.watch(EVERYTHING, { graceMs: 30 * SECOND });
    day.down(names(3));
    day.pass(40 * SECOND);
    day.down(names(22, 4));
    day.pass(MINUTE);
    day.down(names(5, 26));
    day.down(['P500']);
    day.pass(3 * MINUTE);
    expect(day.told()).toEqual([
      '0:30 card #1 loss (subnet 10.1.0.0/24) 3 lost',
      '1:10 card #2 mass loss (subnet 10.1.0.0/24) 25 lost',
      '1:10 detail #2 25',
      '1:15 card #1 loss (subnet 10.1.0.0/24) 3 lost closed superseded',
      '2:10 card #2 mass loss (subnet 10.1.0.0/24) 30 lost',
      '2:10 card #3 loss 1 lost',
    ]);
  });

  test('phones that are sent to upgrade are no outage while they may still return', () => {
    const day = cluster();
    day.watch();
    day.down(names(300), 'expected', 9);
    day.pass(4 * MINUTE);
    day.up(names(297));
    day.pass(5 * MINUTE);
    expect(day.told()).toEqual(['5:00 card #1 loss (subnet 10.1.9.0/24) 3 lost']);
  });

  test('ten thousand at once are a handful of messages', () => {
    const day = createRoomDay(phones(10_000, (index) => ({ site: index % 200, node: `cucm${index % 4}` })));
    day.watch();
    day.down(names(10_000));
    day.pass(HOUR);
    expect(day.told()).toEqual(['2:00 card #1 mass loss 10000 lost', '2:00 detail #1 10000']);
    day.up(names(10_000));
    day.pass(HOUR);
    expect(day.sent()).toBeLessThanOrEqual(5);
  });

  test('a phone that fails over stays there: a day later it is at home there', () => {
    const day = cluster();
    day.watch();
    day.up(names(400), 'cucm1');
    day.pass(25 * HOUR);
    expect(day.told()).toEqual([
      '2:00 card #1 mass failover (node cucm2) 400 moved',
      '2:00 detail #1 400',
      '1442:00 card #1 mass failover (node cucm2) 400 moved closed recovered',
    ]);
  });

  test('a phone that was lost where it had failed over, and went home, is back', () => {
    const day = createRoomDay(phones(50, () => ({ node: 'cucm2' })));
    day.watch();
    day.up(['P1'], 'cucm1');
    day.pass(10 * MINUTE);
    day.down(['P1']);
    day.pass(6 * MINUTE);
    day.up(['P1'], 'cucm2');
    day.pass(10 * MINUTE);
    expect(day.told()).toEqual([
      '1:00 moved 1: P1>cucm1',
      '15:00 card #1 loss 1 lost',
      '16:00 card #1 loss 1 back',
      '16:00 back #1 loss 1 back',
      '19:00 card #1 loss 1 back closed recovered',
    ]);
  });

  test('phones that leave the node that they failed over to for a third one are where they are', () => {
    const day = cluster();
    day.watch();
    day.up(names(400), 'cucm1');
    day.pass(10 * MINUTE);
    day.up(names(200), 'cucm3');
    day.pass(2 * MINUTE);
    const card = day.heard().findLast(({ announcement }) => announcement.type === 'card')?.announcement;
    expect(card?.type === 'card' && card.card.movedTo).toEqual([
      { node: 'cucm1', count: 200 },
      { node: 'cucm3', count: 200 },
    ]);
    day.up(names(390), 'cucm2');
    day.pass(2 * MINUTE);
    expect(day.told().at(-1)).toContain('moved-home #1 mass failover (node cucm2) 10 moved 390 back');
  });

  test('a phone of a failover that is lost hours later is a loss of its own', () => {
    const day = cluster();
    day.watch();
    day.up(names(400), 'cucm1');
    day.pass(3 * HOUR);
    day.told();
    day.down(['P1']);
    day.pass(10 * MINUTE);
    expect(day.told()).toEqual(['185:00 card #2 loss 1 lost']);
  });
});

describe('moves', () => {
  test.each<[claim: string, play: (day: RoomDay) => void, told: readonly string[]]>([
    [
      'a few phones that move are one line, a minute after the last',
      (day) => {
        day.up(['P1'], 'cucm2');
        day.pass(40 * SECOND);
        day.up(['P2'], 'cucm2');
        day.pass(10 * MINUTE);
        day.up(['P3'], 'cucm2');
        day.pass(HOUR);
      },
      ['1:40 moved 2: P1>cucm2 P2>cucm2', '11:40 moved 1: P3>cucm2'],
    ],
    [
      'a phone that moved and returned in that time is not worth a word',
      (day) => {
        day.up(['P1'], 'cucm2');
        day.pass(40 * SECOND);
        day.up(['P1'], 'cucm1');
        day.pass(HOUR);
      },
      [],
    ],
    [
      'a phone that comes home later is told',
      (day) => {
        day.up(['P1'], 'cucm2');
        day.pass(10 * MINUTE);
        day.up(['P1'], 'cucm1');
        day.pass(HOUR);
      },
      ['1:00 moved 1: P1>cucm2', '11:00 moved 1: P1>cucm1(home)'],
    ],
    [
      'a phone that was away for a moment on its way has moved, no more',
      (day) => {
        day.down(['P1']);
        day.pass(30 * SECOND);
        day.up(['P1'], 'cucm2');
        day.pass(HOUR);
      },
      ['1:30 moved 1: P1>cucm2'],
    ],
  ])('%s', (_claim, play, told) => expect(played(play)).toEqual(told));

  test('a burst of moves below a mass event is one line however many', () => {
    const told = played(
      (day) => {
        day.up(names(15), 'cucm1');
        day.pass(HOUR);
      },
      createRoomDay(phones(1000, (index) => ({ node: index < 15 ? 'cucm2' : 'cucm1' }))),
    );
    expect(told.map((line) => line.slice(0, 13))).toEqual(['1:00 moved 15']);
  });
});

describe('flapping', () => {
  const turn = (day: RoomDay, every: number) => {
    day.down(['P1']);
    day.pass(every);
    day.up(['P1']);
    day.pass(every);
  };

  test('four changes in half an hour are one incident, and nothing is said of each; it is over after half an hour of calm', () => {
    const told = played((day) => {
      for (let time = 0; time < 6; time += 1) turn(day, 2 * MINUTE);
      day.pass(HOUR);
    });
    expect(told).toEqual([
      '6:00 card #1 flap 1 back',
      // In place: it says how many are down.
      ...[8, 12, 16, 20].flatMap((minute) => [
        `${minute}:00 card #1 flap 1 lost`,
        `${minute + 2}:00 card #1 flap 1 back`,
      ]),
      '52:00 card #1 flap 1 back closed recovered',
    ]);
  });

  test('it takes over the incident about its loss', () => {
    const told = played((day) => {
      turn(day, 6 * MINUTE);
      turn(day, 6 * MINUTE);
      day.pass(10 * MINUTE);
    });
    expect(told).toEqual([
      '5:00 card #1 loss 1 lost',
      '6:00 card #1 loss 1 back',
      '6:00 back #1 loss 1 back',
      '9:00 card #1 loss 1 back closed recovered',
      '17:00 card #2 loss 1 lost',
      '18:00 card #2 loss 1 back closed superseded',
      '18:00 card #3 flap 1 back',
    ]);
  });

  test('what flaps and then stays away is lost like any other', () => {
    const told = played((day) => {
      turn(day, MINUTE);
      turn(day, MINUTE);
      day.down(['P1']);
      day.pass(HOUR);
    });
    expect(told).toEqual([
      '3:00 card #1 flap 1 back',
      '4:00 card #1 flap 1 lost',
      '9:00 card #1 flap 1 lost closed superseded',
      '9:00 card #2 loss 1 lost',
    ]);
  });

  test('several that flap behind one switch are one incident', () => {
    const day = createRoomDay(phones(200, (index) => ({ site: index < 4 ? 7 : index % 5 })));
    day.watch();
    for (let time = 0; time < 3; time += 1) {
      day.down(names(4));
      day.pass(MINUTE);
      day.up(names(4));
      day.pass(MINUTE);
    }
    expect(day.told()).toEqual([
      '3:00 card #1 flap (subnet 10.1.7.0/24) 4 back',
      '4:00 card #1 flap (subnet 10.1.7.0/24) 4 lost',
      '5:00 card #1 flap (subnet 10.1.7.0/24) 4 back',
    ]);
  });

  test('a failover and the return home are no flapping', () => {
    const day = cluster();
    day.watch();
    day.down(names(400));
    day.pass(30 * SECOND);
    day.up(names(400), 'cucm1');
    day.pass(10 * MINUTE);
    day.down(names(400), 'expected', 28);
    day.pass(30 * SECOND);
    day.up(names(400), 'cucm2');
    day.pass(HOUR);
    expect(day.told().map((line) => line.split(' ').slice(1, 5).join(' '))).toEqual([
      'card #1 mass failover',
      'detail #1 400',
      'card #1 mass failover',
      'moved-home #1 mass failover',
    ]);
  });
});

describe('blindness', () => {
  test('a node that does not answer is told after a minute, and that it can be seen again', () => {
    const told = played((day) => {
      day.blind('cucm2');
      day.pass(90 * SECOND);
      day.blind('cucm3');
      day.pass(5 * MINUTE);
      day.see('cucm2');
      day.pass(5 * MINUTE);
      day.see('cucm3');
      day.pass(HOUR);
    });
    expect(told).toEqual([
      '1:00 card #1 blind cucm2',
      '2:30 card #1 blind cucm2+cucm3',
      '6:30 card #1 blind cucm3',
      '11:30 card #1 blind cucm3 closed seen-again',
      '11:30 closed #1 blind cucm3 closed seen-again',
    ]);
  });

  test('a short blindness is not worth a word, and a cluster’s is told after one minute, too', () => {
    const told = played((day) => {
      day.blind('cucm2');
      day.pass(50 * SECOND);
      day.see('cucm2');
      day.pass(MINUTE);
      day.blind(null, 'throttled');
      day.pass(3 * MINUTE);
      day.see(null);
      day.pass(HOUR);
    });
    expect(told).toEqual([
      '2:50 card #1 blind cluster',
      '4:50 card #1 blind cluster closed seen-again',
      '4:50 closed #1 blind cluster closed seen-again',
    ]);
  });

  test('what is on a blind node is never lost; it is told when it can be seen, and still is', () => {
    const told = played((day) => {
      day.down(['P1', 'P2']);
      day.pass(MINUTE);
      day.blind('cucm1');
      day.pass(20 * MINUTE);
      day.see('cucm1', () => day.up(['P2']));
      day.pass(10 * MINUTE);
    });
    expect(told).toEqual([
      '2:00 card #1 blind cucm1',
      '21:00 card #1 blind cucm1 closed seen-again',
      '21:00 closed #1 blind cucm1 closed seen-again',
      '21:20 card #2 loss 1 lost',
    ]);
  });

  test.each([
    ['failed for less than a minute', 59, ['5:00 card #1 loss 1 lost']],
    [
      'was blind, which holds it back until it has been looked at once more',
      60,
      ['5:15 card #2 loss 1 lost'],
    ],
  ] as const)('a grace that ends just after the cluster %s', (_claim, seconds, told) => {
    const heard = played((day) => {
      day.down(['P1']);
      day.pass(5 * MINUTE + 5 * SECOND - seconds * SECOND - 10 * SECOND);
      day.blind(null, 'unavailable');
      day.pass(seconds * SECOND);
      day.see(null);
      day.pass(MINUTE);
    });
    expect(heard.filter((line) => line.includes('loss'))).toEqual(told);
  });

  test('a grace that ends while a look or two have failed is not waited for', () => {
    const told = played((day) => {
      day.down(['P1']);
      day.pass(5 * MINUTE - 30 * SECOND);
      day.blind(null, 'unavailable');
      day.pass(40 * SECOND);
    });
    expect(told).toEqual(['5:00 card #1 loss 1 lost']);
  });

  test('what changed meanwhile is one incident, and says so', () => {
    const told = played((day) => {
      day.blind('cucm1');
      day.pass(20 * MINUTE);
      day.see('cucm1', () => day.down(['P1']));
      day.see('cucm1', () => {});
      day.pass(10 * MINUTE);
    });
    expect(told).toEqual([
      '1:00 card #1 blind cucm1',
      '20:00 card #1 blind cucm1 closed seen-again',
      '20:00 closed #1 blind cucm1 closed seen-again',
      '25:00 card #2 loss [blind 20:00] 1 lost',
    ]);
  });

  test('an incident does not end while the cluster cannot be seen', () => {
    const told = played((day) => {
      day.down(['P1']);
      day.pass(10 * MINUTE);
      day.up(['P1']);
      day.pass(MINUTE);
      day.blind(null, 'unreachable');
      day.pass(10 * MINUTE);
    });
    expect(told).toEqual([
      '5:00 card #1 loss 1 lost',
      '10:00 card #1 loss 1 back',
      '10:00 back #1 loss 1 back',
      '12:00 card #2 blind cluster',
    ]);
  });
});

test('what changed while risbot was away is one incident of a kind, with the grace counted from its return', () => {
  const day = createRoomDay(phones(200, (index) => ({ site: index % 7 })));
  day.watch();
  day.away(12 * MINUTE, () => day.down(['P1', 'P20']));
  day.away(0, () => {});
  day.pass(10 * MINUTE);
  expect(day.told()).toEqual(['17:00 card #1 loss [away 12:00] 2 lost']);
  expect(day.incidents()[0]?.why.reason).toBe('after-gap');
});

describe('mutes', () => {
  test('a muted room hears nothing, and then one difference', () => {
    const told = played((day) => {
      day.down(['P9']);
      day.pass(10 * MINUTE);
      day.mute({ type: 'room' }, HOUR);
      day.down(['P1', 'P2', 'P3']);
      day.up(['P50'], 'cucm2');
      day.pass(20 * MINUTE);
      day.up(['P2', 'P9']);
      day.pass(2 * HOUR);
    });
    expect(told).toEqual([
      '5:00 card #1 loss 1 lost',
      '70:00 mute over: 2 lost 1 passed 1 back',
      '70:00 card #1 loss 1 back closed recovered',
      '70:00 card #2 loss [muted 60:00] 2 lost',
    ]);
  });

  test('a mute that held nothing says so', () => {
    const told = played((day) => {
      day.mute({ type: 'room' }, HOUR);
      day.pass(2 * HOUR);
    });
    expect(told).toEqual(['60:00 mute over: 0 lost 0 passed 0 back']);
  });

  test('a mute that somebody ends is over at once', () => {
    const day = createRoomDay(phones(100));
    day.watch();
    const id = day.mute({ type: 'room' }, HOUR);
    day.down(['P1']);
    day.pass(10 * MINUTE);
    day.unmute(id);
    expect(day.told()).toEqual([
      '10:00 mute over: 1 lost 0 passed 0 back',
      '10:00 card #1 loss [muted 10:00] 1 lost',
    ]);
    expect(day.incidents()[0]?.why.reason).toBe('after-mute');
  });

  test('a muted subject is held, and nothing else', () => {
    const told = played((day) => {
      day.mute({ type: 'subject', text: 'P1' }, HOUR, ({ name }) => name === 'P1');
      day.down(['P1', 'P2']);
      day.pass(2 * HOUR);
    });
    expect(told).toEqual([
      '5:00 card #1 loss 1 lost',
      '60:00 mute over: 1 lost 0 passed 0 back',
      '60:00 card #2 loss [muted 60:00] 1 lost',
    ]);
  });

  test('a muted incident stays as it was, and ends when the mute does', () => {
    const told = played((day) => {
      day.down(['P1']);
      day.pass(10 * MINUTE);
      day.mute({ type: 'incident', incident: 1 }, HOUR);
      day.pass(10 * MINUTE);
      day.up(['P1']);
      day.pass(2 * HOUR);
    });
    expect(told).toEqual([
      '5:00 card #1 loss 1 lost',
      '70:00 mute over: 0 lost 0 passed 1 back',
      '70:00 card #1 loss 1 back closed recovered',
    ]);
  });

  test('a failover that was expected is silent', () => {
    const day = cluster();
    day.watch();
    day.mute({ type: 'room' }, HOUR);
    day.up(names(400), 'cucm1');
    day.pass(10 * MINUTE);
    day.up(names(400), 'cucm2');
    day.pass(2 * HOUR);
    expect(day.told()).toEqual(['60:00 mute over: 0 lost 0 passed 0 back']);
  });
});

describe('quiet hours', () => {
  /** From half past eight until ten, in the time of London. */
  const quiet = (massBreaksThrough: boolean) => [
    { rooms: null, platform: null, from: 510, until: 600, timeZone: 'Europe/London', massBreaksThrough },
  ];

  test('what happens in them is one difference in the end', () => {
    const day = createRoomDay(phones(100), { quiet: quiet(true) });
    day.watch();
    day.pass(40 * MINUTE);
    day.down(['P1', 'P2']);
    day.pass(20 * MINUTE);
    day.up(['P2']);
    day.pass(3 * HOUR);
    expect(day.told()).toEqual([
      '120:00 quiet over: 1 lost 1 passed 0 back',
      '120:00 card #1 loss [quiet 90:00] 1 lost',
    ]);
    expect(day.incidents()[0]?.why.reason).toBe('after-quiet');
  });

  test('a night in which nothing happened is not worth a word', () => {
    const day = createRoomDay(phones(100), { quiet: quiet(true) });
    day.watch();
    day.pass(30 * HOUR);
    expect(day.told()).toEqual([]);
  });

  test.each([
    [true, ['42:00 card #1 mass loss 30 lost', '42:00 detail #1 30']],
    [
      false,
      [
        '120:00 quiet over: 30 lost 0 passed 0 back',
        '120:00 card #1 mass loss [quiet 90:00] 30 lost',
        '120:00 detail #1 30',
      ],
    ],
  ])('a mass event breaks through: %s', (breaks, told) => {
    const day = createRoomDay(
      phones(100, (index) => ({ site: index % 10 })),
      { quiet: quiet(breaks) },
    );
    day.watch();
    day.pass(40 * MINUTE);
    day.down(names(30), 'lost', 1);
    day.pass(3 * HOUR);
    expect(day.told()).toEqual(told);
  });
});

describe('watches that end', () => {
  test('a watch whose time is over says so, and its incidents end with it', () => {
    const day = createRoomDay(phones(100));
    day.watch(EVERYTHING, { until: day.now() + HOUR });
    day.down(['P1']);
    day.pass(2 * HOUR);
    expect(day.told()).toEqual([
      '5:00 card #1 loss 1 lost',
      '60:00 card #1 loss 1 lost closed unwatched',
      '60:00 watch #1 over: expired',
    ]);
  });

  test('a watch for a return tells it once, and nothing else', () => {
    const day = createRoomDay(phones(100));
    day.down(['P1']);
    day.pass(10 * MINUTE);
    day.watch(named('P1'), { until: 'back' });
    day.pass(HOUR);
    day.up(['P1']);
    day.pass(HOUR);
    day.down(['P1']);
    day.pass(HOUR);
    expect(day.told()).toEqual(['70:00 back #1 P1 70:00']);
  });

  test('a device that was registered all the time is not back', () => {
    const day = createRoomDay(phones(100));
    day.watch(
      scopeOf(({ name }) => name === 'P1'),
      { until: 'back' },
    );
    day.pass(HOUR);
    expect(day.told()).toEqual([]);
  });

  test('a device that is deleted meanwhile ends the wait', () => {
    const day = createRoomDay(phones(100));
    day.down(['P1']);
    day.pass(10 * MINUTE);
    day.watch(named('P1'), { until: 'back' });
    day.pass(MINUTE);
    day.known.set('P1', { ...day.known.get('P1')!, condition: 'gone', since: day.now() });
    day.look();
    expect(day.told()).toEqual(['11:00 watch #1 over: no-record']);
  });
});

test('the devices of a CTI application are lost with it', () => {
  const app = (index: number) =>
    knownRow({
      name: `attendant › L${index}`,
      deviceClass: 'CtiLine',
      loginUserId: 'attendant',
      model: null,
    });
  const day = createRoomDay([...Array.from({ length: 6 }, (_, index) => app(index)), ...phones(100)], {
    size: 1000,
  });
  day.watch();
  day.down(
    Array.from({ length: 6 }, (_, index) => `attendant › L${index}`),
    'lost',
    2,
  );
  day.pass(MINUTE);
  expect(day.told()).toEqual(['0:30 card #1 loss (app attendant) 6 lost']);
});

test('ten times the devices take no more than ten times as long, and a little', () => {
  const [few, many] = [looked(1_000), looked(10_000)];
  expect(many).toBeLessThan(25 * few + 100);
});

/** Milliseconds of the look at which so many of forty thousand are told, the faster of two. */
function looked(count: number): number {
  const times = [1, 2].map(() => {
    const day = createRoomDay(phones(40_000, (index) => ({ site: index % 200, node: `cucm${index % 4}` })));
    day.watch();
    for (const name of names(count)) {
      const known = day.known.get(name)!;
      const lost = { condition: 'lost', baseline: false, since: day.now(), changes: [day.now()] } as const;
      day.known.set(name, { ...known, ...lost });
    }
    day.pass(119 * SECOND);
    const started = performance.now();
    day.look();
    return performance.now() - started;
  });
  return Math.min(...times);
}
