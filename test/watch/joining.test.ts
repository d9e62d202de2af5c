/** One outage, one card: an incident takes in whatever has its factor, and two sites stay two. */
import { describe, expect, test } from 'vitest';
import { createRoomDay, MINUTE, names, phones, type RoomDay, SECOND } from './room-day.ts';

/** 600 phones at ten sites of sixty, on three nodes; every fifth is of a model that the others are not. */
const cluster = (options: { nodes?: number; model?: (index: number) => number } = {}) =>
  createRoomDay(
    phones(600, (index) => ({
      site: Math.floor(index / 60),
      node: `cucm${index % (options.nodes ?? 3)}`,
      model: options.model?.(index) ?? (index % 5 === 0 ? 684 : 622),
    })),
  );

const SITE_A = names(60);
const SITE_B = names(60, 61);

/** Each goes as `go` says, so long after the one before. */
function oneByOne(
  day: RoomDay,
  which: readonly string[],
  everyMs: number,
  go = (name: string) => day.down([name]),
) {
  for (const name of which) {
    go(name);
    day.pass(everyMs);
  }
}

const reject = (day: RoomDay, statusReason: number) => (name: string) =>
  day.set(name, 'fault', { status: 'Rejected', statusReason });

/** `kind factor members` of all that were opened. */
function cards(day: RoomDay): readonly string[] {
  return day
    .incidents()
    .map(({ kind, factor, members }) => `${kind} ${factor?.value ?? '-'} ${members.size}`)
    .toSorted();
}

const messages = (day: RoomDay) => day.told().filter((line) => !line.includes(' card '));

describe('a site that goes down by and by', () => {
  test.each([20, 60, 150])('one phone every %d s is one card, told as it grows', (seconds) => {
    const day = cluster();
    day.watch();
    oneByOne(day, SITE_A.slice(0, 40), seconds * SECOND);
    day.pass(10 * MINUTE);
    expect(cards(day)).toEqual(['loss 10.1.0.0/24 40']);
    const told = messages(day);
    expect(told.every((line) => line.includes(' grew '))).toBe(true);
    expect(told.length).toBeGreaterThan(1);
    expect(told.length).toBeLessThan(12);
  });

  test('a first phone that was told alone is joined by those that follow', () => {
    const day = cluster();
    day.watch();
    oneByOne(day, ['P1', 'P2', 'P3'], 9 * MINUTE);
    expect(cards(day)).toEqual(['loss 10.1.0.0/24 3']);
    expect(day.incidents()[0]?.why.grouping).toBe('joined');
  });

  test('after ten minutes without growth it is another outage', () => {
    const day = cluster();
    day.watch();
    oneByOne(day, ['P1', 'P2'], 11 * MINUTE);
    expect(cards(day)).toEqual(['loss - 1', 'loss - 1']);
  });

  test('what has come back has nothing to do with what goes now', () => {
    const day = cluster();
    day.watch();
    day.down(['P1']);
    day.pass(6 * MINUTE);
    day.up(['P1']);
    day.down(['P2']);
    day.pass(5 * MINUTE);
    expect(cards(day)).toEqual(['loss - 1']);
  });

  test('a mute of the first phone does not swallow the others', () => {
    const day = cluster();
    day.watch();
    day.down(['P1']);
    day.pass(6 * MINUTE);
    day.mute({ type: 'incident', incident: 1 }, 60 * MINUTE);
    day.down(['P2']);
    day.pass(6 * MINUTE);
    expect(cards(day)).toEqual(['loss - 1', 'loss - 1']);
  });

  test('an acknowledged card is open again when it grows', () => {
    const day = cluster();
    day.watch();
    oneByOne(day, ['P1', 'P2'], 6 * MINUTE);
    day.acknowledge(1);
    day.down(['P3']);
    day.pass(6 * MINUTE);
    expect(day.incidents().map(({ ack, members }) => [ack, members.size])).toEqual([[null, 3]]);
  });

  test('in a cluster of one subnet it says nothing that two phones are in it', () => {
    const day = createRoomDay(phones(100));
    day.watch();
    oneByOne(day, ['P1', 'P2', 'P3'], 2 * MINUTE);
    day.pass(6 * MINUTE);
    expect(cards(day)).toEqual(['loss - 1', 'loss - 1', 'loss - 1']);
  });

  test('people who go home and switch off their phones are one card', () => {
    const day = cluster();
    day.watch();
    oneByOne(day, SITE_A.slice(0, 10), 2 * MINUTE, (name) => day.down([name], 'user', 34));
    day.pass(6 * MINUTE);
    expect(cards(day)).toEqual(['user 10.1.0.0/24 10']);
  });
});

