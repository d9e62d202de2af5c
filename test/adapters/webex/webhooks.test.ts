/** Webhooks: who may deliver, and that they are registered and stay so. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { createRegistration, RegistrationMissing } from '../../../adapters/webex/registration.ts';
import { startWebex, type Webex } from '../../../simulator/webex/webex.ts';
import { systemClock } from '../../../src/clock.ts';
import { closeAfter } from '../core.ts';
import { callsTo } from './rest.ts';
import { openSpaces, SECRET } from './space.ts';

const body = (id: string) => JSON.stringify({ resource: 'messages', event: 'created', data: { id } });
const sign = (text: string, secret = SECRET) => createHmac('sha1', secret).update(text).digest('hex');

async function deliver(url: string, text: string, signature: string | null, more: RequestInit = {}) {
  const headers = { ...(signature !== null && { 'x-spark-signature': signature }), ...more.headers };
  const response = await fetch(url, { method: 'POST', body: text, ...more, headers });
  return response.status;
}

test.each([
  ['a wrong signature', (text: string) => sign(text, 'another secret'), 401],
  ['no signature', () => null, 401],
  ['the signature of another body', () => sign('{}'), 401],
  ['a signature that is none', () => 'f'.repeat(40), 401],
  ['a signature in the wrong length', (text: string) => sign(text).slice(1), 401],
  ['an empty signature', () => '', 401],
  ['a good signature', (text: string) => sign(text), 200],
] as const)('%s: %s', async (_claim, signature, status) => {
  const { webex, url } = await openSpaces();
  const text = body('first');
  expect(await deliver(url, text, signature(text))).toBe(status);
  await deliver(url, body('last'), sign(body('last')));
  const lookedUp = () => webex.calls('GET messages/{id}').map(({ path }) => path);
  await expect.poll(lookedUp).toContain('messages/last');
  // Nothing is looked up for who may not deliver.
  expect(lookedUp().includes('messages/first')).toBe(status === 200);
});

test('a body that was laid out over several lines is as good', async () => {
  const { webex, asked } = await openSpaces();
  webex.trouble.pretty(true);
  await webex.say('@anna', 'anna', '1002');
  await webex.nextMessage('@anna');
  expect(asked.map(({ text }) => text)).toEqual(['1002']);
});

test.each([
  ['no JSON', 'x', 200],
  [
    'an event that is of no concern',
    JSON.stringify({ resource: 'rooms', event: 'updated', data: { id: 'x' } }),
    200,
  ],
  ['an id that is none', body('../people/me'), 200],
  ['a megabyte', body('x'.repeat(1_000_000)), 413],
])('signed, and %s: nothing is done', async (_claim, text, status) => {
  const { webex, url, asked } = await openSpaces();
  // A connection that is closed while a megabyte comes is an answer, too.
  const answered = await deliver(url, text, sign(text)).catch(() => status);
  expect(answered).toBe(status);
  expect([webex.calls('GET messages/{id}'), asked]).toEqual([[], []]);
});

test('only its own path is served, and only to those who post', async () => {
  const { url } = await openSpaces();
  expect(await deliver(url.replace('/webex/events', '/'), '{}', sign('{}'))).toBe(404);
  expect((await fetch(url)).status).toBe(405);
});

test('both webhooks are registered, with the secret; other people’s stay', async () => {
  const webex = await startWebex();
  closeAfter(() => webex.stop());
  await register(webex, 'https://other.example/hook', 'theirs');
  await register(webex, 'https://risbot.example/hook', 'ours');
  // A second start changes what is there, and adds nothing.
  await register(webex, 'https://risbot.example/hook', 'ours, changed');
  const shown = webex.webhooks().map(({ targetUrl, resource, secret }) => [targetUrl, resource, secret]);
  expect(shown).toEqual([
    ['https://other.example/hook', 'messages', 'theirs'],
    ['https://other.example/hook', 'attachmentActions', 'theirs'],
    ['https://risbot.example/hook', 'messages', 'ours, changed'],
    ['https://risbot.example/hook', 'attachmentActions', 'ours, changed'],
  ]);
});

test('one that Webex has ended is woken, one that is gone is made again, and a double goes', async () => {
  const webex = await startWebex();
  closeAfter(() => webex.stop());
  const { registration, rest } = parts(webex, 'https://risbot.example/hook', 'ours');
  await registration.register();
  expect(await registration.heal()).toBe(false);
  const [messages, actions] = webex.webhooks();
  await rest.ask('PUT', `webhooks/${messages?.id}`, {
    json: { name: 'x', targetUrl: 'https://risbot.example/hook', status: 'inactive' },
  });
  await rest.ask('DELETE', `webhooks/${actions?.id}`);
  expect(await registration.heal()).toBe(true);
  const shown = webex.webhooks().map(({ resource, status }) => [resource, status]);
  expect(shown).toEqual([
    ['messages', 'active'],
    ['attachmentActions', 'active'],
  ]);
});

test('a registration that Webex took and does not list is no registration', async () => {
  const lists = async (method: string) => (method === 'GET' ? { items: [] } : { id: 'W1' });
  const registration = createRegistration({
    call: lists,
    url: 'https://risbot.example/hook',
    secret: 'ours',
    now: () => 0,
  });
  await expect(registration.register()).rejects.toBeInstanceOf(RegistrationMissing);
});

function parts(webex: Webex, url: string, secret: string) {
  const { call, rest } = callsTo(webex);
  return { registration: createRegistration({ call, url, secret, now: systemClock.monotonic }), rest };
}

function register(webex: Webex, url: string, secret: string): Promise<void> {
  return parts(webex, url, secret).registration.register();
}
