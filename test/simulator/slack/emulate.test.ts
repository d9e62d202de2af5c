/** The npm package `emulate` is a Slack by other people: where both answer the same call, they should agree. */
import { LogLevel, WebClient } from '@slack/web-api';
import { createEmulator, type Emulator } from 'emulate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Slack, startSlack } from '../../../simulator/slack/slack.ts';

interface Peer {
  readonly client: WebClient;
  readonly channel: string;
  readonly person: string;
}

const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
};
const blocks = [{ type: 'section' as const, block_id: 'b', text: { type: 'mrkdwn' as const, text: '*x*' } }];

let emulator: Emulator;
let slack: Slack;
let theirs: Peer;
let ours: Peer;

function clientFor(url: string, token: string): WebClient {
  return new WebClient(token, { slackApiUrl: url, retryConfig: { retries: 0 }, logger: quiet });
}

beforeAll(async () => {
  slack = await startSlack({ rateLimits: 'off' });
  const { domain, name } = slack.workspace;
  emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        team: { name, domain },
        users: [{ name: 'anna', real_name: 'Anna Berg', email: 'anna@example.com' }],
        channels: [{ name: 'voice' }],
        tokens: [{ token: 'xoxb-peer', user: 'anna', scopes: ['chat:write'] }],
      },
    },
  });
  const client = clientFor(`${emulator.url}/api/`, 'xoxb-peer');
  const { channels } = await client.conversations.list();
  const { user_id } = await client.auth.test();
  const channel = channels?.find((one) => one.name === 'voice')?.id ?? '';
  theirs = { client, channel, person: user_id ?? '' };
  ours = {
    client: clientFor(slack.url, slack.botToken),
    channel: slack.channel('#voice').id,
    person: slack.user('anna').id,
  };
});
afterAll(async () => {
  await emulator.close();
  await slack.stop();
});

/** What both say, `same` being what should be the same. */
async function both<T>(ask: (peer: Peer) => Promise<T>): Promise<[T, T]> {
  return [await ask(theirs), await ask(ours)];
}

