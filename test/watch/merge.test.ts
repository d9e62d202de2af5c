import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeDeltas } from '../../src/watch/merge.ts';
import { anyDeltas, remembered, sorted } from '../store/remembered.ts';
import { transition } from '../store/samples.ts';
import { known } from './known.ts';

const BLIND = { cluster: 'prod', node: 'cucm2', code: 'NodeNotResponding', since: 9, lastSeen: 8 };

test.each([
  [
    'a device that was forgotten, and is known again, is known',
    { forgotten: [{ cluster: 'prod', name: 'A' }] },
    { known: [known('A')] },
    { known: ['A'], blind: [] },
  ],
  [
    'a device that is known, and was forgotten then, is not',
    { known: [known('A')] },
    { forgotten: [{ name: 'A', cluster: 'prod' }] },
    { known: [], blind: [] },
  ],
  [
    'a node that was seen again, and went blind once more, is blind',
    { seen: [{ cluster: 'prod', node: 'cucm2' }] },
    { blind: [BLIND] },
    { known: [], blind: ['cucm2'] },
  ],
] as const)('%s', (_claim, first, second, wanted) => {
  const { known: devices, blind } = remembered([mergeDeltas(first, second)]);
  expect({ known: devices.map(({ row }) => row.name), blind: blind.map(({ node }) => node) }).toEqual(wanted);
});

test('whatever happens one after the other, as one it leaves the same', () => {
  fc.assert(
    fc.property(anyDeltas, (changes) => {
      expect(sorted(remembered([mergeDeltas(...changes)]))).toEqual(sorted(remembered(changes)));
    }),
    { numRuns: 300 },
  );
});

test('more than fit into one call: what a long trouble of the database leaves to be committed', () => {
  const many = Array.from({ length: 250_000 }, () => transition());
  expect(mergeDeltas({ transitions: many }, { transitions: [transition()] }).transitions).toHaveLength(
    250_001,
  );
});
