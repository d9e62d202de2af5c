/** What every store keeps to, whatever engine is below it. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/store/open.ts';
import { readStore } from '../../src/store/read.ts';
import type { Store } from '../../src/store/store.ts';
import type { Outgoing } from '../../src/watch/outgoing.ts';
import type { Delta, Due } from '../../src/watch/ports.ts';
import type { Room } from '../../src/watch/watch.ts';
import { known } from '../watch/known.ts';
import { anyDeltas, LONG, remembered, sorted } from './remembered.ts';
import {
  aWatch,
  incident,
  member,
  mute,
  NOW,
  outgoing,
  ROOM,
  standing,
  told,
  transition,
} from './samples.ts';

const OTHER: Room = { platform: 'slack', room: 'C999' };
const DAY = 86_400_000;

/** `fresh` gives the URL of a database that nobody has used. */
export function storeContract(engine: string, fresh: () => Promise<string>): void {
  describe(engine, () => contract(fresh));
}

function contract(fresh: () => Promise<string>): void {
  let url = '';
  let store: Store;
  const open = () => openStore({ url, clock: systemClock, version: '1.2.3' });

  async function again(): Promise<void> {
    await store.close();
    store = await open();
  }

  async function commit(...deltas: readonly Delta[]): Promise<void> {
    for (const delta of deltas) await store.commit(delta);
  }

  beforeEach(async () => {
    url = await fresh();
    store = await open();
  });
  afterEach(() => store.close());

  describe('remembers', () => {
    test('nothing at first', async () => {
      expect(sorted(await store.load())).toEqual(sorted(remembered([])));
    });

    test('everything, over a restart', async () => {
      const delta: Delta = {
        known: [
          known('SEP1'),
          known('SEP2', {
            condition: 'lost',
            changes: [NOW],
            move: { from: 'cucm1', to: 'cucm2', at: NOW, home: false },
          }),
        ],
        standing: [standing('exceptions'), standing('named', { parts: [['A*'], ['B*', 'C*']] })],
        blind: [
          { cluster: 'prod', node: 'cucm2', code: 'NodeNotResponding', since: NOW, lastSeen: null },
          { cluster: 'prod', node: null, code: 'timeout', since: NOW, lastSeen: NOW },
        ],
        incidents: [incident(3), incident(4, { closedAt: NOW, closedBy: 'recovered' })],
        members: [
          { incident: 3, member: member('SEP2') },
          { incident: 4, member: member('SEP1') },
        ],
        watches: [aWatch(7, { until: 'back', room: { platform: 'slack', room: 'U1', direct: true } })],
        mutes: [mute(2, { about: { type: 'incident', incident: 3 } })],
        lookedAt: { prod: NOW },
      };
      await commit(delta);
      await again();
      expect(sorted(await store.load())).toEqual(sorted(remembered([delta])));
      expect((await store.load()).incidents[0]?.members.get('SEP2')).toEqual(member('SEP2'));
    });

    test('the last of what came twice in one commit', async () => {
      await commit({
        known: [known('SEP1'), known('SEP1', { condition: 'lost' })],
        incidents: [incident(1)],
      });
      await commit({
        members: [
          { incident: 1, member: member('A') },
          { incident: 1, member: member('A', { state: 'back' }) },
        ],
      });
      const {
        known: [one],
        incidents: [card],
      } = await store.load();
      expect(one?.condition).toBe('lost');
      expect(card?.members.get('A')?.state).toBe('back');
    });

    test('names that no database likes, each as it is', async () => {
      const names = ['a', 'a\0', 'a\ud800', 'a\ud801', 'A', ' a', '', 'é', 'e\u0301', LONG, `${LONG}!`];
      await commit({
        known: names.map((name) => known(name)),
        transitions: names.map((name) => transition({ name })),
      });
      await again();
      expect((await store.load()).known.map(({ row }) => row.name).sort()).toEqual(names.toSorted());
      for (const name of names) {
        const asked = { cluster: 'prod', names: [name], since: 0, limit: 99 };
        expect((await store.past.transitions(asked)).map((one) => one.name)).toEqual([name]);
      }
      await commit({ forgotten: names.map((name) => ({ cluster: 'prod', name })) });
      expect((await store.load()).known).toEqual([]);
    });

    test('numbers that were used, when nothing is left of what they counted', async () => {
      await commit({ watches: [aWatch(12)], mutes: [mute(5)], incidents: [incident(9, { closedAt: 1 })] });
      await commit({ endedWatches: [12], endedMutes: [5], watches: [aWatch(3)] });
      await store.past.expire(NOW);
      await again();
      expect((await store.load()).lastIds).toEqual({ watch: 12, mute: 5, incident: 9 });
    });

    test('a commit as a whole or not at all', async () => {
      const before = { known: [known('SEP1')], outgoing: [outgoing('a')] };
      await commit(before);
      const orphan = { incident: 77, member: member('SEP1') };
      const broken = store.commit({ known: [known('SEP2')], outgoing: [outgoing('b')], members: [orphan] });
      await expect(broken).rejects.toMatchObject({ name: 'StoreError', code: 'failed' });
      expect(sorted(await store.load())).toEqual(sorted(remembered([before])));
      expect(await slots()).toEqual(['a']);
    });

    test('exactly what random deltas leave, over a restart', async () => {
      await fc.assert(
        fc.asyncProperty(anyDeltas, async (deltas) => {
          await store.close();
          url = await fresh();
          store = await open();
          await commit(...deltas);
          await again();
          expect(sorted(await store.load())).toEqual(sorted(remembered(deltas)));
        }),
        { numRuns: 40 },
      );
    }, 120_000);

    test('commits that come at the same time, each whole', async () => {
      const names = Array.from({ length: 30 }, (_, at) => `SEP${at}`);
      await Promise.all(
        names.map((name) => store.commit({ known: [known(name)], transitions: [transition({ name })] })),
      );
      expect((await store.load()).known).toHaveLength(30);
      expect(
        await store.past.transitions({ cluster: 'prod', names: null, since: 0, limit: 100 }),
      ).toHaveLength(30);
    });
  });

  async function slots(now = NOW): Promise<readonly string[]> {
    return (await store.outbox.due(now)).map(({ waiting }) => waiting.slot);
  }

  async function only(now = NOW): Promise<Due> {
    const [due, ...others] = await store.outbox.due(now);
    expect(others).toEqual([]);
    if (due === undefined) throw new Error('nothing is due');
    return due;
  }

  const put = (...waiting: readonly Outgoing[]) => store.commit({ outgoing: waiting });

  describe('the outbox', () => {
    test('gives what waits as it came, over a restart', async () => {
      await put(outgoing('incident:1', { inPlace: true }));
      await again();
      expect(await only()).toEqual({
        waiting: { ...outgoing('incident:1', { inPlace: true }), version: expect.any(Number), attempts: 0 },
        earlier: null,
        above: null,
      });
    });

    test('gives one for each room, the first that came', async () => {
      await put(outgoing('a'), outgoing('b'), outgoing('c', { room: OTHER }));
      await put(outgoing('d', { room: { ...ROOM, direct: true } }));
      expect(await slots()).toEqual(['a', 'c', 'd']);
      expect(await store.outbox.count(ROOM)).toBe(2);
    });

    test('is empty once all is told, and versions rise over everything', async () => {
      await put(outgoing('a'), outgoing('b'));
      const versions: number[] = [];
      for (let n = 0; n < 2; n += 1) {
        const { waiting } = await only();
        versions.push(waiting.version);
        await store.outbox.told(waiting, told(waiting.slot));
      }
      expect(await store.outbox.due(NOW)).toEqual([]);
      expect(await store.outbox.next()).toBeNull();
      await put(outgoing('a'));
      versions.push((await only()).waiting.version);
      expect(versions).toEqual(versions.toSorted((a, b) => a - b));
      expect(new Set(versions).size).toBe(3);
    });

    test('ten updates that wait are one: the latest state, in the place of the first', async () => {
      await put(outgoing('card'), outgoing('other'));
      const first = (await only()).waiting;
      for (let n = 0; n < 9; n += 1) await put(outgoing('card', { at: NOW + n }));
      const { waiting } = await only();
      expect([waiting.slot, waiting.at]).toEqual(['card', NOW + 8]);
      expect(waiting.version).toBeGreaterThan(first.version);
      expect(await store.outbox.count(ROOM)).toBe(2);
    });

    test('a card that changes again and again is told all the same, and a person’s order hurries it', async () => {
      await put(outgoing('card', { notBefore: NOW + 10 }));
      await put(outgoing('card', { notBefore: NOW + 45_000 }));
      expect(await store.outbox.next()).toBe(NOW + 10);
      await put(outgoing('card', { notBefore: NOW }));
      expect((await only()).waiting.notBefore).toBe(NOW);
    });

    test('what changed while it was being told is told again, in place of what was told', async () => {
      await put(outgoing('card', { inPlace: true }));
      const { waiting } = await only();
      await put(outgoing('card', { inPlace: true, at: NOW + 5 }));
      await store.outbox.told(waiting, told('card'));
      const due = await only();
      expect([due.waiting.at, due.earlier]).toEqual([NOW + 5, told('card')]);
    });

    test('the message of a slot is kept for its changes, and only for those in place', async () => {
      const place = { platform: 'slack', room: 'D77', thread: '1.2' };
      await put(outgoing('card', { inPlace: true }), outgoing('line', { room: OTHER }));
      for (const { waiting } of await store.outbox.due(NOW)) {
        await store.outbox.told(waiting, told(waiting.slot, { room: waiting.room, place }));
      }
      await again();
      await put(outgoing('card', { inPlace: true }), outgoing('line', { room: OTHER }));
      const [card, line] = await store.outbox.due(NOW);
      expect(card?.earlier).toEqual(told('card', { place }));
      expect(line?.earlier).toBeNull();
    });

    test('an answer waits for the message that it answers, while others go on', async () => {
      await put(
        outgoing('card', { notBefore: NOW + 100 }),
        outgoing('detail', { under: 'card' }),
        outgoing('other'),
      );
      expect(await slots()).toEqual(['other']);
      const { waiting } = await only(NOW + 100);
      expect(waiting.slot).toBe('card');
      await store.outbox.told(waiting, told('card'));
      const detail = await only(NOW + 100);
      expect([detail.waiting.slot, detail.above]).toEqual(['detail', told('card')]);
      await put(outgoing('card', { inPlace: true, notBefore: NOW + 45_000 }));
      expect(await slots(NOW + 100)).toEqual(['detail']);
    });

    test('an answer to a message that was given up stands for itself', async () => {
      await put(outgoing('card'), outgoing('detail', { under: 'card' }));
      await store.outbox.giveUp((await only()).waiting);
      const due = await only();
      expect([due.waiting.slot, due.above]).toEqual(['detail', null]);
    });

    test('an answer in another room waits for nothing of this one', async () => {
      await put(
        outgoing('card', { notBefore: NOW + 100 }),
        outgoing('detail', { under: 'card', room: OTHER }),
      );
      expect(await slots()).toEqual(['detail']);
    });

    test('what is put off waits, counts its attempts, and lets the others go first', async () => {
      await put(outgoing('a'), outgoing('b'));
      await store.outbox.postpone((await only()).waiting, NOW + 30_000);
      expect(await slots()).toEqual(['b']);
      await store.outbox.giveUp((await only()).waiting);
      expect(await store.outbox.next()).toBe(NOW + 30_000);
      expect(await only(NOW + 30_000)).toMatchObject({
        waiting: { slot: 'a', attempts: 1, notBefore: NOW + 30_000 },
      });
    });

    test('“later” holds for what has come into the slot meanwhile, and for what comes after', async () => {
      await put(outgoing('a'));
      const { waiting } = await only();
      await put(outgoing('a', { at: NOW + 1 }));
      await store.outbox.postpone(waiting, NOW + 30_000);
      expect(await slots()).toEqual([]);
      await put(outgoing('a', { at: NOW + 2 }));
      expect(await slots()).toEqual([]);
      expect(await only(NOW + 30_000)).toMatchObject({ waiting: { at: NOW + 2, attempts: 0 } });
    });

    test('giving up what has changed meanwhile leaves the new one', async () => {
      await put(outgoing('a'));
      const { waiting } = await only();
      await put(outgoing('a', { at: NOW + 1 }));
      await store.outbox.giveUp(waiting);
      expect((await only()).waiting.at).toBe(NOW + 1);
    });

    test('the next moment is that of the first that waits for nothing else', async () => {
      await put(
        outgoing('card', { notBefore: NOW + 500 }),
        outgoing('detail', { under: 'card', notBefore: NOW }),
      );
      expect(await store.outbox.next()).toBe(NOW + 500);
      await put(outgoing('b', { notBefore: NOW + 200 }));
      expect(await store.outbox.next()).toBe(NOW + 200);
    });
  });

  describe('the past', () => {
    test('transitions come latest first, of the names asked for, since the time asked for', async () => {
      await commit({
        transitions: [
          transition({ name: 'A', at: 10 }),
          transition({ name: 'B', at: 20 }),
          transition({ name: 'A', at: 30, kind: 'back', awayMs: 20 }),
          transition({ name: 'A', at: 30, kind: 'lost' }),
          transition({ name: 'A', at: 40, cluster: 'lab' }),
        ],
      });
      const ask = async (names: readonly string[] | null, since: number, limit = 10) =>
        (await store.past.transitions({ cluster: 'prod', names, since, limit })).map(
          ({ name, at, kind }) => `${name} ${at} ${kind}`,
        );
      expect(await ask(['A'], 0)).toEqual(['A 30 lost', 'A 30 back', 'A 10 lost']);
      expect(await ask(null, 20)).toEqual(['A 30 lost', 'A 30 back', 'B 20 lost']);
      expect(await ask(null, 0, 1)).toEqual(['A 30 lost']);
      expect(await ask([], 0)).toEqual([]);
      const [whole] = await store.past.transitions({ cluster: 'lab', names: null, since: 0, limit: 1 });
      expect(whole).toEqual(transition({ name: 'A', at: 40, cluster: 'lab' }));
    });

    test('incidents come open ones first, then the latest, of a room and a cluster or of all', async () => {
      await commit({
        incidents: [
          incident(1, { openedAt: 10, closedAt: 15 }),
          incident(2, { openedAt: 20, closedAt: 25, cluster: 'lab' }),
          incident(3, { openedAt: 5, room: OTHER }),
        ],
        members: [{ incident: 1, member: member('SEP1') }],
      });
      const ids = async (filter: Partial<Parameters<Store['past']['incidents']>[0]>) =>
        (await store.past.incidents({ room: null, cluster: null, limit: 10, ...filter })).map(({ id }) => id);
      expect(await ids({})).toEqual([3, 2, 1]);
      expect(await ids({ room: ROOM })).toEqual([2, 1]);
      expect(await ids({ cluster: 'prod' })).toEqual([3, 1]);
      expect(await ids({ limit: 1 })).toEqual([3]);
      expect((await store.past.incident(1))?.members.get('SEP1')).toEqual(member('SEP1'));
      expect(await store.past.incident(99)).toBeNull();
    });

    test('what is old goes: transitions, audit, closed incidents and their messages; what is open or waits stays', async () => {
      await commit({
        transitions: [transition({ at: 10 }), transition({ at: NOW })],
        incidents: [
          incident(1, { closedAt: 10 }),
          incident(2, { openedAt: 5 }),
          incident(3, { closedAt: NOW }),
        ],
        members: [
          { incident: 1, member: member('SEP1') },
          { incident: 2, member: member('SEP2') },
        ],
      });
      await store.audit({ at: 10, text: 'old' } as { at: number });
      await store.audit({ at: NOW });
      for (const slot of [
        'incident:1',
        'incident:2',
        'incident:2:detail',
        'incident:22',
        'mute:1',
        'mute:2',
      ]) {
        await put(outgoing(slot));
        await store.outbox.told((await only()).waiting, told(slot, { at: slot === 'mute:2' ? NOW : 10 }));
      }
      await put(outgoing('mute:1', { inPlace: true, notBefore: NOW + DAY }));
      // The transition, the audit entry, incident 1, and the messages of incidents 1 and 22.
      expect(await store.past.expire(1_000)).toBe(5);
      expect(await store.past.expire(1_000)).toBe(0);
      expect(await store.past.incident(1)).toBeNull();
      expect((await store.past.incident(2))?.members.size).toBe(1);
      expect(await store.past.transitions({ cluster: 'prod', names: null, since: 0, limit: 9 })).toHaveLength(
        1,
      );
      await put(
        outgoing('incident:2', { inPlace: true }),
        outgoing('incident:1', { inPlace: true, room: OTHER }),
      );
      const earlier = (await store.outbox.due(NOW)).map((due) => due.earlier?.slot ?? null);
      expect(earlier).toEqual(['incident:2', null]);
      expect((await store.outbox.due(NOW + DAY))[0]?.earlier?.slot).toBe('mute:1');
    });

    test('thousands go as well', async () => {
      await commit({
        transitions: Array.from({ length: 4_500 }, (_, at) => transition({ at, name: `SEP${at}` })),
      });
      expect(await store.past.expire(4_400)).toBe(4_400);
    });
  });

  describe('the requests', () => {
    test('are remembered with their ends, by cluster, over a restart, for a quarter of an hour', async () => {
      const now = systemClock.now();
      await store.requests.note('prod', now - 16 * 60_000);
      await store.requests.note('prod', now - 2_000);
      await store.requests.note('prod', now - 1_000);
      await store.requests.note('lab', now - 500);
      await store.requests.ended('prod', now - 2_000, now - 1_500);
      await again();
      expect(await store.requests.of('prod')).toEqual([
        { at: now - 2_000, endedAt: now - 1_500 },
        { at: now - 1_000, endedAt: null },
      ]);
      expect(await store.requests.of('nowhere')).toEqual([]);
    });
  });

  describe('belongs to one', () => {
    test('a second risbot is refused, and told who has it and since when', async () => {
      const second = openStore({ url, clock: systemClock });
      await expect(second).rejects.toMatchObject({ code: 'in-use' });
      await expect(second).rejects.toThrow(new RegExp(`process ${process.pid} on .+, since 20\\d\\d-`));
      await store.commit({ known: [known('SEP1')] });
    });

    test('who only looks sees what is committed, and cannot write', async () => {
      await commit({ known: [known('SEP1')], transitions: [transition()] });
      const reader = await readStore(url);
      expect((await reader.load()).known).toHaveLength(1);
      await commit({ known: [known('SEP2')] });
      expect((await reader.load()).known).toHaveLength(2);
      expect(
        await reader.past.transitions({ cluster: 'prod', names: null, since: 0, limit: 9 }),
      ).toHaveLength(1);
      await reader.close();
    });

    test('who looks where nothing is yet is told so, and makes nothing', async () => {
      const elsewhere = await fresh();
      await expect(readStore(elsewhere)).rejects.toMatchObject({ code: 'absent' });
      await expect(readStore(elsewhere)).rejects.toMatchObject({ code: 'absent' });
    });
  });

  test('a commit of ten thousand transitions is quick', async () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `SEP${String(at).padStart(12, '0')}`);
    const started = performance.now();
    await commit({
      known: names.map((name) => known(name, { condition: 'lost' })),
      transitions: names.map((name) => transition({ name })),
      incidents: [incident(1)],
      members: names.map((name) => ({ incident: 1, member: member(name) })),
    });
    // On an idle core a fifth of a second; the bound is for one that others use as well.
    expect(performance.now() - started).toBeLessThan(15_000);
  });
}
