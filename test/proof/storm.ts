/** A storm over a simulated cluster, and a risbot that is killed in it again and again; then calm, and what is left. */
import { type Cucm, startCucm } from '../../simulator/cucm/cucm.ts';
import { type Random, seededRandom } from '../../simulator/cucm/random.ts';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/store/open.ts';
import { readStore } from '../../src/store/read.ts';
import type { Remembered } from '../../src/watch/ports.ts';
import { type Death, type Evidence, falseBeliefs } from './evidence.ts';
import { createMortal, type Life, type Mortal } from './mortal.ts';
import { openRemains, type Remains } from './remains.ts';
import { type RoomServer, startRoomServer } from './room-server.ts';
import type { Orders } from './watcher.ts';
import { createWeather, type Weather } from './weather.ts';

export interface StormOptions {
  /** Of the database. */
  readonly url: string;
  readonly seed: string;
  readonly kills: number;
  /** A folder for compiled modules: lives begin sooner with it. */
  readonly cache: string;
}

/** More than CUCM allows, so that in four minutes there is as much to see as otherwise in an hour. */
const ALLOWANCE = 450;
const PACE = 20;
const DEVICES = 300;

/** Shares of the kills: the first hit a database that is being made; then people ask for more than there is; at last the storm is over. */
const MAKING = 0.05;
const ASKING = [0.68, 0.93] as const;
const SETTLING = 0.95;

const LIFE_MS = [150, 900] as const;
const EARLY_SHARE = 0.15;
const EARLY_MS = [0, 250] as const;
/** On a machine that is busy a life of that length sees nothing: some go on until CUCM has answered so many requests. */
const SEEING_SHARE = 0.5;
const MOST_ANSWERS = 6;
const SEEING_WITHIN_MS = 4_000;
/** And some until a message is under way. */
const IN_FLIGHT_SHARE = 0.6;
const IN_FLIGHT_WITHIN_MS = 600;

const UP_WITHIN_MS = 20_000;
const CALM_WITHIN_MS = 180_000;
const CALM_FOR = 3;
const TICK_MS = 100;

/** No two of them can be asked in one request. */
const QUESTIONS = ['8845', '8851', '7841', '7821', '8865', '8875', '8832', '6961', '7962', '7942'].flatMap(
  (model) => ['cucm1', 'cucm2', 'cucm3'].map((node) => `find model:${model} node:${node}`),
);

const WATCHES = [
  { room: '#noc', text: 'all phones grace:0s' },
  { room: '#lon', text: 'ip:10.4.2.0/24 grace:0s' },
  { room: '#par', text: 'ip:10.8.2.0/24 grace:0s' },
  { room: '#ber', text: 'ip:10.12.2.0/24 grace:0s' },
  { room: '#nyc', text: 'ip:10.16.2.0/24 grace:0s' },
  { room: '#ams', text: 'ip:10.20.2.0/24 grace:0s' },
] as const;

/** What one risbot, in all its lives, has to do with. */
interface Scene {
  readonly options: StormOptions;
  readonly random: Random;
  readonly cucm: Cucm;
  readonly rooms: RoomServer;
  readonly weather: Weather;
  readonly mortal: Mortal;
  readonly remains: Remains;
  readonly names: readonly string[];
}

export async function storm(options: StormOptions): Promise<Evidence> {
  const random = seededRandom(options.seed);
  const latency = seededRandom(`latency ${options.seed}`);
  const cucm = await startCucm({
    http: true,
    devices: DEVICES,
    seed: options.seed,
    requestsPerMinute: ALLOWANCE,
    latencyMs: () => 5 + latency.below(40),
    pace: PACE,
  });
  const rooms = await startRoomServer(seededRandom(`rooms ${options.seed}`));
  const mortal = createMortal(options.cache);
  const remains = await openRemains(options.url);
  const weather = createWeather(cucm, seededRandom(`weather ${options.seed}`));
  const names = cucm.cluster.devices.map(({ name }) => name).filter((name) => name.startsWith('SEP'));
  const scene = { options, random, cucm, rooms, weather, mortal, remains, names };
  const over = new AbortController();
  const blowing = blow(weather, over.signal);
  try {
    const lives = await killAgainAndAgain(scene);
    await calm(scene, options.kills);
    return { ...lives, ...(await gatherEvidence(scene)) };
  } finally {
    over.abort();
    await Promise.all([blowing, mortal.end(), rooms.close(), cucm.stop(), remains.close()]);
  }
}

async function blow(weather: Weather, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    weather.tick();
    await systemClock.sleep(TICK_MS, signal).catch(() => {});
  }
}

async function killAgainAndAgain(scene: Scene): Promise<Pick<Evidence, 'deaths' | 'scarceFrom'>> {
  const { options, weather, names, mortal } = scene;
  const { kills } = options;
  const deaths: Death[] = [];
  const making = Math.max(1, Math.round(kills * MAKING));
  const settling = Math.round(kills * SETTLING);
  let scarceFrom = Number.POSITIVE_INFINITY;
  for (let life = 0; life < kills; life += 1) {
    const share = life / kills;
    const watches = life === making ? watchesOf(names) : [];
    const isAsked = share >= ASKING[0] && share < ASKING[1];
    if (isAsked) scarceFrom = Math.min(scarceFrom, Date.now());
    if (life === settling) weather.settle();
    const living = await mortal.begin(
      ordersFor(scene, { life, watches, asks: isAsked ? { questions: QUESTIONS, everyMs: 25 } : null }),
    );
    if (life === making) await firstLook(scene, living);
    if (life > making) weather.begin();
    deaths.push(await killAtAnyMoment(scene, living, life < making, life));
  }
  return { deaths, scarceFrom };
}

