/** A day of random events on a simulated cluster, and how it really was: written down from the cluster's own rows, not from any reply. */
import { advance } from '../../simulator/cucm/cluster.ts';
import type { SimDevice } from '../../simulator/cucm/model.ts';
import { type Random, seededRandom } from '../../simulator/cucm/random.ts';
import { standingRow } from '../../simulator/cucm/registration.ts';
import { isSoftClient } from '../../src/device/soft-clients.ts';
import type { Delta } from '../../src/watch/ports.ts';
import { type Day, type Heard, openDay } from './day.ts';

/** Times are seconds since the day began. `begin` and `end`: words of the cluster, or `bot stop`, `bot start`, `throttle begins`, `throttle ends`. */
export interface Trial {
  readonly at: number;
  readonly begin: string;
  readonly until: number;
  /** Blank: it ends by itself. */
  readonly end: string;
}

/** Epoch milliseconds; `to` null: still. */
export interface Span {
  readonly from: number;
  to: number | null;
}

export interface Absence extends Span {
  readonly name: string;
}

/** A time in which not everything can be seen: by nobody, or (`node`) of one node. `why` is what ends it. */
export interface Blindness extends Span {
  readonly node: string | null;
  readonly why: string;
}

export interface Committed {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly delta: Delta;
}

export interface RoomRule {
  readonly room: string;
  readonly text: string;
  readonly graceMs: number;
  /** Epoch milliseconds. */
  readonly since: number;
  covers(device: SimDevice): boolean;
}

/** What the day was like, and what became of it. */
export interface Ordeal {
  readonly trials: readonly Trial[];
  readonly devices: readonly SimDevice[];
  readonly rooms: readonly RoomRule[];
  readonly absences: readonly Absence[];
  readonly blindnesses: readonly Blindness[];
  readonly committed: readonly Committed[];
  readonly heard: readonly Heard[];
  readonly titles: readonly string[];
  /** Where a device is registered in the end; null: nowhere. */
  nodeOf(name: string): string | null;
}

const MINUTE = 60;
const EVENTS_FOR = 150 * MINUTE;
const CALM_FOR = 80 * MINUTE;
const SETTLES_FOR = 3 * MINUTE;
const STEP = 2;
const DEVICES = 320;
const VIP = 10;

const SITES = ['LON', 'PAR', 'BER', 'NYC', 'AMS', 'SIN'] as const;
const NODES = ['cucm1', 'cucm2', 'cucm3'] as const;

/** Everything ends before the day does. */
export function trialsOf(seed: string, names: readonly string[]): readonly Trial[] {
  const random = seededRandom(`trials ${seed}`);
  const busy = new Map<string, number>();
  const trials: Trial[] = [];
  // Some days are quieter than others.
  const pause = [2 * MINUTE, 5 * MINUTE, 12 * MINUTE][random.below(3)] ?? MINUTE;
  for (let at = 10; at < EVENTS_FOR; at += 5 + random.below(2 * pause)) {
    const made = KINDS[random.below(KINDS.length)]?.(random, at, names);
    if (made === undefined) continue;
    const { needs, ...trial } = made;
    const isFree = needs.every((need) => (busy.get(need) ?? 0) < at);
    if (!isFree) continue;
    for (const need of needs) busy.set(need, trial.until + MINUTE);
    trials.push(trial);
  }
  return trials;
}

type Made = Trial & { readonly needs: readonly string[] };
type Kind = (random: Random, at: number, names: readonly string[]) => Made;

/** Most times are short, some are long. Seconds. */
function span(random: Random, least: number, most: number): number {
  return Math.round(least + (most - least) * random.next() ** 2);
}

function lasting(begin: string, end: string, [least, most]: readonly [number, number]): Kind {
  return (random, at) => ({ at, begin, until: at + span(random, least, most), end, needs: [begin] });
}

function onPhones(verb: string, end: string, count: number, [least, most]: readonly [number, number]): Kind {
  return (random, at, names) => {
    const from = random.below(names.length);
    const some = names.slice(from, from + 1 + random.below(count)).join(' ');
    const until = at + span(random, least, most);
    return { at, begin: `${verb} ${some}`, until, end: end === '' ? '' : `${end} ${some}`, needs: [] };
  };
}

/** Any of them, each as often as it stands here. */
const KINDS: readonly Kind[] = [
  onPhones('unplug', 'plug', 3, [20, 30 * MINUTE]),
  onPhones('unplug', 'plug', 3, [20, 30 * MINUTE]),
  onPhones('unplug', 'plug', 3, [20, 12 * MINUTE]),
  onPhones('unplug', 'plug', 30, [20, 30 * MINUTE]),
  onPhones('reset', '', 40, [0, 0]),
  onPhones('flap', 'plug', 2, [3 * MINUTE, 20 * MINUTE]),
  onPhones('low battery', 'plug', 2, [MINUTE, 20 * MINUTE]),
  onPhones('partial', 'reset', 2, [MINUTE, 20 * MINUTE]),
  (random, at) => {
    const site = random.pick(SITES);
    const until = at + span(random, 30, 30 * MINUTE);
    return { at, begin: `wan cut ${site}`, until, end: `wan restore ${site}`, needs: [site] };
  },
  (random, at) => {
    const node = random.pick(NODES);
    const until = at + span(random, 30, 25 * MINUTE);
    return { at, begin: `node down ${node}`, until, end: `node up ${node}`, needs: [node] };
  },
  (random, at) => {
    const node = random.pick(NODES);
    const until = at + span(random, 30, 25 * MINUTE);
    return { at, begin: `node off ${node}`, until, end: `node up ${node}`, needs: [node] };
  },
  (random, at) => {
    const node = random.pick(NODES);
    const until = at + span(random, 20, 12 * MINUTE);
    return { at, begin: `node not-responding ${node}`, until, end: `node responding ${node}`, needs: [node] };
  },
  (random, at) => {
    const until = at;
    return { at, begin: `ris restart ${random.pick(NODES)}`, until, end: '', needs: [] };
  },
  lasting('bot stop', 'bot start', [5, 15 * MINUTE]),
  lasting('throttle begins', 'throttle ends', [20, 10 * MINUTE]),
  lasting('auth fail', 'auth ok', [10, 8 * MINUTE]),
];

