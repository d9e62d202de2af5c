import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Slack, startSlack } from '../../../simulator/slack/slack.ts';
import { type FakeTime, fakeTime } from './fake-time.ts';
import { listenTo } from './listener.ts';
import { call } from './web-api.ts';

const MINUTE = 60_000;
const plain = (text: string) => ({ type: 'plain_text', text });
const MODAL = { type: 'modal', title: plain('Form'), blocks: [] };

let time: FakeTime;
let slack: Slack;

beforeEach(async () => {
  time = fakeTime();
  slack = await startSlack({ clock: time, events: ['app_mention', 'message.im', 'app_home_opened'] });
});
afterEach(() => slack.stop());

describe('sockets', () => {
  test('hello says how many there are, and payloads go to any one of them', async () => {
    const sockets = [await listenTo(slack), await listenTo(slack)];
    expect(sockets.map(({ heard }) => heard[0])).toMatchObject([
      { num_connections: 1 },
      { num_connections: 2 },
    ]);
    await slack.say('#voice', 'anna', '@risbot one');
    await slack.say('#voice', 'anna', '@risbot two');
    const heard = await Promise.all(sockets.map((socket) => socket.next()));
    const texts = heard.map(({ payload }) => String((payload['event'] as { text: string }).text).slice(-3));
    expect(texts.toSorted()).toEqual(['one', 'two']);
  });

  test('a ticket is good for one socket', async () => {
    const { url } = await call(slack, 'apps.connections.open', {}, { token: slack.appToken });
    const open = () =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(String(url));
        socket.addEventListener('message', () => resolve('open'));
        socket.addEventListener('error', () => resolve('refused'));
      });
    expect(await open()).toBe('open');
    expect(await open()).toBe('refused');
  });

  test('there are ten at most', async () => {
    for (let count = 0; count < 10; count += 1) await listenTo(slack);
    await time.pass(MINUTE);
    const eleventh = await call(slack, 'apps.connections.open', {}, { token: slack.appToken });
    expect(eleventh).toMatchObject({ ok: false, error: 'too_many_websockets' });
  });

  test('a socket that is recycled is told first', async () => {
    const socket = await listenTo(slack);
    slack.trouble.refreshSockets();
    expect(await socket.next()).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
    await socket.closed;
    expect(slack.sockets()).toBe(0);
  });

  test('a socket that drops is not, and what it had comes again to the other', async () => {
    const first = await listenTo(slack);
    await slack.say('#voice', 'anna', '@risbot hi');
    const envelope = await first.next();
    slack.trouble.dropSockets();
    await first.closed;
    expect(first.heard).toHaveLength(2);
    const second = await listenTo(slack);
    await time.pass(MINUTE);
    const again = await second.next();
    expect(again.payload['event_id']).toBe(envelope.payload['event_id']);
    expect(again.retry_attempt).toBeGreaterThan(0);
  });

  test('when Slack is down nothing answers and no socket comes up', async () => {
    const socket = await listenTo(slack);
    slack.trouble.down(true);
    await socket.closed;
    await expect(call(slack, 'auth.test')).rejects.toThrow('fetch failed');
    slack.trouble.down(false);
    expect(await call(slack, 'auth.test')).toMatchObject({ ok: true });
    await listenTo(slack);
  });
});

