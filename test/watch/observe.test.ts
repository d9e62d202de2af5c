import { describe, expect, test } from 'vitest';
import type { CtiItem } from '../../src/device/cti.ts';
import { ctiQuery, deviceQuery } from '../../src/device/query.ts';
import { observeFailure } from '../../src/watch/observe.ts';
import { pendingOf } from '../../src/watch/standing-memory.ts';
import {
  createWatcher,
  ctiReply,
  EARLIER,
  EXCEPTIONS,
  lost,
  NOW,
  named,
  nodes,
  reply,
  row,
  standing,
  told,
} from './replies.ts';

const LATER = NOW / 1000 + 60;
const NOTHING_FOUND = { nodes: [], stateInfo: '' } as const;
const query = EXCEPTIONS.key;

describe('named devices', () => {
  const PHONES = named('SEP1', 'SEP2');
  const bothUp = [row('SEP1'), row('SEP2', { node: 'cucm2' })];

  function watcher() {
    const watch = createWatcher();
    watch.look(PHONES, reply(bothUp));
    return watch;
  }

  test('what is first seen is a baseline', () => {
    const watch = createWatcher();
    const first = watch.look(PHONES, reply([row('SEP1'), lost('SEP2')]));
    expect(told(first)).toEqual([]);
    expect([...watch.known.values()].map(({ baseline }) => baseline)).toEqual([true, true]);
    expect(watch.memories.get(PHONES.key)).toMatchObject({ baselined: true, stateInfo: '<StateInfo/>' });
  });

  test('a loss is told as it comes, a move is no loss', () => {
    const watch = watcher();
    const second = watch.look(
      PHONES,
      reply([lost('SEP1'), row('SEP2', { node: 'cucm1', timeStamp: LATER })]),
    );
    expect(told(second)).toEqual(['lost SEP1', 'moved SEP2']);
    expect(second.confirm).toEqual([]);
  });

  test('the same reply again changes nothing at all', () => {
    const watch = watcher();
    expect(watch.look(PHONES, reply(bothUp))).toEqual({ delta: {}, confirm: [], cut: false, refused: null });
  });

  test('a StateInfo that changed alone is kept and told to nobody', () => {
    const { delta } = watcher().look(PHONES, reply(bothUp, { stateInfo: '<StateInfo StateId="2"/>' }));
    expect(Object.keys(delta)).toEqual(['standing']);
  });

  test('a blank StateInfo leaves the one before', () => {
    const watch = watcher();
    const unchanged = { nodes: nodes('cucm1 NoChange', 'cucm2 NoChange'), stateInfo: '' };
    expect(watch.look(PHONES, reply([], unchanged)).delta).toEqual({});
    expect(watch.memories.get(PHONES.key)?.stateInfo).toBe('<StateInfo/>');
  });

  test('a name without a row has no record, once', () => {
    const watch = watcher();
    expect(told(watch.look(PHONES, reply([row('SEP1')])))).toEqual(['gone SEP2']);
    expect(watch.look(PHONES, reply([row('SEP1')])).delta).toEqual({});
    expect(told(watch.look(PHONES, reply(bothUp)))).toEqual(['back SEP2']);
  });

  test('where nothing is found at all, no name has a record', () => {
    expect(told(watcher().look(PHONES, reply([], NOTHING_FOUND)))).toEqual(['gone SEP1', 'gone SEP2']);
  });

  test('a name that never had a row is nothing', () => {
    const watch = createWatcher();
    watch.look(named('SEP9'), reply([], NOTHING_FOUND));
    expect(watch.known.size).toBe(0);
  });

  test('a name that has its first row unregistered, later, is news: it was absent before', () => {
    const watch = createWatcher();
    watch.look(PHONES, reply([row('SEP1')]));
    expect(told(watch.look(PHONES, reply([row('SEP1'), lost('SEP2')])))).toEqual(['lost SEP2']);
  });

  test('names are compared in any case of letters', () => {
    const watch = createWatcher();
    const soft = named('csfjdoe');
    watch.look(soft, reply([row('CSFjdoe')]));
    expect(told(watch.look(soft, reply([], NOTHING_FOUND)))).toEqual(['gone CSFjdoe']);
  });

  test('rows of other names are not its business', () => {
    const watch = watcher();
    watch.look(PHONES, reply([...bothUp, lost('SEP3')]));
    expect(watch.known.has('SEP3')).toBe(false);
  });

  test('rows that nobody watches are not remembered', () => {
    const watch = createWatcher({ isWatched: ({ name }) => name === 'SEP1' });
    watch.look(PHONES, reply(bothUp));
    expect([...watch.known.keys()]).toEqual(['SEP1']);
  });

  test('a reply that was cut speaks for its rows and for no others', () => {
    const watch = watcher();
    const cut = watch.look(PHONES, reply([lost('SEP1')], { complete: false }));
    expect(told(cut)).toEqual(['lost SEP1']);
    expect(cut.cut).toBe(true);
    expect(watch.condition('SEP2')).toBe('up');
    expect(watch.memories.get(PHONES.key)?.stateInfo).toBe('');
  });

  test('of several rows of a name the newest counts, and of two of one second the registered one', () => {
    const watch = watcher();
    const old = lost('SEP1', { node: 'cucm2', timeStamp: EARLIER - 5 });
    const tie = lost('SEP2', { node: 'cucm1' });
    expect(watch.look(PHONES, reply([old, tie, ...bothUp])).delta).toEqual({});
  });
});

