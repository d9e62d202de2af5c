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

  test.each([
    ['the list of commands', ['help'], 0, 'watch'],
    ['one of them', ['help', 'watch'], 0, 'watch'],
    ['filters', ['help', 'filters'], 0, 'status'],
    ['a word that is none', ['help', 'zzzzzz'], 0, 'help'],
    ['the table of models', ['model', '8845'], 0, '8845'],
    ['a model that is not there', ['model', 'zzzzzz'], 1, 'zzzzzz'],
    ['the table of reasons', ['reason', '13'], 0, '13'],
    ['as JSON', ['help', '--json'], 0, '{'],
    ['a slip in a command', ['wyh', '1002'], 2, 'why'],
    ['a filter that cannot be read', ['status:nonsense'], 2, 'nonsense'],
  ])('without a configuration, what needs no cluster is answered: %s', async (_claim, args, code, words) => {
    const ended = await risbot(['ask', ...args]);
    expect(ended).toMatchObject({ code, stderr: noStack });
    expect(ended.stdout + ended.stderr).toContain(words);
    expect(ended.stdout + ended.stderr).not.toContain('no cluster is configured');
    // The same as with a cluster.
    expect(await ask(...args)).toEqual({ ...ended, ms: expect.any(Number) });
  });

  test('from a pipe, too', async () => {
    expect(await risbot(['ask', '-'], {}, 'help')).toMatchObject({ code: 0, stderr: '' });
  });

  test.each([
    ['a phone', ['1002'], {}],
    ['a word', ['filters'], {}],
    ['help of a cluster', ['help', 'in:prod'], {}],
    ['help with a cluster', ['help', '--cluster', 'prod'], {}],
    ['help beside a configuration that is broken', ['help'], { CUCM_URL: 'nonsense' }],
  ])('what a cluster must answer still says what is wrong: %s', async (_claim, args, environment) => {
    const ended = await risbot(['ask', ...args], environment);
    expect(ended).toMatchObject({ code: 3, stdout: '', stderr: noStack });
    expect(ended.stderr).toMatch(/no cluster is configured|CUCM_/);
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
