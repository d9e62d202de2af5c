/** Delivery: committed announcements reach the rooms in order, at least once, and as the latest state. */
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createDelivery, type Delivery } from '../../src/watch/deliver.ts';
import type { Announcement } from '../../src/watch/incident.ts';
import type { Outgoing } from '../../src/watch/outgoing.ts';
import { AnnounceError, type Announcer, type Outbox } from '../../src/watch/ports.ts';
import type { Room } from '../../src/watch/watch.ts';
import { createOutbox, type TestOutbox } from './outbox-for-tests.ts';
import { createTurnedClock, type TurnedClock } from './turned-clock.ts';

const NOC: Room = { platform: 'slack', room: 'C1' };
const LONDON: Room = { platform: 'slack', room: 'C2' };
const ANNA: Room = { platform: 'slack', room: 'U1', direct: true };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What it says is its `text`: delivery looks at nothing else of it. */
function says(text: string): Announcement {
  return { type: 'watch-over', watch: 1, text, why: 'expired' };
}
const textOf = (announcement: Announcement) => (announcement.type === 'watch-over' ? announcement.text : '');

type Fail = (telling: { readonly room: Room; readonly text: string; readonly how: string }) => unknown;

/** A platform that writes down what stands where, and refuses as it is told. */
function createPlatform() {
  const heard: string[] = [];
  const keys: string[] = [];
  let messages = 0;
  let fail: Fail = () => null;
  let gate: (room: Room) => Promise<void> | null = () => null;
  const underWay = new Map<string, number>();
  const state = { most: 0, mostInOneRoom: 0 };

  async function hear(room: Room, how: string, announcement: Announcement, answer: string): Promise<void> {
    const text = textOf(announcement);
    underWay.set(room.room, (underWay.get(room.room) ?? 0) + 1);
    state.mostInOneRoom = Math.max(state.mostInOneRoom, ...underWay.values());
    state.most = Math.max(
      state.most,
      [...underWay.values()].reduce((sum, one) => sum + one, 0),
    );
    try {
      await gate(room);
      const error = fail({ room, text, how });
      if (error !== null) throw error;
      heard.push(`${room.room} ${how}${answer}: ${text}`);
    } finally {
      underWay.set(room.room, (underWay.get(room.room) ?? 0) - 1);
    }
  }
  const announcer: Announcer = {
    async post(room, thread, announcement, key) {
      keys.push(key);
      await hear(room, thread === null ? 'posts' : `answers ${thread}`, announcement, '');
      messages += 1;
      const place = { platform: room.platform, room: room.direct ? `D-${room.room}` : room.room };
      return { place, id: String(messages) };
    },
    async change({ place, id, room }, announcement) {
      await hear({ ...room, room: place.room }, 'changes', announcement, ` ${id}`);
    },
  };
  return {
    announcer,
    heard,
    keys,
    state,
    failWith: (next: Fail) => {
      fail = next;
    },
    hold: (next: typeof gate) => {
      gate = next;
    },
  };
}

interface Bench {
  readonly clock: TurnedClock;
  readonly outbox: TestOutbox;
  readonly platform: ReturnType<typeof createPlatform>;
  readonly lost: string[];
  readonly log: string[];
}

function createBench(): Bench {
  return {
    clock: createTurnedClock(),
    outbox: createOutbox(),
    platform: createPlatform(),
    lost: [],
    log: [],
  };
}

/** Opens a delivery over what is on the bench: a second one is what comes after a restart. */
function open(bench: Bench, changes: { outbox?: Outbox; announcer?: Announcer } = {}) {
  const { clock, outbox, platform, lost, log } = bench;
  const write = (fields: Readonly<Record<string, unknown>>, message: string) =>
    void log.push(`${message} ${fields['slot'] ?? ''}`.trim());
  const delivery = createDelivery({
    outbox: changes.outbox ?? outbox,
    announcer: changes.announcer ?? platform.announcer,
    clock: clock.clock,
    log: { info: write, warn: write, error: write },
    onRoomLost: (room, reason, waiting) => void lost.push(`${room.room} ${reason} ${waiting}`),
  });
  return begun(bench, delivery);
}

