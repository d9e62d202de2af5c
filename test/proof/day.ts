/**
 * A day in the life of a cluster: the simulated CUCM over a real socket, the real client, engine, store and delivery, a clock that is turned,
 * and rooms that write down what they hear.
 */
import { onTestFinished } from 'vitest';
import { renderView } from '../../adapters/console/render.ts';
import { type Cucm, type CucmOptions, startCucm } from '../../simulator/cucm/cucm.ts';
import { systemClock } from '../../src/clock.ts';
import { readScope } from '../../src/command/scope.ts';
import type { Lookup } from '../../src/device/lookup.ts';
import { createSweep } from '../../src/lookup/sweep.ts';
import { createRisPort } from '../../src/risport/client.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { announcementView } from '../../src/view/announcement.ts';
import { createDelivery } from '../../src/watch/deliver.ts';
import type { Desk } from '../../src/watch/desk.ts';
import { type Engine, startEngine } from '../../src/watch/engine.ts';
import type { Announcement } from '../../src/watch/incident.ts';
import { AnnounceError, type Announcer, type Delta } from '../../src/watch/ports.ts';
import type { QuietHours, Room, Watch } from '../../src/watch/watch.ts';
import { createTurnedClock, type TurnedClock } from '../watch/turned-clock.ts';

export interface DayOptions {
  readonly cucm?: CucmOptions;
  /** Rows that risbot asks for in a reply; default 2000. */
  readonly maxDevices?: number;
  /** Default 15. */
  readonly allowance?: number;
  readonly quietHours?: readonly QuietHours[];
  /** Clusters beside `prod`, by name, each with what answers its questions. */
  readonly others?: Readonly<Record<string, Lookup>>;
  /** Default `sqlite::memory:`, which cannot be opened twice. */
  readonly database?: string;
  /** Hears of everything that is committed, and when. Epoch milliseconds. */
  readonly onCommitted?: (delta: Delta, at: number) => void;
}

/** Something that a room heard. */
export interface Heard {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly room: string;
  readonly how: 'posts' | 'answers' | 'changes';
  /** Of the message that is posted or changed, or that is answered. */
  readonly message: string;
  readonly announcement: Announcement;
}

export interface Day {
  readonly cucm: Cucm;
  readonly clock: TurnedClock;
  desk(): Desk;
  /** A watch of `#noc`, unless said otherwise. */
  watch(text: string, options?: Partial<Watch>): Promise<Watch>;
  /** `90 s`, `5 min`, `2 h`. */
  pass(time: string): Promise<void>;
  play(...events: string[]): void;
  /** Everything told so far, as people see it, with the time. */
  told(): string;
  /** The titles alone. */
  titles(): readonly string[];
  heard(): readonly Heard[];
  /** The room takes nothing any more, or again. */
  archive(room: string, archived: boolean): void;
  stopBot(): Promise<void>;
  startBot(): Promise<void>;
  /** RisPort70 requests that CUCM has seen. */
  requests(): number;
}

/** Opens a day that is over with the test; the bot runs. It begins on a Monday at 08:00 UTC. */
export async function openDay(options: DayOptions = {}): Promise<Day> {
  const clock = createTurnedClock();
  const cucm = await startCucm({ http: true, requestsPerMinute: 15, ...options.cucm, clock: clock.cucm });
  const work = createWork();
  const network = createNetwork(cucm, clock, options, work);
  const database = await openStore({ url: options.database ?? 'sqlite::memory:', clock: clock.clock });
  // SQLite answers at once, or waits for a lock in real time.
  const store = options.database?.startsWith('postgres') ? work.counted(database) : database;
  const rooms = createRooms(clock);
  let bot: Bot | null = null;

  async function startBot(): Promise<void> {
    bot = await openBot({ clock, network, store, rooms, options });
    await network.settled();
  }

  async function stopBot(): Promise<void> {
    await bot?.stop();
    bot = null;
  }

  async function pass(time: string): Promise<void> {
    let left = readTime(time);
    await network.settled();
    while (left > 0) {
      const step = Math.max(1, Math.min(left, clock.nextIn()));
      left -= step;
      clock.turn(step);
      await network.settled();
    }
  }

  onTestFinished(async () => {
    await stopBot();
    await database.close();
    await network.close();
    await cucm.stop();
  });
  await startBot();
  const desk = (): Desk => {
    if (bot === null) throw new Error('the bot is stopped');
    return bot.engine.desk;
  };
  return {
    cucm,
    clock,
    desk,
    async watch(text, wanted = {}) {
      const room: Room = { platform: 'slack', room: '#noc' };
      const made = await desk().watches.add({
        cluster: 'prod',
        room,
        maker: 'maria',
        text,
        graceMs: null,
        until: null,
        ...wanted,
      });
      await network.settled();
      if (made.type !== 'added') throw new Error(`the watch was not made: ${made.type}`);
      return made.watch;
    },
    pass,
    play(...events) {
      for (const event of events) cucm.play(event);
    },
    told: rooms.told,
    titles: rooms.titles,
    heard: rooms.heard,
    archive: rooms.archive,
    stopBot,
    startBot,
    requests: () => cucm.requests().length,
  };
}

interface Bot {
  readonly engine: Engine;
  stop(): Promise<void>;
}

interface BotParts {
  readonly clock: TurnedClock;
  readonly network: Network;
  readonly store: Store;
  readonly rooms: Rooms;
  readonly options: DayOptions;
}

const QUIET = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };

