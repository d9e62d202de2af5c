import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cucm, startCucm } from '../../../simulator/cucm/cucm.ts';
import { handClock } from './ask.ts';

let cucm: Cucm;
const clock = handClock();
beforeAll(async () => {
  cucm = await startCucm({ clock });
});
afterAll(() => cucm.stop());

const post = (body: string, type = 'application/json') =>
  fetch(`${cucm.controlUrl}/events`, { method: 'POST', headers: { 'content-type': type }, body });
const get = async (path: string) => (await fetch(cucm.controlUrl + path)).json();

test('an event happens, and the device shows it', async () => {
  const answer = await post('{"event":"low battery SEP001122334455"}');
  expect(await answer.json()).toEqual({ said: '1 device out of battery: UnRegistered (33)' });
  expect(await get('/device?name=sep001122334455')).toMatchObject({
    name: 'SEP001122334455',
    rows: [{ node: 'cucm1', status: 'UnRegistered', reason: 33 }],
  });
});

test('the state counts what each node holds', async () => {
  expect(await get('/state')).toMatchObject({
    devices: 242,
    nodes: [{ name: 'cucm1', running: true, answering: true }, { name: 'cucm2' }, { name: 'cucm3' }],
    service: { passwordWorks: true, misbehaving: null },
  });
});

test('the words and the requests so far can be asked for', async () => {
  expect(await get('/')).toContainEqual(expect.objectContaining({ usage: 'unplug <device …>' }));
  expect(await get('/requests')).toEqual([]);
});

test.each([
  ['words it does not know', '{"event":"explode"}', 'application/json', 400],
  ['no JSON', 'unplug LON', 'application/json', 400],
  ['JSON of another shape', '{"event":7}', 'application/json', 400],
  ['a form, as a web page could send it', 'event=unplug', 'text/plain', 415],
])('%s: refused', async (_claim, body, type, status) => {
  expect((await post(body, type)).status).toBe(status);
});

test('a request that names another host is refused: a web page found the port', async () => {
  const { port } = new URL(cucm.controlUrl);
  const status = await new Promise((resolve, reject) => {
    const asked = httpRequest({
      host: '127.0.0.1',
      port,
      path: '/state',
      headers: { host: 'rebound.example' },
    });
    asked.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject).end();
  });
  expect(status).toBe(403);
});

test('other paths are 404', async () => {
  expect((await fetch(`${cucm.controlUrl}/nothing`)).status).toBe(404);
});
