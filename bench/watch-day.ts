/**
 * What a day of forty thousand phones costs on disk: the real engine, store and client, a clock that is turned, and the simulated cluster over
 * a real socket. Some hours are played and counted as a day: what is written on a quiet day repeats itself.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Cucm, startCucm } from '../simulator/cucm/cucm.ts';
import { systemClock } from '../src/clock.ts';
import { readScope } from '../src/command/scope.ts';
import type { Lookup } from '../src/device/lookup.ts';
import { createSweep } from '../src/lookup/sweep.ts';
import { createRisPort } from '../src/risport/client.ts';
import { openStore, type Store } from '../src/store/open.ts';
import { createDelivery } from '../src/watch/deliver.ts';
import { startEngine } from '../src/watch/engine.ts';
import { createTurnedClock, type TurnedClock } from '../test/watch/turned-clock.ts';
import type { BenchRow } from './row.ts';

const PHONES = 40_000;
const CAP = 2_000;
const ALLOWANCE = 15;
const MINUTE = 60_000;
/** The baseline is there when the first walk through all devices has ended; it is given up on after so long. Minutes. */
const BASELINE_STEP_MINUTES = 5;
const BASELINE_AT_MOST_MINUTES = 60;
const PLAYED_HOURS = 2;
const DAY_HOURS = 24;
/** Calm turns of the event loop after which everybody sleeps. */
const CALM_TURNS = 4;
/** A day's ordinary noise: a phone in a hundred is reset, five hundred people log in and out. */
const RESETS_A_DAY = PHONES / 100;
const LOGINS_A_DAY = 500;

/** What the file grew by, in bytes, and what was asked and remembered meanwhile. */
interface Played {
  readonly grown: number;
  readonly requests: number;
  readonly transitions: number;
}

export async function benchWatchDay(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'risbot-bench-'));
  const clock = createTurnedClock();
  const cucm = await startCucm({ http: true, devices: PHONES, requestsPerMinute: null, clock: clock.cucm });
  const file = join(folder, 'risbot.db');
  const store = await openStore({ url: `sqlite:${file}`, clock: clock.clock });
  try {
    const day = await openDay({ clock, cucm, store });
    process.stderr.write('  the baseline\n');
    const known = await baseline(day);
    process.stderr.write(`  ${known} known; ${PLAYED_HOURS} quiet hours\n`);
    const play = (noise: (minute: number) => void) => played({ day, file, store, cucm, clock, noise });
    const quiet = await play(() => {});
    process.stderr.write(`  ${PLAYED_HOURS} hours with their usual noise\n`);
    const usual = await play(noiseOf(cucm));
    await day.stop();
    return [
      row(`a strictly quiet day of ${PHONES} phones`, quiet),
      row(`a day with ${RESETS_A_DAY} resets, ${LOGINS_A_DAY} logins and as many logouts`, usual),
    ];
  } finally {
    await store.close();
    await cucm.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Rejects when the first walk has not ended in time: what is counted then would be the walk, and no quiet day. */
async function baseline(day: Day): Promise<number> {
  for (let minutes = 0; minutes < BASELINE_AT_MOST_MINUTES; minutes += BASELINE_STEP_MINUTES) {
    await day.pass(BASELINE_STEP_MINUTES * MINUTE, () => {});
    const known = day.walked();
    if (known !== null) return known;
  }
  throw new Error(
    `the first walk through all devices has not ended within ${BASELINE_AT_MOST_MINUTES} minutes`,
  );
}

interface Day {
  /** Devices found by the first walk through all of them; null: it has not ended. */
  walked(): number | null;
  /** Turns the clock; `minutely` is called each minute. */
  pass(ms: number, minutely: (minute: number) => void): Promise<void>;
  stop(): Promise<void>;
}

interface Parts {
  readonly clock: TurnedClock;
  readonly cucm: Cucm;
  readonly store: Store;
}

const SILENT = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };

async function openDay({ clock, cucm, store }: Parts): Promise<Day> {
  const network = createNetwork({ clock, cucm, store });
  const room = { platform: 'loopback', room: '#noc' };
  const createdAt = clock.clock.now();
  const watch = { id: 1, cluster: 'bench', room, maker: 'bench', text: 'all phones' };
  await store.commit({ watches: [{ ...watch, graceMs: null, until: null, createdAt }] });
  let wake = () => {};
  const engine = await startEngine({
    clusters: [
      {
        name: 'bench',
        lookup: network.lookup,
        walk: (lookup) => createSweep(lookup, { maxDevices: CAP }),
        allowance: ALLOWANCE,
        maxDevices: CAP,
      },
    ],
    store,
    readScope,
    quietHours: [],
    clock: clock.clock,
    log: SILENT,
    onCommitted: () => wake(),
    historyMs: 90 * DAY_HOURS * 60 * MINUTE,
  });
  let messages = 0;
  const delivery = createDelivery({
    outbox: store.outbox,
    announcer: {
      post: async () => ({ place: room, id: String(++messages) }),
      change: async () => {},
    },
    clock: clock.clock,
    log: SILENT,
    onRoomLost: (lost, reason, waiting) => engine.roomLost(lost, reason, waiting),
  });
  wake = () => delivery.wake();
  delivery.start();
  return {
    walked: () => {
      const { audit, devices } = engine.desk.plan('bench');
      return audit?.lastAt == null ? null : devices;
    },
    async pass(ms, minutely) {
      for (let left = ms, minute = 0; left > 0; ) {
        await network.settled();
        const step = Math.max(1, Math.min(left, clock.nextIn()));
        left -= step;
        clock.turn(step);
        for (; minute < Math.floor((ms - left) / MINUTE); minute += 1) minutely(minute);
      }
      await network.settled();
    },
    async stop() {
      await delivery.stop();
      await engine.stop();
      await network.close();
    },
  };
}