/** What is away before anybody has looked is no news: the storm waits until everything has been seen once. */
async function firstLook({ options, names }: Scene, living: Life): Promise<void> {
  await inTime(living, 'watching');
  const until = systemClock.monotonic() + UP_WITHIN_MS;
  for (let hasSeen = false; !hasSeen; ) {
    if (systemClock.monotonic() > until) throw new Error('it has not seen everything once in time');
    await systemClock.sleep(200);
    hasSeen = await looks(options.url, ({ standing, known }) => {
      return known.length >= names.length && standing.length > 3 && standing.every((one) => one.baselined);
    });
  }
}

async function looks(url: string, as: (remembered: Remembered) => boolean): Promise<boolean> {
  const reader = await readStore(url);
  try {
    return as(await reader.load());
  } finally {
    await reader.close();
  }
}

function watchesOf(names: readonly string[]): Orders['watches'] {
  const some = (from: number) => `${names.slice(from, from + 12).join(' ')} grace:0s`;
  return [...WATCHES, { room: '#vip', text: some(40) }, { room: '#desk', text: some(80) }];
}

function ordersFor(
  { options, cucm, rooms }: Scene,
  orders: Pick<Orders, 'life' | 'watches' | 'asks'>,
): Orders {
  const { url, username, password } = cucm;
  return {
    ...orders,
    database: options.url,
    cucm: { url, username, password },
    requestsPerMinute: ALLOWANCE,
    platform: rooms.url,
  };
}

async function killAtAnyMoment(
  { random, rooms, remains, cucm }: Scene,
  living: Life,
  isMaking: boolean,
  life: number,
): Promise<Death> {
  const within = ([least, most]: readonly [number, number]) => least + random.next() * (most - least);
  const isEarly = isMaking || random.next() < EARLY_SHARE;
  const lives = within(isEarly ? EARLY_MS : LIFE_MS);
  const answers = random.next() < SEEING_SHARE ? 1 + random.below(MOST_ANSWERS) : 0;
  const isInFlight = random.next() < IN_FLIGHT_SHARE;
  if (!isEarly) await inTime(living, 'up');
  const before = cucm.requests().length;
  await systemClock.sleep(lives);
  if (!isEarly) {
    await until(() => cucm.requests().length >= before + answers, SEEING_WITHIN_MS);
    if (isInFlight) await until(() => rooms.underWay().size > 0, IN_FLIGHT_WITHIN_MS);
  }
  const underWay = rooms.underWay().size;
  const of = await living.kill();
  return { life, of, wasUp: living.lines.includes('up'), underWay, held: await remains.waiting() };
}

/** Or for as long as that is waited for. */
async function until(isSo: () => boolean, withinMs: number): Promise<void> {
  const end = systemClock.monotonic() + withinMs;
  while (!isSo() && systemClock.monotonic() < end) await systemClock.sleep(2);
}

async function inTime(living: Life, word: 'up' | 'watching'): Promise<void> {
  const late = new AbortController();
  const limit = systemClock.sleep(UP_WITHIN_MS, late.signal).then(() => {
    throw new Error(`it did not say ${word} in time, only: ${living.lines.join(', ')}`);
  });
  limit.catch(() => {});
  // One that died by itself is seen by how it died.
  await Promise.race([living.said(word), limit]).finally(() => late.abort());
}

/** Undisturbed, until nothing waits to be told and everything is known as it is; or for as long as that is waited for. */
async function calm(scene: Scene, life: number): Promise<void> {
  const { mortal, remains, weather, options } = scene;
  const living = await mortal.begin(ordersFor(scene, { life, watches: [], asks: null }));
  await inTime(living, 'up');
  const isTrue = (remembered: Remembered) =>
    falseBeliefs({ remembered, nodeOf: weather.nodeOf }).length === 0;
  const until = systemClock.monotonic() + CALM_WITHIN_MS;
  for (let calmFor = 0; calmFor < CALM_FOR && systemClock.monotonic() < until; ) {
    await systemClock.sleep(1_000);
    const isCalm =
      weather.isOver() && (await remains.waiting()).length === 0 && (await looks(options.url, isTrue));
    calmFor = isCalm ? calmFor + 1 : 0;
  }
  await living.kill();
}

/** Opens the database as the next risbot would: on SQLite its pages are checked as well. */
async function gatherEvidence(scene: Scene): Promise<Omit<Evidence, 'deaths' | 'scarceFrom'>> {
  const { options, cucm, rooms, weather, mortal, remains } = scene;
  const waiting = await remains.waiting();
  const told = await remains.told();
  const store = await openStore({ url: options.url, clock: systemClock });
  try {
    const all = { cluster: 'prod', names: null, since: 0, limit: 1_000_000 };
    const incidents = await store.past.incidents({ room: null, cluster: null, limit: 100_000 });
    const whole = await Promise.all(incidents.map(({ id }) => store.past.incident(id)));
    return {
      errors: mortal.errors(),
      allowance: ALLOWANCE,
      requests: cucm.requests(),
      messages: rooms.messages,
      changes: rooms.changes(),
      refused: rooms.faults,
      absences: weather.absences,
      wasUp: weather.wasUp,
      nodeOf: weather.nodeOf,
      transitions: (await store.past.transitions(all)).toReversed(),
      remembered: await store.load(),
      incidents: whole.flatMap((incident) => incident ?? []),
      told,
      waiting,
    };
  } finally {
    await store.close();
  }
}