async function openBot({ clock, network, store, rooms, options }: BotParts): Promise<Bot> {
  const { maxDevices = 2000, allowance = 15 } = options;
  let wake = () => {};
  const engine = await startEngine({
    clusters: [
      {
        name: 'prod',
        lookup: network.lookup,
        walk: (lookup) => createSweep(lookup, { maxDevices }),
        allowance,
        maxDevices,
      },
      ...Object.entries(options.others ?? {}).map(([name, lookup]) => ({
        name,
        lookup,
        walk: (one: Lookup) => createSweep(one, { maxDevices }),
        allowance,
        maxDevices,
      })),
    ],
    store,
    readScope,
    quietHours: options.quietHours ?? [],
    clock: clock.clock,
    log: QUIET,
    onCommitted: (delta) => {
      options.onCommitted?.(delta, clock.cucm.now());
      // As `src/watching.ts` does.
      if ((delta.outgoing?.length ?? 0) > 0) wake();
    },
    historyMs: 90 * 86_400_000,
  });
  const delivery = createDelivery({
    outbox: store.outbox,
    announcer: rooms.announcer,
    clock: clock.clock,
    log: QUIET,
    floor: engine.startedAt,
    onRoomLost: (room, reason, waiting) => engine.roomLost(room, reason, waiting),
  });
  wake = () => delivery.wake();
  delivery.start();
  return {
    engine,
    async stop() {
      await delivery.stop();
      await engine.stop();
    },
  };
}

interface Network {
  readonly lookup: Lookup;
  /** Resolves when nothing is under way any more: everybody sleeps. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** What is waited for before time goes on: requests, and the database. */
interface Work {
  during<T>(work: Promise<T>): Promise<T>;
  /** The same object, whose methods are waited for. */
  counted<T extends object>(target: T): T;
  underWay(): number;
}

function createWork(): Work {
  let underWay = 0;
  const work: Work = {
    async during(promise) {
      underWay += 1;
      try {
        return await promise;
      } finally {
        underWay -= 1;
      }
    },
    counted: (target) =>
      new Proxy(target, {
        get(_target, key) {
          const value: unknown = Reflect.get(target, key);
          if (typeof value === 'object' && value !== null) return work.counted(value);
          if (typeof value !== 'function') return value;
          return (...given: unknown[]) => work.during(Promise.resolve(Reflect.apply(value, target, given)));
        },
      }),
    underWay: () => underWay,
  };
  return work;
}

/** Turns of the event loop in which nothing begins any more. */
const CALM_TURNS = 4;

/** The client, and before it an allowance that lives by the turned clock. */
function createNetwork(
  cucm: Cucm,
  clock: TurnedClock,
  { maxDevices = 2000, allowance = 15 }: DayOptions,
  work: Work,
): Network {
  const client = createRisPort({
    name: 'prod',
    url: cucm.url,
    username: cucm.username,
    password: cucm.password,
    maxDevices,
    clock: clock.clock,
  });
  const sent: number[] = [];
  const lookup: Lookup = async (query, asked = {}) => {
    for (;;) {
      const now = clock.clock.monotonic();
      const recent = sent.filter((at) => now - at < 60_500);
      if (recent.length < allowance) break;
      await clock.clock.sleep((recent[0] ?? now) + 60_500 - now, asked.signal);
    }
    sent.push(clock.clock.monotonic());
    return work.during(client.lookup(query, asked));
  };
  return {
    lookup,
    async settled() {
      for (let calm = 0; calm < CALM_TURNS; calm = work.underWay() > 0 ? 0 : calm + 1)
        await systemClock.breathe();
    },
    close: () => client.close(),
  };
}

interface Rooms {
  readonly announcer: Announcer;
  told(): string;
  titles(): readonly string[];
  heard(): readonly Heard[];
  archive(room: string, archived: boolean): void;
}

function createRooms(clock: TurnedClock): Rooms {
  const all: (Heard & { readonly direct: boolean })[] = [];
  const archived = new Set<string>();
  let messages = 0;
  function hear(
    { room, direct }: Room,
    how: Heard['how'],
    message: string,
    announcement: Announcement,
  ): void {
    if (archived.has(room)) throw new AnnounceError('refused', 'is_archived');
    all.push({ at: clock.cucm.now(), room, direct: direct === true, how, message, announcement });
  }
  const line = ({ at, direct, room, how, message }: (typeof all)[number]) =>
    `${new Date(at).toISOString().slice(11, 19)} ${direct ? '@' : ''}${room} ${how} ${message}`;
  const card = ({ announcement }: Heard) =>
    renderView({ ...announcementView(announcement), actions: [] }, { width: 110, colour: false });
  return {
    announcer: {
      async post(room, thread, announcement) {
        messages += 1;
        const id = String(messages);
        hear(room, thread === null ? 'posts' : 'answers', thread ?? id, announcement);
        return { place: { platform: room.platform, room: room.room }, id };
      },
      async change({ room, id }, announcement) {
        hear(room, 'changes', id, announcement);
      },
    },
    told: () => all.map((one) => `${line(one)}\n${card(one).replace(/^/gm, '    ')}`.trimEnd()).join('\n\n'),
    titles: () => all.map((one) => `${line(one)}: ${announcementView(one.announcement).title}`),
    heard: () => all,
    archive(room, now) {
      if (now) archived.add(room);
      else archived.delete(room);
    },
  };
}

function readTime(time: string): number {
  const [, count = '0', unit = 's'] = /^(\d+) (s|min|h)$/.exec(time) ?? [];
  const ms = { s: 1_000, min: 60_000, h: 3_600_000 }[unit] ?? 0;
  return Number(count) * ms;
}
