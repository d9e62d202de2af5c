import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ctiQuery, deviceQuery } from '../../src/device/query.ts';
import { nameTest } from '../../src/watch/name-cover.ts';
import { inheritParts, partsAfterCut, rejoined } from '../../src/watch/parts.ts';
import type { Standing, StandingMemory } from '../../src/watch/standing.ts';
import { standingKey } from '../../src/watch/standing-key.ts';
import { emptyMemory, pendingOf } from '../../src/watch/standing-memory.ts';
import { EXCEPTIONS, lost, named, reply, standing } from './replies.ts';

const hex = (place: number) =>
  (Math.imul(place + 1, 2_654_435_761) >>> 0).toString(16).toUpperCase().padStart(8, '0');
/** Phones of two vendors, soft clients and gateways. */
const NAMES = Array.from({ length: 1_000 }, (_, place) => {
  if (place % 10 === 0) return `CSFuser${place}`;
  if (place % 25 === 1) return `AALN/S0/SU0/${place}@GW`;
  return `SEP${place % 2 ? '0011' : 'F01F'}${hex(place)}`;
});

describe('the parts of a query that was cut', () => {
  test('hold what is known, each seven tenths of a reply at most, in few requests', () => {
    const parts = partsAfterCut(NAMES, 1_000, ['*']);
    // A reply that was cut at 1000 stands for 1300.
    expect(parts.length).toBeLessThanOrEqual(4);
    for (const items of parts) {
      expect((NAMES.filter(nameTest(items)).length * 1_300) / 1_000).toBeLessThanOrEqual(700);
      expect(items.length).toBeLessThanOrEqual(1_000);
    }
  });

  test('mean every name there can be, each in one part', () => {
    const letter = fc.constantFrom(...'ABCdefSEP0123._-@/ ');
    const anyName = fc
      .array(letter, { minLength: 1, maxLength: 8 })
      .map((letters) => letters.join(''))
      .filter((one) => !one.startsWith(' '));
    const names = fc.array(anyName, { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(names, anyName, fc.integer({ min: 2, max: 40 }), (known, other, cap) => {
        const parts = partsAfterCut(known, cap, ['*']);
        for (const one of [...known, other]) {
          expect(parts.filter((items) => nameTest(items)(one))).toHaveLength(1);
        }
      }),
    );
  });

  test('are divided further when one is cut again, and mean the same as it', () => {
    const [first = []] = partsAfterCut(NAMES, 1_000, ['*']).toSorted((a, b) => a.length - b.length);
    const inside = NAMES.filter(nameTest(first));
    const again = partsAfterCut(inside, 300, first);
    expect(again.length).toBeGreaterThan(1);
    for (const one of NAMES) {
      expect(again.some((items) => nameTest(items)(one))).toBe(nameTest(first)(one));
    }
  });

  test('divide names that are asked for one by one', () => {
    const parts = partsAfterCut(NAMES.slice(0, 200), 200, NAMES.slice(0, 201));
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flat().toSorted()).toEqual(NAMES.slice(0, 201).toSorted());
  });

  test('are one when there is nothing to divide', () => {
    expect(partsAfterCut(['SAME', 'SAME'], 2, ['SAME'])).toEqual([['SAME']]);
  });

  test('are no items that a server could trim to everything', () => {
    const items = partsAfterCut(NAMES, 100, ['*']).flat();
    expect(items.filter((item) => item.trim() === '*' || item !== item.trim())).toEqual([]);
  });
});

