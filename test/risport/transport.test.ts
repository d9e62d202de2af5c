import { type AddressInfo, createServer } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { RisPortError } from '../../src/risport/fault.ts';
import { createTransport, type TransportLimits } from '../../src/risport/transport.ts';
import { type Answer, serve, serveSocket } from './server.ts';

const HOUR = 3_600_000;
const PATIENT = { connectMs: HOUR, headersMs: HOUR, bodyIdleMs: HOUR, totalMs: HOUR };

function transport(url: string, limits: Partial<TransportLimits> = {}) {
  const made = createTransport({ url: new URL(url), clock: systemClock, limits: { ...PATIENT, ...limits } });
  onTestFinished(() => made.close());
  return made;
}

async function failure(work: Promise<unknown>): Promise<RisPortError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RisPortError)) throw new Error(`expected a RisPortError, got ${String(error)}`);
  return error;
}

test('a POST and its reply', async () => {
  const server = await serve((_request, response) => {
    response.writeHead(207, { 'X-Thing': 'a', 'Set-Cookie': ['A=1; Path=/', 'B=2'] });
    response.end('grüezi');
  });
  const reply = await transport(`${server.url}/some/path`).post({ soapaction: '"x"' }, '<a>ü</a>');
  expect(server.seen).toMatchObject([
    { url: '/some/path', body: '<a>ü</a>', headers: { soapaction: '"x"' } },
  ]);
  expect(reply).toMatchObject({ status: 207, setCookies: ['A=1; Path=/', 'B=2'], bytes: 7 });
  expect(reply.body.toString()).toBe('grüezi');
  expect(reply.headers['x-thing']).toBe('a');
  expect(JSON.stringify(reply.headers)).not.toContain('A=1');
});

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
] as const)('a body packed with %s is unpacked', async (encoding, pack) => {
  const packed = pack('x'.repeat(10_000));
  const server = await serve((_request, response) => {
    response.writeHead(200, { 'content-encoding': encoding }).end(packed);
  });
  const reply = await transport(server.url).post({}, '');
  expect(reply.body.toString()).toBe('x'.repeat(10_000));
  expect(reply.bytes).toBe(packed.length);
});

const MEGABYTE = Buffer.alloc(1024 * 1024, 0x20);
const endless: Answer = (_request, response) => {
  response.writeHead(200);
  const pour = () => {
    while (!response.destroyed && response.write(MEGABYTE));
  };
  response.on('drain', pour);
  pour();
};
const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));

test.each<[string, Partial<TransportLimits>, Answer, string, RegExp]>([
  ['a body of 200 MB is refused', { maxBytes: 8 * 1024 * 1024 }, endless, 'too-large', /8388608/],
  [
    'a body that says it is of 200 MB is not even begun',
    {},
    (_request, response) =>
      void response.writeHead(200, { 'content-length': 200 * 1024 * 1024 }).flushHeaders(),
    'too-large',
    /67108864/,
  ],
  [
    'a body that unpacks to 200 MB is refused',
    {},
    (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    'too-large',
    /67108864/,
  ],
  [
    'a body packed in an unknown way is refused',
    {},
    (_request, response) => void response.writeHead(200, { 'content-encoding': 'zip' }).end('x'),
    'malformed',
    /packed/,
  ],
  [
    'a body that is not packed as it says is refused',
    {},
    (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('<soap/>'),
    'malformed',
    /unpacked/,
  ],
  [
    'a packed body that was cut is refused',
    {},
    (_request, response) =>
      void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('abc').subarray(0, 15)),
    'malformed',
    /unpacked/,
  ],
  [
    'a body that was cut is refused',
    {},
    (_request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half');
      setImmediate(() => response.destroy());
    },
    'malformed',
    /ends before/,
  ],
  ['no reply', { headersMs: 150 }, () => {}, 'timeout', /in time/],
  [
    'a body that stops coming',
    { bodyIdleMs: 150 },
    (_request, response) => void response.writeHead(200).write('a'),
    'timeout',
    /in time/,
  ],
  [
    'a body that drips',
    { bodyIdleMs: 2_000, totalMs: 250 },
    (_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('a'), 20);
      response.on('close', () => clearInterval(drip));
    },
    'timeout',
    /in time/,
  ],
  [
    'a connection closed without a word',
    {},
    (_request, response) => void response.destroy(),
    'network',
    /reached/,
  ],
])('%s', async (_claim, limits, answer, code, message) => {
  const server = await serve(answer);
  const error = await failure(
    transport(server.url, limits).post({ authorization: 'Basic c2VjcmV0' }, 'body'),
  );
  expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
  expect(`${error.message} ${JSON.stringify(error.detail)}`).not.toContain('c2VjcmV0');
  expect(server.seen).toHaveLength(1);
});

test('something else than HTTP', async () => {
  const server = await serveSocket((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
  expect((await failure(transport(server.url).post({}, ''))).code).toBe('network');
});

test('nobody there', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const error = await failure(transport(`http://127.0.0.1:${port}`).post({}, ''));
  expect([error.code, error.message]).toEqual(['network', 'CUCM cannot be reached (ECONNREFUSED)']);
});

test('a redirect is not followed', async () => {
  const server = await serve(
    (_request, response) => void response.writeHead(302, { location: '/elsewhere' }).end(),
  );
  expect((await transport(server.url).post({}, '')).status).toBe(302);
  expect(server.seen).toHaveLength(1);
});

test.each([
  ['before it began', (ended: AbortController) => ended.abort(new Error('never mind'))],
  [
    'while it waited',
    (ended: AbortController) => void setImmediate(() => ended.abort(new Error('never mind'))),
  ],
])('a question that is taken back %s rejects with its reason', async (_claim, takeBack) => {
  const server = await serve(() => {});
  const ended = new AbortController();
  takeBack(ended);
  await expect(transport(server.url).post({}, '', ended.signal)).rejects.toThrow('never mind');
});

test('a question that is taken back while the reply comes rejects with its reason', async () => {
  const ended = new AbortController();
  const server = await serve((_request, response) => {
    response.writeHead(200).write('a');
    setImmediate(() => ended.abort(new Error('never mind')));
  });
  await expect(transport(server.url).post({}, '', ended.signal)).rejects.toThrow('never mind');
});

test.each(['http://cucm.example:8443', 'http://10.0.0.1', 'http://127.0.0.1.example', 'ftp://127.0.0.1'])(
  '%s is not asked at all',
  (url) => {
    expect(() => createTransport({ url: new URL(url), clock: systemClock })).toThrow(TypeError);
  },
);

test('the environment cannot put a proxy in between', async () => {
  const proxy = await serve((_request, response) => void response.end('proxy'));
  const server = await serve((_request, response) => void response.end('cucm'));
  for (const name of ['http_proxy', 'HTTP_PROXY', 'NODE_USE_ENV_PROXY'])
    stub(name, name === 'NODE_USE_ENV_PROXY' ? '1' : proxy.url);
  expect((await transport(server.url).post({}, '')).body.toString()).toBe('cucm');
});

function stub(name: string, value: string): void {
  vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}
