import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type Cucm, type CucmOptions, startCucm } from '../../simulator/cucm/cucm.ts';
import { systemClock } from '../../src/clock.ts';
import type { ClusterConfig } from '../../src/config/config.ts';
import { createSecret } from '../../src/config/secret.ts';
import { type ClusterReport, exitCode } from '../../src/doctor/check.ts';
import { examine } from '../../src/doctor/doctor.ts';
import { judgeClock } from '../../src/doctor/findings.ts';
import type { TlsSight } from '../../src/doctor/reach.ts';
import { judgeTls } from '../../src/doctor/trust.ts';

const started: Cucm[] = [];
afterEach(async () => {
  for (const cucm of started.splice(0)) await cucm.stop();
});

async function start(options: CucmOptions = {}): Promise<Cucm> {
  const cucm = await startCucm(options);
  started.push(cucm);
  return cucm;
}

function configOf(cucm: Cucm, changes: Partial<ClusterConfig> = {}): ClusterConfig {
  return {
    name: 'prod',
    url: cucm.url,
    username: cucm.username,
    password: createSecret(cucm.password),
    requestsPerMinute: 15,
    maxDevices: 1000,
    tls: cucm.ca === '' ? {} : { ca: cucm.ca },
    limits: { connectMs: 2000, headersMs: 2000, totalMs: 4000, maxBytes: 1_000_000 },
    axl: null,
    ...changes,
  };
}

const look = (config: ClusterConfig) =>
  examine({ config, clock: systemClock, signal: AbortSignal.timeout(15_000) });
const states = (report: ClusterReport) =>
  Object.fromEntries(report.checks.map(({ name, state }) => [name, state]));
const check = (report: ClusterReport, name: string) => report.checks.find((one) => one.name === name);

test('a cluster that is fine is fine in every check, for three requests', async () => {
  const cucm = await start();
  const report = await look(configOf(cucm));
  expect(states(report)).toEqual({
    connection: 'ok',
    certificate: 'ok',
    login: 'ok',
    role: 'ok',
    selectCmDevice: 'ok',
    selectCmDeviceExt: 'ok',
    selectCtiItem: 'ok',
    nodes: 'ok',
    allowance: 'ok',
    clock: 'ok',
    axl: 'skipped',
  });
  expect([report.requests, cucm.requests().length, exitCode([report])]).toEqual([3, 3, 0]);
});

test('an untrusted certificate is told with the line to paste, and no password is sent', async () => {
  const cucm = await start();
  const report = await look(configOf(cucm, { tls: {} }));
  expect(check(report, 'certificate')).toMatchObject({
    state: 'fail',
    paste: `fingerprint: "${cucm.fingerprint}"`,
  });
  expect([cucm.requests().length, exitCode([report])]).toEqual([0, 3]);
  const pinned = await look(configOf(cucm, { tls: { fingerprint: cucm.fingerprint } }));
  expect(check(pinned, 'certificate')?.state).toBe('ok');
  expect(check(pinned, 'login')?.state).toBe('ok');
});

test.each([
  ['a wrong password', 'auth fail', { login: 'fail', role: 'skipped', allowance: 'skipped' }, 1],
  ['a missing role', 'role missing', { login: 'ok', role: 'fail', selectCmDevice: 'fail' }, 1],
  [
    'a node that does not answer',
    'node not-responding cucm2',
    { login: 'ok', nodes: 'warn', selectCmDevice: 'ok' },
    3,
  ],
  ['an allowance that others have used up', 'throttle', { selectCmDevice: 'fail', allowance: 'warn' }, 1],
] as const)('%s is told for what it is', async (_claim, words, expected, requests) => {
  const cucm = await start();
  cucm.play(words);
  const report = await look(configOf(cucm));
  expect(states(report)).toMatchObject(expected);
  expect(report.requests).toBe(requests);
  for (const { state, remedy } of report.checks)
    expect(state === 'fail' || state === 'warn').toBe(remedy !== undefined);
});