describe('both agree', () => {
  test('auth.test: the workspace', async () => {
    const [a, b] = await both(({ client }) => client.auth.test());
    const told = ({ ok, team, url }: typeof a) => ({ ok, team, url });
    expect(told(b)).toEqual(told(a));
    expect([typeof b.user_id, typeof b.team_id]).toEqual([typeof a.user_id, typeof a.team_id]);
  });

  test('chat.postMessage with blocks: what the message looks like', async () => {
    const [a, b] = await both(async ({ client, channel }) => {
      const { message, ...rest } = await client.chat.postMessage({ channel, text: 'x', blocks });
      return { rest, message, isThere: rest.channel === channel };
    });
    const told = ({ message, rest, isThere }: typeof a) => ({
      isThere,
      isOk: rest.ok,
      type: message?.type,
      text: message?.text,
      blocks: message?.blocks,
      isSameTs: message?.ts === rest.ts,
    });
    expect(told(b)).toEqual(told(a));
    for (const { rest } of [a, b]) expect(rest.ts).toMatch(/^\d{10}\.\d{6}$/);
  });

  test('a thread: the answer names its root, the root counts its answers', async () => {
    const [a, b] = await both(async ({ client, channel }) => {
      const root = await client.chat.postMessage({ channel, text: 'root' });
      const ts = root.ts ?? '';
      const answer = await client.chat.postMessage({ channel, text: 'answer', thread_ts: ts });
      const { messages = [] } = await client.conversations.replies({ channel, ts });
      const { messages: top = [] } = await client.conversations.history({ channel });
      return {
        isInThread: answer.message?.thread_ts === ts,
        texts: messages.map(({ text }) => text),
        count: messages[0]?.reply_count,
        isAnswerOnTop: top.some((one) => one.ts === answer.ts),
      };
    });
    expect(b).toEqual(a);
    expect(b).toEqual({ isInThread: true, texts: ['root', 'answer'], count: 1, isAnswerOnTop: false });
  });

  test('chat.update: new text, marked as edited, blocks as sent', async () => {
    const [a, b] = await both(async ({ client, channel }) => {
      const { ts = '' } = await client.chat.postMessage({ channel, text: 'x' });
      const updated = await client.chat.update({ channel, ts, text: 'y', blocks });
      const { messages = [] } = await client.conversations.history({ channel, latest: ts, inclusive: true });
      const now = messages[0];
      return {
        isSame: updated.ts === ts,
        said: updated.text,
        text: now?.text,
        isEdited: now?.edited !== undefined,
        blocks: now?.blocks,
      };
    });
    expect(b).toEqual(a);
  });

  test('conversations.info and users.info: the fields a bot reads', async () => {
    const [a, b] = await both(async ({ client, channel, person }) => {
      const info = await client.conversations.info({ channel });
      const { user } = await client.users.info({ user: person });
      const { name, is_channel, is_im, is_private, is_archived, is_member } = info.channel ?? {};
      return {
        channel: { name, is_channel, is_im, is_private, is_archived, is_member },
        user: {
          name: user?.name,
          real_name: user?.real_name,
          is_bot: user?.is_bot,
          deleted: user?.deleted,
          email: user?.profile?.email,
        },
      };
    });
    expect(b).toEqual(a);
  });

  test('an upload in three steps ends as a message with the file', async () => {
    const [a, b] = await both(async ({ client, channel }) => {
      await client.filesUploadV2({
        channel_id: channel,
        filename: 'a.csv',
        content: 'a,b',
        initial_comment: 'all',
      });
      const { messages = [] } = await client.conversations.history({ channel, limit: 1 });
      const file = messages[0]?.files?.[0];
      return { text: messages[0]?.text, name: file?.name, title: file?.title, size: file?.size };
    });
    expect(b).toEqual(a);
  });

  test.each<[string, (peer: Peer) => Promise<unknown>, string]>([
    [
      'a channel that is not',
      ({ client }) => client.chat.postMessage({ channel: 'C0', text: 'x' }),
      'channel_not_found',
    ],
    ['a person who is not', ({ client }) => client.users.info({ user: 'U0' }), 'user_not_found'],
    ['no text', ({ client, channel }) => client.chat.postMessage({ channel, text: '' }), 'no_text'],
    [
      'a message that is not',
      ({ client, channel }) => client.chat.update({ channel, ts: '1.1', text: 'x' }),
      'message_not_found',
    ],
    [
      'a view without a trigger_id that is good',
      ({ client }) =>
        client.views.open({
          trigger_id: 'x',
          view: { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] },
        }),
      'invalid_trigger_id',
    ],
  ])('%s', async (_claim, ask, error) => {
    const codes = await both((peer) =>
      ask(peer).then(
        () => 'ok',
        (problem: { data?: { error?: string } }) => problem.data?.error,
      ),
    );
    expect(codes).toEqual([error, error]);
  });
});

describe('emulate cannot do', () => {
  const codeOf = (asked: Promise<unknown>) =>
    asked.then(
      () => 'ok',
      (problem: { statusCode?: number; data?: { error?: string } }) =>
        problem.data?.error ?? problem.statusCode,
    );

  test('Socket Mode: apps.connections.open is not there', async () => {
    expect(await codeOf(theirs.client.apps.connections.open())).toBe(404);
    expect(await codeOf(clientFor(slack.url, slack.appToken).apps.connections.open())).toBe('ok');
  });

  test('user groups: usergroups.list is not there', async () => {
    expect(await codeOf(theirs.client.usergroups.list())).toBe(404);
    expect(await codeOf(ours.client.usergroups.list())).toBe('ok');
  });

  test('blocks: it takes any', async () => {
    const nonsense = [{ type: 'nonsense' }];
    const post = ({ client, channel }: Peer) =>
      codeOf(client.chat.postMessage({ channel, text: 'x', blocks: nonsense }));
    expect(await both(post)).toEqual(['ok', 'invalid_blocks']);
  });

  test('refusing long text: it cuts it and warns', async () => {
    const post = ({ client, channel }: Peer) =>
      codeOf(client.chat.postMessage({ channel, text: 'x'.repeat(40_001) }));
    expect(await both(post)).toEqual(['ok', 'msg_too_long']);
  });
});
