import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ctiQuery, deviceQuery } from '../../src/device/query.ts';
import { lossSeenMs, type PlanInput, plan } from '../../src/watch/plan.ts';
import { standingKey } from '../../src/watch/standing-key.ts';
import type { Scope } from '../../src/watch/watch.ts';

const NO_PARTS: PlanInput['parts'] = new Map();
const phone = (place: number) => `SEP${place.toString(16).toUpperCase().padStart(12, '0')}`;
const phones = (count: number) => Array.from({ length: count }, (_, place) => phone(place));

function scope(fields: Partial<Scope> = {}): Scope {
  return { names: [], numbers: [], exceptions: null, cti: [], matches: () => true, ...fields };
}

function planned(scopes: readonly Scope[], fields: Partial<PlanInput> = {}) {
  return plan({ scopes, allowance: 15, maxDevices: 1_000, parts: NO_PARTS, ...fields });
}

/** `named 3 fast` for each query: its role, how many items, and why it is asked. */
function shape({ standing }: ReturnType<typeof plan>): readonly string[] {
  return standing.map(({ role, query, reason }) => {
    const items = query.operation === 'selectCtiItem' ? query.ctiMgrClass : query.items.length;
    return `${role} ${items} ${reason}`;
  });
}

const ALL = scope({ exceptions: { deviceClass: 'Any' } });
const ALL_PHONES = scope({ exceptions: { deviceClass: 'Phone' } });
const EXCEPTIONS = ['exceptions 1 fast', 'exceptions 1 slow', 'exceptions 1 slow'];

describe('what watches come to', () => {
  test.each([
    ['no watch asks nothing', [], []],
    ['a phone in ten watches is one query', Array(10).fill(scope({ names: ['SEP1'] })), ['named 1 fast']],
    ['names in any case are one', [scope({ names: ['SEPa', 'SEPA', 'sepA'] })], ['named 1 fast']],
    ['a thousand names are one query', [scope({ names: phones(1_000) })], ['named 1000 fast']],
    ['and one more is a second', [scope({ names: phones(1_001) })], ['named 1000 fast', 'named 1 fast']],
    ['numbers go in smaller lots', [scope({ numbers: phones(201) })], ['numbers 200 fast', 'numbers 1 fast']],
    ['a cluster of any size is its exceptions', [ALL], EXCEPTIONS],
    ['also ten times', Array(10).fill(ALL), EXCEPTIONS],
    [
      'a phone that the exceptions cover is asked for slowly',
      [ALL_PHONES, scope({ names: [phone(1), 'CSFjdoe'] })],
      [...EXCEPTIONS, 'named 2 covered'],
    ],
    [
      'a gateway is not covered by the exceptions of phones',
      [ALL_PHONES, scope({ names: [phone(1), 'AALN/S0/SU0/1@GW'] })],
      [...EXCEPTIONS, 'named 1 fast', 'named 1 covered'],
    ],
    [
      'anything is covered by the exceptions of everything',
      [ALL, scope({ names: ['GW1'], numbers: ['1001'] })],
      [...EXCEPTIONS, 'named 1 covered', 'numbers 1 covered'],
    ],
    [
      'applications that two watches ask for alike are asked for once',
      [scope({ cti: [ctiQuery()] }), scope({ cti: [ctiQuery(), ctiQuery({ ctiMgrClass: 'Line' })] })],
      ['cti Line applications', 'cti Provider applications'],
    ],
  ] as const)('%s', (_claim, scopes, expected) => {
    expect([...shape(planned(scopes as readonly Scope[]))].toSorted()).toEqual([...expected].toSorted());
  });

  test('exceptions are asked for in the one class that all watches mean, else in any', () => {
    const classes = (...scopes: readonly Scope[]) =>
      new Set(planned(scopes).standing.map(({ query }) => 'deviceClass' in query && query.deviceClass));
    expect(classes(ALL_PHONES, ALL_PHONES)).toEqual(new Set(['Phone']));
    expect(classes(ALL_PHONES, scope({ exceptions: { deviceClass: 'Gateway' } }))).toEqual(new Set(['Any']));
    expect(planned([ALL_PHONES]).auditClass).toBe('Phone');
  });

  test('only exceptions need the walk', () => {
    expect(planned([scope({ names: ['SEP1'], numbers: ['1'], cti: [ctiQuery()] })])).toMatchObject({
      auditEveryMs: null,
      auditClass: null,
    });
    expect(planned([ALL]).auditEveryMs).toBe(60_000);
  });
});