/** Starts it, and stops it after the test; what hangs then is not waited for. */
function begun(bench: Bench, delivery: Delivery): Delivery {
  delivery.start();
  onTestFinished(async () => {
    const stopped = delivery.stop();
    bench.clock.turn(5 * SECOND);
    await stopped;
  });
  return delivery;
}

/** Lets everything happen that needs no time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await systemClock.breathe();
}

async function pass(clock: TurnedClock, ms: number): Promise<void> {
  await settle();
  for (let left = ms; left > 0; ) {
    const step = Math.max(1, Math.min(left, clock.nextIn()));
    left -= step;
    clock.turn(step);
    await settle();
  }
}

/** Its own, unless said otherwise. */
function outgoing(bench: Bench, slot: string, text: string, more: Partial<Outgoing> = {}): Outgoing {
  const now = bench.clock.clock.now();
  const shape = { slot, room: NOC, under: null, inPlace: false, at: now, notBefore: now };
  return { ...shape, announcement: says(text), ...more };
}

const card = (bench: Bench, text: string, more: Partial<Outgoing> = {}) =>
  outgoing(bench, 'incident:1', text, { inPlace: true, ...more });

describe('what waits', () => {
  test('is told in the order of its commits, one at a time in a room', async () => {
    const bench = createBench();
    for (const number of [1, 2, 3, 4]) bench.outbox.put(outgoing(bench, `mute:${number}`, `m${number}`));
    open(bench);
    await settle();
    expect(bench.platform.heard).toEqual(['C1 posts: m1', 'C1 posts: m2', 'C1 posts: m3', 'C1 posts: m4']);
    expect(bench.platform.state.mostInOneRoom).toBe(1);
    expect(bench.outbox.waiting()).toEqual([]);
  });

  test('is told as soon as it is committed', async () => {
    const bench = createBench();
    const delivery = open(bench);
    await settle();
    bench.outbox.put(card(bench, 'lost'));
    delivery.wake();
    await settle();
    expect(bench.platform.heard).toEqual(['C1 posts: lost']);
  });

  test('is told without being woken, when it may not be told before', async () => {
    const bench = createBench();
    bench.outbox.put(card(bench, 'later', { notBefore: bench.clock.clock.now() + 45 * SECOND }));
    open(bench);
    await pass(bench.clock, 44 * SECOND);
    expect(bench.platform.heard).toEqual([]);
    await pass(bench.clock, SECOND);
    expect(bench.platform.heard).toEqual(['C1 posts: later']);
  });

  test('is changed in place when the slot has a message, and posted anew in a slot that is not in place', async () => {
    const bench = createBench();
    const delivery = open(bench);
    for (const text of ['412 lost', '200 back']) {
      bench.outbox.put(card(bench, text), outgoing(bench, 'note', text));
      delivery.wake();
      await settle();
    }
    expect(bench.platform.heard).toEqual([
      'C1 posts: 412 lost',
      'C1 posts: 412 lost',
      'C1 changes 1: 200 back',
      'C1 posts: 200 back',
    ]);
  });

  test('answers in the thread of the message above, also when that has changed its state while both waited', async () => {
    const bench = createBench();
    bench.outbox.put(card(bench, '412 lost'));
    bench.outbox.put(outgoing(bench, 'incident:1:detail', 'the list', { under: 'incident:1' }));
    bench.outbox.put(card(bench, '400 lost'));
    open(bench);
    await settle();
    expect(bench.platform.heard).toEqual(['C1 posts: 400 lost', 'C1 answers 1: the list']);
  });

  test('in direct messages is changed and answered where it came to stand', async () => {
    const bench = createBench();
    const delivery = open(bench);
    bench.outbox.put(card(bench, 'lost', { room: ANNA }));
    delivery.wake();
    await settle();
    bench.outbox.put(card(bench, 'back', { room: ANNA }));
    delivery.wake();
    await settle();
    expect(bench.platform.heard).toEqual(['U1 posts: lost', 'D-U1 changes 1: back']);
  });

  test('ten states of a card while one is under way are one change', async () => {
    const bench = createBench();
    const gate = Promise.withResolvers<void>();
    bench.platform.hold(() => gate.promise);
    const delivery = open(bench);
    bench.outbox.put(card(bench, 'state 0'));
    delivery.wake();
    await settle();
    for (let state = 1; state <= 10; state += 1) {
      bench.outbox.put(card(bench, `state ${state}`));
      delivery.wake();
    }
    await settle();
    gate.resolve();
    await settle();
    expect(bench.platform.heard).toEqual(['C1 posts: state 0', 'C1 changes 1: state 10']);
    expect(bench.outbox.waiting()).toEqual([]);
  });
});

