import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cucm, startCucm } from '../../simulator/cucm/cucm.ts';
import { environmentOf, risbot, start } from './command-line.ts';

let cucm: Cucm;
let folder = '';
beforeAll(async () => {
  cucm = await startCucm({ requestsPerMinute: null });
  folder = mkdtempSync(join(tmpdir(), 'risbot-test-'));
});
afterAll(async () => {
  await cucm.stop();
  rmSync(folder, { recursive: true });
});

test.each([
  ['--version', 0, /^\d+\.\d+\.\d+\n$/],
  ['--help', 0, /ask .*chat.*doctor.*demo/s],
])('%s', async (flag, code, shown) => {
  expect(await risbot([flag])).toMatchObject({ code, stdout: expect.stringMatching(shown), stderr: '' });
});

test('a misspelt command is told the nearest', async () => {
  expect(await risbot(['dotcor'])).toMatchObject({ code: 2, stderr: expect.stringContaining('doctor') });
});

test('config check lists every problem at once, and exits 3', async () => {
  const path = join(folder, 'risbot.yaml');
  writeFileSync(path, 'clusters:\n  prod:\n    url: ftp://x\n    password: hunter2\n    maxDevices: 0\n');
  const { code, stdout, stderr } = await risbot(['config', 'check'], { RISBOT_CONFIG: path });
  expect([code, stdout]).toEqual([3, '']);
  expect(
    stderr
      .trim()
      .split('\n')
      .map((line) => line.trim().split(': ').slice(0, 2).join(': ')),
  ).toEqual([
    `${path}: 4 problems`,
    'line 2: clusters.prod.username',
    'line 3: clusters.prod.url',
    'line 4: clusters.prod.password',
    'line 5: clusters.prod.maxDevices',
  ]);
  expect(stderr).not.toContain('hunter2');
});

test('config check says what is configured, without the password', async () => {
  const { code, stdout } = await risbot(['config', 'check'], environmentOf(cucm));
  expect(code).toBe(0);
  expect(stdout).toContain(cucm.url);
  expect(stdout).not.toContain(cucm.password);
});

test('config schema prints JSON', async () => {
  const { stdout } = await risbot(['config', 'schema']);
  expect(JSON.parse(stdout)).toMatchObject({ type: 'object', required: ['clusters'] });
});

test('doctor finds a good cluster good, and its recording names nobody', async () => {
  const record = join(folder, 'record');
  const { code, stdout } = await risbot(['doctor', '--record', record], environmentOf(cucm));
  expect([code, stdout]).toMatchObject([0, expect.stringContaining('selectCtiItem')]);
  const files = readdirSync(record).map((name) => readFileSync(join(record, name), 'utf8'));
  expect(files).toHaveLength(7);
  const all = files.join('\n');
  for (const { name } of cucm.cluster.devices) expect(all).not.toContain(`>${name}<`);
  expect(all).not.toMatch(/JSESSIONID|Basic /);
});

test('doctor exits 3 when risbot cannot ask, and prints JSON when told to', async () => {
  const environment = { ...environmentOf(cucm), CUCM_PASSWORD: 'wrong-password' };
  const { code, stdout } = await risbot(['doctor', '--json'], environment);
  expect([code, JSON.parse(stdout)]).toMatchObject([3, { reports: [{ cluster: 'cucm', requests: 1 }] }]);
  expect(stdout).not.toContain('wrong-password');
});

test('doctor knows the clusters by name', async () => {
  expect(await risbot(['doctor', '--cluster', 'mars'], environmentOf(cucm))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there are cucm'),
  });
});

test('simulate cucm prints variables that work, plays words, and is gone after SIGTERM', async () => {
  const simulator = start(['simulate', 'cucm', '--devices', '50']);
  await simulator.shows('Ctrl-C stops.');
  // As many as an answer about all of them counts.
  expect(simulator.stdout()).toContain('Simulated CUCM: 50 devices on');
  const variables = Object.fromEntries(
    [...simulator.stdout().matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  expect(Object.keys(variables)).toEqual(['CUCM_URL', 'CUCM_USERNAME', 'CUCM_PASSWORD', 'CUCM_CA_FILE']);
  expect((await risbot(['ask', 'SEPE8B7480316D6'], variables)).code).toBe(0);
  simulator.type('node not-responding cucm2\n');
  await simulator.shows('RIS hears nothing from cucm2');
  simulator.kill('SIGTERM');
  expect(await simulator.ended).toMatchObject({ code: 0, stderr: '' });
  expect((await risbot(['ask', 'SEPE8B7480316D6'], variables)).code).toBe(3);
});

test('chat answers what is piped into it', async () => {
  const { code, stdout } = await risbot(['chat'], environmentOf(cucm), 'SEPE8B7480316D6\nnonsense:x\nhelp\n');
  expect(code).toBe(0);
  expect(stdout).toContain('SEPE8B7480316D6');
  expect(stdout.indexOf('find')).toBeGreaterThan(stdout.indexOf('SEPE8B7480316D6'));
});

test('demo --terminal needs nothing, answers, and plays events', async () => {
  const lines = '6961\n!unplug SEPE8B7480316D6\n!help\n!nonsense\ncti\n';
  const { code, stdout, stderr } = await risbot(['demo', '--terminal', '--phones', '60'], {}, lines);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('SEPE8B7480316D6');
  expect(stdout).toContain('1 device unplugged');
  expect(stdout).toContain('wan cut');
  expect(stdout).toContain('is no event');
  expect(stdout).toContain('cucmuser');
});
