/** Certificates too weak to trust, and handshakes that fail: real servers of each kind, asked by the client and looked at by the doctor. */
import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { toFailure } from '../../src/bot/failed.ts';
import { systemClock as clock } from '../../src/clock.ts';
import { lookAtTls } from '../../src/doctor/reach.ts';
import { judgeTls } from '../../src/doctor/trust.ts';
import { RisPortError } from '../../src/risport/fault.ts';
import type { TlsOptions } from '../../src/risport/tls.ts';
import { createTransport } from '../../src/risport/transport.ts';
import { failureView } from '../../src/view/failure.ts';
import { type Running, serve, serveSocket } from './server.ts';

/** No package makes keys and signatures as weak as these; where there is no openssl, what needs them is left out, unless it is required. */
// biome-ignore lint/style/noProcessEnv: an optional input of these tests alone, not of risbot.
const IS_REQUIRED = (process.env['RISBOT_REQUIRE'] ?? '').split(',').includes('openssl');
const HAS_OPENSSL = IS_REQUIRED || spawnSync('openssl', ['version']).status === 0;
if (!HAS_OPENSSL)
  process.stderr.write('left out: certificates that are too weak; there is no openssl command\n');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'risbot-weak-'));
  if (!HAS_OPENSSL) return;
  selfSigned('sound', 2048, 'sha256');
  selfSigned('short', 1024, 'sha256');
  selfSigned('short-and-old', 1024, 'sha1');
  signed('old-signature', 'sound', 2048, 'sha1');
  signed('short-key', 'sound', 1024, 'sha256');
  signed('of-a-short-authority', 'short', 2048, 'sha256');
});
afterAll(() => rmSync(folder, { recursive: true }));

const path = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(path(name), 'utf8');
const openssl = (...args: string[]) => void execFileSync('openssl', args, { stdio: 'pipe' });

function selfSigned(name: string, bits: number, digest: string): void {
  const files = ['-keyout', path(`${name}.key`), '-out', path(`${name}.pem`)];
  const forWhom = ['-subj', '/CN=cucm1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  openssl(
    'req',
    '-x509',
    '-newkey',
    `rsa:${bits}`,
    '-nodes',
    ...files,
    '-days',
    '2',
    `-${digest}`,
    ...forWhom,
  );
}

function signed(name: string, by: string, bits: number, digest: string): void {
  const request = path(`${name}.csr`);
  writeFileSync(path('names'), 'subjectAltName=IP:127.0.0.1\n');
  const key = ['-newkey', `rsa:${bits}`, '-nodes', '-keyout', path(`${name}.key`)];
  openssl('req', ...key, '-out', request, '-subj', '/CN=cucm1');
  const authority = ['-CA', path(`${by}.pem`), '-CAkey', path(`${by}.key`), '-CAcreateserial'];
  const out = ['-out', path(`${name}.pem`), '-days', '2', `-${digest}`, '-extfile', path('names')];
  openssl('x509', '-req', '-in', request, ...authority, ...out);
}

const cucm = (name: string, more: object = {}) =>
  serve((_request, response) => void response.end('hello'), {
    key: read(`${name}.key`),
    cert: read(`${name}.pem`),
    ciphers: 'DEFAULT:@SECLEVEL=0',
    ...more,
  });

async function ask(server: Running, tls: TlsOptions): Promise<string | RisPortError> {
  const url = new URL(server.url.replace('http:', 'https:'));
  const transport = createTransport({ url, tls, clock, limits: { connectMs: 1_500 } });
  onTestFinished(() => transport.close());
  return await transport.post({ authorization: 'Basic c2VjcmV0' }, 'question').then(
    ({ body }) => body.toString(),
    (error: unknown) => (error instanceof RisPortError ? error : Promise.reject(error)),
  );
}

/** What it is called, what a card says of it, and what the doctor does. */
async function verdicts(server: Running, tls: TlsOptions) {
  const error = await ask(server, tls);
  if (typeof error === 'string') throw new Error(`answered ${error}`);
  // Neither password nor question may have gone out.
  expect(server.seen).toEqual([]);
  const { title, blocks } = failureView(toFailure(error, { cluster: 'prod', id: 'a1', command: 'down' }));
  const sight = await lookAtTls(
    { host: '127.0.0.1', port: server.port },
    tls,
    clock,
    AbortSignal.timeout(1_500),
  );
  return { error, title, words: JSON.stringify(blocks), check: judgeTls(sight, tls, clock.now()) };
}

