/** The cloud as the SDK asks it, without the SDK. */
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { activityOf } from '../../../simulator/webex/cloud/activity.ts';
import { idOf, uuidOf } from '../../../simulator/webex/ids.ts';
import type { Occurrence } from '../../../simulator/webex/occurrence.ts';
import { ANNA, actionId, type Host, messageId, pressed, ROOM, startHost, wrote } from './cloud-host.ts';

let host: Host;
beforeEach(async () => {
  host = await startHost();
});
afterEach(() => host.stop());

const ask = (path: string, method = 'GET', token = host.token) =>
  fetch(`${host.url}${path}`, { method, headers: { authorization: `Bearer ${token}` } });

interface Device {
  readonly url: string;
  readonly webSocketUrl: string;
}

const register = async () => (await (await ask('/wdm/api/v1/devices', 'POST')).json()) as Device;

/** A websocket whose token was sent, and all that came over it. */
async function open(url: string, token = `Bearer ${host.token}`) {
  const socket = new WebSocket(url);
  const heard: { readonly [key: string]: unknown }[] = [];
  socket.on('message', (text) => heard.push(JSON.parse(String(text))));
  const closed = once(socket, 'close').then(([code]) => code as number);
  closed.catch(() => undefined);
  await once(socket, 'open');
  socket.send(JSON.stringify({ id: '1', type: 'authorization', data: { token } }));
  return { socket, heard, closed };
}

test('the first catalog is for everybody, the other for those with a token', async () => {
  const catalog = await ask('/u2c/api/v1/limited/catalog?format=hostmap', 'GET', 'wrong');
  expect(await catalog.json()).toMatchObject({
    serviceLinks: { wdm: `${host.url}/wdm/api/v1` },
    format: 'hostmap',
  });
  expect((await ask('/u2c/api/v1/catalog', 'GET', 'wrong')).status).toBe(401);
  expect((await ask('/u2c/api/v1/catalog')).status).toBe(200);
});

test('a device is registered, renewed, and gone', async () => {
  const { pathname } = new URL((await register()).url);
  expect(host.cloud.devices()).toBe(1);
  expect((await ask(pathname, 'PUT')).status).toBe(200);
  expect((await ask(pathname, 'DELETE')).status).toBe(204);
  expect((await ask(pathname, 'PUT')).status).toBe(404);
  expect(host.cloud.devices()).toBe(0);
});

test('a websocket hears its state, pongs, and what happens, numbered', async () => {
  const { socket, heard } = await open((await register()).webSocketUrl);
  await host.cloud.opened(1);
  socket.send(JSON.stringify({ id: '2', type: 'ping' }));
  host.cloud.tell(wrote(messageId('one')));
  await expect.poll(() => heard.length).toBe(3);
  expect(heard).toMatchObject([
    { sequenceNumber: 1, data: { eventType: 'mercury.buffer_state' } },
    { sequenceNumber: 2, data: { eventType: 'conversation.activity', activity: { verb: 'post' } } },
    { id: '2', type: 'pong' },
  ]);
  socket.terminate();
  await expect.poll(host.cloud.count).toBe(0);
});

test('a websocket with a wrong token is closed, and one for no device as well', async () => {
  const { webSocketUrl } = await register();
  expect(await (await open(webSocketUrl, 'Bearer wrong')).closed).toBe(4401);
  expect(await (await open(webSocketUrl.replace('registrations/', 'registrations/0'))).closed).toBe(4404);
});

