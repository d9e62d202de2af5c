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
    edits.taken('a');
  }
  expect([edits.may('a', true), edits.left('a'), edits.may('b', true)]).toEqual([false, 0, true]);
});

test('one card that Webex never let be changed speaks for all cards, and not for plain messages', () => {
  const { edits } = at();
  edits.refused('a', true);
  expect([edits.may('a', true), edits.may('b', true), edits.may('b', false)]).toEqual([false, false, true]);
});

test('that is asked again after a day', () => {
  const { edits, pass } = at();
  edits.refused('a', true);
  pass(23);
  expect(edits.may('b', true)).toBe(false);
  pass(2);
  expect(edits.may('b', true)).toBe(true);
});

test('a message that was changed before has come to its end, and no other has', () => {
  const { edits } = at();
  edits.taken('a');
  edits.refused('a', true);
  expect([edits.may('a', true), edits.may('b', true)]).toEqual([false, true]);
});

test('a plain message that is refused says nothing of others', () => {
  const { edits } = at();
  edits.refused('a', false);
  expect([edits.may('a', false), edits.may('b', false), edits.may('b', true)]).toEqual([false, true, true]);
});