describe('two sites stay two cards', () => {
  const both = (count: number) => SITE_A.slice(0, count).flatMap((name, at) => [name, SITE_B[at] ?? '']);
  const two = (kind: string, count: number) => [
    `${kind} 10.1.0.0/24 ${count}`,
    `${kind} 10.1.1.0/24 ${count}`,
  ];

  test.each<[claim: string, play: (day: RoomDay) => void, count: number, day?: RoomDay]>([
    ['when both go down by and by', (day) => oneByOne(day, both(30), 10 * SECOND), 30],
    ['when they go at one moment', (day) => day.down([...SITE_A, ...SITE_B]), 60],
    ['when a few of each go at one moment', (day) => day.down(both(4)), 4],
    ['when they share a node', (day) => day.down([...SITE_A, ...SITE_B]), 60, cluster({ nodes: 1 })],
    [
      'when the second goes five minutes after the first',
      (day) => {
        day.down(SITE_A);
        day.pass(5 * MINUTE);
        day.down(SITE_B);
      },
      60,
    ],
    [
      'when all their phones are of a model that few others are',
      (day) => oneByOne(day, both(30), 10 * SECOND),
      30,
      cluster({ model: (index) => (index < 150 ? 684 : 622) }),
    ],
    [
      'when the first has a node and a model in common, too',
      (day) => {
        oneByOne(day, SITE_A.slice(0, 5), 20 * SECOND);
        day.pass(5 * MINUTE);
        oneByOne(day, SITE_B.slice(0, 5), 20 * SECOND);
      },
      5,
      createRoomDay(
        phones(600, (index) => ({
          site: Math.floor(index / 60),
          node: index < 150 ? 'cucm9' : 'cucm1',
          model: index < 150 ? 684 : 622,
        })),
      ),
    ],
  ])('%s', (_claim, play, count, day = cluster()) => {
    day.watch();
    play(day);
    day.pass(10 * MINUTE);
    expect(cards(day)).toEqual(two('loss', count));
  });

  test('when what they have in common is why they cannot register', () => {
    const day = cluster();
    day.watch();
    day.down(both(10), 'fault', 14);
    oneByOne(day, both(30).slice(20), 10 * SECOND, reject(day, 14));
    expect(cards(day).every((card) => card.startsWith('fault 10.1.'))).toBe(true);
    expect(cards(day)).toHaveLength(2);
  });

  test('but a node that lost all its phones is one card, whatever their sites', () => {
    const day = createRoomDay(
      phones(600, (index) => ({ site: Math.floor(index / 60), node: index < 120 ? 'cucm9' : 'cucm1' })),
    );
    day.watch();
    day.down([...SITE_A, ...SITE_B]);
    day.pass(10 * MINUTE);
    expect(cards(day)).toEqual(['loss cucm9 120']);
  });

  test('and losses all over the cluster are one, too', () => {
    const day = cluster();
    day.watch();
    day.down(names(100).map((_, at) => `P${at * 6 + 1}`));
    day.pass(10 * MINUTE);
    expect(day.incidents()).toHaveLength(1);
  });
});

describe('phones that cannot register', () => {
  /** One of the model at each site in turn. */
  const OF_MODEL = Array.from(
    { length: 60 },
    (_, at) => `P${((at * 60) % 600) + Math.floor(at / 10) * 5 + 1}`,
  );

  test('one every ten seconds, all of one model, is one card', () => {
    const day = cluster();
    day.watch();
    oneByOne(day, OF_MODEL, 10 * SECOND, reject(day, 10));
    expect(cards(day)).toEqual(['fault 684 60']);
    expect(messages(day).length).toBeLessThan(6);
  });

  test('for two reasons at once are two', () => {
    const day = cluster();
    day.watch();
    for (const [at, name] of OF_MODEL.entries()) {
      reject(day, at % 2 === 0 ? 10 : 14)(name);
      day.pass(10 * SECOND);
    }
    expect(cards(day)).toEqual(['fault 684 30', 'fault 684 30']);
  });

  test('two that have nothing but a node in common are two', () => {
    const day = createRoomDay(
      phones(600, (index) => ({ site: Math.floor(index / 60), node: index < 100 ? 'cucm9' : 'cucm1' })),
    );
    day.watch();
    oneByOne(day, ['P1', 'P70'], 2 * MINUTE, reject(day, 14));
    expect(cards(day)).toEqual(['fault - 1', 'fault - 1']);
  });
});