/** What keeps everything out of sight, and the words that end it. */
const WHOLE: ReadonlySet<string> = new Set(['bot', 'throttle', 'auth']);
const ENDS: ReadonlySet<string> = new Set(['start', 'ok', 'ends']);

interface Step {
  readonly at: number;
  readonly words: string;
}

export async function endure(seed: string, given?: readonly Trial[]): Promise<Ordeal> {
  const committed: Committed[] = [];
  const day = await openDay({
    cucm: { devices: DEVICES, seed },
    onCommitted: (delta, at) => committed.push({ at, delta }),
  });
  const { cluster } = day.cucm;
  const now = () => day.clock.cucm.now();
  const witness = createWitness(day);
  const phones = cluster.devices.filter(
    (device) => device.kind.deviceClass === 'Phone' && !isSoftClient(device),
  );
  const names = phones.filter((device) => standingRow(device) !== undefined).map(({ name }) => name);
  const vips = new Set(names.slice(20, 20 + VIP));
  const trials = given ?? trialsOf(seed, names);
  await day.watch('all phones');
  await day.watch([...vips].join(' '), { room: { platform: 'slack', room: '#vip' }, graceMs: 60_000 });
  const since = now();
  const steps: readonly Step[] = trials
    .flatMap(({ at, begin, until, end }) => [
      { at, words: begin },
      ...(end === '' ? [] : [{ at: until, words: end }]),
    ])
    .toSorted((a, b) => a.at - b.at);
  await passing(day, SETTLES_FOR, witness.look);
  const begun = now();
  for (const { at, words } of steps) {
    await passing(day, at - (now() - begun) / 1000, witness.look);
    await witness.play(words);
  }
  await witness.mend();
  await passing(day, CALM_FOR, witness.look);
  return {
    trials,
    devices: cluster.devices,
    rooms: [
      { room: '#noc', text: 'all phones', graceMs: 300_000, since, covers: (one) => phones.includes(one) },
      { room: '#vip', text: 'vips', graceMs: 60_000, since, covers: ({ name }) => vips.has(name) },
    ],
    absences: witness.absences,
    blindnesses: witness.blindnesses,
    committed,
    heard: day.heard(),
    titles: day.titles(),
    nodeOf(name) {
      const device = cluster.byName.get(name.toLowerCase());
      return (device && standingRow(device)?.node.name) ?? null;
    },
  };
}

async function passing(day: Day, seconds: number, look: () => void): Promise<void> {
  for (let left = Math.round(seconds); left > 0; left -= STEP) {
    await day.pass(`${Math.min(STEP, left)} s`);
    look();
  }
}

/** Lets things happen, and writes down how it is. */
function createWitness(day: Day) {
  const { cucm, clock } = day;
  const { cluster } = cucm;
  const absences: Absence[] = [];
  const blindnesses: Blindness[] = [];
  const open = new Map<string, Absence>();
  let isThrottled = false;
  let isStopped = false;

  function blind(node: string | null, why: string): void {
    blindnesses.push({ node, why, from: clock.cucm.now(), to: null });
  }

  function seen(why: string): void {
    for (const one of blindnesses) if (one.why === why && one.to === null) one.to = clock.cucm.now();
  }

  async function play(words: string): Promise<void> {
    const [subject = '', verb = '', node = ''] = words.split(' ');
    if (verb === 'off' || verb === 'not-responding') blind(node, node);
    if (verb === 'up' || verb === 'responding') seen(node);
    if (ENDS.has(verb)) seen(subject);
    else if (WHOLE.has(subject)) blind(null, subject);
    if (subject === 'bot') return moveBot(verb === 'start');
    if (subject === 'throttle') isThrottled = verb === 'begins';
    else cucm.play(words);
  }

  async function moveBot(starts: boolean): Promise<void> {
    isStopped = !starts;
    await (starts ? day.startBot() : day.stopBot());
  }

  return {
    absences,
    blindnesses,
    play,
    look() {
      const now = clock.cucm.now();
      if (isThrottled) cucm.play('throttle');
      advance(cluster, now);
      for (const device of cluster.devices) {
        const { name } = device;
        const absence = open.get(name);
        const isAway = standingRow(device) === undefined;
        if (isAway && absence === undefined) {
          const begun = { name, from: now - STEP * 1000, to: null };
          open.set(name, begun);
          absences.push(begun);
        } else if (!isAway && absence !== undefined) {
          absence.to = now;
          open.delete(name);
        }
      }
    },
    /** Everything that was well when the day began is well again. */
    async mend() {
      await play('throttle ends');
      if (isStopped) await play('bot start');
      for (const { name } of cluster.nodes) await play(`node up ${name}`);
      await play('auth ok');
      await play('wan restore');
      const away = cluster.devices.filter((device) => !device.connected || !standingRow(device));
      const partial = cluster.devices.filter(
        (device) => standingRow(device)?.status === 'PartiallyRegistered',
      );
      await play(`plug ${away.map(({ name }) => name).join(' ')}`);
      await play(`reset ${partial.map(({ name }) => name).join(' ')}`);
      for (const one of blindnesses) one.to ??= clock.cucm.now();
    },
  };
}