describe('a node that does not answer', () => {
  const PHONES = named('SEP1', 'SEP2');
  const blindCucm2 = { nodes: nodes('cucm1', 'cucm2 NodeNotResponding') };

  function blindWatcher() {
    const watch = createWatcher();
    watch.look(PHONES, reply([row('SEP1'), row('SEP2', { node: 'cucm2' })]));
    const first = watch.look(PHONES, reply([row('SEP1')], blindCucm2));
    return { watch, first };
  }

  test('is blind, once, and what it held is neither up nor down', () => {
    const { watch, first } = blindWatcher();
    expect(first.delta).toEqual({
      blind: [
        { cluster: 'london', node: 'cucm2', code: 'NodeNotResponding', since: NOW, lastSeen: NOW - 7_000 },
      ],
    });
    expect(watch.look(PHONES, reply([row('SEP1')], blindCucm2)).delta).toEqual({});
    expect(watch.condition('SEP2')).toBe('up');
  });

  test('is seen again when it answers, also with NoChange', () => {
    const { watch } = blindWatcher();
    const unchanged = { nodes: nodes('cucm1 NoChange', 'cucm2 NoChange'), stateInfo: '' };
    expect(watch.look(PHONES, reply([], unchanged)).delta).toEqual({
      seen: [{ cluster: 'london', node: 'cucm2' }],
    });
  });

  test('that gave NoChange unasked is blind, too', () => {
    const watch = createWatcher();
    const { delta } = watch.look(
      PHONES,
      reply([row('SEP1')], { nodes: nodes('cucm1', 'cucm2 UnaskedNoChange') }),
    );
    expect(delta.blind).toMatchObject([{ node: 'cucm2', code: 'UnaskedNoChange' }]);
  });

  test('hides a phone of which another node has an old row', () => {
    const { watch } = blindWatcher();
    const old = lost('SEP2', { timeStamp: EARLIER - 600 });
    const look = watch.look(PHONES, reply([row('SEP1'), old], blindCucm2));
    expect(told(look)).toEqual([]);
    expect(watch.condition('SEP2')).toBe('up');
  });

  test('gives the phone back when it can be seen, or what became of it', () => {
    const { watch } = blindWatcher();
    const old = lost('SEP2', { timeStamp: EARLIER - 600 });
    watch.look(PHONES, reply([row('SEP1'), old], blindCucm2));
    const seen = watch.look(PHONES, reply([], { nodes: nodes('cucm1 NoChange', 'cucm2') }));
    expect(told(seen)).toEqual([]);
    expect(seen.confirm).toEqual(['SEP2']);
    expect(told(watch.confirm(['SEP2'], reply([old])))).toEqual(['lost SEP2']);
    expect(watch.memories.get(PHONES.key)?.rows).toEqual({});
  });

  test('does not keep a phone from moving away from it', () => {
    const { watch } = blindWatcher();
    const moved = row('SEP2', { timeStamp: LATER });
    expect(told(watch.look(PHONES, reply([row('SEP1'), moved], blindCucm2)))).toEqual(['moved SEP2']);
  });

  test('does not hide the losses of the others', () => {
    const { watch } = blindWatcher();
    expect(told(watch.look(PHONES, reply([lost('SEP1')], blindCucm2)))).toEqual(['lost SEP1']);
  });

  test('that was blind before and is not named has not been seen', () => {
    const { watch } = blindWatcher();
    const look = watch.look(PHONES, reply([], NOTHING_FOUND));
    expect(told(look)).toEqual([]);
    expect([...watch.blind]).toEqual(['cucm2']);
  });

  test('is not blind because it does not take the question', () => {
    const watch = createWatcher();
    const refused = { nodes: nodes('cucm1 InvalidRequest', 'cucm2 InvalidRequest') };
    const look = watch.look(PHONES, reply([], refused));
    expect(look.refused).toBe('InvalidRequest');
    expect(look.delta.blind).toBeUndefined();
  });

  test('keeps a phone that was first seen without it from being called lost', () => {
    const watch = createWatcher();
    watch.look(PHONES, reply([row('SEP1'), lost('SEP2', { timeStamp: EARLIER - 600 })], blindCucm2));
    expect(watch.known.has('SEP2')).toBe(false);
    expect(watch.memories.get(PHONES.key)).toSatisfy((memory) => pendingOf(memory).includes('SEP2'));
    const seen = watch.look(PHONES, reply([], { nodes: nodes('cucm1 NoChange', 'cucm2') }));
    expect(seen.confirm).toEqual(['SEP2']);
    expect(told(watch.confirm(['SEP2'], reply([lost('SEP2')])))).toEqual([]);
    expect(watch.known.get('SEP2')).toMatchObject({ condition: 'lost', baseline: true });
  });
});

