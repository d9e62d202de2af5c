/** What is remembered of messages that Webex did, or did not, let be changed. */
import { expect, test } from 'vitest';
import { createEdits } from '../../../adapters/webex/edits.ts';
import { systemClock } from '../../../src/clock.ts';

function at(hours = 0) {
  let now = hours * 3_600_000;
  const edits = createEdits({ ...systemClock, monotonic: () => now });
  return {
    edits,
    pass: (more: number) => {
      now += more * 3_600_000;
    },
  };
}

test('a message may be changed ten times', () => {
  const { edits } = at();
  for (let i = 0; i < 10; i += 1) {
    expect(edits.may('a', true)).toBe(true);
    edits.taken('a', true);
  }
  expect([edits.may('a', true), edits.left('a'), edits.may('b', true)]).toEqual([false, 0, true]);
});

test('one card that Webex does not change may be one that had its ten changes: another is tried', () => {
  const { edits } = at();
  edits.refused('a', true);
  expect([edits.may('a', true), edits.may('b', true)]).toEqual([false, true]);
});

test('two cards that were never changed speak for all cards, and not for plain messages', () => {
  const { edits } = at();
  edits.refused('a', true);
  edits.refused('b', true);
  expect([edits.may('c', true), edits.may('c', false)]).toEqual([false, true]);
});

test('that is asked again after a day', () => {
  const { edits, pass } = at();
  edits.refused('a', true);
  edits.refused('b', true);
  pass(23);
  expect(edits.may('c', true)).toBe(false);
  pass(2);
  expect(edits.may('c', true)).toBe(true);
});

test('one card that was changed says that cards are', () => {
  const { edits } = at();
  edits.refused('a', true);
  edits.taken('b', true);
  edits.refused('c', true);
  expect(edits.may('d', true)).toBe(true);
});

test('a message that was changed before has come to its end, and says nothing of others', () => {
  const { edits } = at();
  for (const id of ['a', 'b', 'c']) {
    edits.taken(id, true);
    edits.refused(id, true);
  }
  expect([edits.may('a', true), edits.may('d', true)]).toEqual([false, true]);
});

test('plain messages that are refused say nothing of others', () => {
  const { edits } = at();
  for (const id of ['a', 'b', 'c']) edits.refused(id, false);
  expect([edits.may('a', false), edits.may('d', false), edits.may('d', true)]).toEqual([false, true, true]);
});
