/** Where somebody may just be about to press a button. */
import { expect, test } from 'vitest';
import { noteFresh } from '../../../adapters/webex/fresh.ts';
import { renderMessage } from '../../../adapters/webex/render.ts';
import type { Speaker } from '../../../adapters/webex/speak.ts';
import { systemClock } from '../../../src/clock.ts';
import { view } from '../core.ts';

const speaker: Speaker = {
  post: async (spot) => ({ ...spot, id: 'M1' }),
  change: async () => true,
  remove: async () => {},
  upload: async () => {},
};

function house() {
  let now = 0;
  const noted = noteFresh(speaker, { ...systemClock, monotonic: () => now });
  return {
    ...noted,
    pass: (minutes: number) => {
      now += minutes * 60_000;
    },
  };
}

const card = (labels: readonly string[]) =>
  renderMessage(view('a card', { actions: labels.map((label) => ({ label, command: label })) }));
const SPOT = { room: 'R1', thread: 'M0' };

test.each([
  ['with one button', ['Refresh']],
  ['with as many as need two rows', ['Acknowledge', 'Mute 1 h', 'Why did I get this?']],
])('a card %s is fresh, once', async (_claim, labels) => {
  const { speaker: noting, fresh } = house();
  await noting.post(SPOT, card(labels));
  expect([fresh.take(), fresh.take()]).toEqual([[SPOT], []]);
});

test('a message that became a card is fresh, too', async () => {
  const { speaker: noting, fresh } = house();
  await noting.change({ ...SPOT, id: 'M1' }, card(['Refresh']));
  expect(fresh.take()).toEqual([SPOT]);
});

test('what has no button is not, nor is what stands there for a while', async () => {
  const { speaker: noting, fresh, pass } = house();
  await noting.post({ room: 'R2' }, card([]));
  await noting.post(SPOT, card(['Refresh']));
  pass(11);
  expect(fresh.take()).toEqual([]);
});
