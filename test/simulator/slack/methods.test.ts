import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Slack, startSlack } from '../../../simulator/slack/slack.ts';
import { type FakeTime, fakeTime } from './fake-time.ts';
import { call } from './web-api.ts';

let time: FakeTime;
let slack: Slack;

beforeEach(async () => {
  time = fakeTime();
  slack = await startSlack({ clock: time });
});
afterEach(() => slack.stop());

const post = (where: string, more: Record<string, unknown> = {}) =>
  call(slack, 'chat.postMessage', { channel: slack.channel(where).id, text: 'x', ...more });

describe('tokens and scopes', () => {
  test.each([
    ['no token', null, 'not_authed'],
    ['somebody else’s', 'xoxb-stolen', 'invalid_auth'],
  ])('%s', async (_claim, token, error) => {
    expect(await call(slack, 'auth.test', {}, { token })).toMatchObject({ status: 200, ok: false, error });
  });

  test.each(['invalid_auth', 'token_revoked', 'account_inactive'] as const)(
    '%s until it is good again',
    async (error) => {
      slack.trouble.token(error);
      expect(await call(slack, 'auth.test')).toMatchObject({ ok: false, error });
      slack.trouble.token(null);
      expect(await call(slack, 'auth.test')).toMatchObject({ ok: true, user_id: slack.bot.user });
    },
  );

  test('each kind of token has its methods', async () => {
    const app = await call(slack, 'apps.connections.open', {}, { token: slack.appToken });
    expect(app['url']).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/link\//);
    const denied = { ok: false, error: 'not_allowed_token_type' };
    expect(await call(slack, 'apps.connections.open')).toMatchObject(denied);
    expect(await call(slack, 'chat.postMessage', {}, { token: slack.appToken })).toMatchObject(denied);
  });

  test('a scope that is missing is named, with those that are there', async () => {
    slack.trouble.removeScope('chat:write');
    const refused = await post('#voice');
    expect(refused).toMatchObject({ ok: false, error: 'missing_scope', needed: 'chat:write' });
    expect(String(refused['provided']).split(',')).toContain('commands');
    expect(slack.rejections()).toMatchObject([{ method: 'chat.postMessage', error: 'missing_scope' }]);
    slack.trouble.addScope('chat:write');
    expect(await post('#voice')).toMatchObject({ ok: true });
  });

  test.each([
    ['#voice', 'channels:read'],
    ['#voice-team', 'groups:read'],
    ['@anna', 'im:read'],
  ])('conversations.info of %s needs %s', async (where, scope) => {
    slack.trouble.removeScope(scope);
    const { id } = slack.channel(where);
    expect(await call(slack, 'conversations.info', { channel: id })).toMatchObject({ needed: scope });
  });

  test('without users:read.email there is no address', async () => {
    const profile = async () => (await call(slack, 'users.info', { user: slack.user('anna').id }))['user'];
    expect(await profile()).toMatchObject({ profile: { email: 'anna@example.com' } });
    slack.trouble.removeScope('users:read.email');
    expect(await profile()).not.toHaveProperty('profile.email');
  });
});