test.skipIf(!HAS_OPENSSL).each([
  ['a key of 1024 bits', 'short', 'short'],
  ['a key of 1024 bits and SHA-1', 'short-and-old', 'short-and-old'],
  ['a key of 1024 bits, well signed', 'short-key', 'sound'],
  ['a signature with SHA-1', 'old-signature', 'sound'],
  ['an authority with a key of 1024 bits', 'of-a-short-authority', 'short'],
])(
  '%s is no certificate to trust, though the CA file has its authority; a pin accepts it',
  async (_what, name, ca) => {
    const tls = { ca: read(`${ca}.pem`) };
    const { fingerprint256: fingerprint } = new X509Certificate(read(`${name}.pem`));
    const { error, title, words, check } = await verdicts(await cucm(name), tls);
    expect([error.code, error.detail]).toEqual(['tls', { fingerprint, tls: 'weak' }]);
    expect(title).toBe('The certificate of prod is too weak to be trusted');
    expect(words).toContain(fingerprint);
    expect(words).toContain('a CA file does not help');
    expect(check).toMatchObject({
      state: 'fail',
      seen: expect.stringContaining('too weak, by its key or a signature'),
      paste: `fingerprint: "${fingerprint}"`,
    });
    const server = await cucm(name);
    expect(await ask(server, { fingerprint })).toBe('hello');
    expect(await ask(server, { ...tls, ciphers: 'DEFAULT@SECLEVEL=0' })).toBe('hello');
  },
);

const alert = (number: number) => Buffer.from([21, 3, 3, 0, 2, 2, number]);

test.skipIf(!HAS_OPENSSL).each([
  [
    'an alert that the handshake failed',
    () => serveSocket((s) => void s.once('data', () => s.end(alert(40)))),
  ],
  ['an alert about the version', () => serveSocket((s) => void s.once('data', () => s.end(alert(70))))],
  ['an alert about the name', () => serveSocket((s) => void s.once('data', () => s.end(alert(112))))],
  ['TLS 1.0 alone', () => cucm('sound', { minVersion: 'TLSv1', maxVersion: 'TLSv1' })],
  ['other ciphers', () => cucm('sound', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES256-GCM-SHA384' })],
])('%s is a handshake that failed, and no word is said of a certificate', async (_what, server) => {
  const tls = { ca: read('sound.pem'), ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' };
  const { error, title, words, check } = await verdicts(await server(), tls);
  expect([error.code, error.detail]).toEqual(['handshake', {}]);
  expect(title).toBe('No TLS connection to prod could be made');
  expect(words).not.toMatch(/certificate|fingerprint|CA file/);
  expect(check).toMatchObject({
    state: 'fail',
    seen: expect.stringMatching(/^the TLS handshake failed \(ERR_SSL/),
    remedy: expect.stringContaining('minVersion'),
  });
});

test.each([
  ['ends at once', () => serveSocket((s) => void s.end())],
  ['ends after the first words', () => serveSocket((s) => void s.once('data', () => s.end()))],
  ['is reset after them', () => serveSocket((s) => void s.once('data', () => s.resetAndDestroy()))],
])('a connection that %s is a handshake that was cut', async (_what, server) => {
  const { error, title, check } = await verdicts(await server(), {});
  expect([error.code, title]).toEqual(['handshake', 'No TLS connection to prod could be made']);
  expect(check).toMatchObject({ state: 'fail', seen: expect.stringContaining('cut in the TLS handshake') });
});

test.each([
  ['plain HTTP', () => serve((_request, response) => void response.end('hello'))],
  ['a mail server', () => serveSocket((s) => void s.end('220 mail ESMTP\r\n'))],
  ['a server of SSH', () => serveSocket((s) => void s.end('SSH-2.0-OpenSSH_9\r\n'))],
  ['nothing but zeros', () => serveSocket((s) => void s.once('data', () => s.end(Buffer.alloc(600))))],
])('%s on the port speaks no TLS, and is said to', async (_what, server) => {
  const { error, title, words, check } = await verdicts(await server(), {});
  expect([error.code, error.detail.tls]).toEqual(['handshake', 'plain']);
  expect(title).toBe('What answers for prod does not speak TLS');
  expect(words).toContain('8443');
  expect(words).not.toMatch(/certificate|fingerprint|CA file/);
  expect(check).toMatchObject({ state: 'fail', seen: expect.stringMatching(/^no TLS there/) });
});

test('who says nothing in the handshake is one that did not answer in time', async () => {
  const { error, check } = await verdicts(await serveSocket(() => {}), {});
  expect(error.code).toBe('timeout');
  expect(check).toMatchObject({
    state: 'fail',
    seen: expect.stringContaining('no answer to the TLS handshake'),
  });
});