describe('a cluster that does not answer', () => {
  test('is blind once, and seen with the first answer', () => {
    const failure = { cluster: 'london', code: 'unreachable', now: NOW, lastSeen: NOW - 7_000 };
    const { blind = [] } = observeFailure({ ...failure, blind: [] });
    expect(blind).toEqual(
      [{ ...failure, blind: undefined, node: null, since: NOW, now: undefined }].map(
        ({ blind: _blind, now: _now, ...one }) => one,
      ),
    );
    expect(observeFailure({ ...failure, blind })).toEqual({});
    const watch = createWatcher();
    watch.blind.add('');
    const { delta } = watch.look(named('SEP1'), reply([], NOTHING_FOUND));
    expect(delta.seen).toEqual([{ cluster: 'london', node: null }]);
  });
});

describe('a mixed reply', () => {
  const PHONES = named('SEP1', 'SEP2');

  function watcher() {
    const watch = createWatcher();
    watch.look(PHONES, reply([row('SEP1'), row('SEP2', { node: 'cucm2' })]));
    return watch;
  }

  test('leaves the rows of a node that has nothing newer', () => {
    const watch = watcher();
    const mixed = { nodes: nodes('cucm1 NoChange', 'cucm2') };
    expect(told(watch.look(PHONES, reply([lost('SEP2', { node: 'cucm2' })], mixed)))).toEqual(['lost SEP2']);
    expect(watch.condition('SEP1')).toBe('up');
  });

  test('does not call gone what may stand on the node that said nothing', () => {
    const watch = watcher();
    const look = watch.look(PHONES, reply([], { nodes: nodes('cucm1 NoChange', 'cucm2') }));
    expect(told(look)).toEqual([]);
    expect(look.confirm).toEqual(['SEP2']);
    expect(told(watch.confirm(['SEP2'], reply([], NOTHING_FOUND)))).toEqual(['gone SEP2']);
  });

  test('an older row does not count against one that is kept', () => {
    const watch = watcher();
    const old = lost('SEP1', { node: 'cucm2', timeStamp: EARLIER - 9 });
    const rows = [old, row('SEP2', { node: 'cucm2' })];
    expect(watch.look(PHONES, reply(rows, { nodes: nodes('cucm1 NoChange', 'cucm2') })).delta).toEqual({});
  });
});

