import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWebex, type Webex } from '../../../simulator/webex/webex.ts';
import { call } from './rest.ts';

let webex: Webex;

beforeAll(async () => {
  webex = await startWebex();
});
afterAll(() => webex.stop());

const answered = (status: number) => [200, 204, 400, 403, 404, 409, 413].includes(status);

describe('requests from anywhere are answered', () => {
  const known = [
    'roomId',
    'toPersonEmail',
    'text',
    'markdown',
    'attachments',
    'parentId',
    'files',
    'name',
    'targetUrl',
  ];
  const value = fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.constant(null), fc.constant('anna@example.com'));
  const body = fc.dictionary(fc.oneof(fc.constantFrom(...known), fc.string({ maxLength: 5 })), value, {
    maxKeys: 6,
  });

  test.each(['POST messages', 'POST webhooks', 'PUT messages/x', 'PUT webhooks/x'])('%s', async (line) => {
    await fc.assert(
      fc.asyncProperty(body, async (said) => answered((await call(webex, line, { body: said })).status)),
      { numRuns: 60 },
    );
  });

  test('whatever the query', async () => {
    const names = fc.constantFrom(
      'roomId',
      'max',
      'cursor',
      'before',
      'email',
      'sortBy',
      'mentionedPeople',
      'personId',
    );
    const places = fc.constantFrom(
      'messages',
      'messages/direct',
      'rooms',
      'memberships',
      'people',
      'webhooks',
    );
    await fc.assert(
      fc.asyncProperty(places, fc.dictionary(names, fc.string(), { maxKeys: 3 }), async (place, query) =>
        answered(
          (await call(webex, `GET ${place}?${new URLSearchParams(query).toString().replaceAll(' ', '+')}`))
            .status,
        ),
      ),
      { numRuns: 150 },
    );
  });

  test('whatever the path', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (path) =>
        answered((await call(webex, `GET ${encodeURIComponent(path).replaceAll('%2F', '/')}`)).status),
      ),
      { numRuns: 100 },
    );
  });

  test.each(['%E0%A4%A', 'messages/%', '..%2f..%2fetc/passwd', '__proto__', 'constructor'])(
    'the path %s',
    async (path) => {
      expect((await call(webex, `GET ${path}`)).status).toBe(404);
    },
  );

  test('a form that is none', async () => {
    const response = await fetch(`${webex.url}messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${webex.token}`, 'content-type': 'multipart/form-data; boundary=x' },
      body: 'not a form',
    });
    expect(response.status).toBe(400);
  });

  test('nested so deep that writing it down again would fail', async () => {
    const deep = `{"roomId":"${webex.room('Voice').id}","text":"x","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"body":${'['.repeat(50_000)}${']'.repeat(50_000)}}}]}`;
    expect((await call(webex, 'POST messages', { body: deep })).status).toBe(400);
    expect((await call(webex, 'GET people/me')).status).toBe(200);
  });
});
