/** Whatever happens to a cluster, in whatever order: nothing up is called lost, nothing lost is forgotten. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DeviceQuery, deviceQuery } from '../../src/device/query.ts';
import { isSoftClient } from '../../src/device/soft-clients.ts';
import { classify } from '../../src/watch/classify.ts';
import type { Transition } from '../../src/watch/known.ts';
import type { Observation, Source } from '../../src/watch/observe.ts';
import { inheritParts } from '../../src/watch/parts.ts';
import { plan } from '../../src/watch/plan.ts';
import type { Standing } from '../../src/watch/standing.ts';
import { pendingOf } from '../../src/watch/standing-memory.ts';
import { createModel, NODES } from './cluster-model.ts';
import { createWatcher } from './replies.ts';

const NAMES = ['SEP0', 'SEP1', 'SEP2', 'SEPA', 'CSF1', 'GW1'] as const;
const name = fc.constantFrom(...NAMES);
const node = fc.constantFrom(...NODES);
const reason = fc.constantFrom(1, 6, 8, 9, 13, 14, 28, 34);

const step = fc.oneof(
  fc.record({ type: fc.constant('register' as const), name, node, reason }),
  fc.record({
    type: fc.constant('fail' as const),
    name,
    status: fc.constantFrom('UnRegistered', 'UnRegistered', 'Rejected', 'PartiallyRegistered' as const),
    reason,
  }),
  fc.record({ type: fc.constant('expire' as const), name }),
  fc.record({ type: fc.constant('remove' as const), name }),
  fc.record({ type: fc.constant('blind' as const), node }),
  fc.record({ type: fc.constant('see' as const), node }),
  fc.record({ type: fc.constant('poll' as const), at: fc.nat() }),
  fc.record({ type: fc.constant('poll' as const), at: fc.nat() }),
  fc.constant({ type: 'confirm' as const }),
  fc.constant({ type: 'audit' as const }),
  fc.constant({ type: 'restart' as const }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const DOWN: ReadonlySet<string> = new Set(['lost', 'expected', 'user', 'fault']);

interface PlayOptions {
  readonly noChange: 'whole' | 'mixed';
  readonly cap: number;
  readonly watched: 'all' | 'named';
  /** Whether a watch of all means soft clients, too: one that does not mean them is not asked about them either. */
  readonly softClients: boolean;
}

/** Names that the watch covers: what happens to the others is nobody's concern. */
function coveredBy({ watched, softClients }: PlayOptions): readonly string[] {
  return NAMES.filter((one) => watched === 'named' || softClients || !isSoftClient({ name: one }));
}