describe('misbehaviour', () => {
  test('429 says how long', async () => {
    host.cloud.trouble.tooMany('devices', 1, 7);
    const answer = await ask('/wdm/api/v1/devices', 'POST');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
    await register();
  });

  test('a catalog that breaks off does so until it is calm', async () => {
    host.cloud.trouble.cutting('catalog', Number.POSITIVE_INFINITY);
    await expect(ask('/u2c/api/v1/catalog')).rejects.toThrow();
    await expect(ask('/u2c/api/v1/catalog')).rejects.toThrow();
    host.cloud.trouble.calm();
    expect((await ask('/u2c/api/v1/catalog')).status).toBe(200);
  });

  test('a call that hangs is not answered', async () => {
    host.cloud.trouble.hanging('devices');
    const hanging = fetch(`${host.url}/wdm/api/v1/devices`, { signal: AbortSignal.timeout(200) });
    await expect(hanging).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('a websocket is refused, dropped, closed', async () => {
    const { webSocketUrl } = await register();
    host.cloud.trouble.failing('socket');
    await expect(open(webSocketUrl)).rejects.toThrow('503');
    const dropped = await open(webSocketUrl);
    await host.cloud.opened(1);
    host.cloud.drop();
    expect(await dropped.closed).toBe(1006);
    const replaced = await open(webSocketUrl);
    await expect.poll(host.cloud.count).toBe(1);
    host.cloud.trouble.close(4000, 'replaced');
    expect(await replaced.closed).toBe(4000);
  });

  test('a websocket goes silent', async () => {
    const { socket, heard } = await open((await register()).webSocketUrl);
    await host.cloud.opened(1);
    await expect.poll(() => heard.length).toBe(1);
    host.cloud.trouble.silent(true);
    socket.send(JSON.stringify({ id: '2', type: 'ping' }));
    // The protocol's own pings are another matter, and show that ours was heard.
    socket.ping();
    await once(socket, 'pong');
    host.cloud.tell(wrote(messageId('one')));
    host.cloud.trouble.silent(false);
    host.cloud.tell(wrote(messageId('two')));
    // The number shows that one got lost.
    await expect.poll(() => heard.slice(1)).toMatchObject([{ sequenceNumber: 3 }]);
  });
});

describe('an occurrence', () => {
  const about = (resource: Occurrence['resource'], event: Occurrence['event'], data: object): Occurrence => ({
    resource,
    event,
    actorId: ANNA,
    data: { roomId: ROOM, ...data },
    at: 1_000,
  });
  const id = messageId('one');
  const anna = { objectType: 'person', id: uuidOf('anna'), entryUUID: uuidOf('anna') };
  test.each([
    [
      'a message',
      wrote(id),
      { verb: 'post', id: uuidOf('message one'), actor: anna, target: { id: uuidOf('a room') } },
    ],
    [
      'a file',
      about('messages', 'created', { id, files: ['x'] }),
      { verb: 'share', id: uuidOf('message one') },
    ],
    [
      'a direct message',
      about('messages', 'created', { id, roomType: 'direct' }),
      { target: { tags: ['ONE_ON_ONE', 'LOCKED'] } },
    ],
    [
      'an answer',
      about('messages', 'created', { id, parentId: messageId('first') }),
      { parent: { id: uuidOf('message first'), type: 'reply' } },
    ],
    [
      'an edit',
      about('messages', 'updated', { id }),
      { verb: 'post', parent: { id: uuidOf('message one'), type: 'edit' } },
    ],
    [
      'a deletion',
      about('messages', 'deleted', { id }),
      { verb: 'delete', object: { id: uuidOf('message one') } },
    ],
    [
      'a press',
      pressed(actionId('one')),
      { verb: 'cardAction', id: uuidOf('action one'), parent: { id: uuidOf('a card') } },
    ],
    [
      'somebody who joined',
      about('memberships', 'created', { id: idOf('MEMBERSHIP', 'a:b'), personId: ANNA }),
      { verb: 'add', object: anna },
    ],
    [
      'a space’s name',
      about('rooms', 'updated', { id: ROOM }),
      { verb: 'update', target: { id: uuidOf('a room') } },
    ],
  ])('that is %s', (_claim, occurrence, activity) => {
    expect(activityOf(occurrence, 'http://127.0.0.1:1')).toMatchObject(activity);
  });

  test('that a websocket has no word for is not told', () => {
    expect(activityOf(about('rooms', 'deleted', { id: ROOM }), 'http://127.0.0.1:1')).toBeNull();
  });

  test('never shows what was said', () => {
    const loud = about('messages', 'created', { id, text: 'hello', markdown: '**hello**' });
    expect(JSON.stringify(activityOf(loud, 'http://127.0.0.1:1'))).not.toContain('hello');
  });
});
