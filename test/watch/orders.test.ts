/** What people order, at the engine's own desk over a real store. */
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { readScope } from '../../src/command/scope.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { type Engine, startEngine } from '../../src/watch/engine.ts';
import type { Delta } from '../../src/watch/ports.ts';
import { incident, member } from '../store/samples.ts';
import { known, watch } from './known.ts';
import { createTurnedClock } from './turned-clock.ts';

const ROOM = { platform: 'slack', room: '#noc' };
const SILENT = { warn: () => {}, error: () => {} };

/** One cluster, prod, that never answers; what was remembered before is given. */
async function openDesk(before: Delta = {}): Promise<Engine & { readonly store: Store }> {
  const { clock } = createTurnedClock();
  const store = await openStore({ url: 'sqlite::memory:', clock });
  await store.commit(before);
  const forever = (signal?: AbortSignal) =>
    new Promise<never>((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  const engine = await startEngine({
    clusters: [
      {
        name: 'prod',
        lookup: (_query, asked) => forever(asked?.signal),
        walk: (lookup) => lookup,
        allowance: 15,
        maxDevices: 2000,
      },
    ],
    store,
    readScope,
    quietHours: [],
    clock,
    log: SILENT,
    onCommitted: () => {},
    historyMs: 90 * 86_400_000,
  });
  onTestFinished(async () => {
    await engine.stop();
    await store.close();
  });
  return { ...engine, store };
}

const wanted = (text: string) => ({
  cluster: 'prod',
  room: ROOM,
  maker: 'maria',
  text,
  graceMs: null,
  until: null,
});

test('the same watch ordered twice at the same time is made once', async () => {
  const { desk } = await openDesk();
  const made = await Promise.all([
    desk.watches.add(wanted('gateways')),
    desk.watches.add(wanted('Gateways')),
    desk.watches.add(wanted('all phones')),
  ]);
  expect(made.map(({ type }) => type)).toEqual(['added', 'same', 'added']);
  expect(desk.watches.list(null).map(({ watch: { id, text } }) => [id, text])).toEqual([
    [1, 'gateways'],
    [2, 'all phones'],
  ]);
});

test('mutes ordered at the same time are two', async () => {
  const { desk, store } = await openDesk();
  const mute = { cluster: null, room: ROOM, by: 'maria', why: '', about: { type: 'room' as const } };
  const until = systemClock.now() + 3_600_000;
  const made = await Promise.all([
    desk.mutes.add({ ...mute, until }),
    desk.mutes.add({ ...mute, until: until + 1 }),
  ]);
  expect(made.map(({ id }) => id)).toEqual([1, 2]);
  expect((await store.load()).mutes).toEqual(made);
});

test('two people who acknowledge at the same time leave the last as its owner', async () => {
  const { desk, store } = await openDesk({
    watches: [watch(1)],
    incidents: [incident(7, { cluster: 'prod', room: ROOM })],
    members: [{ incident: 7, member: member('SEP1') }],
  });
  const answers = await Promise.all([desk.incidents.ack(7, 'ben'), desk.incidents.ack(7, 'anna')]);
  expect(answers.map(({ type }) => type)).toEqual(['acknowledged', 'acknowledged']);
  expect((await store.load()).incidents.map(({ ack }) => ack?.by)).toEqual(['anna']);
  expect(await desk.incidents.ack(7, 'anna')).toMatchObject({ type: 'already' });
});

test('a watch that cannot be read, and one of a cluster that is gone, are kept, shown as such, and can be ended', async () => {
  const { desk, store } = await openDesk({
    watches: [watch(1, { text: 'wibble:x' }), watch(2, { cluster: 'old' }), watch(3)],
    incidents: [incident(7, { cluster: 'old', room: ROOM })],
  });
  expect(desk.watches.list(null).map(({ watch: { id }, unseen }) => [id, unseen])).toEqual([
    [1, 'unreadable'],
    [2, 'no-cluster'],
    [3, undefined],
  ]);
  expect(desk.plan('old').standing).toEqual([]);
  expect(await desk.incidents.ack(7, 'ben')).toMatchObject({ type: 'acknowledged' });
  expect((await desk.watches.remove([1, 2], ROOM)).map(({ id }) => id)).toEqual([1, 2]);
  expect((await store.load()).watches.map(({ id }) => id)).toEqual([3]);
});

test('ten thousand watches of twenty thousand phones are listed at once, each with what it covers; one more is refused', async () => {
  const names = Array.from({ length: 20_000 }, (_, at) => `SEP${String(at).padStart(12, '0')}`);
  const { desk } = await openDesk({
    known: names.map((name, at) => known(name, at === 5 ? { condition: 'lost' } : {})),
    watches: names
      .slice(0, 10_000)
      .map((name, at) => watch(at + 1, { text: `${name} ${name.toLowerCase()}` })),
  });
  const since = systemClock.monotonic();
  const listed = desk.watches.list(null);
  // Each watch against each phone would take a minute.
  expect(systemClock.monotonic() - since).toBeLessThan(2_000);
  expect(listed.every(({ devices }) => devices === 1)).toBe(true);
  expect(listed.filter(({ notUp }) => notUp > 0).map(({ watch: { id } }) => id)).toEqual([6]);
  expect(await desk.watches.add(wanted('all phones'))).toEqual({ type: 'too-many', most: 10_000 });
});