test('an allowance that is smaller than the configured one is taught', async () => {
  const cucm = await start({ requestsPerMinute: 2 });
  const report = await look(configOf(cucm));
  expect(check(report, 'allowance')).toMatchObject({
    state: 'warn',
    seen: expect.stringContaining('CUCM allows 2'),
  });
});

test('a password shows in no report, also when it is refused', async () => {
  const cucm = await start();
  cucm.play('auth fail');
  const report = await look(configOf(cucm, { password: createSecret('hunter2-hunter2') }));
  expect(JSON.stringify(report)).not.toContain('hunter2');
});

test('a port where nothing listens is told', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  const cucm = await start({ http: true });
  const report = await look(configOf(cucm, { url: `https://127.0.0.1:${port}` }));
  expect(check(report, 'connection')).toMatchObject({
    state: 'fail',
    seen: expect.stringContaining('nothing listens there'),
  });
});

test('a port that speaks no TLS is told', async () => {
  const cucm = await start({ http: true });
  const report = await look(configOf(cucm, { url: cucm.url.replace('http:', 'https:') }));
  expect(check(report, 'certificate')).toMatchObject({
    state: 'fail',
    seen: expect.stringContaining('no TLS there'),
  });
});

test('AXL is counted when configured, and told when it fails', async () => {
  const cucm = await start();
  const config = configOf(cucm, { axl: { version: '14.0' } });
  const base = { config, clock: systemClock, signal: AbortSignal.timeout(15_000) };
  const fine = await examine({ ...base, countNames: async () => 240 });
  expect(check(fine, 'axl')).toMatchObject({ state: 'ok', seen: '240 names, version 14.0' });
  const broken = await examine({ ...base, countNames: () => Promise.reject(new Error('no')) });
  expect(check(broken, 'axl')?.state).toBe('fail');
});

describe('certificates', () => {
  const NOW = Date.UTC(2026, 0, 1);
  const fine: TlsSight = {
    trusted: true,
    code: '',
    subject: 'cucm1',
    names: ['cucm1.example.com'],
    issuer: 'Example CA',
    expires: NOW + 100 * 86_400_000,
    fingerprint: 'AA:BB',
    protocol: 'TLSv1.2',
  };
  test.each([
    ['a trusted one', fine, {}, 'ok', undefined],
    ['one that ends soon', { ...fine, expires: NOW + 86_400_000 }, {}, 'warn', undefined],
    [
      'the pinned one, though nobody trusts it',
      { ...fine, trusted: false },
      { fingerprint: 'AA:BB' },
      'ok',
      undefined,
    ],
    [
      'another than the pinned one, though trusted',
      fine,
      { fingerprint: 'CC:DD' },
      'fail',
      'fingerprint: "AA:BB"',
    ],
    [
      'one for another name',
      { ...fine, trusted: false, code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
      {},
      'fail',
      'servername: "cucm1.example.com"',
    ],
    [
      'an expired one',
      { ...fine, trusted: false, code: 'CERT_HAS_EXPIRED' },
      {},
      'fail',
      'fingerprint: "AA:BB"',
    ],
    ['none, for the handshake failed', 'ERR_SSL_UNSUPPORTED_PROTOCOL', {}, 'fail', undefined],
  ])('%s', (_claim, sight, tls, state, paste) => {
    const found = judgeTls(sight, tls, NOW);
    expect([found.state, found.paste]).toEqual([state, paste]);
  });
});

test.each([
  ['the same time', 0, 0, 'ok'],
  ['two minutes ahead', 120_000, 0, 'warn'],
  ['two minutes behind', -120_000, 0, 'warn'],
  ['rows from the future', 0, 3_600, 'warn'],
] as const)('clocks: %s', (_claim, ahead, future, state) => {
  const now = Date.UTC(2026, 0, 1);
  const newest = future === 0 ? 0 : now / 1000 + future;
  expect(judgeClock({ date: new Date(now + ahead).toUTCString(), newest, now }).state).toBe(state);
});
