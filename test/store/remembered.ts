/** What a store must remember after some deltas, worked out in plain memory; and deltas to try it with. */
import { hash } from 'node:crypto';
import fc from 'fast-check';
import type { Incident } from '../../src/watch/incident.ts';
import type { Delta, Remembered } from '../../src/watch/ports.ts';
import type { Mute, Watch } from '../../src/watch/watch.ts';
import { known } from '../watch/known.ts';
import { aWatch, incident, member, mute, outgoing, standing, transition } from './samples.ts';

/** Rows by key: the last of those written, without those removed. */
function createTable<Row, Gone>(keyOf: (row: Row) => unknown, goneKeyOf: (gone: Gone) => unknown) {
  const rows = new Map<string, Row>();
  return {
    apply(written: readonly Row[] = [], gone: readonly Gone[] = []) {
      for (const row of written) rows.set(JSON.stringify(keyOf(row)), row);
      for (const one of gone) rows.delete(JSON.stringify(goneKeyOf(one)));
    },
    all: () => [...rows.values()],
  };
}

const itself = (id: number) => id;
const idOf = ({ id }: { readonly id: number }) => id;
const highest = (ids: readonly number[]) => ids.reduce((most, id) => Math.max(most, id), 0);

/** Deltas → what is remembered, its lists in any order. */
export function remembered(deltas: readonly Delta[]): Remembered {
  type Whole = Required<Delta>;
  const known = createTable<Whole['known'][number], Whole['forgotten'][number]>(
    ({ cluster, row }) => [cluster, row.name],
    ({ cluster, name }) => [cluster, name],
  );
  const standing = createTable<Whole['standing'][number], Whole['dropped'][number]>(
    ({ cluster, key }) => [cluster, key],
    ({ cluster, key }) => [cluster, key],
  );
  const blind = createTable<Whole['blind'][number], Whole['seen'][number]>(
    ({ cluster, node }) => [cluster, node],
    ({ cluster, node }) => [cluster, node],
  );
  const watches = createTable<Watch, number>(idOf, itself);
  const mutes = createTable<Mute, number>(idOf, itself);
  const incidents = createTable<Incident, number>(idOf, itself);
  const members = createTable<Whole['members'][number], never>(
    ({ incident, member }) => [incident, member.name],
    itself,
  );
  for (const delta of deltas) {
    known.apply(delta.known, delta.forgotten);
    standing.apply(delta.standing, delta.dropped);
    blind.apply(delta.blind, delta.seen);
    watches.apply(delta.watches, delta.endedWatches);
    mutes.apply(delta.mutes, delta.endedMutes);
    incidents.apply(delta.incidents);
    members.apply(delta.members);
  }
  const ofIncident = (id: number) =>
    new Map(
      members
        .all()
        .flatMap(({ incident, member }) => (incident === id ? [[member.name, member] as const] : [])),
    );
  return {
    known: known.all(),
    standing: standing.all(),
    blind: blind.all(),
    watches: watches.all(),
    mutes: mutes.all(),
    incidents: incidents
      .all()
      .filter(({ closedAt }) => closedAt === null)
      .map((one) => ({ ...one, members: ofIncident(one.id) })),
    lookedAt: Object.assign({}, ...deltas.map(({ lookedAt }) => lookedAt)),
    lastIds: {
      watch: highest(deltas.flatMap((delta) => (delta.watches ?? []).map(idOf))),
      mute: highest(deltas.flatMap((delta) => (delta.mutes ?? []).map(idOf))),
      incident: highest(deltas.flatMap((delta) => (delta.incidents ?? []).map(idOf))),
    },
  };
}

/** The same whatever order the lists are in. */
export function sorted({ lookedAt, lastIds, ...lists }: Remembered): Record<string, unknown> {
  const plain = {
    ...lists,
    incidents: lists.incidents.map((one) => ({
      ...one,
      members: [...one.members.values()].map(text).sort(),
    })),
  };
  const inOrder = Object.entries(plain).map(([name, rows]) => [name, rows.map(text).sort()]);
  return { ...Object.fromEntries(inOrder), lookedAt, lastIds };
}

