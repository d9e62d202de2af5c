import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { RisPortError } from '../../src/risport/fault.ts';
import { sameFingerprint, type TlsOptions } from '../../src/risport/tls.ts';
import { createTransport } from '../../src/risport/transport.ts';
import { type Running, serve } from './server.ts';

interface Identity {
  readonly key: string;
  readonly cert: string;
  readonly fingerprint: string;
}

let here: Identity;
let elsewhere: Identity;
let expired: Identity;

async function identity(
  altNames: { type: 2 | 7; value?: string; ip?: string }[],
  days = 1,
): Promise<Identity> {
  const now = Date.now();
  const pems = await generate([{ name: 'commonName', value: 'cucm1' }], {
    keyType: 'ec',
    notBeforeDate: new Date(now - 2 * 86_400_000),
    notAfterDate: new Date(now + days * 86_400_000),
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  return { key: pems.private, cert: pems.cert, fingerprint: new X509Certificate(pems.cert).fingerprint256 };
}

beforeAll(async () => {
  here = await identity([{ type: 7, ip: '127.0.0.1' }]);
  elsewhere = await identity([{ type: 2, value: 'cucm1.example' }]);
  expired = await identity([{ type: 7, ip: '127.0.0.1' }], -1);
});

const cucm = ({ key, cert }: Identity, more: object = {}) =>
  serve((_request, response) => void response.end('hello'), { key, cert, ...more });

function ask(server: Running, tls: TlsOptions): Promise<string> {
  const transport = createTransport({ url: new URL(server.url), tls, clock: systemClock });
  onTestFinished(() => transport.close());
  return transport.post({ authorization: 'Basic c2VjcmV0' }, 'question').then(({ body }) => body.toString());
}

async function refusal(server: Running, tls: TlsOptions): Promise<RisPortError> {
  const error = await ask(server, tls).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RisPortError)) throw new Error(`expected a RisPortError, got ${String(error)}`);
  // Neither password nor question may have gone out before the server had proved itself.
  expect(server.seen).toEqual([]);
  return error;
}

test('a self-signed certificate is refused, and its fingerprint told', async () => {
  const error = await refusal(await cucm(here), {});
  expect([error.code, error.detail.fingerprint]).toEqual(['tls', here.fingerprint]);
});

test('it is trusted when the CA file has it', async () => {
  expect(await ask(await cucm(here), { ca: here.cert })).toBe('hello');
});

test('a CA file with another certificate does not help', async () => {
  expect((await refusal(await cucm(here), { ca: elsewhere.cert })).code).toBe('tls');
});

test('it is trusted when it is the pinned one, as people write fingerprints', async () => {
  for (const fingerprint of [
    here.fingerprint,
    here.fingerprint.replaceAll(':', '').toLowerCase(),
    ` ${here.fingerprint} `,
  ]) {
    expect(await ask(await cucm(here), { fingerprint })).toBe('hello');
  }
});

test('a pinned certificate needs no matching name and no date', async () => {
  expect(await ask(await cucm(elsewhere), { fingerprint: elsewhere.fingerprint })).toBe('hello');
  expect(await ask(await cucm(expired), { fingerprint: expired.fingerprint })).toBe('hello');
});

test('another certificate than the pinned one is refused before anything is sent, and its fingerprint told', async () => {
  const error = await refusal(await cucm(here), { fingerprint: elsewhere.fingerprint });
  expect([error.code, error.detail.fingerprint]).toEqual(['tls', here.fingerprint]);
});

test('a pin must match even when the CA file would do', async () => {
  const error = await refusal(await cucm(here), { ca: here.cert, fingerprint: elsewhere.fingerprint });
  expect(error.code).toBe('tls');
});

test('a pin that is no SHA-256 fingerprint matches nothing', async () => {
  const sha1 = createHash('sha1').update(new X509Certificate(here.cert).raw).digest('hex');
  for (const fingerprint of ['', 'AA:BB', sha1]) {
    expect((await refusal(await cucm(here), { fingerprint })).code).toBe('tls');
  }
  expect(sameFingerprint('', '')).toBe(false);
});

test('a certificate for another name is refused', async () => {
  const error = await refusal(await cucm(elsewhere), { ca: elsewhere.cert });
  expect([error.code, error.detail.fingerprint]).toEqual(['tls', elsewhere.fingerprint]);
});

test('the name can be set apart from the URL', async () => {
  const names: string[] = [];
  const server = await cucm(elsewhere, {
    SNICallback: (name: string, done: (error: null) => void) => {
      names.push(name);
      done(null);
    },
  });
  expect(await ask(server, { ca: elsewhere.cert, servername: 'cucm1.example' })).toBe('hello');
  expect(names).toEqual(['cucm1.example']);
  const other = await cucm(elsewhere);
  expect((await refusal(other, { ca: elsewhere.cert, servername: 'cucm2.example' })).code).toBe('tls');
});

test('an expired certificate is refused', async () => {
  expect((await refusal(await cucm(expired), { ca: expired.cert })).code).toBe('tls');
});

test('a server that is too old is refused, and asked when that is allowed', async () => {
  const old = { maxVersion: 'TLSv1.2' };
  const tooNew = { ca: here.cert, minVersion: 'TLSv1.3' } as const;
  expect((await refusal(await cucm(here, old), tooNew)).code).toBe('handshake');
  expect(await ask(await cucm(here, old), { ca: here.cert, minVersion: 'TLSv1.2' })).toBe('hello');
});

test('ciphers are those of the cluster', async () => {
  const picky = { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' };
  expect(
    await ask(await cucm(here, picky), { ca: here.cert, ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' }),
  ).toBe('hello');
  const error = await refusal(await cucm(here, picky), {
    ca: here.cert,
    ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384',
  });
  expect(error.code).toBe('handshake');
});

test('plain HTTP behind https:// is a handshake that fails', async () => {
  const plain = await serve((_request, response) => void response.end('hello'));
  const error = await refusal({ ...plain, url: plain.url.replace('http:', 'https:') }, { ca: here.cert });
  expect(error.code).toBe('handshake');
});

test('the process goes on verifying', async () => {
  const server = await cucm(here);
  expect(await ask(server, { fingerprint: here.fingerprint })).toBe('hello');
  await expect(fetch(server.url)).rejects.toThrow();
  expect(server.seen).toHaveLength(1);
});