describe('side by side', () => {
  test('a slow room does not hold up another, and hears its own in order', async () => {
    const bench = createBench();
    const gate = Promise.withResolvers<void>();
    bench.platform.hold((room) => (room.room === 'C1' ? gate.promise : null));
    for (const number of [1, 2, 3])
      for (const room of [NOC, LONDON])
        bench.outbox.put(outgoing(bench, `m:${number}`, `m${number}`, { room }));
    const delivery = open(bench);
    await settle();
    expect(bench.platform.heard).toEqual(['C2 posts: m1', 'C2 posts: m2', 'C2 posts: m3']);
    expect(delivery.status()).toMatchObject({ underWay: 1, resting: 0 });
    gate.resolve();
    await settle();
    expect(bench.platform.heard.slice(3)).toEqual(['C1 posts: m1', 'C1 posts: m2', 'C1 posts: m3']);
  });

  test('what another room may be told later is told in time though a room is slow, or rests', async () => {
    const bench = createBench();
    bench.platform.hold((room) => (room.room === 'C3' ? new Promise(() => {}) : null));
    bench.platform.failWith(({ room }) =>
      room.room === 'C1' ? new AnnounceError('limited', 'ratelimited', { retryAfterMs: HOUR }) : null,
    );
    for (const number of [1, 2]) bench.outbox.put(outgoing(bench, `m:${number}`, 'never'));
    const at = bench.clock.clock.now() + 30 * SECOND;
    bench.outbox.put(card(bench, 'in time', { room: LONDON, notBefore: at }));
    open(bench);
    await pass(bench.clock, 40 * SECOND);
    expect(bench.platform.heard).toEqual(['C2 posts: in time']);
    bench.outbox.put(card(bench, 'hangs', { room: { platform: 'slack', room: 'C3' } }));
    bench.outbox.put(card(bench, 'later', { room: LONDON, notBefore: at + 60 * SECOND }));
    await pass(bench.clock, 62 * SECOND);
    expect(bench.platform.heard).toEqual(['C2 posts: in time', 'C2 changes 1: later']);
  });

  test('a platform that hangs does not hold up another one, however many of its rooms wait', async () => {
    const bench = createBench();
    const gate = Promise.withResolvers<void>();
    bench.platform.hold((room) => (room.platform === 'webex' ? gate.promise : null));
    const webex = Array.from({ length: 100 }, (_, i) => ({ platform: 'webex', room: `W${i}` }));
    for (const room of webex) bench.outbox.put(outgoing(bench, 'm', 'm', { room }));
    for (const number of [1, 2, 3]) bench.outbox.put(outgoing(bench, `m:${number}`, `m${number}`));
    open(bench);
    await settle();
    expect(bench.platform.heard).toEqual(['C1 posts: m1', 'C1 posts: m2', 'C1 posts: m3']);
    expect(bench.platform.state.most).toBeLessThan(20);
    gate.resolve();
    await settle();
    expect(bench.platform.heard.length).toBe(103);
  });

  test.each([
    ['in one room', 1],
    ['in a hundred rooms', 100],
    ['in a room each', 10_000],
  ])('ten thousand waiting %s are told once each, in order', async (_claim, rooms) => {
    const bench = createBench();
    for (let number = 0; number < 10_000; number += 1) {
      const room = { platform: 'slack', room: `C${number % rooms}` };
      bench.outbox.put(outgoing(bench, `m:${number}`, String(number), { room }));
    }
    open(bench);
    await expect.poll(() => bench.outbox.waiting().length, { timeout: 15_000, interval: 50 }).toBe(0);
    expect(bench.platform.heard.length).toBe(10_000);
    const byRoom = Map.groupBy(bench.platform.heard, (line) => line.split(' ')[0]);
    for (const lines of byRoom.values()) {
      const numbers = lines.map((line) => Number(line.split(': ')[1]));
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }
    expect(bench.platform.state).toMatchObject({ mostInOneRoom: 1 });
    expect(bench.platform.state.most).toBeLessThanOrEqual(16);
  });
});