describe('exceptions', () => {
  const old = lost('SEP8', { timeStamp: EARLIER - 900 });

  function watcher(options: Parameters<typeof createWatcher>[0] = {}) {
    const watch = createWatcher(options);
    watch.look(EXCEPTIONS, reply([old]));
    return watch;
  }

  test('the first look is a baseline and asks for nothing', () => {
    const watch = createWatcher();
    const look = watch.look(EXCEPTIONS, reply([old]));
    expect(look.confirm).toEqual([]);
    expect(told(look)).toEqual([]);
    expect(watch.known.get('SEP8')).toMatchObject({ condition: 'lost', baseline: true });
  });

  test('at the first look a name is as its newest row says', () => {
    const watch = createWatcher();
    watch.look(EXCEPTIONS, reply([old, lost('SEP8', { node: 'cucm2', statusReason: 34 })]));
    expect(watch.known.get('SEP8')).toMatchObject({ condition: 'user', row: { node: 'cucm2' } });
  });

  test('at the first look a row that a phone has left behind says nothing about it', () => {
    const watch = createWatcher();
    watch.look(named('SEP8'), reply([row('SEP8', { node: 'cucm2' })]));
    expect(watch.look(EXCEPTIONS, reply([old])).confirm).toEqual([]);
    expect(watch.condition('SEP8')).toBe('up');
  });

  test('a device that two queries see at first is as the newer row says, and no news', () => {
    const watch = watcher();
    const rejected = standing('exceptions', deviceQuery({ status: 'Rejected' }));
    const look = watch.look(rejected, reply([row('SEP8', { status: 'Rejected', node: 'cucm2' })]));
    expect([told(look), look.confirm]).toEqual([[], []]);
    expect(watch.known.get('SEP8')).toMatchObject({ condition: 'fault', baseline: true });
  });

  test('what another query is asking for is no baseline of this one', () => {
    const watch = createWatcher();
    const rejected = standing('exceptions', deviceQuery({ status: 'Rejected' }));
    const there = row('SEP8', { status: 'Rejected', node: 'cucm2' });
    watch.look(rejected, reply([there], { nodes: nodes('cucm1 NodeNotResponding', 'cucm2') }));
    watch.look(EXCEPTIONS, reply([old]));
    expect(watch.known.has('SEP8')).toBe(false);
    expect(told(watch.confirm(['SEP8'], reply([there])))).toEqual([]);
    expect(watch.known.get('SEP8')).toMatchObject({ condition: 'fault', baseline: true });
  });

  test.each([
    ['a new row', [old, lost('SEP1')], 'SEP1'],
    ['a row with another time', [lost('SEP8')], 'SEP8'],
    ['a row with an earlier time: a node’s clock may go back', [lost('SEP8', { timeStamp: 1 })], 'SEP8'],
    ['a row with another reason', [lost('SEP8', { timeStamp: old.timeStamp, statusReason: 34 })], 'SEP8'],
    ['a new row of a name that has one already', [old, lost('SEP8', { node: 'cucm2' })], 'SEP8'],
    ['a row that has gone', [], 'SEP8'],
  ] as const)('%s is asked for by name and nothing is told before', (_claim, rows, name) => {
    const watch = watcher();
    const before = watch.condition(name);
    const look = watch.look(EXCEPTIONS, reply(rows));
    expect(look.confirm).toEqual([name]);
    expect(told(look)).toEqual([]);
    expect(watch.condition(name)).toBe(before);
  });

  test('a loss is told when its name says so', () => {
    const watch = watcher();
    watch.look(EXCEPTIONS, reply([old, lost('SEP1')]));
    expect(told(watch.confirm(['SEP1'], reply([lost('SEP1')])))).toEqual(['lost SEP1']);
    expect(watch.known.get('SEP1')).toMatchObject({ baseline: false, since: NOW });
  });

  test('a phone that moved left a row behind and is not lost', () => {
    const watch = watcher();
    watch.audit(reply([old, row('SEP1')]));
    const left = lost('SEP1', { statusReason: 8, timeStamp: LATER });
    expect(watch.look(EXCEPTIONS, reply([old, left])).confirm).toEqual(['SEP1']);
    const moved = row('SEP1', { node: 'cucm2', timeStamp: LATER + 5 });
    expect(told(watch.confirm(['SEP1'], reply([moved])))).toEqual(['moved SEP1']);
  });

  test('a row left behind with reason 28 says that the phone went home', () => {
    const watch = watcher();
    watch.audit(reply([old, row('SEP1')]));
    watch.look(EXCEPTIONS, reply([old, lost('SEP1', { statusReason: 28, timeStamp: LATER })]));
    const home = row('SEP1', { node: 'cucm2', timeStamp: LATER + 5 });
    expect(told(watch.confirm(['SEP1'], reply([home])))).toEqual(['home SEP1']);
  });

  test('back is told when the row has gone and the name says so', () => {
    const watch = watcher();
    watch.look(EXCEPTIONS, reply([]));
    expect(told(watch.confirm(['SEP8'], reply([row('SEP8', { timeStamp: LATER })])))).toEqual(['back SEP8']);
  });

  test('a row that has gone with the phone has no record', () => {
    const watch = watcher();
    watch.look(EXCEPTIONS, reply([], NOTHING_FOUND));
    expect(told(watch.confirm(['SEP8'], reply([], NOTHING_FOUND)))).toEqual(['gone SEP8']);
  });

  test('a row left behind that expires is no news of a phone that is up', () => {
    const watch = watcher();
    watch.confirm(['SEP8'], reply([row('SEP8', { node: 'cucm2', timeStamp: LATER })]));
    expect(watch.look(EXCEPTIONS, reply([])).confirm).toEqual([]);
  });

  test('what is known already is not asked for', () => {
    const watch = watcher();
    watch.look(named('SEP1'), reply([row('SEP1')]));
    watch.look(named('SEP1'), reply([lost('SEP1')]));
    expect(watch.look(EXCEPTIONS, reply([old, lost('SEP1')])).confirm).toEqual([]);
  });

  test('rows that nobody watches are counted and not asked for', () => {
    const watch = watcher({ isWatched: ({ name }) => name !== 'CSFx' });
    expect(watch.look(EXCEPTIONS, reply([old, lost('CSFx')])).confirm).toEqual([]);
    expect(Object.keys(watch.memories.get(query)?.rows ?? {})).toEqual(['SEP8 cucm1', 'CSFx cucm1']);
    expect(watch.known.has('CSFx')).toBe(false);
  });

  test('a row that was there before it was watched is a baseline', () => {
    const watch = watcher({ isWatched: () => false });
    const look = watch.look(EXCEPTIONS, reply([old]), { isWatched: () => true });
    expect([look.confirm, told(look)]).toEqual([[], []]);
    expect(watch.known.get('SEP8')).toMatchObject({ condition: 'lost', baseline: true });
  });

  test('the same reply again changes nothing, before and after what it asked for was answered', () => {
    const watch = watcher();
    const rows = [lost('SEP8', { statusReason: 34 }), lost('SEP1')];
    watch.look(EXCEPTIONS, reply(rows));
    expect(watch.look(EXCEPTIONS, reply(rows))).toMatchObject({ delta: {}, confirm: [] });
    watch.confirm(['SEP1', 'SEP8'], reply(rows));
    expect(watch.look(EXCEPTIONS, reply(rows))).toMatchObject({ delta: {}, confirm: [] });
  });

  test('rows of a node that is blind or has nothing newer are kept', () => {
    const watch = watcher();
    for (const word of ['NodeNotResponding', 'NoChange']) {
      const look = watch.look(EXCEPTIONS, reply([], { nodes: nodes(`cucm1 ${word}`, 'cucm2') }));
      expect(look.confirm).toEqual([]);
      expect(watch.memories.get(query)?.rows).toHaveProperty(['SEP8 cucm1']);
    }
  });

  test('what a node holds that could not be seen at the first look is a baseline, too', () => {
    const watch = createWatcher();
    watch.look(EXCEPTIONS, reply([], { nodes: nodes('cucm1', 'cucm2 NodeNotResponding') }));
    const there = lost('SEP1', { node: 'cucm2' });
    const look = watch.look(EXCEPTIONS, reply([there]));
    watch.confirm(look.confirm, reply([there]));
    expect(watch.known.get('SEP1')).toMatchObject({ condition: 'lost', baseline: true });
    const fresh = lost('SEP2', { node: 'cucm2', timeStamp: LATER });
    expect(watch.look(EXCEPTIONS, reply([there, fresh])).confirm).toEqual(['SEP2']);
    expect(told(watch.confirm(['SEP2'], reply([fresh])))).toEqual(['lost SEP2']);
  });

  test('at a first look with a node out of sight, no old row makes a device lost', () => {
    const watch = createWatcher();
    watch.look(EXCEPTIONS, reply([old], { nodes: nodes('cucm1', 'cucm2 NodeNotResponding') }));
    expect(watch.known.size).toBe(0);
    const seen = watch.look(EXCEPTIONS, reply([old]));
    expect(seen.confirm).toEqual(['SEP8']);
    expect(told(watch.confirm(['SEP8'], reply([row('SEP8', { node: 'cucm2' })])))).toEqual([]);
    expect(watch.known.get('SEP8')).toMatchObject({ condition: 'up', baseline: true });
  });

  test('where nothing is found, one device of a node that could not be seen is asked for, now and then', () => {
    const watch = createWatcher();
    watch.audit(reply([row('SEP1'), row('SEP2', { node: 'cucm2' }), row('SEP3', { node: 'cucm2' })]));
    watch.blind.add('cucm2');
    const slow = standing('exceptions', deviceQuery({ status: 'Rejected' }));
    expect(watch.look(slow, reply([], NOTHING_FOUND)).confirm).toHaveLength(1);
    expect(watch.look(EXCEPTIONS, reply([], NOTHING_FOUND)).confirm).toEqual([]);
    const { delta } = watch.confirm(['SEP3'], reply([row('SEP3', { node: 'cucm2' })]));
    expect(delta.seen).toEqual([{ cluster: 'london', node: 'cucm2' }]);
  });

  test('a reply that was cut adds what it holds and takes nothing away', () => {
    const watch = watcher();
    const look = watch.look(EXCEPTIONS, reply([lost('SEP1')], { complete: false }));
    expect(look).toMatchObject({ cut: true, confirm: ['SEP1'] });
    expect(Object.keys(watch.memories.get(query)?.rows ?? {})).toEqual(['SEP8 cucm1', 'SEP1 cucm1']);
    expect(watch.memories.get(query)).toMatchObject({ baselined: true, stateInfo: '' });
  });

  test('a query that never came whole has no news', () => {
    const watch = createWatcher();
    watch.look(EXCEPTIONS, reply([old], { complete: false }));
    expect(watch.memories.get(query)?.baselined).toBe(false);
    const look = watch.look(EXCEPTIONS, reply([old, lost('SEP1')]));
    expect([look.confirm, told(look)]).toEqual([[], []]);
    expect(watch.known.get('SEP1')?.baseline).toBe(true);
  });
});