/** An engine in small: polls, confirms, follows what is not up, asks in parts what was cut. */
function play(steps: readonly Step[], options: PlayOptions) {
  const model = createModel(options);
  const covered = new Set<string>(coveredBy(options));
  // A node's own annunciator is watched as well, so that each node has a device that is up.
  const covers = ({ name: one }: { readonly name: string }) => covered.has(one) || one.startsWith('AN-');
  const watch = createWatcher({ isWatched: covers });
  const confirm = new Set<string>();
  const transitions: Transition[] = [];
  const scope = {
    names: options.watched === 'named' ? NAMES : [],
    numbers: [],
    exceptions:
      options.watched === 'all'
        ? ({ deviceClass: 'Any', ...(options.softClients && { softClients: true }) } as const)
        : null,
    cti: [],
    matches: covers,
  };

  function standing(): readonly Standing[] {
    const taught = [...watch.memories.values()].flatMap(({ key, parts }) =>
      parts ? [[key, parts] as const] : [],
    );
    return plan({ scopes: [scope], allowance: 15, maxDevices: options.cap, parts: new Map(taught) }).standing;
  }

  function check(observation: Observation): void {
    for (const transition of observation.delta.transitions ?? []) {
      transitions.push(transition);
      if (!DOWN.has(transition.kind)) continue;
      expect(model.visible(transition.name)?.status, `${transition.name} is ${transition.kind}`).not.toBe(
        'Registered',
      );
    }
    for (const asked of observation.confirm) confirm.add(asked);
  }

  function look(source: Source, query: DeviceQuery, stateInfo: string): Observation {
    const snapshot = model.ask(query, stateInfo);
    const observation = watch.look(source, snapshot, { now: model.now() });
    check(observation);
    const again = watch.look(source, snapshot, { now: model.now() });
    expect(again.delta).toEqual({});
    return observation;
  }

  function pollOne(one: Standing): void {
    const query = one.query as DeviceQuery;
    const snapshot = model.ask(query, watch.memories.get(one.key)?.stateInfo ?? '');
    const observation = watch.look(one, snapshot, { now: model.now() });
    check(observation);
    if (!observation.cut) {
      expect(watch.look(one, snapshot, { now: model.now() }).delta).toEqual({});
      return;
    }
    const taught = inheritParts(one, snapshot, { standing: watch.memories }, 'london', options.cap);
    for (const memory of taught) watch.memories.set(memory.key, memory);
  }

  function ask(names: readonly string[]): void {
    if (names.length === 0) return;
    look({ role: 'confirm', names }, deviceQuery({ operation: 'selectCmDeviceExt', items: names }), '');
  }

  function confirmAll(): void {
    const names = [...confirm];
    confirm.clear();
    ask(names);
  }

  function follow(): void {
    const away = [...watch.known.values()].filter(
      ({ condition }) => condition !== 'up' && condition !== 'gone',
    );
    ask(away.map(({ row }) => row.name));
  }

  function poll(at: number): void {
    const asked = standing();
    pollOne(asked[at % asked.length] as Standing);
  }

  function audit(): void {
    look({ role: 'audit', names: [] }, deviceQuery(), '');
  }

  function restart(): void {
    confirm.clear();
    for (const waiting of [...watch.memories.values()].flatMap(pendingOf)) confirm.add(waiting);
  }

  function take(one: Step): void {
    if (one.type === 'register') model.register(one.name, one.node, one.reason);
    else if (one.type === 'fail') model.fail(one.name, one.status as 'UnRegistered', one.reason);
    else if (one.type === 'expire') model.expire(one.name);
    else if (one.type === 'remove') model.remove(one.name);
    else if (one.type === 'blind') model.blind(one.node);
    else if (one.type === 'see') model.see(one.node);
    else if (one.type === 'poll') poll(one.at);
    else ({ confirm: confirmAll, audit, restart })[one.type]();
  }

  function settle(): void {
    model.seeAll();
    // An answer with rows names all nodes.
    ask(NODES.map((one) => `AN-${one.toUpperCase()}`));
    for (let round = 0; round < 3; round += 1) {
      model.pass(7_000);
      for (const one of standing()) pollOne(one);
      while (confirm.size > 0) confirmAll();
    }
    follow();
  }

  function go(more: readonly Step[]): void {
    for (const one of more) {
      model.pass(1_000);
      take(one);
    }
  }

  go(steps);
  return { model, watch, transitions, go, settle, audit, confirmAll };
}

const options = (watched: PlayOptions['watched']) =>
  fc.record({
    noChange: fc.constantFrom('whole' as const, 'mixed' as const),
    cap: fc.constant(1_000),
    watched: fc.constant(watched),
    softClients: fc.boolean(),
  });
const cramped = fc.record({
  noChange: fc.constantFrom('whole' as const, 'mixed' as const),
  cap: fc.constantFrom(3, 4),
  watched: fc.constant('all' as const),
  softClients: fc.boolean(),
});
const steps = fc.array(step, { minLength: 5, maxLength: 60 });
const RUNS = { numRuns: 300 };

