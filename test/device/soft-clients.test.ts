import { expect, test } from 'vitest';
import { isSoftClient } from '../../src/device/soft-clients.ts';

test.each([
  ['Jabber on a computer', 'CSFjdoe', true],
  ['on an iPhone', 'TCTJDOE', true],
  ['on Android', 'botjdoe', true],
  ['on a tablet', 'TABJDOE', true],
  ['a phone', 'SEP001122334455', false],
  ['a name that only holds one of the words', 'LON-CSF1', false],
])('%s', (_what, name, expected) => {
  expect(isSoftClient({ name })).toBe(expected);
});