describe('a platform that does not take it', () => {
  test('because of too many messages is asked again after the time it names', async () => {
    const bench = createBench();
    let tries = 0;
    bench.platform.failWith(() => {
      tries += 1;
      return tries === 1 ? new AnnounceError('limited', 'ratelimited', { retryAfterMs: 30 * SECOND }) : null;
    });
    bench.outbox.put(card(bench, 'lost'), outgoing(bench, 'note', 'second'));
    open(bench);
    await pass(bench.clock, 29 * SECOND);
    expect(tries).toBe(1);
    await pass(bench.clock, SECOND);
    expect(bench.platform.heard).toEqual(['C1 posts: lost', 'C1 posts: second']);
  });

  test('because it is out is asked again after growing pauses, and hears the latest state when it is back', async () => {
    const bench = createBench();
    const tries: number[] = [];
    let isOut = true;
    const start = bench.clock.clock.now();
    bench.platform.failWith(() => {
      tries.push((bench.clock.clock.now() - start) / SECOND);
      return isOut ? new AnnounceError('unreachable', 'ECONNREFUSED') : null;
    });
    const delivery = open(bench);
    for (let state = 0; state < 20; state += 1) {
      bench.outbox.put(card(bench, `state ${state}`));
      delivery.wake();
      await pass(bench.clock, MINUTE);
    }
    expect(tries.slice(0, 8)).toEqual([0, 5, 15, 35, 75, 155, 315, 615]);
    expect(delivery.status().resting).toBe(1);
    isOut = false;
    await pass(bench.clock, 5 * MINUTE);
    expect(bench.platform.heard).toEqual(['C1 posts: state 19']);
    expect(delivery.status()).toEqual({ underWay: 0, resting: 0, lost: [] });
    expect(bench.lost).toEqual([]);
  });

  test('and what nobody understands is asked again, too', async () => {
    const bench = createBench();
    let tries = 0;
    bench.platform.failWith(() => {
      tries += 1;
      return tries === 1 ? new TypeError('undefined is not a function') : null;
    });
    bench.outbox.put(card(bench, 'lost'));
    open(bench);
    await pass(bench.clock, 5 * SECOND);
    expect(bench.platform.heard).toEqual(['C1 posts: lost']);
  });

  test('keeps the order of the room: nothing is told before what could not be told', async () => {
    const bench = createBench();
    let tries = 0;
    bench.platform.failWith(({ text }) => {
      if (text !== 'first') return null;
      tries += 1;
      return tries < 4 ? new AnnounceError('unreachable', 'ETIMEDOUT') : null;
    });
    for (const text of ['first', 'second', 'third']) bench.outbox.put(outgoing(bench, text, text));
    open(bench);
    await pass(bench.clock, 2 * MINUTE);
    expect(bench.platform.heard).toEqual(['C1 posts: first', 'C1 posts: second', 'C1 posts: third']);
  });

  test('for what it is gives it up, and holds up nothing else', async () => {
    const bench = createBench();
    bench.platform.failWith(({ text }) =>
      text === 'monster' ? new AnnounceError('unfit', 'no_text') : null,
    );
    for (const text of ['monster', 'second']) bench.outbox.put(outgoing(bench, text, text));
    open(bench);
    await settle();
    expect(bench.platform.heard).toEqual(['C1 posts: second']);
    expect(bench.outbox.givenUp()).toEqual(['monster']);
    expect(bench.lost).toEqual([]);
  });

  test.each([
    ['a message', false, 25 * HOUR, []],
    ['a message of less than a day', false, 23 * HOUR, ['C1 posts: new']],
    ['a change of a card that stands there', true, 6 * 24 * HOUR, ['C1 changes 1: new']],
    ['a change of a card that nobody could make for a week', true, 8 * 24 * HOUR, []],
  ] as const)('%s: whether it is still told', async (_claim, hasCard, outageMs, expected) => {
    const bench = createBench();
    let isOut = false;
    bench.platform.failWith(() => (isOut ? new AnnounceError('unreachable', 'ECONNREFUSED') : null));
    const delivery = open(bench);
    if (hasCard) {
      bench.outbox.put(card(bench, 'old'));
      delivery.wake();
      await settle();
    }
    isOut = true;
    bench.outbox.put(card(bench, 'new'));
    delivery.wake();
    await pass(bench.clock, outageMs);
    isOut = false;
    await pass(bench.clock, 5 * MINUTE);
    expect(bench.platform.heard.slice(hasCard ? 1 : 0)).toEqual(expected);
    expect(bench.outbox.waiting()).toEqual([]);
  });
});

