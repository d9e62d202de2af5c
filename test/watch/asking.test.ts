import { describe, expect, test } from 'vitest';
import { deviceQuery } from '../../src/device/query.ts';
import { createAgenda } from '../../src/watch/agenda.ts';
import { toFollow } from '../../src/watch/follow.ts';
import { createPauses } from '../../src/watch/pauses.ts';
import { replacements } from '../../src/watch/replaced.ts';
import type { Standing } from '../../src/watch/standing.ts';
import { known, watch } from './known.ts';

const NOW = 10_000_000;
const named = (reason: string, ...items: string[]): Standing => ({
  key: `named ${reason}`,
  role: 'named',
  query: deviceQuery({ operation: 'selectCmDeviceExt', items }),
  everyMs: 6_000,
  reason,
});

describe('what is still to be asked', () => {
  const sight = { now: NOW, standing: [], follow: [], most: 2 };

  test('a name to be confirmed is asked for until its answer has been taken in', () => {
    const agenda = createAgenda();
    agenda.confirm(['A', 'B', 'C']);
    const choice = agenda.choose(sight);
    expect(choice).toEqual({ type: 'confirm', names: ['A', 'B'] });
    agenda.asked(choice, NOW);
    expect(agenda.choose(sight)).toEqual(choice);
    agenda.seen({ role: 'confirm', names: ['A', 'B'] }, []);
    expect(agenda.choose(sight)).toEqual({ type: 'confirm', names: ['C'] });
  });

  test('one that the answer leaves in doubt is asked for again', () => {
    const agenda = createAgenda();
    agenda.confirm(['A']);
    agenda.seen({ role: 'confirm', names: ['A'] }, ['A']);
    expect(agenda.choose(sight)).toEqual({ type: 'confirm', names: ['A'] });
  });

  test('those that are followed take turns when one request cannot hold them', () => {
    const agenda = createAgenda();
    const rounds = [0, 1, 2].map((round) => {
      const at = NOW + round * 60_000;
      const choice = agenda.choose({ ...sight, now: at, follow: ['A', 'B', 'C'] });
      agenda.asked(choice, at);
      return choice;
    });
    expect(rounds).toEqual([
      { type: 'follow', names: ['A', 'B'] },
      { type: 'follow', names: ['C', 'A'] },
      { type: 'follow', names: ['B', 'C'] },
    ]);
  });

  test('a query is asked afresh until it has been answered', () => {
    const agenda = createAgenda();
    const standing = named('fast', 'A');
    agenda.askAfresh([standing.key]);
    expect(agenda.isAfresh(standing.key)).toBe(true);
    agenda.asked({ type: 'standing', standing }, NOW);
    expect(agenda.isAfresh(standing.key)).toBe(true);
    agenda.seen(standing, []);
    expect(agenda.isAfresh(standing.key)).toBe(false);
  });

  test('what is not urgent waits until three requests could go out at once, and goes along with news', () => {
    const agenda = createAgenda();
    const at = (ms: number) => agenda.choose({ ...sight, now: NOW + ms, follow: ['B'], paceMs: 5_000 });
    const standing = named('fast', 'A');
    agenda.asked(at(-20_000), NOW - 20_000);
    for (const ms of [0, 1_000]) agenda.asked({ type: 'standing', standing }, NOW + ms);
    // Two are gone, and one of them is back a pace later.
    expect(at(1_000)).toEqual({ type: 'wait', until: NOW + 10_000 });
    expect(at(10_000)).toEqual({ type: 'follow', names: ['B'] });
    agenda.confirm(['A']);
    const news = at(2_000);
    expect(news).toEqual({ type: 'confirm', names: ['A'], also: ['B'] });
    agenda.asked(news, NOW + 2_000);
    agenda.seen({ role: 'confirm', names: ['A', 'B'] }, []);
    // Twenty seconds from then: nobody is followed twice.
    expect(at(20_000)).toEqual({ type: 'wait', until: NOW + 22_000 });
  });
});

describe('who is followed', () => {
  const lost = (name: string) => known(name, { condition: 'lost', baseline: false });

  test.each([
    ['what is lost', lost('A'), [], ['A']],
    ['nobody who is up', known('A'), [], []],
    ['nobody without a record', known('A', { condition: 'gone' }), [], []],
    ['nobody who is asked for by name often', lost('A'), [named('fast', 'a')], []],
    ['those who are asked for by name now and then', lost('A'), [named('covered', 'A')], ['A']],
    ['no CTI application', known('app', { condition: 'lost', row: { deviceClass: 'CtiProvider' } }), [], []],
    [
      'a CTI port, which is a device',
      known('P', { condition: 'lost', row: { deviceClass: 'Cti' } }),
      [],
      ['P'],
    ],
  ] as const)('%s', (_claim, one, standing, names) => {
    expect(toFollow([one], standing)).toEqual(names);
  });
});