describe('acknowledgements', () => {
  test('an event that nobody acknowledges comes at once, after a minute, after five, and no more', async () => {
    const socket = await listenTo(slack);
    await slack.say('#voice', 'anna', '@risbot hi');
    const tries = [await socket.next()];
    for (const wait of [3000, 3000 + MINUTE, 3000 + 5 * MINUTE]) {
      await time.pass(wait);
      tries.push(await socket.next());
    }
    expect(tries.map(({ retry_attempt, retry_reason }) => [retry_attempt, retry_reason])).toEqual([
      [0, ''],
      [1, 'timeout'],
      [2, 'timeout'],
      [3, 'timeout'],
    ]);
    expect(new Set(tries.map(({ payload }) => payload['event_id'])).size).toBe(1);
    expect(slack.deliveries()).toMatchObject([{ outcome: 'waiting', tries: 3 }]);
    await time.pass(3000);
    expect(slack.deliveries()).toMatchObject([{ outcome: 'given-up', tries: 4 }]);
  });

  test('an acknowledgement that was lost brings the event again', async () => {
    const socket = await listenTo(slack);
    slack.trouble.loseAcknowledgements();
    await slack.say('#voice', 'anna', '@risbot hi');
    socket.acknowledge(await socket.next());
    await time.pass(3000);
    const again = await socket.next();
    expect(again.retry_attempt).toBe(1);
    socket.acknowledge(again);
    await slack.settled();
    expect(slack.deliveries()).toMatchObject([{ outcome: 'acknowledged', tries: 2, acknowledgedMs: 3000 }]);
  });

  test('a command is not sent again, and the asker is left without', async () => {
    const socket = await listenTo(slack);
    const asked = slack.slash('anna', '#voice', '/ris', 'status');
    expect(await socket.next()).toMatchObject({ type: 'slash_commands', accepts_response_payload: true });
    await time.pass(3000);
    expect(await asked).toMatchObject({ delivery: { outcome: 'given-up', tries: 1 }, message: null });
    expect(socket.heard).toHaveLength(2);
  });

  test('without a socket a command fails at once', async () => {
    const { delivery } = await slack.slash('anna', '#voice', '/ris');
    expect(delivery.outcome).toBe('given-up');
  });

  test('an answer to a command is checked like any message', async () => {
    const socket = await listenTo(slack);
    const asked = slack.slash('anna', '#voice', '/ris');
    socket.acknowledge(await socket.next(), { blocks: [{ type: 'section' }] });
    expect(await asked).toMatchObject({ delivery: { outcome: 'acknowledged' }, message: null });
    expect(slack.rejections()).toMatchObject([{ method: 'acknowledgement', error: 'invalid_blocks' }]);
  });

  test('twice is twice, with the same event_id', async () => {
    const socket = await listenTo(slack);
    slack.trouble.deliverTwice();
    await slack.say('#voice', 'anna', '@risbot hi');
    const [one, two] = [await socket.next(), await socket.next()];
    expect(one.payload['event_id']).toBe(two.payload['event_id']);
    expect(one.envelope_id).not.toBe(two.envelope_id);
  });

  test('choices that came too late, or are too long, are none', async () => {
    const socket = await listenTo(slack);
    const select = { type: 'external_select', action_id: 'subject', min_query_length: 1 };
    const channel = slack.channel('#voice').id;
    await call(slack, 'chat.postMessage', { channel, blocks: [{ type: 'actions', elements: [select] }] });
    const card = await slack.nextMessage('#voice');
    const late = slack.suggest('anna', card, 'subject', '10');
    await socket.next();
    await time.pass(3000);
    expect(await late).toEqual([]);
    const long = slack.suggest('anna', card, 'subject', '10');
    const options = [{ text: plain('x'.repeat(76)), value: 'x' }];
    socket.acknowledge(await socket.next(), { options });
    expect(await long).toEqual([]);
    expect(slack.rejections()).toMatchObject([{ method: 'acknowledgement', error: 'invalid_options' }]);
  });
});

