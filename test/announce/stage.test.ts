/** What counts as a stage of an incident, for platforms that allow few changes. */
import { expect, test } from 'vitest';
import { stageOf } from '../../src/announce/stage.ts';
import { AT, card, members } from '../view/cards.ts';

const lost = members(4);
const back = (n: number) => [...members(n, { state: 'back' }), ...members(4 - n, {}, n)];
const ack = { by: 'anna@example.com', at: AT, members: 4 };

test.each([
  ['all of them lost', card(lost), { stage: 'opened' }],
  ['one of four back is a detail', card(back(1)), { stage: 'opened' }],
  ['half of them back', card(back(2)), { stage: 'half back' }],
  ['more than half back is no other stage', card(back(3)), { stage: 'half back' }],
  [
    'what moved is up',
    card([...members(2, { state: 'moved', to: 'cucm1' }), ...members(2, {}, 2)]),
    { stage: 'half back' },
  ],
  [
    'acknowledged, which its thread says',
    card(lost, { ack }),
    { stage: 'acknowledged by anna@example.com', toldBeside: true },
  ],
  [
    'half back, and acknowledged before',
    card(back(2), { ack }),
    { stage: 'half back acknowledged by anna@example.com' },
  ],
  [
    'over, which its thread says',
    card(back(4), { ack, closedAt: AT, closedBy: 'recovered' }),
    { stage: 'closed', toldBeside: true },
  ],
] as const)('%s', (_claim, shown, stage) => {
  expect(stageOf({ type: 'card', card: shown })).toEqual(stage);
});

test('what is told once has no stages', () => {
  expect(stageOf({ type: 'milestone', what: 'back', card: card(lost) })).toEqual({});
});
