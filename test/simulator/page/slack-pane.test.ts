/** What the page shows of Slack, and what people do there through it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSlackPane } from '../../../simulator/page/slack-pane.ts';
import type { SlackChange, SlackState } from '../../../simulator/page/wire.ts';
import { type Slack, startSlack } from '../../../simulator/slack/slack.ts';

const NOW = Date.UTC(2026, 2, 2, 8);
let slack: Slack;
beforeAll(async () => {
  slack = await startSlack({ acknowledgeWithinMs: 50, retryAfterMs: [] });
});
afterAll(() => slack.stop());

test('what is said is told once, with the time of the demo, and is there for whoever comes later', async () => {
  const pane = createSlackPane(slack, () => NOW);
  await pane.act({ do: 'say', who: 'anna', where: '#voice', text: 'hello' });
  const [change, ...more] = pane.changes() as SlackChange[];
  expect([change, more]).toMatchObject([{ type: 'message', message: { text: 'hello', at: NOW } }, []]);
  expect(pane.changes()).toEqual([]);
  expect((pane.state() as SlackState).messages.map(({ text }) => text)).toEqual(['hello']);
});

test('what only one person sees is theirs alone', async () => {
  const pane = createSlackPane(slack, () => NOW);
  pane.changes();
  const channel = slack.channel('#voice').id;
  await fetch(`${slack.url}chat.postEphemeral`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel, user: slack.user('anna').id, text: 'psst' }),
  });
  const told = pane.changes() as SlackChange[];
  expect(told).toMatchObject([
    { type: 'own', person: slack.user('anna').id, own: { whispers: [{ text: 'psst' }] } },
  ]);
});

test('a bot that does not react is said so', async () => {
  const pane = createSlackPane(slack, () => NOW);
  const order = { do: 'say', who: 'anna', where: '#voice', text: '/ris down' };
  expect(await pane.act(order)).toEqual({ problem: 'risbot did not react in time' });
});

test.each([
  ['nothing to say', { do: 'say', who: 'anna', where: '#voice', text: ' ' }, 'nothing to say'],
  ['a command of others', { do: 'say', who: 'anna', where: '#voice', text: '/giphy x' }, 'not a command'],
  ['a room that is not there', { do: 'say', who: 'anna', where: '#x', text: 'a' }, 'no channel'],
  ['nobody', { do: 'say', who: 'eve', where: '#voice', text: 'a' }, 'nobody here'],
  [
    'a message that is gone',
    { do: 'press', who: 'anna', on: { channel: '#voice', ts: '1' }, action: 'x' },
    'not there',
  ],
  ['nothing anybody does', { do: 'toString', who: 'anna' }, 'nobody does that'],
])('%s is refused with the reason', async (_claim, order, words) => {
  const pane = createSlackPane(slack, () => NOW);
  await expect(pane.act(order)).rejects.toMatchObject({
    name: 'OrderError',
    message: expect.stringContaining(words),
  });
});