describe('what a payload brings along', () => {
  async function commanded() {
    const socket = await listenTo(slack);
    const asked = slack.slash('anna', '#voice', '/ris');
    const envelope = await socket.next();
    socket.acknowledge(envelope);
    await asked;
    return envelope.payload as { trigger_id: string; response_url: string };
  }
  const open = (trigger_id: string) => call(slack, 'views.open', { trigger_id, view: MODAL });

  test('a trigger_id is good once', async () => {
    const { trigger_id } = await commanded();
    expect(await open(trigger_id)).toMatchObject({ ok: true, view: { title: plain('Form') } });
    expect(await open(trigger_id)).toMatchObject({ error: 'exchanged_trigger_id' });
    expect(slack.views('anna')).toHaveLength(1);
  });

  test('and for three seconds', async () => {
    const { trigger_id } = await commanded();
    await time.pass(3001);
    expect(await open(trigger_id)).toMatchObject({ error: 'expired_trigger_id' });
    expect(await open('1.2.3')).toMatchObject({ error: 'invalid_trigger_id' });
  });

  test('a view that is wrong is invalid_arguments with a pointer, and the trigger_id stays good', async () => {
    const { trigger_id } = await commanded();
    const view = { ...MODAL, title: plain('x'.repeat(25)) };
    expect(await call(slack, 'views.open', { trigger_id, view })).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: {
        messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'],
      },
    });
    expect(await open(trigger_id)).toMatchObject({ ok: true });
  });

  test('an old hash is a conflict, a closed view is not found', async () => {
    const { trigger_id } = await commanded();
    await open(trigger_id);
    const view = await slack.nextView('anna');
    const update = (hash: string) => call(slack, 'views.update', { view_id: view.id, hash, view: MODAL });
    expect(await update(view.hash)).toMatchObject({ ok: true });
    expect(await update(view.hash)).toMatchObject({ error: 'hash_conflict' });
    await slack.closeView('anna', view);
    expect(await update(view.hash)).toMatchObject({ error: 'not_found' });
  });

  const respond = async (url: string, body: unknown) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return [response.status, await response.text()] as const;
  };

  test('a response_url takes five answers', async () => {
    const { response_url } = await commanded();
    const statuses = [];
    for (let count = 0; count < 6; count += 1) statuses.push((await respond(response_url, { text: 'x' }))[0]);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    expect(slack.ephemerals('anna')).toHaveLength(5);
    expect(slack.rejections()).toMatchObject([{ method: 'response_url', error: 'used_url' }]);
  });

  test('for thirty minutes', async () => {
    const { response_url } = await commanded();
    await time.pass(30 * MINUTE);
    expect(await respond(response_url, { text: 'x' })).toEqual([200, 'ok']);
    await time.pass(1);
    const [status, body] = await respond(response_url, { text: 'x' });
    expect([status, JSON.parse(body)]).toEqual([404, { ok: false, error: 'expired_url' }]);
  });

  test('a command’s has no original to replace', async () => {
    const { response_url } = await commanded();
    await respond(response_url, { text: 'one' });
    await respond(response_url, { text: 'two', replace_original: true });
    expect(slack.ephemerals('anna').map(({ text }) => text)).toEqual(['one', 'two']);
  });

  test('a button’s replaces and deletes an ephemeral message', async () => {
    const socket = await listenTo(slack);
    const channel = slack.channel('#voice').id;
    const elements = [{ type: 'button', action_id: 'go', text: plain('Go') }];
    const blocks = [{ type: 'actions', elements }];
    await call(slack, 'chat.postEphemeral', { channel, user: slack.user('anna').id, blocks });
    const card = await slack.nextEphemeral('anna');
    await expect(slack.press('ben', card, 'Go')).rejects.toThrow('ben does not see that message');
    const pressed = slack.press('anna', card, 'Go');
    const envelope = await socket.next();
    socket.acknowledge(envelope);
    await pressed;
    const url = String(envelope.payload['response_url']);
    await respond(url, { text: 'replaced' });
    expect(slack.ephemerals('anna').map(({ text }) => text)).toEqual(['replaced']);
    await respond(url, { delete_original: true });
    expect(slack.ephemerals('anna')).toEqual([]);
    await respond(url, { text: 'beside', replace_original: false });
    await respond(url, { text: 'for all', replace_original: false, response_type: 'in_channel' });
    expect(slack.ephemerals('anna').map(({ text }) => text)).toEqual(['beside']);
    expect(slack.messages('#voice').map(({ text }) => text)).toEqual(['for all']);
  });

  test('a button that is not there cannot be pressed, but a forged press arrives', async () => {
    const socket = await listenTo(slack);
    const message = await slack.say('#voice', 'anna', 'hello');
    await expect(slack.press('ben', message, 'Go')).rejects.toThrow('nothing here is called Go');
    const forged = slack.pressAnything('ben', message, { actionId: 'old', value: '{}' });
    const envelope = await socket.next();
    socket.acknowledge(envelope);
    expect((await forged).outcome).toBe('acknowledged');
    expect(envelope.payload['actions']).toMatchObject([{ action_id: 'old', value: '{}' }]);
  });
});