describe('what has been asked for and not answered', () => {
  function interrupted() {
    const watch = createWatcher();
    watch.look(EXCEPTIONS, reply([lost('SEP8')]));
    watch.look(EXCEPTIONS, reply([lost('SEP1')]));
    return watch;
  }
  const pending = (watch: ReturnType<typeof createWatcher>) =>
    [...watch.memories.values()].flatMap(pendingOf).toSorted();

  test('is remembered over a restart, also what may have come back', () => {
    expect(pending(interrupted())).toEqual(['SEP1', 'SEP8']);
  });

  test('is forgotten when it is answered', () => {
    const watch = interrupted();
    watch.confirm(['SEP1', 'SEP8'], reply([lost('SEP1'), row('SEP8')]));
    expect(pending(watch)).toEqual([]);
    expect(Object.keys(watch.memories.get(query)?.rows ?? {})).toEqual(['SEP1 cucm1']);
  });

  test('stays news after the restart', () => {
    const watch = interrupted();
    expect(told(watch.confirm(['SEP1'], reply([lost('SEP1')])))).toEqual(['lost SEP1']);
  });

  test('waits until it can be told', () => {
    const watch = createWatcher();
    watch.audit(reply([row('SEP1', { node: 'cucm2' })]));
    watch.look(EXCEPTIONS, reply([]));
    watch.look(EXCEPTIONS, reply([lost('SEP1')], { nodes: nodes('cucm1', 'cucm2 NodeNotResponding') }));
    const blind = watch.confirm(
      ['SEP1'],
      reply([lost('SEP1')], { nodes: nodes('cucm1', 'cucm2 NodeNotResponding') }),
    );
    expect([told(blind), pending(watch)]).toEqual([[], ['SEP1']]);
    const seen = watch.look(EXCEPTIONS, reply([lost('SEP1')]));
    expect(seen.confirm).toEqual(['SEP1']);
  });

  test('is asked again when the answer was cut', () => {
    const watch = interrupted();
    const cut = watch.confirm(['SEP1', 'SEP8'], reply([lost('SEP1')], { complete: false }));
    expect(cut.confirm).toEqual(['SEP8']);
    expect(pending(watch)).toEqual(['SEP8']);
  });

  test('is not baselined away by a walk that meets it first', () => {
    const watch = interrupted();
    watch.audit(reply([lost('SEP1')]));
    expect(told(watch.confirm(['SEP1'], reply([lost('SEP1')])))).toEqual(['lost SEP1']);
  });

  test('is let go when nobody watches it any more', () => {
    const watch = interrupted();
    watch.confirm(['SEP1', 'SEP8'], reply([lost('SEP1'), lost('SEP8')]), { isWatched: () => false });
    expect(pending(watch)).toEqual([]);
  });
});

