import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startWebex, type Webex, type WebexOptions } from '../../../simulator/webex/webex.ts';
import { type FakeTime, fakeTime } from '../slack/fake-time.ts';
import { attached, call } from './rest.ts';
import { isSigned, startTarget, type Target } from './target.ts';

const SECRET = 'only between us';
const BUTTON = attached({ actions: [{ type: 'Action.Submit', title: 'Go', data: { verb: 'go' } }] });

let time: FakeTime;
let target: Target;
let webex: Webex;

const start = async (options: WebexOptions = {}) => {
  webex = await startWebex({ clock: time, ...options });
  return webex;
};
beforeEach(async () => {
  time = fakeTime();
  target = await startTarget();
  await start();
});
afterEach(async () => {
  await webex.stop();
  await target.stop();
});

const register = async (more: Record<string, unknown> = {}) => {
  const common = {
    name: 'risbot',
    targetUrl: target.url,
    resource: 'messages',
    event: 'created',
    secret: SECRET,
  };
  const { status, body } = await call(webex, 'POST webhooks', { body: { ...common, ...more } });
  expect(status).toBe(200);
  return body;
};
const post = (where = 'Voice', more: Record<string, unknown> = {}) =>
  call(webex, 'POST messages', { body: { roomId: webex.room(where).id, text: 'x', ...more } });
/** What was heard, as `messages created`. */
const told = () => target.heard.map(({ body }) => `${body['resource']} ${body['event']}`);

describe('what is told', () => {
  test('the envelope of a message, without what it says', async () => {
    const hook = await register();
    const said = await webex.say('Voice', 'anna', '@risbot 1002');
    const { body, raw } = await target.next();
    const { secret: _secret, ...shown } = hook;
    expect(body).toEqual({
      ...shown,
      resource: 'messages',
      event: 'created',
      actorId: said.personId,
      data: {
        id: said.id,
        roomId: said.roomId,
        roomType: 'group',
        personId: said.personId,
        personEmail: 'anna@example.com',
        mentionedPeople: [webex.bot.id],
        created: new Date(time.now()).toISOString(),
      },
    });
    expect(raw).not.toContain('1002');
  });

  test('in a group space only what mentions the bot, in a direct one everything, and its own too', async () => {
    await register();
    await webex.say('Voice', 'anna', 'not this');
    await webex.say('Secret', 'anna', '@risbot nor this');
    const heard = [
      await webex.say('Voice', 'anna', '@risbot this'),
      await webex.say('@anna', 'anna', 'and this'),
      (await post()).body,
    ];
    await webex.settled();
    const ids = target.heard.map(({ body }) => (body['data'] as { id: string }).id);
    expect(ids.toSorted()).toEqual(heard.map(({ id }) => String(id)).toSorted());
  });

  test('the firehose tells of messages, memberships and spaces, and not of what is pressed', async () => {
    await register({ resource: 'all', event: 'all' });
    const said = await webex.say('@anna', 'anna', 'one');
    await webex.edit(said, 'two');
    await webex.remove(said);
    webex.trouble.renameRoom('Voice', 'Phones');
    webex.trouble.kick('Alerts', 'ben');
    await post('Lobby', { attachments: BUTTON });
    await webex.press('anna', webex.messages('Lobby')[0]!, 'Go');
    await webex.settled();
    expect(told().toSorted()).toEqual([
      'memberships created',
      'memberships created',
      'memberships deleted',
      'messages created',
      'messages created',
      'messages deleted',
      'messages updated',
      'rooms updated',
    ]);
  });

  test('a press, without what was filled in', async () => {
    await register({ resource: 'attachmentActions' });
    const { body: message } = await post('Voice', { attachments: BUTTON });
    const { id } = await webex.press('guest', webex.messages('Voice')[0]!, 'Go');
    const { body, raw } = await target.next();
    expect(body).toMatchObject({
      resource: 'attachmentActions',
      event: 'created',
      actorId: webex.person('guest').id,
      data: { id, type: 'submit', messageId: message['id'], roomId: message['roomId'] },
    });
    expect(raw).not.toContain('verb');
  });

  test('a message of a thread tells which', async () => {
    await register();
    const root = await webex.say('Voice', 'anna', 'one');
    await webex.say('Voice', 'ben', '@risbot two', { parent: root });
    expect((await target.next()).body).toMatchObject({ data: { parentId: root.id } });
  });

  test('that the bot was taken out, and then nothing more', async () => {
    await register({ resource: 'all', event: 'all' });
    webex.trouble.kick('Lobby');
    await webex.say('Lobby', 'anna', '@risbot still there?');
    await webex.settled();
    expect(target.heard).toMatchObject([
      { body: { resource: 'memberships', event: 'deleted', data: { personId: webex.bot.id } } },
    ]);
  });

  test.each([
    ['of another space', () => ({ filter: `roomId=${webex.room('Alerts').id}` }), 0],
    ['of its space', () => ({ filter: `roomId=${webex.room('Voice').id}&personEmail=anna@example.com` }), 1],
    ['for mentions of the bot', () => ({ filter: `mentionedPeople=${webex.bot.id}` }), 1],
    ['for messages with files', () => ({ filter: 'hasFiles=true' }), 0],
    ['of another event', () => ({ event: 'deleted' }), 0],
    ['of every event', () => ({ event: 'all' }), 1],
    ['of another resource', () => ({ resource: 'rooms', event: 'updated' }), 0],
  ])('a webhook %s', async (_claim, more, count) => {
    await register(more());
    await webex.say('Voice', 'anna', '@risbot hi');
    await webex.settled();
    expect(target.heard).toHaveLength(count);
  });

  test('one that is inactive is told nothing', async () => {
    const { id } = await register();
    const body = { name: 'x', targetUrl: target.url, status: 'inactive' };
    await call(webex, `PUT webhooks/${id}`, { body });
    await webex.say('@anna', 'anna', 'hi');
    await webex.settled();
    expect(target.heard).toEqual([]);
  });
});

