import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startWebex, type Webex } from '../../../simulator/webex/webex.ts';
import { fakeTime } from '../slack/fake-time.ts';
import { call } from './rest.ts';

const START = fakeTime().now();

let webex: Webex;

beforeEach(async () => {
  webex = await startWebex();
});
afterEach(() => webex.stop());

const me = () => call(webex, 'GET people/me');
const post = (where = 'Voice') =>
  call(webex, 'POST messages', { body: { roomId: webex.room(where).id, text: 'x' } });

describe('answers that are spoilt', () => {
  test('429 so many times, with Retry-After, and only for what was ordered', async () => {
    webex.trouble.tooMany('POST messages', 2, 7);
    const first = await post();
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7']);
    expect((await me()).status).toBe(200);
    expect([(await post()).status, (await post()).status]).toEqual([429, 200]);
    expect(webex.messages('Voice')).toHaveLength(1);
    expect(webex.calls('POST messages').map(({ status }) => status)).toEqual([429, 429, 200]);
    expect(webex.rejections()).toEqual([]);
  });

  test('429 for every third call, until none', async () => {
    webex.trouble.everyTooMany(3);
    const statuses = [];
    for (let count = 0; count < 6; count += 1) statuses.push((await me()).status);
    expect(statuses).toEqual([200, 200, 429, 200, 200, 429]);
    webex.trouble.everyTooMany(0);
    for (let count = 0; count < 3; count += 1) expect((await me()).status).toBe(200);
  });

  test.each([undefined, 502, 423])('a status: %s', async (status) => {
    webex.trouble.failing('*', 1, status);
    expect(await me()).toMatchObject({
      status: status ?? 503,
      body: { trackingId: expect.any(String), errors: [expect.anything()] },
    });
    expect((await me()).status).toBe(200);
  });

  test('cut, nothing was done; lost, it was, and nobody heard', async () => {
    webex.trouble.cutting('POST messages');
    await expect(post()).rejects.toThrow('fetch failed');
    expect(webex.messages('Voice')).toEqual([]);
    webex.trouble.losing('POST messages');
    await expect(post()).rejects.toThrow('fetch failed');
    expect(webex.messages('Voice')).toHaveLength(1);
    expect(webex.calls().map(({ error }) => error)).toEqual(['cut', 'lose']);
  });

  test('hanging, no answer comes until the end', async () => {
    webex.trouble.hanging('GET people/me');
    let isAnswered = false;
    const asking = me().then(
      () => {
        isAnswered = true;
      },
      () => 'broken',
    );
    await expect.poll(() => webex.calls('GET people/me')).toMatchObject([{ status: 0, error: 'hang' }]);
    expect((await call(webex, 'GET rooms')).status).toBe(200);
    expect(isAnswered).toBe(false);
    await webex.stop();
    expect(await asking).toBe('broken');
  });

  test('slow is slower', async () => {
    const time = fakeTime();
    const slow = await startWebex({ clock: time });
    slow.trouble.slow(5000);
    let isAnswered = false;
    const asking = call(slow, 'GET people/me').then(() => {
      isAnswered = true;
    });
    await expect.poll(() => time.pass(1000).then(() => isAnswered)).toBe(true);
    await asking;
    expect(time.now() - START).toBeGreaterThanOrEqual(5000);
    await slow.stop();
  });

  test('calm ends it all', async () => {
    webex.trouble.failing('*', 9);
    webex.trouble.everyTooMany(1);
    webex.trouble.calm();
    expect((await me()).status).toBe(200);
  });

  test('down, nothing answers', async () => {
    webex.trouble.down(true);
    await expect(me()).rejects.toThrow('fetch failed');
    webex.trouble.down(false);
    expect((await me()).status).toBe(200);
  });
});

describe('spaces that change', () => {
  test('taken out, the bot finds nothing there; back in, it does', async () => {
    const said = await webex.say('Lobby', 'anna', '@risbot hi');
    webex.trouble.kick('Lobby');
    expect((await post('Lobby')).status).toBe(404);
    expect((await call(webex, `GET messages/${said.id}`)).status).toBe(404);
    webex.trouble.invite('Lobby');
    expect((await post('Lobby')).status).toBe(200);
    expect(webex.happenings().map(({ type }) => type)).toEqual(['posted', 'left', 'joined', 'posted']);
  });

  test('who was taken out can neither write nor press', async () => {
    webex.trouble.kick('Lobby', 'guest');
    await expect(webex.say('Lobby', 'guest', 'x')).rejects.toThrow('not in Lobby');
  });

  test('deleted, nothing of it is left', async () => {
    const { id } = webex.room('Lobby');
    const said = await webex.say('Lobby', 'anna', '@risbot hi');
    webex.trouble.deleteRoom('Lobby');
    expect((await call(webex, `GET rooms/${id}`)).status).toBe(404);
    expect((await call(webex, `GET messages/${said.id}`)).status).toBe(404);
    expect(() => webex.room('Lobby')).toThrow('no space here');
    await expect(webex.say('Lobby', 'anna', 'x')).rejects.toThrow('no space here');
  });

  test('renamed, it goes by its new title', async () => {
    webex.trouble.renameRoom('Lobby', 'Hall');
    expect((await call(webex, `GET rooms/${webex.room('Hall').id}`)).body).toMatchObject({ title: 'Hall' });
  });
});

describe('the cloud of the SDK', () => {
  const catalog = (token = webex.token) =>
    call(webex, `GET ${webex.origin}/u2c/api/v1/catalog`, { token }).then(({ status }) => status);

  test('answers beside the REST API, with the same token', async () => {
    expect([await catalog(), await catalog('a_b_c')]).toEqual([200, 401]);
    webex.trouble.token('expired');
    expect(await catalog()).toBe(401);
    expect(webex.cloudCalls()).toHaveLength(3);
    expect(webex.calls()).toEqual([]);
  });

  test('has trouble of its own, and is down with the rest', async () => {
    webex.trouble.cloud.failing('catalog');
    expect(await catalog()).toBe(503);
    webex.trouble.down(true);
    await expect(catalog()).rejects.toThrow('fetch failed');
    expect(webex.sockets()).toBe(0);
  });

  test('a websocket hears what webhooks hear, twice when ordered, until it is dropped', async () => {
    const { body } = await call(webex, `POST ${webex.origin}/wdm/api/v1/devices`, { body: {} });
    const socket = new WebSocket(String(body['webSocketUrl']));
    const verbs: unknown[] = [];
    socket.addEventListener('message', ({ data }) => {
      const { activity } = JSON.parse(String(data)).data;
      if (activity !== undefined) verbs.push(activity.verb);
    });
    const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()));
    socket.addEventListener('open', () => {
      socket.send(JSON.stringify({ type: 'authorization', data: { token: `Bearer ${webex.token}` } }));
    });
    await webex.connected();
    expect(webex.sockets()).toBe(1);
    await webex.say('Voice', 'anna', 'not for the bot');
    webex.trouble.deliverTwice();
    await webex.say('Voice', 'anna', '@risbot hi');
    await expect.poll(() => verbs).toEqual(['post', 'post']);
    webex.trouble.dropSockets();
    await closed;
    expect(webex.sockets()).toBe(0);
  });
});
