/** Where a payload comes from, wherever it says so. */
import { expect, test } from 'vitest';
import { allText, readArrival } from '../../../adapters/slack/arrival.ts';

test.each([
  [
    'an event',
    { event_id: 'Ev1', team_id: 'T1', event: { user: 'U1', channel: 'C1', ts: '1.2' } },
    'event:Ev1',
    ['T1'],
  ],
  [
    'somebody of another workspace in a shared channel',
    { event_id: 'Ev1', team_id: 'T1', event: { user: 'U1', channel: 'C1', user_team: 'T2' } },
    'event:Ev1',
    ['T1', 'T2'],
  ],
  ['a command', { trigger_id: '1.2', team_id: 'T1', user_id: 'U1', channel_id: 'C1' }, 'trigger:1.2', ['T1']],
  [
    'a press by somebody of another workspace',
    { trigger_id: '1.2', team: { id: 'T1' }, user: { id: 'U1', team_id: 'T2' }, channel: { id: 'C1' } },
    'trigger:1.2',
    ['T1', 'T2'],
  ],
] as const)('%s', (_claim, body, key, teams) => {
  expect(readArrival(body)).toMatchObject({ person: 'U1', channel: 'C1', key, teams });
});

test.each([[null], ['text'], [[]], [{ event: null, user: 3, team: [] }]])(
  'nothing of %j is taken on trust',
  (body) => {
    expect(readArrival(body)).toMatchObject({ person: '', channel: null, key: null, teams: [] });
  },
);

test('a message’s blocks and attachments are read, names of fields and ids are not', () => {
  const message = {
    text: 'one',
    ts: '17.1',
    blocks: [
      { type: 'rich_text', block_id: '1001', elements: [{ elements: [{ type: 'text', text: 'two' }] }] },
    ],
    attachments: [{ id: 1, fallback: 'three', fields: [{ title: 'four', value: 'five' }] }],
  };
  expect(allText(message, 1000)).toBe('one\ntwo\nthree\nfour\nfive');
  expect(allText(message, 5)).toBe('one\nt');
});

test('a message as deep as it is wide ends', () => {
  let deep: object = { text: 'bottom' };
  for (let i = 0; i < 5000; i += 1) deep = { blocks: [deep] };
  expect(allText(deep, 1000)).toBe('');
});
