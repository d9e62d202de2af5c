import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLUSTER_VARIABLES, OTHER_VARIABLES } from '../../src/config/environment.ts';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { loadConfig } from '../../src/config/load.ts';
import { OVERLAY_VARIABLES } from '../../src/config/overlay.ts';

const ROOT = join(import.meta.dirname, '../..');
const EXAMPLE = join(ROOT, 'config.example.yaml');
const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const WEBEX = { WEBEX_TOKEN: 'abc_PF84_org' };
const page = readFileSync(join(ROOT, 'docs/configuration.md'), 'utf8');
const example = readFileSync(EXAMPLE, 'utf8');

/** They stand in the page before a dot, or as `name:`. */
const SECTIONS = [
  'clusters',
  'log',
  'tls',
  'limits',
  'properties',
  'access',
  'audit',
  'operations',
  'slack',
  'webex',
  'database',
  'watch',
];

/** Every key of the schema, at any depth. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const properties = 'properties' in schema && typeof schema.properties === 'object' ? schema.properties : {};
  return [...Object.keys(properties ?? {}), ...Object.values(schema).flatMap(keysOf)].filter(
    (key) =>
      !['type', 'default', 'description', 'anyOf', 'enum', 'pattern', 'minimum', 'maximum'].includes(key),
  );
}

const settings = [...new Set(keysOf(configJsonSchema()))].filter(
  (key) => /^[a-z][A-Za-z]+$/.test(key) && isSetting(key),
);
function isSetting(key: string): boolean {
  return JSON.stringify(configJsonSchema()).includes(`"${key}":{`);
}

test('the example file is a configuration', () => {
  const config = loadConfig({
    RISBOT_CONFIG: EXAMPLE,
    PROD_PASSWORD: 'one',
    LAB_PASSWORD: 'two',
    ...SLACK,
    ...WEBEX,
  });
  expect(config).toMatchObject({
    slack: { teams: ['T012AB3CD'] },
    webex: { webhook: null },
    operations: { port: 9090 },
  });
  expect(config.database.url.reveal()).toBe('sqlite:/data/risbot.db');
  expect(config.watch.quietHours).toHaveLength(1);
  expect(config.access?.rules.map(({ role }) => role)).toEqual(['viewer', 'operator', 'viewer', 'admin']);
  expect(config.clusters.map(({ name, url }) => [name, url])).toEqual([
    ['prod', 'https://cucm1.example.com:8443'],
    ['lab', 'https://10.20.30.40:8443'],
  ]);
});

test('the page knows every variable', () => {
  for (const name of [
    ...Object.keys(CLUSTER_VARIABLES),
    ...Object.keys(OVERLAY_VARIABLES),
    ...OTHER_VARIABLES,
  ])
    expect(page).toContain(`\`${name}\``);
});

test('the page and the example know every setting', () => {
  expect(settings).toEqual(expect.arrayContaining(['url', 'ciphers', 'maxBytes', 'level', 'version']));
  for (const key of settings) {
    expect(example, key).toMatch(new RegExp(`\\b${key}:`));
    if (!SECTIONS.includes(key)) expect(page, key).toMatch(new RegExp(`[\`.]${key}[\`:]`));
  }
});

test('the defaults on the page are those of the schema', () => {
  const base = { CUCM_URL: 'a', CUCM_USERNAME: 'u', CUCM_PASSWORD: 'p' };
  const [cluster] = loadConfig(base).clusters;
  const rows = Object.entries({
    ...cluster?.limits,
    requestsPerMinute: cluster?.requestsPerMinute,
    maxDevices: cluster?.maxDevices,
  });
  for (const [key, value] of rows)
    expect(page).toMatch(new RegExp(`\\| \`(?:limits\\.)?${key}\` +\\|[^|]*\\| ${value} +\\|`));
});
