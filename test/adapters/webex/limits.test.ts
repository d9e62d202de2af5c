import { expect, test } from 'vitest';
import { bytesOf, LIMITS, weigh } from '../../../adapters/webex/limits.ts';

test.each(Object.entries(LIMITS))('%s says where it comes from', (_name, { most, source }) => {
  expect(most).toBeGreaterThan(0);
  expect(source).toMatch(/^https:\/\/developer\.webex\.com\/docs\//);
});

test('a card is still below what people saw refused once it is encrypted', () => {
  expect((LIMITS.cardBytes.most * 4) / 3).toBeLessThan(22_000);
});

test.each([
  ['a', 1],
  ['ש', 2],
  ['–', 3],
  ['🔴', 4],
])('%j is as long as its bytes: %i', (text, bytes) => {
  expect(bytesOf(text)).toBe(bytes);
});

test('what a piece of a card weighs is its JSON and a comma', () => {
  expect(weigh({ text: '🔴' })).toBe('{"text":""},'.length + 4);
  expect(weigh([{ a: 1 }, { a: 1 }])).toBe(2 * '{"a":1},'.length);
  expect(weigh({ text: '"' })).toBe('{"text":""},'.length + 2);
});
