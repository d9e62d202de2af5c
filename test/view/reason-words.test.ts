import { expect, test } from 'vitest';
import { STATUS_REASONS } from '../../src/device/reasons.ts';
import { shortReason } from '../../src/view/reason-words.ts';

test.each([...STATUS_REASONS.values()])('$name has words that fit a column', ({ code, name }) => {
  const words = shortReason(code);
  expect(words).not.toBe(name);
  expect(words.length).toBeLessThanOrEqual(20);
});

test('each reason has words of its own', () => {
  const words = [...STATUS_REASONS.keys()].map(shortReason);
  expect(new Set(words).size).toBe(words.length);
});

test('a reason that is newer than the table is its code', () => {
  expect(shortReason(4711)).toBe('code 4711');
});