describe('signatures', () => {
  const heard = async () => {
    await webex.say('@anna', 'anna', 'hi');
    return target.next();
  };

  test.each([false, true])('are over the body as it comes, laid out: %s', async (isPretty) => {
    await register();
    webex.trouble.pretty(isPretty);
    const delivery = await heard();
    expect(isSigned(delivery, SECRET)).toBe(true);
    expect(delivery.raw.includes('\n')).toBe(isPretty);
  });

  test.each(['wrong', 'respaced'] as const)('%s until they are good again', async (how) => {
    await register();
    webex.trouble.signature(how);
    const bad = await heard();
    expect(bad.signature).toMatch(/^[\da-f]{40}$/);
    expect(isSigned(bad, SECRET)).toBe(false);
    webex.trouble.signature('good');
    expect(isSigned(await heard(), SECRET)).toBe(true);
  });

  test('respaced is good for who lays the body out again', async () => {
    await register();
    webex.trouble.signature('respaced');
    webex.trouble.pretty(true);
    const delivery = await heard();
    expect(isSigned({ ...delivery, raw: JSON.stringify(delivery.body) }, SECRET)).toBe(true);
  });

  test('missing, and without a secret', async () => {
    await register();
    webex.trouble.signature('missing');
    expect((await heard()).signature).toBeUndefined();
    webex.trouble.signature('good');
    await register({ secret: undefined, event: 'deleted' });
    await webex.remove(webex.messages('@anna')[0]!);
    expect((await target.next()).signature).toBeUndefined();
  });
});

describe('answers', () => {
  test('2xx is acknowledged', async () => {
    await register();
    target.status = 204;
    await webex.say('@anna', 'anna', 'hi');
    await webex.settled();
    expect(webex.deliveries()).toMatchObject([{ outcome: 'acknowledged', tries: 1, status: 204 }]);
  });

  test.each([302, 404, 500])('%i is given up at once by default', async (status) => {
    await register();
    target.status = status;
    await webex.say('@anna', 'anna', 'hi');
    await webex.settled();
    expect(webex.deliveries()).toMatchObject([{ outcome: 'given-up', tries: 1, status }]);
    expect(target.heard).toHaveLength(1);
  });

  test('no answer is given up after a while', async () => {
    await webex.stop();
    await start({ webhooks: { answerWithinMs: 50 } });
    await register();
    target.status = null;
    await webex.say('@anna', 'anna', 'hi');
    await webex.settled();
    expect(webex.deliveries()).toMatchObject([{ outcome: 'given-up', tries: 1 }]);
  });

  test('with retries it comes again until it is answered', async () => {
    await webex.stop();
    await start({ webhooks: { retryAfterMs: [1000, 5000] } });
    await register();
    target.status = 503;
    await webex.say('@anna', 'anna', 'hi');
    const first = await target.next();
    await expect.poll(() => webex.deliveries()[0]?.tries).toBe(1);
    target.status = 200;
    await time.pass(1000);
    expect((await target.next()).raw).toBe(first.raw);
    await webex.settled();
    expect(webex.deliveries()).toMatchObject([{ outcome: 'acknowledged', tries: 2 }]);
  });

  test('a webhook that fails too often within a while becomes inactive, and can be switched on again', async () => {
    await webex.stop();
    await start({ webhooks: { failures: 3, withinMs: 10_000 } });
    const { id } = await register();
    target.status = 500;
    const fail = async () => {
      await webex.say('@anna', 'anna', 'hi');
      await webex.settled();
    };
    await fail();
    await time.pass(10_000);
    await fail();
    await fail();
    expect(webex.webhooks()).toMatchObject([{ status: 'active' }]);
    await fail();
    expect(webex.webhooks()).toMatchObject([{ status: 'inactive' }]);
    await fail();
    expect(target.heard).toHaveLength(4);
    await call(webex, `PUT webhooks/${id}`, { body: { name: 'x', targetUrl: target.url } });
    await fail();
    expect(target.heard).toHaveLength(5);
  });
});

describe('trouble with telling', () => {
  test('twice is the same twice, and the next thing once', async () => {
    await register();
    webex.trouble.deliverTwice();
    await webex.say('@anna', 'anna', 'one');
    await webex.say('@anna', 'anna', 'two');
    await webex.settled();
    const ids = target.heard.map(({ body }) => (body['data'] as { id: string }).id);
    expect([ids.length, new Set(ids).size]).toEqual([3, 2]);
  });

  test('never is not at all', async () => {
    await register();
    await webex.say('@anna', 'anna', 'one');
    await webex.settled();
    webex.trouble.deliverNever();
    await webex.say('@anna', 'anna', 'two');
    await webex.say('@anna', 'anna', 'three');
    await webex.settled();
    expect(target.heard).toHaveLength(2);
  });

  test('stopping ends a delivery that nobody answers', async () => {
    await register();
    target.status = null;
    await webex.say('@anna', 'anna', 'hi');
    await target.next();
    await webex.stop();
    await webex.settled();
    expect(webex.deliveries()).toMatchObject([{ outcome: 'given-up' }]);
  });
});
