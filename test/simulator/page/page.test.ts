/** The page's server: whom it lets in, and what it tells. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Page, startPage } from '../../../simulator/page/page.ts';
import { OrderError, type Pane } from '../../../simulator/page/pane.ts';

let changes: unknown[] = [];
const acted: unknown[] = [];
const pane: Pane = {
  name: 'cluster',
  state: () => ({ all: 'of it' }),
  changes: () => changes.splice(0),
  async act(order) {
    if (order['do'] === 'nonsense') throw new OrderError('that makes no sense');
    acted.push(order);
    changes.push({ acted: true });
    return { said: 'done' };
  },
  file: (id) => (id === 'F1' ? { name: 'a "b".csv', content: Buffer.from('x,y') } : null),
};

let page: Page;
let base: URL;
beforeAll(async () => {
  const bundle = { script: Buffer.from('script'), style: Buffer.from('style') };
  page = await startPage({ panes: [pane], bundle });
  base = new URL(page.url);
});
afterAll(() => page.stop());

interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** By hand, as `fetch` sets Host itself. */
function ask({ path = base.pathname, method = 'GET', headers = {}, body }: Asked) {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>(
    (resolve, reject) => {
      const asked = request({ port: base.port, host: '127.0.0.1', path, method, headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += String(chunk);
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      });
      asked.on('error', reject);
      asked.end(body);
    },
  );
}

const act = (more: Readonly<Record<string, string>> = {}, body = '{"do":"it"}') =>
  ask({
    path: `${base.pathname}act/cluster`,
    method: 'POST',
    headers: { origin: base.origin, 'content-type': 'application/json', ...more },
    body,
  });

test('it is on loopback, behind a key that is another one each time', async () => {
  const bundle = { script: Buffer.from(''), style: Buffer.from('') };
  const other = await startPage({ panes: [], bundle });
  expect(page.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\/$/);
  expect(new URL(other.url).pathname).not.toBe(base.pathname);
  await other.stop();
});

describe('who is let in', () => {
  test.each<[string, Asked, number]>([
    ['the page at its address', {}, 200],
    ['nobody under the name of another site', { headers: { host: 'evil.example' } }, 403],
    ['nobody under a name that begins like ours', { headers: { host: '127.0.0.1.evil.example' } }, 403],
    ['nobody without the key', { path: '/' }, 404],
    ['nobody with another key', { path: '/AAAAAAAAAAAAAAAAAAAAAA/' }, 404],
    ['nobody with another method', { method: 'PUT' }, 405],
  ])('%s', async (_claim, asked, status) => {
    expect((await ask(asked)).status).toBe(status);
  });

  test('what is served allows nothing from elsewhere, and no frame', async () => {
    const { headers } = await ask({});
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('who may act', () => {
  test('the page itself', async () => {
    expect(await act()).toMatchObject({ status: 200, text: '{"said":"done"}' });
    expect(acted).toEqual([{ do: 'it' }]);
  });

  test.each([
    ['no page of another origin', { origin: 'http://evil.example' }, 403],
    ['no page of another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['no page that hides its origin', { origin: 'null' }, 403],
    ['no plain form', { 'content-type': 'text/plain' }, 415],
  ])('%s', async (_claim, headers, status) => {
    const before = acted.length;
    expect((await act(headers)).status).toBe(status);
    expect(acted).toHaveLength(before);
  });

  test.each([
    ['what is no JSON', '{', 400],
    ['what is no object', '[]', 400],
    ['what is too long', `{"a":"${'x'.repeat(300_000)}"}`, 413],
    ['what makes no sense, with the reason', '{"do":"nonsense"}', 422],
  ])('not %s', async (_claim, body, status) => {
    expect((await act({}, body)).status).toBe(status);
  });
});

test('a file is downloaded, never shown', async () => {
  const { status, headers, text } = await ask({ path: `${base.pathname}files/cluster/F1` });
  expect([status, text]).toEqual([200, 'x,y']);
  expect(headers['content-disposition']).toBe("attachment; filename*=UTF-8''a%20%22b%22.csv");
  expect((await ask({ path: `${base.pathname}files/cluster/F2` })).status).toBe(404);
});

test('whoever comes is told everything, and then only what changes', async () => {
  changes = [{ earlier: true }];
  const stream = await fetch(`${page.url}live`);
  const reader = stream.body?.getReader();
  const told = async () => new TextDecoder().decode((await reader?.read())?.value);
  expect(await told()).toBe('data: {"pane":"cluster","state":{"all":"of it"}}\n\n');
  await act();
  expect(await told()).toBe('data: {"pane":"cluster","changes":[{"acted":true}]}\n\n');
  await reader?.cancel();
});
