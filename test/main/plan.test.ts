/** `risbot plan` as a process: what the watches cost, read from the database and from nothing else. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock as clock } from '../../src/clock.ts';
import { openStore } from '../../src/store/open.ts';
import { VERSION } from '../../src/version.ts';
import { aWatch } from '../store/samples.ts';
import { risbot } from './command-line.ts';

let folder = '';
let environment: Readonly<Record<string, string>> = {};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'risbot-plan-'));
  environment = {
    // Nobody is there, and nobody is asked.
    CUCM_URL: '127.0.0.1:1',
    CUCM_USERNAME: 'risbot',
    CUCM_PASSWORD: 'pw',
    RISBOT_DATABASE: `sqlite:${join(folder, 'risbot.db')}`,
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openStore({ url: environment['RISBOT_DATABASE'] ?? '', clock, version: VERSION });

test('where nothing was ever watched it says so, exits 1, and makes no database', async () => {
  const nothing = { ...environment, RISBOT_DATABASE: `sqlite:${join(folder, 'none.db')}` };
  const { code, stdout, stderr } = await risbot(['plan'], nothing);
  expect([code, stdout, stderr]).toEqual([1, 'Nothing of cucm is watched\n', '']);
  expect(existsSync(join(folder, 'none.db'))).toBe(false);
});

test('it shows which queries, how often, and how soon a loss is seen, beside a risbot at work', async () => {
  // Held as by `risbot serve`.
  const store = await open();
  const text = ['desc:"LON*"', 'SEPE8B7480316D6 SEPF01FAF38ABC2', 'nonsense:that later:grammars drop'];
  await store.commit({
    watches: [...text.map((one, at) => aWatch(at + 1, { cluster: 'cucm', text: one }))],
    lookedAt: { cucm: clock.now() - 60_000 },
  });
  const [plain, json, nope] = await Promise.all([
    risbot(['plan'], environment),
    risbot(['plan', '--json', '--cluster', 'cucm'], environment),
    risbot(['plan', '--cluster', 'nope'], environment),
  ]);
  await store.close();
  expect([plain.code, plain.stderr]).toEqual([0, '']);
  expect(plain.stdout).toMatch(/^cucm: \d+ standing queries, 95 % of losses seen within \d+ s\n/);
  expect(plain.stdout).toMatch(/phones, UnRegistered +\d+ s +1 min ago +fast/);
  expect(plain.stdout).toMatch(/of 15 a minute when it is quiet/);
  expect(plain.stdout).toMatch(/Walk through all +one request every 1 min\n/);
  expect(json.code).toBe(0);
  const { plans } = JSON.parse(json.stdout);
  expect(plans).toMatchObject([{ cluster: 'cucm', allowance: 15, devices: 0 }]);
  expect(plans[0].standing.map(({ role }: { role: string }) => role)).toContain('named');
  expect([nope.code, nope.stdout, nope.stderr]).toEqual([3, '', 'risbot: no cluster is called nope\n']);
});

test('a database that cannot be read is said, and exits 3', async () => {
  const { code, stderr } = await risbot(['plan'], { ...environment, RISBOT_DATABASE: `sqlite:${folder}` });
  expect([code, stderr]).toMatchObject([3, expect.stringMatching(/^risbot: the database .* \n?/)]);
});
