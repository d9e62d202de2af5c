// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax under test.
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/problem.ts';

const ONE = { CUCM_URL: 'cucm1', CUCM_USERNAME: 'risbot', CUCM_PASSWORD: 'pw' };
const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const CLUSTERS = [
  'clusters:',
  '  prod: { url: a, username: u, password: "${PW}" }',
  '  lab: { url: b, username: u, password: "${PW}" }',
];

function load(
  environment: Readonly<Record<string, string>>,
  lines: readonly string[] | null = null,
  files: Readonly<Record<string, string>> = {},
) {
  const all: Readonly<Record<string, string>> = {
    ...files,
    ...(lines && { '/etc/risbot.yaml': [...CLUSTERS, ...lines].join('\n') }),
  };
  const file = lines === null ? ONE : { RISBOT_CONFIG: '/etc/risbot.yaml', PW: 'pw' };
  return loadConfig({ ...file, ...environment }, (path) => {
    const text = all[path];
    if (text === undefined) throw Object.assign(new Error('none'), { code: 'ENOENT' });
    return text;
  });
}

function problemsOf(...how: Parameters<typeof load>): readonly string[] {
  try {
    load(...how);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

describe('Slack', () => {
  test('is not there unless somebody says so', () => {
    expect(load({ PORT: '8080', SLACK_API_URL: 'https://gw.example.com' }).slack).toBeNull();
    expect(load({}, ['log: { level: info }']).slack).toBeNull();
  });

  test('two variables are enough, beside a file, too', () => {
    for (const config of [load(SLACK), load(SLACK, ['log: { level: info }'])]) {
      expect(config.slack).toMatchObject({ signingSecret: null, apiUrl: null, port: 3000, teams: [] });
      expect(config.slack?.botToken.reveal()).toBe('xoxb-1');
      expect(config.slack?.appToken?.reveal()).toBe('xapp-1');
    }
  });

  test('every variable reaches its setting, from files as well', () => {
    const config = load(
      {
        SLACK_BOT_TOKEN_FILE: '/run/bot',
        SLACK_SIGNING_SECRET_FILE: '/run/signing',
        SLACK_API_URL: 'https://gw.example.com/slack',
        PORT: '8080',
      },
      null,
      { '/run/bot': 'xoxb-2\n', '/run/signing': 'abc' },
    );
    expect(config.slack).toMatchObject({
      appToken: null,
      apiUrl: 'https://gw.example.com/slack/',
      port: 8080,
    });
    expect(config.slack?.botToken.reveal()).toBe('xoxb-2');
    expect(config.slack?.signingSecret?.reveal()).toBe('abc');
  });

  test('the file says it, its paths start there, and a variable wins over either way of giving a secret', () => {
    const lines = [
      'slack:',
      '  botTokenFile: bot',
      '  appToken: ${APP}',
      '  port: 3001',
      '  teams: [T012, E034]',
    ];
    const files = { '/etc/bot': 'xoxb-file' };
    const config = load({ APP: 'xapp-file' }, lines, files);
    expect(config.slack).toMatchObject({ port: 3001, teams: ['T012', 'E034'] });
    expect(config.slack?.botToken.reveal()).toBe('xoxb-file');
    const { slack } = load({ APP: 'xapp-file', ...SLACK, PORT: '3002' }, lines, files);
    expect([slack?.botToken.reveal(), slack?.appToken?.reveal(), slack?.port]).toEqual([
      'xoxb-1',
      'xapp-1',
      3002,
    ]);
  });

  test.each([
    [
      'half of it',
      { SLACK_BOT_TOKEN: 'xoxb-1' },
      ['SLACK_APP_TOKEN: is missing: it, or signingSecret to be called over HTTP'],
    ],
    ['the other half', { SLACK_APP_TOKEN: 'xapp-1' }, ['SLACK_BOT_TOKEN: is missing']],
    [
      'tokens that changed places',
      { SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' },
      [
        'SLACK_BOT_TOKEN: is an app-level token (xapp-…): it belongs in appToken',
        'SLACK_APP_TOKEN: is not an app-level token (xapp-…)',
      ],
    ],
    [
      'a user token',
      { ...SLACK, SLACK_BOT_TOKEN: 'xoxp-1' },
      ['SLACK_BOT_TOKEN: is a user token (xoxp-…): take the bot token (xoxb-…)'],
    ],
    [
      'a token for a signing secret',
      { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'xapp-1' },
      ['SLACK_SIGNING_SECRET: is a token, not the signing secret'],
    ],
    [
      'a secret given twice',
      { ...SLACK, SLACK_APP_TOKEN_FILE: '/none' },
      [
        'SLACK_APP_TOKEN_FILE: the secret is given in two ways: keep one',
        'SLACK_APP_TOKEN_FILE: there is no such file',
      ],
    ],
    [
      'http to another machine',
      { ...SLACK, SLACK_API_URL: 'http://gw.example.com/' },
      [
        'SLACK_API_URL: must start with https:// (http would send the token readable; it is allowed on loopback only)',
      ],
    ],
    [
      'an address that is none',
      { ...SLACK, SLACK_API_URL: 'slack' },
      ['SLACK_API_URL: must be the address of the Web API, https://slack.com/api/'],
    ],
    ['a port that is none', { ...SLACK, PORT: 'http' }, ['PORT: must be a whole number from 0 to 65535']],
    [
      'a proxy that is none',
      { ...SLACK, HTTPS_PROXY: 'socks5://p' },
      ['HTTPS_PROXY: must be http://<host>:<port>'],
    ],
  ])('%s is told', (_claim, environment, expected) => {
    expect(problemsOf(environment)).toEqual(expected);
  });

  test('a Web API on loopback may be plain', () => {
    expect(load({ ...SLACK, SLACK_API_URL: 'http://127.0.0.1:9/api' }).slack?.apiUrl).toBe(
      'http://127.0.0.1:9/api/',
    );
  });
});

describe('the file', () => {
  test.each([
    [
      'a token that stands in it',
      ['slack:', '  botToken: xoxb-real', '  appToken: ${APP}'],
      [
        'line 5: slack.botToken: must not stand in the file: write ${SLACK_BOT_TOKEN} and set that variable, or use botTokenFile',
      ],
    ],
    [
      'a team by its name',
      ['slack: { botToken: "${APP}", signingSecret: "${APP}", teams: [acme] }'],
      ['line 4: slack.teams.0: must be the id of a workspace (T012AB3CD) or organisation (E012AB3CD)'],
    ],
    ['an unknown setting', ['slack: { token: x }'], ['line 4: slack.token: is not a setting']],
    ['an operations section without a port', ['operations: {}'], ['line 4: operations.port: is missing']],
    ['an audit without a file', ['audit: {}'], ['line 4: audit.file: is missing']],
    ['access with nothing in it', ['access:'], ['line 4: access: must hold settings: contact, rules']],
    ['access without rules', ['access: { contact: me }'], ['line 4: access.rules: is missing']],
    [
      'no rule',
      ['access: { rules: [] }'],
      ['line 4: access.rules: needs a rule: without one nobody may ask'],
    ],
    [
      'a rule that names nobody',
      ['access:', '  rules:', '    - role: viewer', '      clusters: [lab]'],
      [
        'line 6: access.rules.0: names nobody: give users, groups, domains or rooms; users: ["*"] is everybody',
      ],
    ],
    [
      'a list with nothing behind it, which would grant more than meant',
      ['access:', '  rules:', '    - role: admin', '      users: [U1]', '      clusters:'],
      ['line 8: access.rules.0.clusters: must be a list of clusters, at least one'],
    ],
    [
      'a list that is empty',
      ['access:', '  rules:', '    - { role: admin, users: [U1], rooms: [] }'],
      ['line 6: access.rules.0.rooms: must be a list of ids of channels and rooms, at least one'],
    ],
    [
      'a person by name',
      ['access:', '  rules:', '    - { role: admin, users: ["@anna"] }'],
      [
        'line 6: access.rules.0.users.0: must be ids of people as the platform names them, not @name or #name',
      ],
    ],
    [
      'a domain with an @',
      ['access:', '  rules:', '    - { role: admin, domains: [example.com, "@example.com"] }'],
      ['line 6: access.rules.0.domains.1: must be a domain such as example.com, without @'],
    ],
    [
      'a domain with a star',
      ['access:', '  rules:', '    - { role: admin, domains: ["*.example.com"] }'],
      ['line 6: access.rules.0.domains.0: must be a domain such as example.com, without @'],
    ],
    [
      'a domain that is no list',
      ['access:', '  rules:', '    - { role: admin, domains: example.com }'],
      ['line 6: access.rules.0.domains: must be a list of domains, at least one'],
    ],
    [
      'domains with nothing behind them, which would grant more than meant',
      ['access:', '  rules:', '    - role: admin', '      domains:', '      rooms: [C1]'],
      ['line 7: access.rules.0.domains: must be a list of domains, at least one'],
    ],
    [
      'a role that is none',
      ['access:', '  rules:', '    - { role: boss, users: [U1] }'],
      ['line 6: access.rules.0.role: must be one of viewer, operator, admin'],
    ],
    [
      'a rule without a role',
      ['access:', '  rules:', '    - { users: [U1] }'],
      ['line 6: access.rules.0.role: is missing'],
    ],
    [
      'a cluster that is not there',
      ['access:', '  rules:', '    - { role: admin, users: [U1], clusters: [LAB, prd] }'],
      ['line 6: access.rules.0.clusters.1: is not a cluster; did you mean prod?'],
    ],
    [
      'a misspelt key of a rule',
      ['access:', '  rules:', '    - { role: admin, user: [U1], users: [U1] }'],
      ['line 6: access.rules.0.user: is not a setting; did you mean users?'],
    ],
  ])('%s is told with its line', (_claim, lines, expected) => {
    const told = problemsOf({ APP: 'xapp-1' }, lines);
    for (const problem of expected) expect(told.join('\n')).toContain(problem);
    expect(told.join('\n')).not.toContain('xoxb-real');
  });

  test('rules come through as they are written', () => {
    const lines = [
      'access:',
      '  contact: "#voice-help"',
      '  rules:',
      '    - { role: viewer, users: ["*"], rooms: [C1], clusters: [prod] }',
      '    - { role: admin, groups: [S1] }',
      '    - { role: operator, users: [Anna@Example.com], domains: [example.com, bücher.example] }',
    ];
    expect(load({}, lines).access).toEqual({
      contact: '#voice-help',
      rules: [
        { role: 'viewer', users: ['*'], rooms: ['C1'], clusters: ['prod'] },
        { role: 'admin', groups: ['S1'] },
        { role: 'operator', users: ['Anna@Example.com'], domains: ['example.com', 'bücher.example'] },
      ],
    });
    expect(load({}, []).access).toBeNull();
  });

  test('the audit’s path starts at the file, a variable’s where risbot was started', () => {
    expect(load({}, ['audit: { file: audit.jsonl }']).audit).toEqual({ file: '/etc/audit.jsonl' });
    expect(load({ RISBOT_AUDIT_FILE: 'x.jsonl' }).audit).toEqual({ file: `${process.cwd()}/x.jsonl` });
  });

  test('operations listen on this machine alone unless told otherwise', () => {
    expect(load({}).operations).toBeNull();
    expect(load({ RISBOT_OPERATIONS_HOST: '0.0.0.0' }).operations).toBeNull();
    expect(load({ RISBOT_OPERATIONS_PORT: '9090' }).operations).toEqual({ port: 9090, host: '127.0.0.1' });
    const both = { RISBOT_OPERATIONS_PORT: '9090', RISBOT_OPERATIONS_HOST: '0.0.0.0' };
    expect(load(both, ['operations: { port: 1 }']).operations).toEqual({ port: 9090, host: '0.0.0.0' });
  });
});

describe('a proxy', () => {
  test.each([
    ['small letters first', { https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:2' }, 'http://a:1/', ''],
    ['without its scheme', { HTTPS_PROXY: 'proxy.example.com:3128' }, 'http://proxy.example.com:3128/', ''],
    [
      'with what goes around it',
      { HTTPS_PROXY: 'http://u:pw@p:1', NO_PROXY: '.example.com,10.0.0.1' },
      'http://u:pw@p:1/',
      '.example.com,10.0.0.1',
    ],
  ])('%s', (_claim, environment, url, noProxy) => {
    const { proxy } = load(environment);
    expect([proxy?.url.reveal(), proxy?.noProxy]).toEqual([url, noProxy]);
    expect(JSON.stringify(proxy)).not.toContain('pw');
  });

  test('that nobody uses is nobody’s problem', () => {
    expect(load({ HTTPS_PROXY: 'socks5://p' }).proxy).toBeNull();
    expect(load({}).proxy).toBeNull();
  });
});

describe('secrets', () => {
  const secret = fc
    .string({ minLength: 8, maxLength: 40 })
    .filter((text) => /^[\x21-\x7e]+$/.test(text) && !/^\d+$/.test(text));

  test('no token shows in a print of the configuration', () => {
    fc.assert(
      fc.property(secret, (token) => {
        const config = load({
          SLACK_BOT_TOKEN: `b${token}`,
          SLACK_APP_TOKEN: `a${token}`,
          SLACK_SIGNING_SECRET: `s${token}`,
        });
        const shown = `${JSON.stringify(config)} ${inspect(config, { depth: 9, showHidden: true })}`;
        return !shown.includes(token) && config.slack?.botToken.reveal() === `b${token}`;
      }),
      { numRuns: 60 },
    );
  });

  test('no token shows in a problem, wherever it was put by mistake', () => {
    const places = [
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN_FILE',
      'SLACK_API_URL',
      'PORT',
      'HTTPS_PROXY',
      'RISBOT_OPERATIONS_PORT',
      'RISBOT_OPERATIONS_HOST',
      'RISBOT_AUDIT_FILE',
    ];
    fc.assert(
      fc.property(secret, fc.constantFrom(...places), (token, place) => {
        const told = problemsOf({ ...SLACK, CUCM_MAX_DEVICES: '0', [place]: `xapp-${token}` });
        return told.length > 0 && told.every((line) => !line.includes(token));
      }),
      { numRuns: 200 },
    );
  });
});
