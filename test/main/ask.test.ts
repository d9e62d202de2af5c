import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cucm, startCucm } from '../../simulator/cucm/cucm.ts';
import { environmentOf, risbot, start } from './command-line.ts';

/** Without a limit on requests: each test is a process of its own, with a budget of its own. */
let cucm: Cucm;
beforeAll(async () => {
  cucm = await startCucm({ requestsPerMinute: null });
});
afterAll(() => cucm.stop());

const ask = (...args: string[]) => risbot(['ask', ...args], environmentOf(cucm));
const noStack = expect.not.stringMatching(/\n\s+at .*\d+:\d+/);

describe('exit codes', () => {
  test.each([
    ['answered', ['SEPE8B7480316D6'], 0],
    ['answered, in words without quotes', ['down', 'class:phone'], 0],
    ['nothing found', ['SEP000000000000'], 1],
    ['misread', ['status:nonsense'], 2],
    ['a cluster that is not there', ['status', '--cluster', 'mars'], 2],
    ['no question', [], 2],
    ['an option that is not there', ['status', '--xml'], 2],
    ['two forms at once', ['status', '--json', '--csv'], 2],
  ])('%s', async (_claim, args, code) => {
    const ended = await ask(...args);
    expect(ended).toMatchObject({ code, stderr: noStack });
    expect(ended.stdout + ended.stderr).not.toBe('');
  });

  test.each([
    ['no configuration', {}],
    [
      'nobody listens',
      { CUCM_URL: 'http://127.0.0.1:9', CUCM_USERNAME: 'u', CUCM_PASSWORD: 'hunter2-hunter2' },
    ],
  ])('CUCM could not be asked: %s', async (_claim, environment) => {
    const ended = await risbot(['ask', 'status:unreg'], environment);
    expect(ended).toMatchObject({ code: 3, stdout: '', stderr: noStack });
    expect(ended.stderr).not.toContain('hunter2');
  });

  test('a wrong password', async () => {
    const ended = await risbot(['ask', 'SEPE8B7480316D6'], {
      ...environmentOf(cucm),
      CUCM_PASSWORD: 'hunter2-hunter2',
    });
    expect(ended.code).toBe(3);
    expect(ended.stdout + ended.stderr).not.toContain('hunter2');
  });
});

describe('--json', () => {
  test('one object with the device', async () => {
    const { code, stdout, stderr } = await ask('SEPE8B7480316D6', '--json');
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      cluster: 'cucm',
      devices: [{ name: 'SEPE8B7480316D6', status: 'Registered', node: 'cucm3' }],
      complete: true,
    });
    expect(stdout.trim().split('\n')).toHaveLength(1);
  });

  test('a failure is an object too', async () => {
    const { code, stdout } = await risbot(['ask', 'SEPE8B7480316D6', '--json'], {
      ...environmentOf(cucm),
      CUCM_PASSWORD: 'x',
    });
    expect([code, JSON.parse(stdout)]).toMatchObject([
      3,
      { error: { code: 'unauthorized', message: expect.any(String) } },
    ]);
  });

  test('a broken configuration is an object too', async () => {
    const { code, stdout, stderr } = await risbot(['ask', 'status', '--json'], { CUCM_URL: 'ftp://x' });
    expect([code, JSON.parse(stdout), stderr]).toMatchObject([
      3,
      { error: { code: 'config', message: expect.stringContaining('CUCM_URL') } },
      '',
    ]);
  });
});

describe('--csv', () => {
  test('rows with a header, and nothing else', async () => {
    const { code, stdout, stderr } = await ask('find', 'class:phone', '--csv');
    const lines = stdout.trim().split('\r\n');
    expect([code, stderr]).toEqual([0, '']);
    expect(lines[0]).toMatch(/^name,/);
    expect(lines.length).toBeGreaterThan(100);
  });

  test('nothing found is a header alone, and words beside the file', async () => {
    const { code, stdout, stderr } = await ask('SEP000000000000', '--csv');
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^name,[^\r\n]*\r\n$/)]);
    expect(stderr).toContain('SEP000000000000');
  });

  test('what is no answer leaves the file empty', async () => {
    const { code, stdout, stderr } = await ask('status:nonsense', '--csv');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).not.toBe('');
  });

  test('an answer without rows says so', async () => {
    const { code, stdout, stderr } = await ask('help', '--csv');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('no rows');
  });
});

test('a question can come through a pipe', async () => {
  const ended = await risbot(
    ['ask', '-', '--json'],
    environmentOf(cucm),
    'SEPE8B7480316D6\nSEPF01FAF38ABC2\n',
  );
  const { devices } = JSON.parse(ended.stdout) as { devices: { name: string }[] };
  expect(devices.map(({ name }) => name).sort()).toEqual(['SEPE8B7480316D6', 'SEPF01FAF38ABC2']);
});

test('no colours outside a terminal', async () => {
  const { stdout } = await ask('SEPE8B7480316D6');
  expect(stdout).not.toContain('\u001b');
  expect(stdout).not.toContain('[1]');
  expect(stdout).toContain('SEPE8B7480316D6');
});

test('a reader that goes away ends it quietly', async () => {
  const started = start(['ask', 'find', 'class:phone', '--csv'], environmentOf(cucm));
  started.closePipe();
  expect(await started.ended).toMatchObject({ code: 0, stderr: '' });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s while CUCM thinks ends it at once and cleanly', async (signal, code) => {
  const arrived = Promise.withResolvers<void>();
  const silent = createServer(() => arrived.resolve()).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const login = { CUCM_USERNAME: 'risbot', CUCM_PASSWORD: 'secret' };
  const started = start(['ask', 'SEPE8B7480316D6'], { CUCM_URL: `http://127.0.0.1:${port}`, ...login });
  await arrived.promise;
  started.kill(signal);
  expect(await started.ended).toMatchObject({ code, stderr: noStack });
  silent.closeAllConnections();
  silent.close();
});
