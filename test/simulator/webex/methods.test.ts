import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startWebex, type Webex } from '../../../simulator/webex/webex.ts';
import { type FakeTime, fakeTime } from '../slack/fake-time.ts';
import { call, idsIn, nextOf } from './rest.ts';

let time: FakeTime;
let webex: Webex;

beforeEach(async () => {
  time = fakeTime();
  webex = await startWebex({ clock: time });
});
afterEach(() => webex.stop());

const hook = (more: Record<string, unknown> = {}) => ({
  name: 'all of it',
  targetUrl: 'http://127.0.0.1:9/webex',
  resource: 'messages',
  event: 'created',
  ...more,
});

describe('tokens', () => {
  test.each([
    ['none', null],
    ['another', 'a_b_c'],
  ])('%s is 401, in the platform’s shape', async (_claim, token) => {
    const { status, body, headers } = await call(webex, 'GET people/me', { token });
    expect(status).toBe(401);
    expect(body).toMatchObject({
      message: expect.any(String),
      errors: [{ description: expect.any(String) }],
    });
    expect(body['trackingId']).toMatch(/^ROUTER_[\dA-F-]{36}$/);
    expect(headers.get('trackingid')).toBe(body['trackingId']);
  });

  test('it has three parts, as the SDK insists', () => {
    expect(webex.token.split('_')).toHaveLength(3);
  });

  test('expired it is 401 until it is good again, and nothing of it is a rejection', async () => {
    webex.trouble.token('expired');
    expect((await call(webex, 'GET people/me')).status).toBe(401);
    webex.trouble.token('good');
    expect((await call(webex, 'GET people/me')).status).toBe(200);
    expect(webex.rejections()).toEqual([]);
  });
});

describe('people', () => {
  test('the bot is a bot', async () => {
    expect((await call(webex, 'GET people/me')).body).toMatchObject({
      id: webex.bot.id,
      emails: ['risbot@webex.bot'],
      displayName: 'risbot',
      orgId: webex.bot.orgId,
      type: 'bot',
    });
  });

  test('somebody by id and by address', async () => {
    const { id } = webex.person('maryam');
    expect((await call(webex, `GET people/${id}`)).body).toMatchObject({ displayName: 'مريم الهاشمي' });
    expect(idsIn(await call(webex, 'GET people?email=Maryam@Example.com'))).toEqual([id]);
    expect(idsIn(await call(webex, 'GET people?email=nobody@example.com'))).toEqual([]);
    expect(idsIn(await call(webex, `GET people?id=${id},${webex.person('anna').id}`))).toHaveLength(2);
  });

  test('who is deleted is not there', async () => {
    expect((await call(webex, `GET people/${webex.person('gone').id}`)).status).toBe(404);
    expect(idsIn(await call(webex, 'GET people?email=gone@example.com'))).toEqual([]);
  });

  test('nobody lists everybody', async () => {
    expect((await call(webex, 'GET people')).status).toBe(400);
  });
});

describe('spaces and memberships', () => {
  test('a space that the bot is not in is not there', async () => {
    const secret = webex.room('Secret').id;
    expect((await call(webex, `GET rooms/${secret}`)).status).toBe(404);
    expect(idsIn(await call(webex, 'GET rooms'))).not.toContain(secret);
    expect((await call(webex, `GET memberships?roomId=${secret}`)).status).toBe(404);
    expect((await call(webex, `GET rooms/${webex.room('Voice').id}`)).body).toMatchObject({
      title: 'Voice',
      type: 'group',
    });
  });

  test('lists come in pages, and the pages are all of it', async () => {
    const ids = [];
    let line: string | undefined = `GET memberships?roomId=${webex.room('Crowded').id}`;
    while (line !== undefined) {
      const answer = await call(webex, line);
      ids.push(...idsIn(answer));
      line = nextOf(answer) === undefined ? undefined : `GET ${nextOf(answer)}`;
    }
    expect(new Set(ids).size).toBe(257);
  });

  test('the space in which something happened last comes first', async () => {
    await time.pass(1000);
    await webex.say('Alerts', 'anna', 'hi');
    expect(idsIn(await call(webex, 'GET rooms?sortBy=lastactivity&max=1'))).toEqual([
      webex.room('Alerts').id,
    ]);
  });

  test('its own memberships are the spaces it is in', async () => {
    const { body } = await call(webex, 'GET memberships');
    expect(body['items']).toHaveLength(4);
    expect(body['items']).toMatchObject(
      Array.from({ length: 4 }, () => ({ personEmail: 'risbot@webex.bot' })),
    );
    const one = (body['items'] as { id: string }[])[0]!;
    expect((await call(webex, `GET memberships/${one.id}`)).body).toEqual(one);
  });

  test('it leaves a space, and cannot take others out', async () => {
    const roomId = webex.room('Lobby').id;
    const idOf = async (email: string) =>
      idsIn(await call(webex, `GET memberships?roomId=${roomId}&personEmail=${email}`))[0];
    expect((await call(webex, `DELETE memberships/${await idOf('anna@example.com')}`)).status).toBe(403);
    expect((await call(webex, `DELETE memberships/${await idOf('risbot@webex.bot')}`)).status).toBe(204);
    expect((await call(webex, `GET rooms/${roomId}`)).status).toBe(404);
  });

  test.each(['max=0', 'max=1001', 'max=many', 'sortBy=title', 'type=huge', 'typ=group'])(
    'rooms?%s is refused',
    async (query) => {
      expect((await call(webex, `GET rooms?${query}`)).status).toBe(400);
      expect(webex.rejections()).toMatchObject([{ method: 'GET rooms', status: 400 }]);
    },
  );
});

