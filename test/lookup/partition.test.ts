import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { begin, cut, fitted, nextPart, type Partition } from '../../src/lookup/partition.ts';

/** Asks part after part as RisPort70 would answer, and counts. */
function walk(names: readonly string[], cap: number, sample = names.slice(0, cap), prefix = '') {
  const found = new Set<string>();
  let requests = 0;
  let mostItems = 0;
  let partition: Partition | null = begin(prefix, sample, cap);
  for (let part = nextPart(partition, cap); part; part = nextPart(partition, cap)) {
    requests += 1;
    mostItems = Math.max(mostItems, part.items.length);
    const rows = matching(names, part.items);
    for (const row of rows.slice(0, cap)) found.add(row);
    partition = rows.length < cap ? fitted(part, rows.length) : cut(part, rows.slice(0, cap), cap);
    if (partition === null) break;
  }
  return { found, requests, mostItems, whole: partition !== null };
}

function matching(names: readonly string[], items: readonly string[]): readonly string[] {
  const exact = new Set(items.filter((item) => !item.endsWith('*')));
  const prefixes = new Set(items.filter((item) => item.endsWith('*')).map((item) => item.slice(0, -1)));
  const lengths = [...new Set([...prefixes].map((prefix) => prefix.length))];
  return names.filter((name) => {
    const upper = name.toUpperCase();
    return exact.has(upper) || lengths.some((length) => prefixes.has(upper.slice(0, length)));
  });
}

/** Phones of a dozen vendor prefixes, soft clients and gateway ports, in no order. */
function clusterOf(count: number): readonly string[] {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const hex = () =>
    Math.floor(random() * 2 ** 24)
      .toString(16)
      .toUpperCase()
      .padStart(6, '0');
  const vendors = Array.from({ length: 12 }, hex);
  return Array.from({ length: count }, (_, n) => {
    if (n % 20 === 0) return `${['CSF', 'TCT', 'BOT'][n % 3]}user${n}`;
    return n % 50 === 1 ? `AALN/S0/SU0/${n}@GW` : `SEP${vendors[Math.floor(random() * 12)]}${hex()}`;
  });
}

describe('a partition', () => {
  test('covers every name there can be, whatever the cluster holds', () => {
    const letter = fc.constantFrom(...'ABCdefSEP0123._-@/');
    const name = fc.array(letter, { minLength: 1, maxLength: 8 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { maxLength: 200, selector: (one) => one.toUpperCase() }),
        fc.integer({ min: 2, max: 40 }),
        (names, cap) => {
          const { found, whole } = walk(names, cap);
          expect(whole).toBe(true);
          expect(found.size).toBe(names.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each([
    [3_000, 2_000, 6],
    [5_000, 1_000, 10],
    [20_000, 2_000, 20],
    [50_000, 2_000, 50],
    [40_000, 1_000, 80],
  ])('%i devices at a cap of %i cost at most %i requests', (count, cap, bound) => {
    const names = [...new Set(clusterOf(count))];
    const { found, requests, mostItems } = walk(names, cap);
    expect(found.size).toBe(names.length);
    // The reply that was cut is one request too.
    expect(requests + 1).toBeLessThanOrEqual(bound);
    expect(mostItems).toBeLessThanOrEqual(1000);
  });

  test('a sample that is all from one end of the alphabet costs more, and still ends whole', () => {
    const names = [...new Set(clusterOf(20_000))].toSorted();
    const { found, requests } = walk(names, 2_000);
    expect(found.size).toBe(names.length);
    expect(requests).toBeLessThan(60);
  });

  test('no item is one that a server could trim to everything', () => {
    const part = nextPart(begin('', clusterOf(3_000).slice(0, 200), 200), 200);
    expect(part?.items.filter((item) => item.trim() === '*' || item !== item.trim())).toEqual([]);
  });

  test('a prefix is split below itself only', () => {
    const names = clusterOf(5_000).filter((name) => name.startsWith('SEP'));
    const { found } = walk(names, 500, names.slice(0, 500), 'sep');
    expect(found.size).toBe(new Set(names).size);
  });

  test('one name with more rows than the cap cannot be split: it says so instead of going on for ever', () => {
    const { whole } = walk(
      Array.from({ length: 50 }, () => 'SAME'),
      10,
    );
    expect(whole).toBe(false);
  });
});