/** The client, with an allowance that lives by the turned clock and is noted as `src/app.ts` has it noted. */
function createNetwork({ clock, cucm, store }: Parts) {
  const { url, username, password } = cucm;
  const client = createRisPort({
    name: 'bench',
    url,
    username,
    password,
    maxDevices: CAP,
    clock: clock.clock,
  });
  const { now, monotonic, sleep } = clock.clock;
  const sent: number[] = [];
  let underWay = 0;
  const lookup: Lookup = async (query, asked = {}) => {
    for (;;) {
      const [oldest = 0] = sent.slice(-ALLOWANCE);
      const wait = sent.length < ALLOWANCE ? 0 : oldest + MINUTE - monotonic();
      if (wait <= 0) break;
      await sleep(wait, asked.signal);
    }
    sent.push(monotonic());
    underWay += 1;
    const at = now();
    try {
      await store.requests.note('bench', at);
      return await client.lookup(query, asked);
    } finally {
      await store.requests.ended('bench', at, now());
      underWay -= 1;
    }
  };
  return {
    lookup,
    async settled() {
      for (let calm = 0; calm < CALM_TURNS; calm = underWay > 0 ? 0 : calm + 1) await systemClock.breathe();
    },
    close: () => client.close(),
  };
}

interface Play {
  readonly day: Day;
  readonly file: string;
  readonly store: Store;
  readonly cucm: Cucm;
  readonly clock: TurnedClock;
  readonly noise: (minute: number) => void;
}

async function played({ day, file, store, cucm, clock, noise }: Play): Promise<Played> {
  const before = sizeOf(file);
  const since = clock.clock.now();
  const asked = () => cucm.requests().filter(({ at }) => at >= since).length;
  await day.pass(PLAYED_HOURS * 60 * MINUTE, noise);
  const filter = { cluster: 'bench', names: null, since, limit: 1_000_000 };
  const transitions = (await store.past.transitions(filter)).length;
  return { grown: sizeOf(file) - before, requests: asked(), transitions };
}

/** The database with all that its log holds. */
function sizeOf(file: string): number {
  const database = new DatabaseSync(file);
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
  const sizes = [file, `${file}-wal`].map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The hours' share of a day's resets, logins and logouts, a few each minute. */
function noiseOf({ cluster, play }: Cucm): (minute: number) => void {
  const phones = cluster.devices.filter(
    ({ name, rows }) => name.startsWith('SEP') && rows.some((row) => row?.status === 'Registered'),
  );
  const each = (count: number, minute: number) =>
    Math.floor(((minute + 1) * count) / (DAY_HOURS * 60)) - Math.floor((minute * count) / (DAY_HOURS * 60));
  const anyPhone = () => phones[Math.floor(Math.random() * phones.length)]?.name ?? '';
  const inUse: string[] = [];
  return (minute) => {
    for (let left = each(RESETS_A_DAY, minute); left > 0; left -= 1) play(`reset ${anyPhone()}`);
    for (let left = each(LOGINS_A_DAY, minute); left > 0; left -= 1) {
      const phone = anyPhone();
      inUse.push(phone);
      play(`em login ${phone} person${minute}`);
    }
    // Everybody stays for half an hour; whoever is left at the end goes on staying.
    for (let left = each(LOGINS_A_DAY, minute - 30); minute >= 30 && left > 0; left -= 1) {
      play(`em logout ${inUse.shift() ?? ''}`);
    }
  };
}

function row(what: string, { grown, requests, transitions }: Played): BenchRow {
  const aDay = (grown * DAY_HOURS) / PLAYED_HOURS / 1_048_576;
  return {
    what,
    ours: `${aDay.toFixed(2)} MB, from ${PLAYED_HOURS} h times ${DAY_HOURS / PLAYED_HOURS}: ${(grown / 1024).toFixed(0)} kB, ${requests} requests, ${transitions} transitions`,
    peer: '-',
    bound: 'the database grows by less than 5 MB',
    ok: aDay < 5,
  };
}