describe('where a bot may post', () => {
  test.each([
    ['a channel that is not', 'C0NOWHERE1', 'channel_not_found'],
    ['a public channel it is not in', '#random', 'not_in_channel'],
    ['a private channel it is not in', '#secret', 'channel_not_found'],
    ['an archived channel', '#old-voice', 'is_archived'],
  ])('%s', async (_claim, where, error) => {
    const channel = where.startsWith('#') ? slack.channel(where).id : where;
    expect(await call(slack, 'chat.postMessage', { channel, text: 'x' })).toMatchObject({ ok: false, error });
  });

  test('a channel it was thrown out of, until it is invited again', async () => {
    slack.trouble.kick('#voice');
    expect(await post('#voice')).toMatchObject({ error: 'not_in_channel' });
    slack.trouble.invite('#voice');
    slack.trouble.archive('#voice');
    expect(await post('#voice')).toMatchObject({ error: 'is_archived' });
    slack.trouble.unarchive('#voice');
    expect(await post('#voice')).toMatchObject({ ok: true });
  });

  test('a person’s id is their direct messages', async () => {
    const sent = await call(slack, 'chat.postMessage', { channel: slack.user('ben').id, text: 'hi' });
    expect(sent['channel']).toBe(slack.channel('@ben').id);
    const opened = await call(slack, 'conversations.open', { users: slack.user('ben').id });
    expect(opened['channel']).toMatchObject({ id: sent['channel'] });
  });

  test('an ephemeral message is for somebody in the channel, and nobody else sees it', async () => {
    const channel = slack.channel('#voice-team').id;
    const to = (who: string) =>
      call(slack, 'chat.postEphemeral', { channel, user: slack.user(who).id, text: 'psst' });
    slack.trouble.kick('#voice-team', 'ben');
    expect(await to('ben')).toMatchObject({ error: 'user_not_in_channel' });
    expect(await to('anna')).toMatchObject({ ok: true });
    expect(slack.ephemerals('anna')).toHaveLength(1);
    expect(slack.messages('#voice-team')).toEqual([]);
  });
});

describe('messages', () => {
  test('threads are read, in order, from any of their messages', async () => {
    const first = await post('#voice', { text: 'first' });
    const thread_ts = first['ts'];
    const second = await post('#voice', { text: 'second', thread_ts });
    await post('#voice', { text: 'third', thread_ts: second['ts'] });
    const channel = slack.channel('#voice').id;
    const replies = await call(slack, 'conversations.replies', { channel, ts: thread_ts });
    expect(replies['messages']).toMatchObject([
      { text: 'first', reply_count: 2 },
      { text: 'second', thread_ts },
      { text: 'third', thread_ts },
    ]);
    const history = await call(slack, 'conversations.history', { channel });
    expect(history['messages']).toMatchObject([{ text: 'first' }]);
  });

  test('text alone takes the blocks away; the edit is remembered', async () => {
    const blocks = [{ type: 'divider' }];
    const { ts } = await post('#voice', { blocks });
    const channel = slack.channel('#voice').id;
    const updated = await call(slack, 'chat.update', { channel, ts, text: 'y' });
    expect(updated).toMatchObject({ ok: true, text: 'y' });
    expect(slack.messages('#voice')).toMatchObject([{ text: 'y', blocks: [], passed: ['text'] }]);
    expect(slack.messages('#voice')[0]?.edited).toBeDefined();
  });

  test.each([
    ['one that is not', '1.000000', 'message_not_found'],
    ['somebody else’s', 'anna', 'cant_update_message'],
  ])('chat.update of %s', async (_claim, whose, error) => {
    const theirs = await slack.say('#voice', 'anna', 'mine');
    const ts = whose === 'anna' ? theirs.ts : whose;
    const channel = slack.channel('#voice').id;
    expect(await call(slack, 'chat.update', { channel, ts, text: 'y' })).toMatchObject({ error });
  });

  test('chat.update takes 4000 characters and no more', async () => {
    const { ts } = await post('#voice');
    const channel = slack.channel('#voice').id;
    const update = (length: number) => call(slack, 'chat.update', { channel, ts, text: 'x'.repeat(length) });
    expect(await update(4000)).toMatchObject({ ok: true });
    expect(await update(4001)).toMatchObject({ error: 'msg_too_long' });
  });

  test.each([false, true])('what is wrong with blocks is said with a pointer (form: %s)', async (form) => {
    const channel = slack.channel('#voice').id;
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }];
    const refused = await call(slack, 'chat.postMessage', { channel, text: 'x', blocks }, { form });
    const problem = 'must be less than 151 characters [json-pointer:/blocks/0/text/text]';
    expect(refused).toMatchObject({
      ok: false,
      error: 'invalid_blocks',
      errors: [problem],
      response_metadata: { messages: [`[ERROR] ${problem}`] },
    });
    expect(slack.rejections()).toMatchObject([{ error: 'invalid_blocks', messages: [`[ERROR] ${problem}`] }]);
    expect(slack.messages('#voice')).toEqual([]);
  });

  test('deleted is gone', async () => {
    const { ts } = await post('#voice');
    const channel = slack.channel('#voice').id;
    expect(await call(slack, 'chat.delete', { channel, ts })).toMatchObject({ ok: true });
    expect(await call(slack, 'chat.delete', { channel, ts })).toMatchObject({ error: 'message_not_found' });
    expect(slack.messages('#voice')).toEqual([]);
  });
});