describe('a room that takes nothing', () => {
  const refuse = (bench: Bench, reason: string) =>
    bench.platform.failWith(({ room }) => (room.room === 'C1' ? new AnnounceError('refused', reason) : null));

  test('is lost after three refusals over ten minutes: said once, with what waits', async () => {
    const bench = createBench();
    refuse(bench, 'is_archived');
    bench.outbox.put(card(bench, 'lost'), outgoing(bench, 'note', 'note'));
    const delivery = open(bench);
    await pass(bench.clock, 9 * MINUTE);
    expect(bench.lost).toEqual([]);
    await pass(bench.clock, 4 * MINUTE);
    expect(bench.lost).toEqual(['C1 is_archived 2']);
    expect(delivery.status().lost).toMatchObject([{ room: NOC, reason: 'is_archived' }]);
    await pass(bench.clock, 12 * HOUR);
    expect(bench.lost.length).toBe(1);
  });

  test('is tried once an hour, and hears the latest state when it is there again', async () => {
    const bench = createBench();
    let tries = 0;
    bench.platform.failWith(() => {
      tries += 1;
      return new AnnounceError('refused', 'not_in_channel');
    });
    const delivery = open(bench);
    for (let state = 0; state <= 60; state += 1) {
      bench.outbox.put(card(bench, `state ${state}`));
      delivery.wake();
      await pass(bench.clock, 10 * MINUTE);
    }
    expect(tries).toBeGreaterThanOrEqual(12);
    expect(tries).toBeLessThanOrEqual(16);
    bench.platform.failWith(() => null);
    await pass(bench.clock, HOUR);
    expect(bench.platform.heard).toEqual(['C1 posts: state 60']);
    expect(delivery.status().lost).toEqual([]);
    expect(bench.log).toContain('the room can be told again incident:1');
  });

  test('is lost anew when it goes a second time', async () => {
    const bench = createBench();
    refuse(bench, 'is_archived');
    bench.outbox.put(card(bench, 'one'));
    const delivery = open(bench);
    await pass(bench.clock, 20 * MINUTE);
    bench.platform.failWith(() => null);
    await pass(bench.clock, HOUR);
    refuse(bench, 'channel_not_found');
    bench.outbox.put(card(bench, 'two'));
    delivery.wake();
    await pass(bench.clock, 20 * MINUTE);
    expect(bench.lost).toEqual(['C1 is_archived 1', 'C1 channel_not_found 1']);
  });

  test('is not lost by a refusal that passes', async () => {
    const bench = createBench();
    refuse(bench, 'not_in_channel');
    bench.outbox.put(card(bench, 'lost'));
    open(bench);
    await pass(bench.clock, 5 * MINUTE);
    bench.platform.failWith(() => null);
    await pass(bench.clock, 5 * MINUTE);
    expect(bench.platform.heard).toEqual(['C1 posts: lost']);
    expect(bench.lost).toEqual([]);
  });

  test('does not hold up others', async () => {
    const bench = createBench();
    refuse(bench, 'is_archived');
    bench.outbox.put(card(bench, 'never'), card(bench, 'here', { room: LONDON }));
    open(bench);
    await settle();
    expect(bench.platform.heard).toEqual(['C2 posts: here']);
  });

  test('is passed on again when passing it on failed', async () => {
    const bench = createBench();
    refuse(bench, 'is_archived');
    bench.outbox.put(card(bench, 'lost'));
    let calls = 0;
    const delivery = createDelivery({
      outbox: bench.outbox,
      announcer: bench.platform.announcer,
      clock: bench.clock.clock,
      log: { info: () => {}, warn: () => {}, error: () => {} },
      onRoomLost: async () => {
        calls += 1;
        if (calls === 1) throw new Error('the database is locked');
      },
    });
    begun(bench, delivery);
    await pass(bench.clock, 20 * MINUTE);
    expect(calls).toBe(1);
    await pass(bench.clock, 5 * HOUR);
    expect(calls).toBe(2);
  });
});

