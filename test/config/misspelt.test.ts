import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/problem.ts';

const ONE = { CUCM_URL: 'cucm1', CUCM_USERNAME: 'risbot', CUCM_PASSWORD: 'pw' };
const FILE = 'clusters: { prod: { url: a, username: u, passwordFile: pw } }';

function problemsOf(environment: Readonly<Record<string, string>>, besideFile = false): readonly string[] {
  const base = besideFile ? { RISBOT_CONFIG: '/etc/risbot.yaml' } : ONE;
  try {
    loadConfig({ ...base, ...environment }, (path) => (path.endsWith('.yaml') ? FILE : 'pw'));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

describe('a misspelt variable', () => {
  const isNot = (typed: string, meant: string) =>
    `${typed}: is not a variable of risbot; did you mean ${meant}?`;

  test.each([
    ['of Webex', 'WEBEX_TOKNE', 'WEBEX_TOKEN'],
    ['of webhooks', 'WEBEX_WEBHOOKS_URL', 'WEBEX_WEBHOOK_URL'],
    ['of Slack', 'SLACK_BOT_TOKENS', 'SLACK_BOT_TOKEN'],
    ['of risbot', 'RISBOT_OPERATION_PORT', 'RISBOT_OPERATIONS_PORT'],
  ])('%s is told, beside a file, too', (_claim, typed, meant) => {
    expect(problemsOf({ [typed]: 'x' })).toEqual([isNot(typed, meant)]);
    expect(problemsOf({ [typed]: 'x' }, true)).toEqual([isNot(typed, meant)]);
  });

  test('is told when it is why nothing is configured', () => {
    expect(() => loadConfig({ RISBOT_CONFG: '/etc/risbot.yaml' })).toThrow(
      isNot('RISBOT_CONFG', 'RISBOT_CONFIG'),
    );
  });

  test.each([
    ['what is ours is set besides', { WEBEX_TOKEN: 'a_b_c', WEBEX_TOKENS: 'x' }, false],
    ['it belongs to another program of Slack', { SLACK_API_TOKEN: 'x' }, false],
    ['it is far from ours', { WEBEX_BOT_TOKEN: 'x', SLACK_WEBHOOK_URL: 'x', SLACK_CHANNEL: 'x' }, false],
    ['it is empty', { WEBEX_TOKNE: '' }, false],
    ['the file may name it', { CUCM_PASSWORDS: 'x', RISBOT_AUDIT_PROFILE: 'x' }, true],
  ])('is nobody’s problem when %s', (_claim, environment, besideFile) => {
    expect(problemsOf(environment, besideFile)).toEqual([]);
  });
});