describe('the walk through all devices', () => {
  test('takes a baseline of what was unknown, by the newest row of each', () => {
    const watch = createWatcher();
    watch.audit(reply([row('SEP1'), lost('SEP1', { node: 'cucm2', timeStamp: 1 }), lost('SEP2')]));
    expect([watch.condition('SEP1'), watch.condition('SEP2')]).toEqual(['up', 'lost']);
  });

  test('finds moves and new attributes', () => {
    const watch = createWatcher();
    watch.audit(reply([row('SEP1'), row('SEP2')]));
    const look = watch.audit(
      reply([row('SEP1', { node: 'cucm2', timeStamp: LATER }), row('SEP2', { activeLoadId: 'new' })]),
    );
    expect(told(look)).toEqual(['moved SEP1']);
    expect(watch.known.get('SEP2')?.row.activeLoadId).toBe('new');
  });

  test.each([
    ['not up that was up', lost('SEP1', { timeStamp: LATER }), 'up'],
    ['nowhere that was up', null, 'up'],
  ] as const)('asks by name for what is %s', (_claim, found, before) => {
    const watch = createWatcher();
    watch.audit(reply([row('SEP1'), row('SEP2')]));
    const look = watch.audit(reply([row('SEP2'), ...(found ? [found] : [])]));
    expect([look.confirm, told(look), watch.condition('SEP1')]).toEqual([['SEP1'], [], before]);
  });

  test('asks by name for what is up that was not', () => {
    const watch = createWatcher();
    watch.audit(reply([lost('SEP1')]));
    expect(watch.audit(reply([row('SEP1')])).confirm).toEqual(['SEP1']);
  });

  test.each([
    ['a reply that was cut', { complete: false }],
    ['a reply with a node out of sight', { nodes: nodes('cucm1', 'cucm2 InternalError') }],
    ['a walk through another class', { query: deviceQuery({ deviceClass: 'Gateway' }) }],
    ['a walk through other names', { query: deviceQuery({ items: ['CSF*', 'TCT1'] }) }],
    ['a walk through one state', { query: deviceQuery({ status: 'Registered' }) }],
  ] as const)('%s does not say that a device is nowhere', (_claim, fields) => {
    const watch = createWatcher();
    watch.audit(reply([row('SEP1')]));
    expect(watch.audit(reply([], fields)).confirm).toEqual([]);
  });

  test('what has changed since it was walked past is left alone', () => {
    const watch = createWatcher();
    watch.audit(reply([row('SEP1'), row('SEP2')]));
    const later = { at: NOW + 600_000 };
    watch.confirm(['SEP1', 'SEP2'], reply([lost('SEP1'), row('SEP2', { node: 'cucm2' })], later));
    const walked = watch.audit(reply([row('SEP1'), row('SEP2')], { at: NOW + 300_000 }), {
      now: NOW + 900_000,
    });
    expect([walked.delta, walked.confirm]).toEqual([{}, []]);
  });

  test('a row that the exceptions have not shown yet is left to them: they know that it is news', () => {
    const watch = createWatcher();
    watch.look(EXCEPTIONS, reply([]));
    watch.audit(reply([lost('SEP1')]));
    expect(watch.known.has('SEP1')).toBe(false);
    expect(watch.look(EXCEPTIONS, reply([lost('SEP1')])).confirm).toEqual(['SEP1']);
    expect(told(watch.confirm(['SEP1'], reply([lost('SEP1')])))).toEqual(['lost SEP1']);
  });

  test('what a device did before the first look is no news when it is seen later', () => {
    const watch = createWatcher();
    watch.look(EXCEPTIONS, reply([lost('SEP1', { timeStamp: EARLIER - 600 })]));
    const rows = [
      lost('SEP1', { timeStamp: EARLIER - 600 }),
      row('SEP1', { status: 'Rejected', node: 'cucm2' }),
    ];
    expect(told(watch.audit(reply(rows)))).toEqual([]);
    expect(watch.known.get('SEP1')).toMatchObject({ condition: 'fault', baseline: true });
  });

  test('of a walk that was cut an old row makes nothing worse', () => {
    const watch = createWatcher();
    watch.audit(reply([row('SEP1', { status: 'PartiallyRegistered', node: 'cucm2' })]));
    const left = lost('SEP1', { timeStamp: EARLIER - 600 });
    expect(watch.audit(reply([left], { complete: false })).delta).toEqual({});
    expect(watch.condition('SEP1')).toBe('partial');
  });

  test('a walk of many replies calls no node blind that failed in one of them', () => {
    const watch = createWatcher();
    const failed = { nodes: nodes('cucm1', 'cucm2 NodeNotResponding') };
    expect(watch.audit(reply([], { ...failed, requests: 20 })).delta.blind).toBeUndefined();
    expect(watch.audit(reply([], failed)).delta.blind).toHaveLength(1);
  });
});