describe('a message that is gone', () => {
  test('is posted anew, and that one is changed from then on', async () => {
    const bench = createBench();
    const delivery = open(bench);
    const tellCard = async (text: string) => {
      bench.outbox.put(card(bench, text));
      delivery.wake();
      await settle();
    };
    await tellCard('lost');
    bench.platform.failWith(({ how }) =>
      how === 'changes' ? new AnnounceError('gone', 'message_not_found') : null,
    );
    await tellCard('half back');
    bench.platform.failWith(() => null);
    await tellCard('all back');
    expect(bench.platform.heard).toEqual(['C1 posts: lost', 'C1 posts: half back', 'C1 changes 2: all back']);
  });

  test('leaves its answers a message of their own', async () => {
    const bench = createBench();
    bench.platform.failWith(({ how }) =>
      how.startsWith('answers') ? new AnnounceError('gone', 'thread_not_found') : null,
    );
    bench.outbox.put(card(bench, 'lost'), outgoing(bench, 'detail', 'the list', { under: 'incident:1' }));
    open(bench);
    await settle();
    expect(bench.platform.heard).toEqual(['C1 posts: lost', 'C1 posts: the list']);
  });
});

describe('a process that is killed', () => {
  /** Passes on until `at` tellings were confirmed by the platform, then nothing more reaches the outbox: the process is gone. */
  function killAfter(
    outbox: TestOutbox,
    at: number,
  ): { readonly outbox: Outbox; readonly killed: Promise<void> } {
    let confirmed = 0;
    const killed = Promise.withResolvers<void>();
    const never = new Promise<never>(() => {});
    return {
      killed: killed.promise,
      outbox: {
        ...outbox,
        told(waiting, told) {
          confirmed += 1;
          if (confirmed < at) return outbox.told(waiting, told);
          killed.resolve();
          return never;
        },
      },
    };
  }

  test.each([1, 2, 3, 5])('between post %d and its being remembered repeats that one alone', async (at) => {
    const bench = createBench();
    for (const number of [1, 2, 3, 4, 5]) bench.outbox.put(outgoing(bench, `m:${number}`, `m${number}`));
    const first = killAfter(bench.outbox, at);
    open(bench, { outbox: first.outbox });
    await first.killed;
    await settle();
    open(bench);
    await settle();
    const told = bench.platform.heard.map((line) => line.split(': ')[1]);
    expect(told).toEqual(
      ['m1', 'm2', 'm3', 'm4', 'm5'].flatMap((one, i) => (i === at - 1 ? [one, one] : [one])),
    );
  });

  test('posts again what was under way with the same key, and the next state with another', async () => {
    const bench = createBench();
    bench.outbox.put(card(bench, 'lost'));
    const first = killAfter(bench.outbox, 1);
    open(bench, { outbox: first.outbox });
    await first.killed;
    open(bench);
    await settle();
    bench.outbox.put(outgoing(bench, 'incident:1', 'back'));
    open(bench);
    await settle();
    const [before, after, next] = bench.platform.keys;
    expect(before).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
    expect(after).toBe(before);
    expect(next).not.toBe(before);
  });

  test('loses nothing of what came while it was away', async () => {
    const bench = createBench();
    const delivery = open(bench);
    bench.outbox.put(card(bench, 'lost'));
    delivery.wake();
    await settle();
    await delivery.stop();
    bench.outbox.put(card(bench, 'back'));
    delivery.wake();
    await settle();
    expect(bench.platform.heard).toEqual(['C1 posts: lost']);
    open(bench);
    await settle();
    expect(bench.platform.heard).toEqual(['C1 posts: lost', 'C1 changes 1: back']);
  });
});