describe('what is remembered after a cut', () => {
  const cut = reply(
    NAMES.slice(0, 100).map((name) => lost(name)),
    { complete: false },
  );
  const memory: StandingMemory = {
    ...emptyMemory('london', EXCEPTIONS.key),
    stateInfo: 'x',
    baselined: true,
    rows: { 'SEP1 cucm1': 'UnRegistered 1 13', 'CSFa cucm1': '?UnRegistered 1 13', ' cucm2': 'blind' },
  };

  function inherit(one: Standing, before: StandingMemory | null = memory) {
    const remembered = { standing: new Map(before ? [[one.key, before]] : []) };
    return inheritParts(one, cut, remembered, 'london', 100);
  }

  test('the whole knows its parts and nothing else', () => {
    const [whole, ...parts] = inherit(EXCEPTIONS);
    expect(whole).toMatchObject({ key: EXCEPTIONS.key, rows: {}, stateInfo: '', baselined: true });
    expect(whole?.parts).toHaveLength(parts.length);
    const keys = whole?.parts?.map((items) =>
      standingKey('exceptions', deviceQuery({ status: 'UnRegistered', items })),
    );
    expect(parts.map(({ key }) => key)).toEqual(keys);
  });

  test('each part knows what the whole knew of its names, also what still has to be asked for', () => {
    const parts = inherit(EXCEPTIONS).slice(1);
    expect(parts.every(({ baselined, stateInfo }) => baselined && stateInfo === '')).toBe(true);
    const rows = parts.flatMap((part) => Object.keys(part.rows)).filter((key) => !key.startsWith(' '));
    expect(rows.toSorted()).toEqual(['CSFa cucm1', 'SEP1 cucm1']);
    expect(parts.flatMap(pendingOf)).toEqual(['CSFa']);
    expect(parts.every((part) => part.rows[' cucm2'] === 'blind')).toBe(true);
  });

  test('soft clients are a part of their own, and everything else is the other', () => {
    const [whole] = inherit(EXCEPTIONS);
    const [others = [], soft = []] = whole?.parts ?? [];
    expect(soft).toEqual(['CSF*', 'TCT*', 'BOT*', 'TAB*']);
    expect(others.length).toBeLessThanOrEqual(1_000);
    const letter = fc.constantFrom(...'ABCFOSTcsf0._-@/ ');
    const anyName = fc
      .array(letter, { minLength: 1, maxLength: 5 })
      .map((letters) => letters.join(''))
      .filter((one) => !one.startsWith(' '));
    fc.assert(
      fc.property(anyName, (one) => {
        expect(nameTest(soft)(one)).toBe(/^(?:CSF|TCT|BOT|TAB)/i.test(one));
        expect(nameTest(others)(one)).toBe(!nameTest(soft)(one));
      }),
    );
  });

  test('a part that is cut again is divided by what is seen', () => {
    const [whole] = inherit(EXCEPTIONS);
    const items = whole?.parts?.[0] ?? [];
    const again = standing('exceptions', deviceQuery({ status: 'UnRegistered', items }));
    expect(inherit(again, null)[0]?.parts?.length).toBeGreaterThan(1);
    expect(inherit(again, null)[0]?.parts).not.toContainEqual(['CSF*', 'TCT*', 'BOT*', 'TAB*']);
  });

  test('parts of a query that never came whole have no news either', () => {
    expect(inherit(EXCEPTIONS, null).some(({ baselined }) => baselined)).toBe(false);
  });

  test('applications, and what cannot be made smaller, are not divided', () => {
    expect(inherit(standing('cti', ctiQuery()), null)).toEqual([]);
    expect(inherit(named('SEP1'), null)).toEqual([]);
  });

  test('the whole is asked again when its parts have become small, and knows what they know', () => {
    const [whole, ...parts] = inherit(EXCEPTIONS);
    if (!whole) throw new Error('it was divided');
    expect(rejoined(whole, parts, 100)).toMatchObject({
      key: EXCEPTIONS.key,
      parts: null,
      baselined: true,
      rows: memory.rows,
    });
    const rows = Object.fromEntries(NAMES.slice(0, 60).map((name) => [`${name} cucm1`, 'UnRegistered 1 13']));
    const full = { ...emptyMemory('london', 'x'), baselined: true, rows };
    expect(rejoined(whole, [...parts, full], 100)).toBeNull();
    expect(rejoined(whole, [...parts, emptyMemory('london', 'x')], 100)).toBeNull();
    expect(rejoined(whole, [...parts, { ...full, rows: {}, parts: [['A*'], ['B*']] }], 100)).toBeNull();
  });
});