describe('directory numbers', () => {
  const NUMBERS = standing('numbers', deviceQuery({ selectBy: 'DirNumber', items: ['1001', '+441002'] }));
  const line = (directoryNumber: string) => ({ linesStatus: [{ directoryNumber, status: 'Registered' }] });

  function watcher() {
    const watch = createWatcher();
    watch.look(NUMBERS, reply([row('SEP1', line('1001')), row('SEP2', line('\\+441002'))]));
    return watch;
  }

  test('the phone behind a number is asked for by name when it falls', () => {
    const watch = watcher();
    const fallen = lost('SEP1', { ...line('1001'), timeStamp: LATER });
    const rows = [fallen, row('SEP2', line('\\+441002'))];
    const look = watch.look(NUMBERS, reply(rows));
    expect([look.confirm, told(look)]).toEqual([['SEP1'], []]);
    expect(watch.look(NUMBERS, reply(rows)).delta).toEqual({});
    expect(told(watch.confirm(['SEP1'], reply([fallen])))).toEqual(['lost SEP1']);
    expect(watch.look(NUMBERS, reply(rows))).toMatchObject({ delta: {}, confirm: [] });
  });

  test('a phone that another one has taken the number of is asked for by name', () => {
    const watch = watcher();
    const look = watch.look(NUMBERS, reply([row('SEP9', line('1001'))]));
    expect(look.confirm).toEqual(['SEP1', 'SEP2']);
    expect(watch.condition('SEP9')).toBe('up');
  });

  test('a phone that comes to a number unregistered is news', () => {
    const watch = watcher();
    const rows = [row('SEP1', line('1001')), row('SEP2', line('\\+441002')), lost('SEP9', line('1001'))];
    expect(watch.look(NUMBERS, reply(rows)).confirm).toEqual(['SEP9']);
    expect(told(watch.confirm(['SEP9'], reply(rows.slice(2))))).toEqual(['lost SEP9']);
  });
});