describe('an outbox that fails', () => {
  test('when something was told is asked to remember it until it does, before anything else is told', async () => {
    const bench = createBench();
    let failures = 3;
    const outbox: Outbox = {
      ...bench.outbox,
      async told(waiting, told) {
        failures -= 1;
        if (failures >= 0) throw new Error('database is locked');
        return bench.outbox.told(waiting, told);
      },
    };
    bench.outbox.put(outgoing(bench, 'm:1', 'm1'), outgoing(bench, 'm:2', 'm2'));
    open(bench, { outbox });
    await pass(bench.clock, 20 * SECOND);
    expect(bench.platform.heard).toEqual(['C1 posts: m1']);
    await pass(bench.clock, 20 * SECOND);
    expect(bench.platform.heard).toEqual(['C1 posts: m1', 'C1 posts: m2']);
  });

  test('when it is read is read again', async () => {
    const bench = createBench();
    let failures = 2;
    const outbox: Outbox = {
      ...bench.outbox,
      async due(now) {
        failures -= 1;
        if (failures >= 0) throw new Error('disk I/O error');
        return bench.outbox.due(now);
      },
    };
    bench.outbox.put(card(bench, 'lost'));
    open(bench, { outbox });
    await pass(bench.clock, MINUTE);
    expect(bench.platform.heard).toEqual(['C1 posts: lost']);
  });

  test('when something is put off is not asked in a circle', async () => {
    const bench = createBench();
    let tries = 0;
    bench.platform.failWith(() => {
      tries += 1;
      return new AnnounceError('unreachable', 'ECONNREFUSED');
    });
    const outbox: Outbox = { ...bench.outbox, postpone: () => Promise.reject(new Error('disk is full')) };
    bench.outbox.put(card(bench, 'lost'));
    open(bench, { outbox });
    await pass(bench.clock, MINUTE);
    expect(tries).toBeLessThanOrEqual(6);
  });
});

test('what was just committed is told soon though a room rests and its moment is a little ahead of the clock', async () => {
  const bench = createBench();
  bench.platform.failWith(({ room }) =>
    room.room === 'C1' ? new AnnounceError('limited', 'ratelimited', { retryAfterMs: HOUR }) : null,
  );
  for (const number of [1, 2]) bench.outbox.put(outgoing(bench, `m:${number}`, 'never'));
  const delivery = open(bench);
  await settle();
  const soon = bench.clock.clock.now() + 2;
  bench.outbox.put(card(bench, 'soon', { room: LONDON, notBefore: soon }));
  delivery.wake();
  await pass(bench.clock, 50);
  expect(bench.platform.heard).toEqual(['C2 posts: soon']);
});