describe('after a look that failed', () => {
  test.each([
    ['what passes is tried again soon, and then less often', 'network', [15, 30, 60, 60]],
    ['a wrong password is not tried until the account is locked', 'unauthorized', [60, 120, 240, 300]],
  ] as const)('%s', (_claim, code, seconds) => {
    const pauses = createPauses();
    expect(seconds.map(() => pauses.afterFailure(code) / 1000)).toEqual(seconds);
    pauses.succeeded();
    expect(pauses.afterFailure(code) / 1000).toBe(seconds[0]);
  });

  test.each([
    ['what passes, at the pace of all looks', 'unavailable', 4_000, [5, 5, 5]],
    ['the same where few requests are allowed', 'timeout', 15_000, [15, 15, 15]],
    ['a wrong password, once more before it is called blind', 'unauthorized', 4_000, [45, 120, 240]],
    ['what CUCM wants less of, more and more seldom', 'throttled', 4_000, [15, 30, 60]],
  ] as const)('in the first minute: %s', (_claim, code, paceMs, seconds) => {
    const pauses = createPauses();
    const pausesMs = seconds.map((_second, n) => pauses.afterFailure(code, { at: NOW + n * 20_000, paceMs }));
    expect(pausesMs.map((ms) => ms / 1000)).toEqual(seconds);
  });

  test('then less often, as after any failure', () => {
    const pauses = createPauses();
    const at = (ms: number) => pauses.afterFailure('network', { at: NOW + ms, paceMs: 4_000 }) / 1000;
    expect([0, 59_999, 60_000, 75_000, 105_000].map(at)).toEqual([5, 5, 15, 30, 60]);
  });

  test('a query that was not answered has its turn sooner, and never takes that of the others', () => {
    const agenda = createAgenda();
    const [slow, other] = [
      { ...named('slow', 'A'), everyMs: 60_000 },
      { ...named('other', 'B'), everyMs: 60_000 },
    ];
    const turns: string[] = [];
    for (let at = NOW; at < NOW + 180_000; at += 5_000) {
      const choice = agenda.choose({ now: at, standing: [slow, other], follow: [], most: 2 });
      if (choice.type !== 'standing') continue;
      agenda.asked(choice, at);
      if (choice.standing.key === slow.key) agenda.failed(choice, at);
      turns.push(`${(at - NOW) / 1000} ${choice.standing.reason}`);
    }
    expect(turns.filter((turn) => turn.endsWith('other'))).toEqual(['5 other', '65 other', '125 other']);
    expect(turns.filter((turn) => turn.endsWith('slow')).length).toBeGreaterThan(8);
    expect(agenda.lastAskedAt(other.key)).toBe(NOW + 125_000);
  });
});

describe('a device that was replaced', () => {
  const line = (number: string) => ({ linesStatus: [{ directoryNumber: number, status: 'Registered' }] });
  const lost = known('OLD', { condition: 'lost', baseline: false, since: NOW, row: line('1001') });
  const news = {
    known: lost,
    watches: [watch(1)],
    graceMs: 0,
    kind: 'loss',
    dueAt: NOW,
    readyAt: NOW,
  } as const;
  const other = (fields: Parameters<typeof known>[1]) =>
    known('NEW', { since: NOW - 30_000, ...fields, row: { ...line('1001'), ...fields?.row } });

  test.each([
    ['one that was first seen a little before has its number', other({}), 'NEW'],
    ['one that was first seen since has it', other({ since: NOW + 60_000 }), 'NEW'],
    ['one has another number', other({ row: line('1002') }), undefined],
    ['one shares its line and was there all the time', other({ since: NOW - 3_600_000 }), undefined],
    [
      'one shares its line and came back',
      other({ baseline: false, changes: [NOW - 90_000, NOW - 30_000] }),
      undefined,
    ],
    ['one is not up', other({ condition: 'lost' }), undefined],
  ] as const)('%s', (_claim, candidate, name) => {
    const both = new Map([lost, candidate].map((one) => [one.row.name, one]));
    expect(replacements([news], both).get('OLD')?.row.name).toBe(name);
  });

  test('what is first seen when a watch begins has been there before', () => {
    const young = { ...news, watches: [watch(1, { createdAt: NOW - 60_000 })] };
    expect(replacements([young], new Map([['NEW', other({})]])).size).toBe(0);
  });
});