describe('how often', () => {
  const period = (made: ReturnType<typeof plan>, reason: string) =>
    made.standing.find((one) => one.reason === reason)?.everyMs;

  test('a whole cluster is looked at every ten seconds, and a loss is seen within twelve', () => {
    const made = planned([ALL]);
    expect(period(made, 'fast')).toBe(10_000);
    expect(period(made, 'slow')).toBe(60_000);
    expect(lossSeenMs(made)).toBeLessThanOrEqual(12_000);
  });

  test('of the twelve requests a minute, three are free for what was seen and for what is not up', () => {
    expect(planned([ALL]).requestsPerMinute).toBeCloseTo(9, 5);
    expect(planned([scope({ numbers: ['1001'] })]).requestsPerMinute).toBeLessThanOrEqual(9);
    // Nothing is confirmed of phones that are asked for by name.
    expect(planned([scope({ names: phones(5_000) })]).requestsPerMinute).toBeGreaterThan(11);
  });

  test('a thousand phones by name are looked at every six, and a loss is seen within ten', () => {
    const made = planned([scope({ names: phones(1_000) })]);
    expect(period(made, 'fast')).toBe(6_000);
    expect(lossSeenMs(made)).toBeLessThanOrEqual(10_000);
  });

  test('applications are looked at every half minute', () => {
    const made = planned([scope({ cti: [ctiQuery()] })]);
    expect(period(made, 'applications')).toBe(30_000);
    expect(lossSeenMs(made)).toBe(28_500);
  });

  test('a phone that exceptions cover costs a request a minute', () => {
    expect(period(planned([ALL, scope({ names: ['SEP1'] })]), 'covered')).toBe(60_000);
  });

  test('nothing watched is nothing to be seen', () => {
    expect(lossSeenMs(planned([]))).toBeNull();
    expect(planned([]).requestsPerMinute).toBe(0);
  });

  test('fast queries share what is left evenly', () => {
    const made = planned([scope({ names: phones(5_000) })]);
    const periods = new Set(made.standing.map(({ everyMs }) => everyMs));
    expect([made.standing.length, periods.size]).toEqual([5, 1]);
    expect(made.requestsPerMinute).toBeGreaterThan(11);
  });

  test('with one request a minute everything still gets its turn', () => {
    const made = planned([ALL, scope({ names: ['SEP1'], cti: [ctiQuery()] })], { allowance: 1 });
    expect(made.requestsPerMinute).toBeLessThanOrEqual(0.8);
    expect(Math.max(...made.standing.map(({ everyMs }) => everyMs))).toBeLessThan(3_600_000);
  });
});

describe('a query that was cut', () => {
  const whole = standingKey('exceptions', deviceQuery({ status: 'UnRegistered' }));
  const half = standingKey('exceptions', deviceQuery({ status: 'UnRegistered', items: ['S*'] }));
  const itemsOf = ({ standing }: ReturnType<typeof plan>) =>
    standing.flatMap(({ query, reason }) => ('items' in query && reason === 'fast' ? [query.items] : []));

  test('is asked in the parts that were learnt, and parts of parts', () => {
    const parts = new Map([
      [whole, [['A*', 'B*'], ['S*']]],
      [half, [['SE*'], ['SF*', 'S']]],
    ]);
    const made = planned([ALL], { parts });
    expect(itemsOf(made)).toEqual([['A*', 'B*'], ['SE*'], ['SF*', 'S']]);
    expect(made.divided.map(({ key, parts: of }) => [key, of.length])).toEqual([
      [whole, 2],
      [half, 2],
    ]);
    const keys = new Set(made.standing.map(({ key }) => key));
    expect(keys.size).toBe(made.standing.length);
  });

  test('is asked as it is when it cannot be divided', () => {
    expect(itemsOf(planned([ALL], { parts: new Map([[whole, [['*']]]]) }))).toEqual([['*']]);
  });
});