test('whatever takes how long: each is told once, in the order of its room, and a card ends as its latest state', async () => {
  const delays = fc.array(fc.nat(4), { minLength: 5, maxLength: 20 });
  const commits = fc.array(fc.record({ room: fc.nat(3), slot: fc.nat(5), isCard: fc.boolean() }), {
    maxLength: 40,
  });
  await fc.assert(
    fc.asyncProperty(delays, commits, async (turns, puts) => {
      const bench = createBench();
      let step = 0;
      const dawdle = async () => {
        step += 1;
        for (let left = turns[step % turns.length] ?? 0; left > 0; left -= 1) await systemClock.breathe();
      };
      bench.platform.hold(dawdle);
      const { due, told, next } = bench.outbox;
      const late = async <T>(read: Promise<T>): Promise<T> => {
        const found = await read;
        await dawdle();
        return found;
      };
      // What is read is as it was when the reading began; what is written is there when the writing ends.
      const outbox: Outbox = {
        ...bench.outbox,
        due: (now) => late(due(now)),
        next: () => late(next()),
        told: async (waiting, now) => {
          await dawdle();
          await told(waiting, now);
        },
      };
      const delivery = open(bench, { outbox });
      for (const [number, { room, slot, isCard }] of puts.entries()) {
        const more = { room: { platform: 'slack', room: `C${room}` }, inPlace: isCard };
        bench.outbox.put(outgoing(bench, isCard ? `card:${slot}` : `m:${number}`, String(number), more));
        delivery.wake();
        await dawdle();
      }
      for (let turn = 0; turn < 3_000 && bench.outbox.waiting().length > 0; turn += 1) await settle();
      expect(bench.outbox.waiting()).toEqual([]);
      const heard = bench.platform.heard.map((line) => Number(line.split(': ')[1]));
      expect(new Set(heard).size).toBe(heard.length);
      const expected = puts.flatMap(({ isCard }, number) => (isCard ? [] : [number]));
      expect(heard.filter((number) => !puts[number]?.isCard).toSorted((a, b) => a - b)).toEqual(expected);
      for (const [number, { room, slot, isCard }] of puts.entries()) {
        const later = puts
          .slice(number + 1)
          .some((one) => one.isCard && one.room === room && one.slot === slot);
        if (isCard && !later) expect(heard).toContain(number);
      }
      expect(bench.platform.state.mostInOneRoom).toBeLessThanOrEqual(1);
    }),
    { numRuns: 60 },
  );
});

test('a clock that is set back by an hour delays nothing', async () => {
  const bench = createBench();
  const delivery = open(bench);
  await settle();
  bench.outbox.put(card(bench, 'lost'));
  bench.clock.set(-HOUR);
  delivery.wake();
  await settle();
  expect(bench.platform.heard).toEqual(['C1 posts: lost']);
});

test('stopping waits for what is under way, but not for ever', async () => {
  const bench = createBench();
  const gate = Promise.withResolvers<void>();
  bench.platform.hold(() => gate.promise);
  bench.outbox.put(card(bench, 'lost'), outgoing(bench, 'note', 'second'));
  const delivery = open(bench);
  await settle();
  const stopped = delivery.stop();
  gate.resolve();
  await stopped;
  expect(bench.platform.heard).toEqual(['C1 posts: lost']);
  expect(bench.outbox.toldOf(NOC, 'incident:1')?.id).toBe('1');

  const stuck = createBench();
  stuck.platform.hold(() => new Promise(() => {}));
  stuck.outbox.put(card(stuck, 'lost'));
  const late = open(stuck);
  await settle();
  const given = late.stop();
  await pass(stuck.clock, 5 * SECOND);
  await given;
  expect(stuck.platform.heard).toEqual([]);
});