/** JSON with its keys in order. */
function text(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Longer than an index of PostgreSQL takes, and nothing that it could pack. */
export const LONG = Array.from({ length: 80 }, (_, at) => hash('sha256', String(at))).join('');

/** Words as CUCM, people and platforms may write them: also what no database likes. */
const word = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('SEP1', 'SEP2', 'sep1', 'AN_2', '') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '\0',
      'a\0b',
      '\ud800',
      '\ud801',
      LONG,
      `${LONG}!`,
      "'; drop table known --",
      '%_',
    ),
  },
);
const cluster = fc.constantFrom('prod', 'lab');
const node = fc.option(fc.constantFrom('cucm1', 'cucm2', 'null', ''), { freq: 3 });
const id = fc.integer({ min: 1, max: 4 });
const time = fc.integer({ min: 0, max: 9_000_000_000_000 });
const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 4 });
const sometimes = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined, freq: 2 });

const anyKnown = fc
  .record({
    cluster,
    name: word,
    description: word,
    since: time,
    changes: few(time),
    status: fc.constantFrom('Registered', 'UnRegistered'),
  })
  .map(({ cluster: where, name, description, since, changes, status }) =>
    known(name, {
      cluster: where,
      since,
      changes,
      row: {
        description,
        status,
        timeStamp: null,
        ipAddress: [{ ip: '10.0.0.1', ipAddrType: 'ipv4', attribute: 'Unknown' }],
      },
    }),
  );
const anyStanding = fc
  .record({
    cluster,
    key: word,
    rows: fc.dictionary(word, word, { maxKeys: 3 }),
    parts: fc.option(few(few(word))),
  })
  .map(({ key, ...rest }) => standing(key, rest));
const anyIncident = fc
  .record({ id, cluster, closedAt: fc.option(time, { freq: 3 }), openedAt: time })
  .map(({ id: number, ...rest }) => incident(number, rest));

/** An incident comes before its members: those of incidents that were never there are left out. */
export const anyDeltas: fc.Arbitrary<readonly Delta[]> = fc
  .array(
    fc.record({
      known: sometimes(few(anyKnown)),
      forgotten: sometimes(few(fc.record({ cluster, name: word }))),
      standing: sometimes(few(anyStanding)),
      dropped: sometimes(few(fc.record({ cluster, key: word }))),
      transitions: sometimes(few(word.map((name) => transition({ name })))),
      blind: sometimes(few(fc.record({ cluster, node, code: word, since: time, lastSeen: fc.option(time) }))),
      seen: sometimes(few(fc.record({ cluster, node }))),
      incidents: sometimes(few(anyIncident)),
      members: sometimes(few(fc.record({ incident: id, member: word.map((name) => member(name)) }))),
      watches: sometimes(
        few(
          fc
            .record({ id, text: word, until: fc.constantFrom('back' as const, null, 5) })
            .map((one) => aWatch(one.id, one)),
        ),
      ),
      endedWatches: sometimes(few(id)),
      mutes: sometimes(few(fc.record({ id, why: word }).map((one) => mute(one.id, one)))),
      endedMutes: sometimes(few(id)),
      outgoing: sometimes(few(word.map((slot) => outgoing(slot)))),
      lookedAt: sometimes(fc.dictionary(cluster, time)),
    }),
    { maxLength: 6 },
  )
  .map((deltas) => {
    const there = new Set<number>();
    return deltas.map((delta) => {
      for (const one of delta.incidents ?? []) there.add(one.id);
      const members = (delta.members ?? []).filter(({ incident: of }) => there.has(of));
      return Object.fromEntries(
        Object.entries({ ...delta, members }).filter(([, value]) => value !== undefined),
      ) as Delta;
    });
  });