describe('webhooks', () => {
  test('made, seen, listed, changed and removed', async () => {
    const made = await call(webex, 'POST webhooks', {
      body: hook({ secret: 's', filter: `roomId=${webex.room('Voice').id}` }),
    });
    expect(made.body).toMatchObject({
      ...hook(),
      status: 'active',
      ownedBy: 'creator',
      createdBy: webex.bot.id,
    });
    const { id } = made.body;
    expect((await call(webex, `GET webhooks/${id}`)).body).toEqual(made.body);
    expect(idsIn(await call(webex, 'GET webhooks'))).toEqual([id]);
    const change = { name: 'new', targetUrl: 'http://127.0.0.1:8/', status: 'inactive' };
    expect((await call(webex, `PUT webhooks/${id}`, { body: change })).body).toMatchObject(change);
    expect(webex.webhooks()).toMatchObject([{ ...change, secret: 's' }]);
    expect((await call(webex, `DELETE webhooks/${id}`)).status).toBe(204);
    expect((await call(webex, `GET webhooks/${id}`)).status).toBe(404);
  });

  test('a second one for the same is a conflict', async () => {
    await call(webex, 'POST webhooks', { body: hook() });
    expect((await call(webex, 'POST webhooks', { body: hook({ name: 'another' }) })).status).toBe(409);
    expect((await call(webex, 'POST webhooks', { body: hook({ event: 'deleted' }) })).status).toBe(200);
  });

  test.each([
    ['no name', { name: undefined }],
    ['a target that is none', { targetUrl: 'risbot' }],
    ['a target that is no HTTP', { targetUrl: 'file:///etc/passwd' }],
    ['an unknown resource', { resource: 'mesages' }],
    ['an event that the resource does not have', { event: 'started' }],
    ['an event of all', { resource: 'all', event: 'created' }],
    ['an unknown filter', { filter: 'room=x' }],
    ['a filter for a space it is not in', { filter: 'roomId=x' }],
    ['an unknown property', { secrets: 's' }],
  ])('%s is refused', async (_claim, more) => {
    expect((await call(webex, 'POST webhooks', { body: hook(more) })).status).toBe(400);
    expect(webex.webhooks()).toEqual([]);
    expect(webex.rejections()).toMatchObject([{ method: 'POST webhooks', status: 400 }]);
  });
});

describe('calls', () => {
  test('are named by what is asked, without ids', async () => {
    const said = await webex.say('@anna', 'anna', 'hi');
    await call(webex, `GET messages/${said.id}`);
    await call(webex, `GET people/${said.personId}`);
    await call(webex, 'GET people/me');
    await call(webex, 'GET messages/direct?personEmail=anna@example.com');
    await call(webex, `GET attachment/actions/${said.id}`);
    expect(webex.calls().map(({ method, status }) => `${method} ${status}`)).toEqual([
      'GET messages/{id} 200',
      'GET people/{id} 200',
      'GET people/me 200',
      'GET messages/direct 200',
      'GET attachment/actions/{id} 404',
    ]);
    expect(webex.calls('GET messages/{id}')).toMatchObject([{ roomId: said.roomId, error: null }]);
  });

  test('what there is not is a rejection; what is gone is none', async () => {
    expect((await call(webex, 'GET mesages')).status).toBe(404);
    expect((await call(webex, 'POST rooms', { body: { title: 'x' } })).status).toBe(404);
    expect((await call(webex, 'GET messages/x')).status).toBe(404);
    expect(webex.rejections().map(({ method }) => method)).toEqual(['GET mesages', 'POST rooms']);
  });

  test.each(['{', '[]', '7'])('a body that is %s is refused', async (body) => {
    expect((await call(webex, 'POST messages', { body })).status).toBe(400);
  });
});

describe('rate limits', () => {
  test('off by default', async () => {
    const statuses = new Set();
    for (let count = 0; count < 70; count += 1) statuses.add((await call(webex, 'GET people/me')).status);
    expect(statuses).toEqual(new Set([200]));
  });

  test('with them sixty at once, then ten a second', async () => {
    const limited = await startWebex({ clock: time, rateLimits: 'webex' });
    const me = async () => (await call(limited, 'GET people/me')).status;
    const burst = [];
    for (let count = 0; count < 61; count += 1) burst.push(await me());
    expect(burst.filter((status) => status === 200)).toHaveLength(60);
    const refused = await call(limited, 'GET people/me');
    expect(refused).toMatchObject({ status: 429 });
    expect(refused.headers.get('retry-after')).toBe('1');
    await time.pass(1000);
    for (let count = 0; count < 10; count += 1) expect(await me()).toBe(200);
    expect(await me()).toBe(429);
    expect(limited.rejections()).toEqual([]);
    await limited.stop();
  });

  test('messages have a limit of their own', async () => {
    const limited = await startWebex({ clock: time, rateLimits: 'webex' });
    const body = { roomId: limited.room('Voice').id, text: 'x' };
    const burst = [];
    for (let count = 0; count < 21; count += 1)
      burst.push((await call(limited, 'POST messages', { body })).status);
    expect(burst.at(-1)).toBe(429);
    expect((await call(limited, 'GET people/me')).status).toBe(200);
    await limited.stop();
  });
});