describe.each([
  ['a cluster watched as a whole', options('all')],
  ['devices watched by name', options('named')],
  ['a cluster whose replies are cut', cramped],
] as const)('%s', (_claim, anyOptions) => {
  test('has nothing called lost that is registered where one can see it, and no look repeated is news', () => {
    fc.assert(
      fc.property(steps, anyOptions, (taken, given) => {
        play(taken, given);
      }),
      RUNS,
    );
  });

  test('has nothing told while nothing happens, whatever cannot be seen meanwhile', () => {
    const isHistory = ({ type }: Step) => ['register', 'fail', 'expire', 'remove'].includes(type);
    fc.assert(
      fc.property(steps, anyOptions, (taken, given) => {
        const { watch, transitions, settle, audit, confirmAll } = play(
          [...taken.filter(isHistory), ...taken.filter((one) => !isHistory(one))],
          given,
        );
        settle();
        audit();
        confirmAll();
        expect(transitions).toEqual([]);
        expect([...watch.known.values()].filter(({ baseline }) => !baseline)).toEqual([]);
      }),
      RUNS,
    );
  });

  test('has nothing lost forgotten: when all can be seen again, what is not up is known as that', () => {
    fc.assert(
      fc.property(steps, anyOptions, (taken, given) => {
        const { model, watch, settle } = play(taken, given);
        settle();
        for (const one of coveredBy(given)) {
          const truth = model.truth(one);
          if (truth === null || truth.status === 'Registered') continue;
          expect(watch.known.get(one)?.condition, one).toBe(classify(truth).condition);
        }
      }),
      RUNS,
    );
  });

  test.each([
    ['a walk through all of it', true],
    ['the first look', false],
  ])(
    'has every loss since %s told, be it after a restart or after a node was out of sight',
    (_since, walked) => {
      fc.assert(
        fc.property(steps, steps, anyOptions, (before, after, given) => {
          const { model, watch, transitions, go, settle, audit, confirmAll } = play(before, given);
          settle();
          if (walked) {
            audit();
            confirmAll();
          }
          const up = coveredBy(given).filter((one) => model.truth(one)?.status === 'Registered');
          transitions.length = 0;
          go(after);
          settle();
          const down = up.filter((one) => !['Registered', undefined].includes(model.truth(one)?.status));
          expect(down.filter((one) => watch.known.get(one)?.baseline !== false)).toEqual([]);
          expect(down.filter((one) => !transitions.some((told) => told.name === one))).toEqual([]);
        }),
        RUNS,
      );
    },
  );

  test('is known as it is after a walk through all of it', () => {
    fc.assert(
      fc.property(steps, anyOptions, (taken, given) => {
        const { model, watch, settle, audit, confirmAll } = play(taken, { ...given, cap: 1_000 });
        settle();
        audit();
        confirmAll();
        for (const one of coveredBy(given)) {
          const truth = model.truth(one);
          const known = watch.known.get(one)?.condition ?? 'gone';
          expect(known, one).toBe(truth === null ? 'gone' : classify(truth).condition);
        }
      }),
      RUNS,
    );
  });
});

// Found by the property above: the part of a cut query that holds soft clients is asked only when a watch means them.
test.each([
  ['is told to a watch that means soft clients', true, ['lost CSF1']],
  ['is nothing to a watch that does not', false, []],
] as const)('a soft client that is lost after the reply was cut %s', (_claim, softClients, expected) => {
  const { go, settle, transitions } = play(
    [
      { type: 'register', name: 'SEP0', node: 'cucm2', reason: 1 },
      { type: 'register', name: 'SEP0', node: 'cucm1', reason: 1 },
      { type: 'fail', name: 'SEP0', status: 'UnRegistered', reason: 1 },
      { type: 'register', name: 'CSF1', node: 'cucm1', reason: 1 },
      { type: 'register', name: 'CSF1', node: 'cucm3', reason: 1 },
    ],
    { noChange: 'whole', cap: 3, watched: 'all', softClients },
  );
  settle();
  go([{ type: 'fail', name: 'CSF1', status: 'UnRegistered', reason: 1 }]);
  settle();
  expect(transitions.map(({ kind, name: one }) => `${kind} ${one}`)).toEqual(expected);
});