describe('signed HTTP', () => {
  let server: Server;
  let requests: { headers: Record<string, unknown>; body: string }[];
  let status: number;

  beforeEach(async () => {
    requests = [];
    status = 200;
    server = createServer(async (request, response) => {
      const chunks = await Array.fromAsync(request);
      requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test.each([
    ['good', true, 0],
    ['wrong', false, 0],
    ['stale', true, 360],
    ['missing', false, null],
  ] as const)('a %s signature', async (how, isRight, age) => {
    slack.trouble.signature(how);
    await slack.slash('anna', '#voice', '/ris', 'status');
    const { headers, body } = requests[0]!;
    const stamp = headers['x-slack-request-timestamp'];
    const ours = createHmac('sha256', slack.signingSecret).update(`v0:${stamp}:${body}`).digest('hex');
    expect(headers['x-slack-signature'] === `v0=${ours}`).toBe(isRight);
    if (age === null) expect(stamp).toBeUndefined();
    else expect(Math.abs(Date.now() / 1000 - age - Number(stamp))).toBeLessThan(30);
  });

  test('commands are forms, events JSON, interactions JSON in a form', async () => {
    await slack.slash('anna', '#voice', '/ris', 'a&b');
    await slack.openHome('anna');
    await slack.globalShortcut('anna', 'look');
    const [command, event, interaction] = requests.map(({ body }) => body);
    expect(new URLSearchParams(command).get('text')).toBe('a&amp;b');
    expect(JSON.parse(event ?? '')).toMatchObject({
      type: 'event_callback',
      event: { type: 'app_home_opened' },
    });
    const payload = JSON.parse(new URLSearchParams(interaction).get('payload') ?? '');
    expect(payload).toMatchObject({ type: 'shortcut', callback_id: 'look' });
  });

  test('a refusal is remembered, and an event comes again with its number', async () => {
    status = 401;
    await slack.say('#voice', 'anna', '@risbot hi');
    await expect.poll(() => requests.length).toBe(2);
    expect(requests.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1']);
    const { delivery } = await slack.slash('anna', '#voice', '/ris');
    expect(delivery).toMatchObject({ outcome: 'refused', status: 401, tries: 1 });
  });
});

describe('spoilt answers', () => {
  test('429 so many times, for one method', async () => {
    slack.trouble.tooMany('users.info', 2, 7);
    const user = slack.user('anna').id;
    const ask = () => call(slack, 'users.info', { user });
    expect(await call(slack, 'auth.test')).toMatchObject({ status: 200 });
    expect([await ask(), await ask(), await ask()]).toMatchObject([
      { status: 429, retryAfter: '7', error: 'ratelimited' },
      { status: 429 },
      { status: 200, ok: true },
    ]);
  });

  test('5xx, an error of one’s choice, a broken connection, no answer at all', async () => {
    slack.trouble.failing('*', 1, 502);
    expect(await call(slack, 'auth.test')).toMatchObject({ status: 502, ok: false });
    slack.trouble.refusing('auth.test', 'fatal_error');
    expect(await call(slack, 'auth.test')).toMatchObject({ status: 200, error: 'fatal_error' });
    slack.trouble.cutting('auth.test');
    await expect(call(slack, 'auth.test')).rejects.toThrow('fetch failed');
    slack.trouble.hanging('auth.test');
    const hung = call(slack, 'auth.test').then(
      () => 'answered',
      () => 'broken',
    );
    await expect.poll(() => slack.calls('auth.test').at(-1)?.error).toBe('hang');
    await slack.stop();
    expect(await hung).toBe('broken');
    slack = await startSlack();
  });

  test('none of it counts as a rejection, and calm ends it', async () => {
    slack.trouble.failing('*', 100);
    await call(slack, 'auth.test');
    slack.trouble.calm();
    expect(await call(slack, 'auth.test')).toMatchObject({ ok: true });
    expect(slack.rejections()).toEqual([]);
  });

  test('waiting in vain says what there was instead', async () => {
    await call(slack, 'chat.postMessage', { channel: 'C0', text: 'x' });
    const vain = slack.nextMessage('#voice', undefined, 20);
    await expect(vain).rejects.toThrow(/within 20 ms.*chat\.postMessage channel_not_found/);
  });
});
