// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax under test.
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/problem.ts';

const ONE = { CUCM_URL: 'cucm1', CUCM_USERNAME: 'risbot', CUCM_PASSWORD: 'pw' };
const TOKEN = { WEBEX_TOKEN: 'abc_PF84_org' };
const HOOK = {
  WEBEX_WEBHOOK_URL: 'https://risbot.example.com/webex/events',
  WEBEX_WEBHOOK_SECRET: 'a secret of our own',
};
const ORG = 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi9hYmM';

/** With lines: they stand in a file, from line 3 on; else one cluster from the environment. */
function load(
  environment: Readonly<Record<string, string>>,
  lines: readonly string[] | null = null,
  files: Readonly<Record<string, string>> = {},
) {
  const cluster = ['clusters:', '  prod: { url: a, username: u, password: "${PW}" }'];
  const all: Readonly<Record<string, string>> = {
    ...files,
    ...(lines && { '/etc/risbot.yaml': [...cluster, ...lines].join('\n') }),
  };
  const base = lines === null ? ONE : { RISBOT_CONFIG: '/etc/risbot.yaml', PW: 'pw' };
  return loadConfig({ ...base, ...environment }, (path) => {
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

describe('Webex', () => {
  test('is not there unless somebody says so', () => {
    const how = { WEBEX_PORT: '1', WEBEX_API_URL: 'https://a', WEBEX_DISCOVERY_URL: 'https://b' };
    expect(load({ ...how, SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }).webex).toBeNull();
    expect(load({}, ['webex:']).webex).toBeNull();
  });

  test('one variable is enough, beside a file, too, and Slack is not needed', () => {
    for (const config of [load(TOKEN), load(TOKEN, ['log: { level: info }'])]) {
      expect(config.slack).toBeNull();
      expect(config.webex).toMatchObject({
        webhook: null,
        port: 3001,
        apiUrl: null,
        discoveryUrl: null,
        orgs: [],
      });
      expect(config.webex?.token.reveal()).toBe('abc_PF84_org');
    }
  });

  test('every variable reaches its setting, from files as well', () => {
    const { webex } = load(
      {
        WEBEX_TOKEN_FILE: '/run/token',
        WEBEX_WEBHOOK_URL: 'https://risbot.example.com/webex/events',
        WEBEX_WEBHOOK_SECRET_FILE: '/run/secret',
        WEBEX_PORT: '8080',
        WEBEX_API_URL: 'https://gw.example.com/v1',
        WEBEX_DISCOVERY_URL: 'https://gw.example.com/u2c/',
      },
      null,
      { '/run/token': 'abc_PF84_org\n', '/run/secret': 'hush\r\n' },
    );
    expect(webex).toMatchObject({
      webhook: { url: 'https://risbot.example.com/webex/events' },
      port: 8080,
      apiUrl: 'https://gw.example.com/v1/',
      discoveryUrl: 'https://gw.example.com/u2c',
    });
    expect([webex?.token.reveal(), webex?.webhook?.secret.reveal()]).toEqual(['abc_PF84_org', 'hush']);
  });

  test('the file says it, its paths start there, and a variable wins over either way of giving a secret', () => {
    const lines = ['webex:', '  tokenFile: token', '  webhookUrl: https://a.example.com/', '  port: 3002'];
    const whole = [...lines, '  webhookSecret: ${HUSH}', `  orgs: [${ORG}, "*"]`];
    const files = { '/etc/token': 'file_PF84_org' };
    const { webex } = load({ HUSH: 'hush' }, whole, files);
    expect(webex).toMatchObject({
      webhook: { url: 'https://a.example.com/' },
      port: 3002,
      orgs: [ORG, '*'],
    });
    expect([webex?.token.reveal(), webex?.webhook?.secret.reveal()]).toEqual(['file_PF84_org', 'hush']);
    const other = load({ HUSH: 'hush', ...TOKEN, ...HOOK, WEBEX_PORT: '3003' }, whole, files).webex;
    expect([other?.token.reveal(), other?.webhook?.secret.reveal(), other?.port]).toEqual([
      'abc_PF84_org',
      'a secret of our own',
      3003,
    ]);
  });

  test('on loopback its addresses may be plain', () => {
    const { webex } = load({
      ...TOKEN,
      ...HOOK,
      WEBEX_WEBHOOK_URL: 'http://127.0.0.1:9/x',
      WEBEX_API_URL: 'http://localhost:9/v1/',
      WEBEX_DISCOVERY_URL: 'http://[::1]:9',
    });
    expect([webex?.webhook?.url, webex?.apiUrl, webex?.discoveryUrl]).toEqual([
      'http://127.0.0.1:9/x',
      'http://localhost:9/v1/',
      'http://[::1]:9',
    ]);
  });

  test.each([
    ['webhooks without a token', HOOK, ['WEBEX_TOKEN: is missing']],
    [
      'an address for webhooks without a secret',
      { ...TOKEN, WEBEX_WEBHOOK_URL: HOOK.WEBEX_WEBHOOK_URL },
      ['WEBEX_WEBHOOK_SECRET: both or neither: without a secret anybody could call webhookUrl'],
    ],
    [
      'a secret for webhooks without an address',
      { ...TOKEN, WEBEX_WEBHOOK_SECRET: 'hush' },
      ['WEBEX_WEBHOOK_URL: both or neither: webhookSecret is for webhooks, which need an address'],
    ],
    [
      'a token given twice',
      { ...TOKEN, WEBEX_TOKEN_FILE: '/none' },
      [
        'WEBEX_TOKEN_FILE: the secret is given in two ways: keep one',
        'WEBEX_TOKEN_FILE: there is no such file',
      ],
    ],
    [
      'a secret given twice',
      { ...TOKEN, ...HOOK, WEBEX_WEBHOOK_SECRET_FILE: '/none' },
      [
        'WEBEX_WEBHOOK_SECRET_FILE: the secret is given in two ways: keep one',
        'WEBEX_WEBHOOK_SECRET_FILE: there is no such file',
      ],
    ],
    [
      'a way for webhooks that anybody can read',
      { ...TOKEN, ...HOOK, WEBEX_WEBHOOK_URL: 'http://risbot.example.com/' },
      [
        'WEBEX_WEBHOOK_URL: must start with https:// (http would send what Webex tells readable; it is allowed on loopback only)',
      ],
    ],
    [
      'an address that holds a password',
      { ...TOKEN, ...HOOK, WEBEX_WEBHOOK_URL: 'https://u:pw@risbot.example.com/' },
      ['WEBEX_WEBHOOK_URL: must not hold a user or password'],
    ],
    [
      'an address with a query',
      { ...TOKEN, ...HOOK, WEBEX_WEBHOOK_URL: 'https://risbot.example.com/?key=1' },
      ['WEBEX_WEBHOOK_URL: must end after its path'],
    ],
    [
      'a query with nothing in it',
      { ...TOKEN, ...HOOK, WEBEX_WEBHOOK_URL: 'https://risbot.example.com/?' },
      ['WEBEX_WEBHOOK_URL: must end after its path'],
    ],
    [
      'an API that anybody can listen to',
      { ...TOKEN, WEBEX_API_URL: 'http://gw.example.com/' },
      [
        'WEBEX_API_URL: must start with https:// (http would send the token readable; it is allowed on loopback only)',
      ],
    ],
    [
      'a catalog that is no address',
      { ...TOKEN, WEBEX_DISCOVERY_URL: 'u2c' },
      ['WEBEX_DISCOVERY_URL: must be the address of the service catalog, https://<host>/<path>'],
    ],
    [
      'a port that is none',
      { ...TOKEN, WEBEX_PORT: 'http' },
      ['WEBEX_PORT: must be a whole number from 0 to 65535'],
    ],
    [
      'a proxy that is none',
      { ...TOKEN, HTTPS_PROXY: 'socks5://p' },
      ['HTTPS_PROXY: must be http://<host>:<port>'],
    ],
  ])('%s is told', (_claim, environment, expected) => {
    expect(problemsOf(environment)).toEqual(expected);
  });

  test.each([
    ['of Slack', 'xoxb-1_2_3', 'is a token of Slack, not of Webex'],
    ['of Slack for its sockets', 'xapp-1_2_3', 'is a token of Slack, not of Webex'],
    [
      'as it stands in a header',
      'Bearer abc_PF84_org',
      'starts with the word Bearer: give what stands after it',
    ],
    ['in quotes', '"abc_PF84_org"', 'stands in quotes: leave them out'],
    ['with a space before it', ' abc_PF84_org', 'holds white space: give the token alone'],
    [
      'that is the bot’s address',
      'ris_bot_a@webex.bot',
      'is an e-mail address: take the access token that Webex showed when the bot was made',
    ],
    ['that is the bot’s id', ORG, 'is an id: take the access token that Webex showed when the bot was made'],
  ])('a token %s is told, with webhooks, too, and from a file', (_claim, token, expected) => {
    expect(problemsOf({ WEBEX_TOKEN: token })).toEqual([`WEBEX_TOKEN: ${expected}`]);
    expect(problemsOf({ WEBEX_TOKEN: token, ...HOOK })).toEqual([`WEBEX_TOKEN: ${expected}`]);
    const fromFile = problemsOf({ WEBEX_TOKEN_FILE: '/t' }, null, { '/t': `${token}\n` });
    expect(fromFile).toEqual([`WEBEX_TOKEN_FILE: ${expected}`]);
  });

  test('a token without its parts is refused where the websocket would, and nowhere else', () => {
    const told = ['WEBEX_TOKEN: a bot’s token has three parts joined by _'];
    for (const token of ['abc', 'abc_org', 'a_b_c_d'])
      expect(problemsOf({ WEBEX_TOKEN: token })).toEqual(told);
    expect(load({ WEBEX_TOKEN: 'abc', ...HOOK }).webex?.token.reveal()).toBe('abc');
  });

  test('a space at the end of the token’s file is told', () => {
    expect(problemsOf({ WEBEX_TOKEN_FILE: '/t' }, null, { '/t': 'abc_PF84_org \n' })).toEqual([
      'WEBEX_TOKEN_FILE: holds white space: give the token alone',
    ]);
  });

  test('a token of Slack is no secret for webhooks', () => {
    expect(problemsOf({ ...TOKEN, ...HOOK, WEBEX_WEBHOOK_SECRET: 'xoxb-1' })).toEqual([
      'WEBEX_WEBHOOK_SECRET: is a token of Slack, not of Webex',
    ]);
  });
});

describe('in the file', () => {
  test.each([
    [
      'a token',
      ['webex:', '  token: real_PF84_org'],
      [
        'line 4: webex.token: must not stand in the file: write ${WEBEX_TOKEN} and set that variable, or use tokenFile',
      ],
    ],
    [
      'a secret for webhooks',
      ['webex:', '  token: ${T}', '  webhookUrl: https://a', '  webhookSecret: real'],
      [
        'line 6: webex.webhookSecret: must not stand in the file: write ${WEBEX_WEBHOOK_SECRET} and set that variable, or use webhookSecretFile',
      ],
    ],
    ['no token', ['webex: {}'], ['line 3: webex.token: is missing']],
    ['a list', ['webex: [1]'], ['line 3: webex: must hold settings: token or tokenFile …']],
    [
      'an organisation by its name',
      ['webex: { token: "${T}", orgs: ["Example Ltd"] }'],
      [
        'line 3: webex.orgs.0: must be the id of an organisation as Webex’s API names it (Y2lz…), or * for all',
      ],
    ],
    [
      'an organisation as Control Hub shows it',
      ['webex: { token: "${T}", orgs: [1EB65FDF-9643-417f-9974-ad72cae0e10f] }'],
      [
        'line 3: webex.orgs.0: is the id that Control Hub shows: take the one that Webex’s API gives (orgId of a person, Y2lz…)',
      ],
    ],
    [
      'no organisation',
      ['webex: { token: "${T}", orgs: [] }'],
      ['line 3: webex.orgs: must be a list of ids of organisations, at least one'],
    ],
    [
      'one that is no list',
      ['webex: { token: "${T}", orgs: "*" }'],
      ['line 3: webex.orgs: must be a list of ids of organisations, at least one'],
    ],
    [
      'a misspelt setting',
      ['webex: { token: "${T}", webhookURI: x }'],
      ['line 3: webex.webhookURI: is not a setting; did you mean webhookUrl?'],
    ],
    [
      'a setting of Slack',
      ['webex: { token: "${T}", botToken: real }'],
      [
        'line 3: webex.botToken: is not a setting; known are token, tokenFile, webhookUrl, webhookSecret, webhookSecretFile, port, apiUrl, discoveryUrl, orgs',
      ],
    ],
  ])('%s is told with its line', (_claim, lines, expected) => {
    const told = problemsOf({ T: 'abc_PF84_org' }, lines);
    expect(told).toEqual(expect.arrayContaining(expected));
    expect(told.join('\n')).not.toContain('real');
  });

  test('every setting says to an editor what it is, and a secret must be a variable', () => {
    const { properties } = configJsonSchema() as {
      properties: { webex: { properties: Record<string, { description?: string; pattern?: string }> } };
    };
    const settings = properties.webex.properties;
    const silent = Object.keys(settings).filter((key) => settings[key]?.description === undefined);
    expect([Object.keys(settings).length, silent]).toEqual([9, []]);
    for (const key of ['token', 'webhookSecret']) {
      const pattern = new RegExp(settings[key]?.pattern ?? '', 'u');
      expect([pattern.test('${T}'), pattern.test('abc_PF84_org')]).toEqual([true, false]);
    }
    expect(settings['apiUrl']?.description).toContain('Webex');
  });
});

describe('secrets', () => {
  const secret = fc
    .string({ minLength: 8, maxLength: 40 })
    .filter((text) => /^[\x21-\x7e]+$/.test(text) && !/^\d+$|[@_"']/.test(text));

  test('none shows in a print of the configuration', () => {
    fc.assert(
      fc.property(secret, (token) => {
        const config = load({
          WEBEX_TOKEN: `t${token}_PF84_org`,
          ...HOOK,
          WEBEX_WEBHOOK_SECRET: `s${token}`,
        });
        const shown = `${JSON.stringify(config)} ${inspect(config, { depth: 9, showHidden: true })}`;
        return !shown.includes(token) && config.webex?.webhook?.secret.reveal() === `s${token}`;
      }),
      { numRuns: 60 },
    );
  });

  test('none shows in a problem, wherever it was put by mistake', () => {
    const places = [
      'WEBEX_TOKEN',
      'WEBEX_TOKEN_FILE',
      'WEBEX_WEBHOOK_URL',
      'WEBEX_WEBHOOK_SECRET_FILE',
      'WEBEX_PORT',
      'WEBEX_API_URL',
      'WEBEX_DISCOVERY_URL',
    ];
    fc.assert(
      fc.property(secret, fc.constantFrom(...places), (token, place) => {
        const told = problemsOf({ ...TOKEN, CUCM_MAX_DEVICES: '0', [place]: `xapp-${token}` });
        return told.length > 1 && told.every((line) => !line.includes(token));
      }),
      { numRuns: 200 },
    );
  });
});
