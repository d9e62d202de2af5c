import { expect, test } from 'vitest';
import { LIMITS, MESSAGE_WEIGHT, weigh } from '../../../adapters/slack/limits.ts';

test.each(Object.entries(LIMITS))('%s says where it comes from', (_name, { most, source }) => {
  expect(most).toBeGreaterThan(0);
  expect(source).toMatch(/^https:\/\/(?:docs\.slack\.dev\/reference|github\.com\/slackapi)\//);
});

test('a message may weigh less than what Slack has been seen to refuse', () => {
  expect(MESSAGE_WEIGHT).toBeLessThan(Math.min(LIMITS.allText.most, 11_300));
});

test.each([
  ['text counts in bytes', { text: 'aש' }, 12 + 3],
  ['escapes count', { text: '<&>' }, 12 + 13],
  ['so do addresses and values', { url: 'ab', value: 'c' }, 12 + 3],
  ['names of types do not', { type: 'rich_text' }, 12],
  ['nested objects add up', [{ text: { text: 'a' } }, { text: 'b' }], 12 + 12 + 1 + 12 + 1],
])('%s', (_claim, value, weight) => {
  expect(weigh(value)).toBe(weight);
});
