/** What happens to a simulated cluster all the time, and how it really was: the truth that risbot is measured by. */
import { advance } from '../../simulator/cucm/cluster.ts';
import type { Cucm } from '../../simulator/cucm/cucm.ts';
import type { SimDevice } from '../../simulator/cucm/model.ts';
import type { Random } from '../../simulator/cucm/random.ts';
import { standingRow } from '../../simulator/cucm/registration.ts';

/** Epoch milliseconds, to the length of a tick; `to` null: still. */
export interface Absence {
  readonly name: string;
  readonly from: number;
  to: number | null;
}

export interface Weather {
  /** Until then nothing happens. */
  begin(): void;
  /** Lets happen what is due. To be called all the time. */
  tick(): void;
  /** The last of it: everything comes back but for a few phones that go for good. */
  settle(): void;
  /** Devices that were not registered on any node, and when. */
  readonly absences: readonly Absence[];
  /** Whether a device was wholly registered in the beginning: of others no absence is kept. */
  wasUp(name: string): boolean;
  /** Where a device is registered now; null: nowhere. */
  nodeOf(name: string): string | null;
  /** Whether something is still going to change. */
  isOver(): boolean;
}

const SITES = ['LON', 'PAR', 'BER', 'NYC', 'AMS', 'SIN'] as const;
const STAYS_AWAY = 8;
/** In real time, whatever the pace of the cluster. Milliseconds. */
const BETWEEN_EVENTS = [400, 1_400] as const;
const AWAY = [4_000, 30_000] as const;
const LONG_AWAY = [50_000, 80_000] as const;
const LONG_SHARE = 0.4;

export function createWeather(cucm: Cucm, random: Random): Weather {
  const { cluster } = cucm;
  const absences: Absence[] = [];
  const open = new Map<string, Absence>();
  const due: { readonly at: number; readonly words: string }[] = [];
  const wasAway = new Set(cluster.devices.filter((device) => standingRow(device)?.status !== 'Registered'));
  const wasUp = new Set(cluster.devices.filter((device) => !wasAway.has(device)).map(({ name }) => name));
  /** Each is unplugged once: what comes and goes all the time is another story. */
  const phones = cluster.devices.filter((device) => /^SEP/.test(device.name) && !wasAway.has(device));
  const leaving = take(phones, STAYS_AWAY, random);
  let nextAt = Number.POSITIVE_INFINITY;
  let isSettled = false;

  const span = ([least, most]: readonly [number, number]) => least + random.next() * (most - least);

  function happen(now: number): void {
    const kind = random.next();
    const back = now + span(random.next() < LONG_SHARE ? LONG_AWAY : AWAY);
    if (kind < 0.5) unplug(namesOf(take(phones, 1 + random.below(3), random)), back);
    else if (kind < 0.7)
      reset(namesOf(cluster.devices.filter((one) => !wasAway.has(one) && random.next() < 0.004)));
    else if (kind < 0.92) cut(random.pick(SITES), now + span(AWAY));
    else if (cluster.cuts.size === 0 && cluster.nodes.every(({ running }) => running))
      play('node down cucm2', { at: back, words: 'node up cucm2' });
  }

  function unplug(names: string, at: number): void {
    if (names !== '') play(`unplug ${names}`, { at, words: `plug ${names}` });
  }

  function reset(names: string): void {
    if (names !== '') cucm.play(`reset ${names}`);
  }

  function cut(site: string, at: number): void {
    if (cluster.cuts.size > 0) return;
    play(`wan cut ${site}`, { at, words: `wan restore ${site}` });
  }

  function play(words: string, later: { readonly at: number; readonly words: string }): void {
    cucm.play(words);
    due.push(later);
  }

  function look(now: number): void {
    advance(cluster, now);
    for (const device of cluster.devices) {
      const { name } = device;
      const absence = open.get(name);
      const isAway = standingRow(device) === undefined;
      if (isAway && absence === undefined && !wasAway.has(device)) {
        const begun = { name, from: now, to: null };
        open.set(name, begun);
        absences.push(begun);
      } else if (!isAway && absence !== undefined) {
        absence.to = now;
        open.delete(name);
      }
    }
  }

  return {
    begin() {
      nextAt = Math.min(nextAt, Date.now());
    },
    tick() {
      const now = Date.now();
      for (const later of due.filter(({ at }) => at <= now)) {
        due.splice(due.indexOf(later), 1);
        cucm.play(later.words);
      }
      if (!isSettled && now >= nextAt) {
        nextAt = now + span(BETWEEN_EVENTS);
        happen(now);
      }
      look(now);
    },
    settle() {
      isSettled = true;
      for (const { words } of due.splice(0)) cucm.play(words);
      cucm.play(`unplug ${namesOf(leaving)}`);
    },
    absences,
    wasUp: (name) => wasUp.has(name),
    nodeOf(name) {
      const device = cluster.byName.get(name.toLowerCase());
      return (device && standingRow(device)?.node.name) ?? null;
    },
    isOver: () => isSettled && (cluster.schedule.next() ?? Number.POSITIVE_INFINITY) > Date.now() + 60_000,
  };
}

function take<T>(from: T[], count: number, random: Random): readonly T[] {
  return Array.from({ length: Math.min(count, from.length) }, () =>
    from.splice(random.below(from.length), 1),
  ).flat();
}

function namesOf(devices: readonly SimDevice[]): string {
  return devices.map(({ name }) => name).join(' ');
}