describe('applications', () => {
  const PROVIDERS = standing('cti', ctiQuery());
  const app = (appStatus: string, fields: Partial<CtiItem> = {}): CtiItem => ({
    node: 'cucm1',
    appId: 'recorder',
    userId: 'recorder',
    appIpAddr: '',
    appIpv6Addr: '',
    appStatus,
    appStatusReason: 0,
    appTimeStamp: EARLIER,
    ctiDevice: null,
    ctiLine: null,
    ...fields,
  });

  function watcher() {
    const watch = createWatcher();
    watch.look(PROVIDERS, ctiReply([app('Open')]));
    return watch;
  }

  test.each([
    ['one that closes is lost', [app('Closed')], ['lost recorder']],
    ['one that is refused is a fault', [app('OpenFailed')], ['fault recorder']],
    ['one that was open and is not listed is lost', [], ['lost recorder']],
    ['one that says nothing is as it was', [app('Unknown')], []],
    [
      'one that opened on another node has moved, whatever it left behind',
      [app('Closed', { appTimeStamp: LATER }), app('Open', { node: 'cucm2', appTimeStamp: LATER })],
      ['moved recorder'],
    ],
    ['a new one is a baseline', [app('Open'), app('Open', { appId: 'other' })], []],
    ['a new one that is closed is news', [app('Open'), app('Closed', { appId: 'other' })], ['lost other']],
  ] as const)('%s', (_claim, items, transitions) => {
    expect(told(watcher().look(PROVIDERS, ctiReply(items)))).toEqual(transitions);
  });

  test('one that was closed and is not listed any more is gone, and told once', () => {
    const watch = watcher();
    watch.look(PROVIDERS, ctiReply([app('Closed')]));
    expect(told(watch.look(PROVIDERS, ctiReply([])))).toEqual(['gone recorder']);
    expect(watch.look(PROVIDERS, ctiReply([])).delta).toEqual({});
    expect(told(watch.look(PROVIDERS, ctiReply([app('Open')])))).toEqual(['back recorder']);
  });

  test.each([
    ['cut', { complete: false }],
    ['with a node out of sight', { nodes: nodes('cucm1', 'cucm2 NodeNotResponding') }],
    ['without news', { nodes: nodes('cucm1 NoChange', 'cucm2 NoChange') }],
    ['of another node', { nodes: nodes('cucm1 NoChange', 'cucm2') }],
  ] as const)('a reply %s does not say that one is not listed', (_claim, fields) => {
    expect(told(watcher().look(PROVIDERS, ctiReply([], fields)))).toEqual([]);
  });

  test('devices are not taken for applications, nor the other way round', () => {
    const watch = watcher();
    watch.audit(reply([row('SEP1')]));
    watch.audit(reply([row('SEP1')]));
    watch.look(PROVIDERS, ctiReply([app('Open')]));
    expect([watch.condition('recorder'), watch.condition('SEP1')]).toEqual(['up', 'up']);
  });
});

test('how long nobody could look is said with the news', () => {
  const watch = createWatcher();
  watch.look(named('SEP1'), reply([row('SEP1')]));
  const { delta } = watch.look(named('SEP1'), reply([lost('SEP1')]), { gapMs: 720_000 });
  expect(delta.transitions?.[0]?.gapMs).toBe(720_000);
  expect(delta.known?.[0]?.gapMs).toBe(720_000);
});