describe('soft clients, once exceptions are too many for a reply', () => {
  const whole = standingKey('exceptions', deviceQuery({ deviceClass: 'Phone', status: 'UnRegistered' }));
  const parts = new Map([
    [
      whole,
      [
        ['A*', 'S*'],
        ['CSF*', 'TCT*', 'BOT*', 'TAB*'],
      ],
    ],
  ]);
  const SOFT = scope({ exceptions: { deviceClass: 'Phone', softClients: true } });

  test('are not asked for where nobody watches them, and losses are seen as soon as before', () => {
    const made = planned([ALL_PHONES], { parts });
    expect(shape(made)).toEqual(['exceptions 2 fast', 'exceptions 1 slow', 'exceptions 1 slow']);
    expect(lossSeenMs(made)).toBe(lossSeenMs(planned([ALL_PHONES])));
  });

  test('are asked for, in parts of their own, where a watch means them', () => {
    expect(shape(planned([ALL_PHONES, SOFT], { parts }))).toContain('exceptions 4 fast');
  });

  test('are asked for by name as often as anybody when they are named', () => {
    const scopes = [ALL_PHONES, scope({ names: [phone(1), 'CSFjdoe'] })];
    expect(shape(planned(scopes, { parts }))).toEqual(
      expect.arrayContaining(['named 1 fast', 'named 1 covered']),
    );
    expect(shape(planned([...scopes, SOFT], { parts }))).toContain('named 2 covered');
  });
});

describe('any plan', () => {
  const name = fc.constantFrom('SEP1', 'sep1', phone(1), phone(2), 'CSFa', 'GW1', 'TRUNK', 'Hunt 1');
  const scopes = fc.array(
    fc.record({
      names: fc.array(name, { maxLength: 8 }),
      numbers: fc.array(fc.constantFrom('1001', '1002', '+4420'), { maxLength: 3 }),
      exceptions: fc.constantFrom(null, { deviceClass: 'Any' } as const, { deviceClass: 'Phone' } as const),
      cti: fc.array(fc.constantFrom(ctiQuery(), ctiQuery({ ctiMgrClass: 'Device' })), { maxLength: 2 }),
      matches: fc.constant(() => true),
    }),
    { maxLength: 6 },
  );
  const limits = fc.record({
    allowance: fc.integer({ min: 1, max: 18 }),
    maxDevices: fc.integer({ min: 1, max: 2_000 }),
  });

  test('leaves people their fifth', () => {
    fc.assert(
      fc.property(scopes, limits, (given, { allowance, maxDevices }) => {
        const made = planned(given, { allowance, maxDevices });
        expect(made.requestsPerMinute).toBeLessThanOrEqual(allowance * 0.8);
        const asked = made.standing.reduce((sum, { everyMs }) => sum + 60_000 / everyMs, 0);
        expect(asked).toBeLessThanOrEqual(made.requestsPerMinute + 1e-9);
        for (const { everyMs } of made.standing) expect(everyMs).toBeGreaterThanOrEqual(6_000);
      }),
    );
  });

  test('asks for everything that anybody watches', () => {
    fc.assert(
      fc.property(scopes, limits, (given, fields) => {
        const { standing } = planned(given, fields);
        const items = (role: string) =>
          new Set(
            standing.flatMap((one) =>
              one.role === role && 'items' in one.query
                ? one.query.items.map((item) => item.toUpperCase())
                : [],
            ),
          );
        const keys = new Set(standing.map(({ key }) => key));
        for (const one of given) {
          expect(items('named').isSupersetOf(new Set(one.names.map((item) => item.toUpperCase())))).toBe(
            true,
          );
          expect(items('numbers').isSupersetOf(new Set(one.numbers))).toBe(true);
          for (const query of one.cti) expect(keys.has(standingKey('cti', query))).toBe(true);
          const classes = standing.flatMap(({ role, query }) =>
            role === 'exceptions' && 'deviceClass' in query ? [query.deviceClass] : [],
          );
          if (one.exceptions !== null) {
            expect(classes).toHaveLength(3);
            expect(['Any', one.exceptions.deviceClass]).toContain(classes[0]);
          }
        }
      }),
    );
  });

  test('is the same whatever the order of the watches', () => {
    fc.assert(
      fc.property(scopes, limits, (given, fields) => {
        const turned = given.toReversed().map((one) => ({ ...one, names: one.names.toReversed() }));
        expect(planned(turned, fields)).toEqual(planned(given, fields));
      }),
    );
  });

  test('asks no query twice', () => {
    fc.assert(
      fc.property(scopes, limits, (given, fields) => {
        const keys = planned(given, fields).standing.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});

test('the name of a query stays what it is: memories are found by it after an update', () => {
  expect(standingKey('exceptions', deviceQuery({ status: 'UnRegistered' }))).toMatchInlineSnapshot(
    `"exceptions-01bf9ed68af045db5ea6f369"`,
  );
});