describe('people and groups', () => {
  test('lists come in pages', async () => {
    const first = await call(slack, 'users.list', { limit: 4 });
    const { next_cursor } = first['response_metadata'] as { next_cursor: string };
    const second = await call(slack, 'users.list', { limit: 4, cursor: next_cursor });
    const names = [first, second].flatMap(({ members }) =>
      (members as { name: string }[]).map(({ name }) => name),
    );
    expect(names).toEqual(['risbot', 'anna', 'ben', 'carla', 'maryam', 'zoe', 'gone']);
  });

  test('groups say their members when asked to', async () => {
    const anna = slack.user('anna').id;
    const usergroup = slack.group('@voice-admins').id;
    expect(await call(slack, 'usergroups.users.list', { usergroup })).toMatchObject({ users: [anna] });
    const listed = await call(slack, 'usergroups.list', { include_users: true });
    expect(listed['usergroups']).toMatchObject([{ handle: 'voice-admins', users: [anna] }, {}]);
    expect(await call(slack, 'usergroups.users.list', { usergroup: 'S0' })).toMatchObject({
      error: 'no_such_subteam',
    });
  });

  test('private channels that it is not in do not exist', async () => {
    const listed = await call(slack, 'conversations.list', { types: 'public_channel,private_channel' });
    const names = (listed['channels'] as { name: string }[]).map(({ name }) => name);
    expect(names).toContain('voice-team');
    expect(names).not.toContain('secret');
    const channel = slack.channel('#secret').id;
    expect(await call(slack, 'conversations.members', { channel })).toMatchObject({
      error: 'channel_not_found',
    });
  });

  test.each([
    ['conversations.members', 'members'],
    ['bots.info', 'bot'],
    ['team.info', 'team'],
    ['auth.test', 'bot_id'],
  ])('%s answers', async (method, field) => {
    const channel = slack.channel('#voice').id;
    expect((await call(slack, method, { channel }))[field]).toBeTruthy();
  });

  test('a method there is not', async () => {
    expect(await call(slack, 'chat.postMesage')).toMatchObject({ error: 'unknown_method' });
  });
});

describe('rate limits', () => {
  test('a channel gets a few messages at once, then one a second; the others do not wait', async () => {
    const burst = [];
    for (let count = 0; count < 5; count += 1) burst.push((await post('#voice')).status);
    expect(burst).toEqual([200, 200, 200, 200, 429]);
    expect(await post('#voice')).toMatchObject({ status: 429, error: 'ratelimited', retryAfter: '1' });
    expect(await post('#alerts')).toMatchObject({ status: 200, ok: true });
    await time.pass(1000);
    expect([(await post('#voice')).status, (await post('#voice')).status]).toEqual([200, 429]);
    expect(slack.messages('#voice')).toHaveLength(5);
    expect(slack.rejections()).toEqual([]);
    expect(slack.calls('chat.postMessage').filter(({ status }) => status === 429)).toHaveLength(3);
  });

  test('chat.update has fifty a minute', async () => {
    const { ts } = await post('#voice');
    const channel = slack.channel('#voice').id;
    const update = async () => (await call(slack, 'chat.update', { channel, ts, text: 'y' })).status;
    const statuses = [];
    for (let count = 0; count < 51; count += 1) statuses.push(await update());
    expect(statuses.filter((status) => status === 200)).toHaveLength(50);
    expect(statuses.at(-1)).toBe(429);
    await time.pass(1200);
    expect(await update()).toBe(200);
  });
});
