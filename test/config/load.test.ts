// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax under test.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/problem.ts';
import { CERTIFICATE } from './certificate.ts';

const SECRET = 'correct horse battery staple';
const ONE = { CUCM_URL: 'https://cucm1.example.com:8443', CUCM_USERNAME: 'risbot', CUCM_PASSWORD: SECRET };

/** Files by path; everything else is not there. */
function files(contents: Readonly<Record<string, string>>) {
  return (path: string) => {
    const text = contents[path];
    if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    return text;
  };
}

function load(yaml: string, environment: Record<string, string> = {}, more: Record<string, string> = {}) {
  return loadConfig(
    { RISBOT_CONFIG: '/etc/risbot/risbot.yaml', ...environment },
    files({ '/etc/risbot/risbot.yaml': yaml, ...more }),
  );
}

function problemsOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError)
      return error.message
        .split('\n')
        .slice(1)
        .map((line) => line.trim());
    throw error;
  }
  return [];
}

const prod = (...lines: string[]) =>
  ['clusters:', '  prod:', ...lines.map((line) => `    ${line}`)].join('\n');
const GOOD = ['url: https://cucm1.example.com:8443', 'username: risbot', 'password: ${PW}'];
const good = (...lines: string[]) => prod(...GOOD, ...lines);

describe('one cluster from the environment', () => {
  test('three variables are enough, and the rest has its defaults', () => {
    const config = loadConfig(ONE, files({}));
    expect(config.clusters).toHaveLength(1);
    expect(config.clusters[0]).toMatchObject({
      name: 'cucm',
      url: 'https://cucm1.example.com:8443',
      username: 'risbot',
      requestsPerMinute: 15,
      maxDevices: 1000,
      tls: {},
      limits: { connectMs: 10000, headersMs: 60000, totalMs: 120000, maxBytes: 67108864 },
      axl: null,
    });
    expect(config.clusters[0]?.password.reveal()).toBe(SECRET);
    expect(config.log.level).toBe('warn');
  });

  test('every variable reaches its setting', () => {
    const config = loadConfig(
      {
        ...ONE,
        CUCM_PASSWORD: '',
        CUCM_PASSWORD_FILE: '/run/secrets/cucm',
        CUCM_CA_FILE: '/ca.pem',
        CUCM_FINGERPRINT: 'ab'.repeat(32),
        CUCM_SERVERNAME: 'cucm.internal',
        CUCM_TLS_MIN_VERSION: 'TLSv1',
        CUCM_TLS_CIPHERS: 'DEFAULT@SECLEVEL=0',
        CUCM_REQUESTS_PER_MINUTE: '9',
        CUCM_MAX_DEVICES: '2000',
        CUCM_NAME: 'lab',
        CUCM_AXL: 'on',
        CUCM_AXL_VERSION: '12.5',
        CUCM_AXL_URL: 'cucm-pub.example.com',
        RISBOT_LOG_LEVEL: 'debug',
      },
      files({ '/run/secrets/cucm': 'from file\n', '/ca.pem': CERTIFICATE }),
    );
    expect(config.log.level).toBe('debug');
    expect(config.clusters[0]).toMatchObject({
      name: 'lab',
      requestsPerMinute: 9,
      maxDevices: 2000,
      tls: {
        ca: CERTIFICATE,
        fingerprint: Array(32).fill('AB').join(':'),
        servername: 'cucm.internal',
        minVersion: 'TLSv1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      },
      axl: { version: '12.5', url: 'https://cucm-pub.example.com:8443' },
    });
    expect(config.clusters[0]?.password.reveal()).toBe('from file');
  });

  test.each([
    [
      'nothing set',
      {},
      [
        'no cluster is configured: set RISBOT_CONFIG to a YAML file, or CUCM_URL, CUCM_USERNAME and CUCM_PASSWORD; risbot demo needs neither',
      ],
    ],
    ['only the address', { CUCM_URL: 'cucm1' }, ['CUCM_USERNAME: is missing', 'CUCM_PASSWORD: is missing']],
    [
      'a password twice',
      { ...ONE, CUCM_PASSWORD_FILE: '/p' },
      [
        'CUCM_PASSWORD_FILE: a password is given in two ways: keep one',
        'CUCM_PASSWORD_FILE: there is no such file',
      ],
    ],
    [
      'http to another machine',
      { ...ONE, CUCM_URL: 'http://cucm1.example.com' },
      [
        'CUCM_URL: must start with https:// (http would send the password readable; it is allowed on loopback only)',
      ],
    ],
    [
      'a user in the address',
      { ...ONE, CUCM_URL: `https://a:${SECRET}@cucm1` },
      ['CUCM_URL: must not hold a user or password: use username and password'],
    ],
    [
      'the whole service address',
      { ...ONE, CUCM_URL: 'https://cucm1:8443/realtimeservice2' },
      ['CUCM_URL: must end after host and port: risbot adds the path itself'],
    ],
    [
      'nineteen requests a minute',
      { ...ONE, CUCM_REQUESTS_PER_MINUTE: '19' },
      ['CUCM_REQUESTS_PER_MINUTE: must be a whole number from 1 to 18'],
    ],
    [
      'a number in words',
      { ...ONE, CUCM_MAX_DEVICES: 'many' },
      ['CUCM_MAX_DEVICES: must be a whole number from 1 to 2000'],
    ],
    [
      'a SHA-1 fingerprint',
      { ...ONE, CUCM_FINGERPRINT: 'AB'.repeat(20) },
      ['CUCM_FINGERPRINT: must be the SHA-256 fingerprint: 64 hex digits, with or without colons'],
    ],
    ['a switch that is neither', { ...ONE, CUCM_AXL: 'maybe' }, ['CUCM_AXL: must be on or off']],
    [
      'a misspelt variable',
      { ...ONE, CUCM_REQUEST_PER_MINUTE: '9' },
      ['CUCM_REQUEST_PER_MINUTE: is not a variable of risbot; did you mean CUCM_REQUESTS_PER_MINUTE?'],
    ],
    [
      'a name that is none',
      { ...ONE, CUCM_NAME: '9 lives' },
      ['CUCM_NAME: a cluster name starts with a letter and holds letters, digits, - and _, 40 at most'],
    ],
    [
      'a log level that is none',
      { ...ONE, RISBOT_LOG_LEVEL: 'loud' },
      ['RISBOT_LOG_LEVEL: must be one of silent, error, warn, info, debug'],
    ],
    [
      'a certificate that is none',
      { ...ONE, CUCM_CA_FILE: '/bad.pem' },
      ['CUCM_CA_FILE: the file holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)'],
    ],
    [
      'a broken certificate',
      { ...ONE, CUCM_CA_FILE: '/broken.pem' },
      ['CUCM_CA_FILE: the file holds a certificate that cannot be read'],
    ],
  ])('%s is told', (_claim, environment, expected) => {
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
    const read = files({ '/bad.pem': 'hello', '/broken.pem': broken });
    expect(problemsOf(() => loadConfig(environment, read))).toEqual(expected);
  });

  test.each([
    ['cucm1.example.com', 'https://cucm1.example.com:8443'],
    ['cucm1:9443', 'https://cucm1:9443'],
    ['https://cucm1', 'https://cucm1:8443'],
    ['https://cucm1:443', 'https://cucm1'],
    ['https://cucm1:8443/', 'https://cucm1:8443'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['10.1.2.3', 'https://10.1.2.3:8443'],
  ])('the address %s means %s', (typed, url) => {
    expect(loadConfig({ ...ONE, CUCM_URL: typed }, files({})).clusters[0]?.url).toBe(url);
  });
});

describe('a file', () => {
  test('any number of clusters, in their order', () => {
    const yaml =
      'clusters:\n' +
      ['prod', 'lab', 'alpha']
        .map((name) => `  ${name}: { url: ${name}, username: u, passwordFile: pw }\n`)
        .join('');
    const config = load(yaml, {}, { '/etc/risbot/pw': 'x' });
    expect(config.clusters.map(({ name }) => name)).toEqual(['prod', 'lab', 'alpha']);
  });

  test('one cluster can take its settings from another', () => {
    const yaml = [
      'clusters:',
      '  prod: &base',
      '    url: cucm1',
      '    username: u',
      '    password: ${PW}',
      '    requestsPerMinute: 9',
      '  lab:',
      '    <<: *base',
      '    url: lab1',
    ].join('\n');
    const lab = load(yaml, { PW: SECRET }).clusters[1];
    expect([lab?.url, lab?.requestsPerMinute, lab?.password.reveal()]).toEqual([
      'https://lab1:8443',
      9,
      SECRET,
    ]);
  });

  test('a value from a variable stays one value, whatever it holds', () => {
    const sly = 'x"\n  evil: { url: http://evil }\n#';
    expect(load(good(), { PW: 'a: b # c' }).clusters[0]?.password.reveal()).toBe('a: b # c');
    expect(problemsOf(() => load(good(), { PW: sly }))).toEqual([
      'line 5: clusters.prod.password: must be one line of text',
    ]);
  });

  test('numbers may come from variables, and $${ is a plain ${', () => {
    const config = load(
      prod('url: cucm1', 'username: "$${x}"', 'password: ${PW}', 'requestsPerMinute: ${RPM}'),
      {
        PW: SECRET,
        RPM: '7',
      },
    );
    expect(config.clusters[0]).toMatchObject({ username: '${x}', requestsPerMinute: 7 });
  });

  test('an AXL version without quotes is read as meant', () => {
    expect(load(good('axl: { version: 14.0 }'), { PW: SECRET }).clusters[0]?.axl).toEqual({
      version: '14.0',
    });
  });

  test.each([
    ['an unset variable', good(), {}, ['line 5: clusters.prod.password: the variable PW is not set']],
    ['an empty variable', good(), { PW: '' }, ['line 5: clusters.prod.password: the variable PW is empty']],
    [
      'a variable without its brace',
      prod('url: "${HOST"', ...GOOD.slice(1)),
      { PW: 'x' },
      ['line 3: clusters.prod.url: a variable is written ${NAME}: letters, digits and _ between braces'],
    ],
    [
      'a password in the file',
      prod(...GOOD.slice(0, 2), 'password: hunter2'),
      {},
      [
        'line 5: clusters.prod.password: must not stand in the file: write ${CUCM_PASSWORD} and set that variable, or use passwordFile',
      ],
    ],
    [
      'a password half in the file',
      prod(...GOOD.slice(0, 2), 'password: hunter${PW}'),
      { PW: 'x' },
      [
        'line 5: clusters.prod.password: must not stand in the file: write ${CUCM_PASSWORD} and set that variable, or use passwordFile',
      ],
    ],
    [
      'an unknown setting',
      good('requestPerMinute: 9'),
      { PW: 'x' },
      ['line 6: clusters.prod.requestPerMinute: is not a setting; did you mean requestsPerMinute?'],
    ],
    [
      'an unknown setting far from all',
      good('tls: { xyzzy: 1 }'),
      { PW: 'x' },
      [
        'line 6: clusters.prod.tls.xyzzy: is not a setting; known are caFile, fingerprint, servername, minVersion, ciphers',
      ],
    ],
    [
      'an unknown heading',
      `${good()}\nlogs: {}`,
      { PW: 'x' },
      ['line 6: logs: is not a setting; did you mean log?'],
    ],
    [
      'a missing setting',
      prod('url: cucm1', 'password: ${PW}'),
      { PW: 'x' },
      ['line 2: clusters.prod.username: is missing'],
    ],
    [
      'a setting with nothing behind it',
      prod(GOOD[0]!, 'username:', GOOD[2]!),
      { PW: 'x' },
      ['line 4: clusters.prod.username: is missing'],
    ],
    [
      'a list for a cluster',
      'clusters:\n  prod: [1]',
      {},
      ['line 2: clusters.prod: must hold the settings of a cluster: url, username, password …'],
    ],
    ['no cluster', 'clusters: {}', {}, ['line 1: clusters: needs at least one cluster']],
    ['clusters left out', 'log: { level: info }', {}, ['clusters: is missing']],
    ['a list at the top', '- a', {}, ['must hold settings: clusters, log']],
    ['an empty file', '', {}, ['must hold settings: clusters, log']],
    [
      'a bad cluster name',
      'clusters:\n  "9 lives": { url: a, username: u, passwordFile: p }',
      {},
      [
        'line 2: clusters.9 lives: a cluster name starts with a letter and holds letters, digits, - and _, 40 at most',
        'line 2: clusters.9 lives.passwordFile: there is no such file',
      ],
    ],
    ['the same key twice', `${good()}\n    url: other`, { PW: 'x' }, ['line 6: the same key stands twice']],
    ['a tab', 'clusters:\n\tprod: {}', {}, ['line 2: a tab cannot indent: use spaces']],
    [
      'a quote left open',
      'clusters: "prod',
      {},
      ['line 1: a character is missing: a quote, a colon, a bracket or a space'],
    ],
    [
      'a second document',
      'clusters: {}\n---\na: 1',
      {},
      ['line 2: holds a second document (---): only one is read'],
    ],
    [
      'a tag',
      `${good()}\nlog: !!js/function { level: info }`,
      { PW: 'x' },
      ['line 6: tags (!…) are not understood here'],
    ],
    [
      'two names that differ in case',
      'clusters:\n  prod: { url: a, username: u, password: "${PW}" }\n  Prod: { url: b, username: u, password: "${PW}" }',
      { PW: 'x' },
      ['line 3: clusters.Prod: differs from clusters.prod only in case'],
    ],
    [
      'one node twice',
      'clusters:\n  a: { url: cucm1, username: u, password: "${PW}" }\n  b: { url: "https://CUCM1:8443", username: u, password: "${PW}" }',
      { PW: 'x' },
      ['line 3: clusters.b.url: is the node of clusters.a too: both would spend its one allowance'],
    ],
    [
      'a file that is not there',
      good('tls: { caFile: ca.pem }'),
      { PW: 'x' },
      ['line 6: clusters.prod.tls.caFile: there is no such file'],
    ],
  ])('%s is told with its line', (_claim, yaml, environment, expected) => {
    expect(problemsOf(() => load(yaml, environment))).toEqual(expected);
  });

  test('every field wrong comes as one message', () => {
    const yaml = [
      'log: { level: loud, colour: red }',
      'clusters:',
      '  prod:',
      '    url: ftp://cucm1',
      '    username: [a]',
      '    password: hunter2',
      '    passwordFile: nowhere',
      '    requestsPerMinute: 100',
      '    maxDevices: -1',
      '    tls:',
      '      caFile: nowhere.pem',
      '      fingerprint: AB',
      '      servername: "no host"',
      '      minVersion: SSLv3',
      '      ciphers: "a b"',
      '    limits:',
      '      connectMs: 1',
      '      headersMs: soon',
      '      totalMs: 1.5',
      '      maxBytes: true',
      '    axl:',
      '      version: new',
      '      url: "http://cucm1"',
      '    colour: red',
    ].join('\n');
    const problems = problemsOf(() => load(yaml));
    const settings = problems.map((problem) => problem.replace(/^line (\d+): ([\w.]+): .*$/, '$1 $2'));
    expect(settings).toEqual([
      '1 log.level',
      '1 log.colour',
      '4 clusters.prod.url',
      '5 clusters.prod.username',
      '6 clusters.prod.password',
      '7 clusters.prod.passwordFile',
      '7 clusters.prod.passwordFile',
      '8 clusters.prod.requestsPerMinute',
      '9 clusters.prod.maxDevices',
      '11 clusters.prod.tls.caFile',
      '12 clusters.prod.tls.fingerprint',
      '13 clusters.prod.tls.servername',
      '14 clusters.prod.tls.minVersion',
      '15 clusters.prod.tls.ciphers',
      '17 clusters.prod.limits.connectMs',
      '18 clusters.prod.limits.headersMs',
      '19 clusters.prod.limits.totalMs',
      '20 clusters.prod.limits.maxBytes',
      '22 clusters.prod.axl.version',
      '23 clusters.prod.axl.url',
      '24 clusters.prod.colour',
    ]);
  });

  test('a bomb of aliases and a tower of brackets end in one plain problem', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefgh'.split('').map((letter, index) => {
        const below = 'abcdefg'[index];
        return `${letter}: &${letter} [${Array(9).fill(`*${below}`).join(', ')}]`;
      }),
    ].join('\n');
    const told = ['is nested too deep or uses too many aliases'];
    expect(problemsOf(() => load(bomb))).toEqual(told);
    expect(problemsOf(() => load('['.repeat(100_000)))).toContain('line 1: is nested too deep');
  });
});

describe('files on disk', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'risbot-config-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('paths in the file start at the file, and a last line end is no part of a password', () => {
    writeFileSync(join(folder, 'pw'), `${SECRET}\n`);
    writeFileSync(join(folder, 'risbot.yaml'), prod('url: cucm1', 'username: u', 'passwordFile: pw'));
    const config = loadConfig({ RISBOT_CONFIG: join(folder, 'risbot.yaml') });
    expect(config.clusters[0]?.password.reveal()).toBe(SECRET);
  });

  test.each([
    ['a file that is not there', 'none.yaml', 'RISBOT_CONFIG: there is no such file'],
    ['a folder', '.', 'RISBOT_CONFIG: is a folder, not a file'],
    ['a file without end', 'huge.yaml', 'RISBOT_CONFIG: the file is too large'],
    ['a pipe that nobody writes to', 'pipe', 'RISBOT_CONFIG: is not a plain file'],
  ])('%s is told', (_claim, name, expected) => {
    writeFileSync(join(folder, 'huge.yaml'), '#'.repeat(300_000));
    if (name === 'pipe') execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(problemsOf(() => loadConfig({ RISBOT_CONFIG: join(folder, name) }))).toEqual([expected]);
  });
});

describe('secrets', () => {
  const secret = fc
    .string({ minLength: 8, maxLength: 40 })
    .filter((text) => /^[\x20-\x7e]+$/.test(text) && !/^\d+$/.test(text));

  test('a password shows in no print of the configuration', () => {
    fc.assert(
      fc.property(secret, (password) => {
        const config = loadConfig({ ...ONE, CUCM_PASSWORD: password }, files({}));
        const shown = [
          JSON.stringify(config),
          inspect(config, { depth: 9, showHidden: true }),
          `${config.clusters[0]?.password}`,
        ];
        return (
          shown.every(
            (text) => !text.includes(JSON.stringify(password).slice(1, -1)) && !text.includes(password),
          ) && config.clusters[0]?.password.reveal() === password
        );
      }),
      { numRuns: 60 },
    );
  });

  test('a password shows in no problem, wherever it was put by mistake', () => {
    const places = [
      'CUCM_URL',
      'CUCM_USERNAME',
      'CUCM_FINGERPRINT',
      'CUCM_SERVERNAME',
      'CUCM_REQUESTS_PER_MINUTE',
      'CUCM_CA_FILE',
      'CUCM_NAME',
      'CUCM_AXL',
      'RISBOT_LOG_LEVEL',
    ];
    fc.assert(
      fc.property(secret, fc.constantFrom(...places), (password, place) => {
        const environment = {
          ...ONE,
          CUCM_PASSWORD: password,
          CUCM_MAX_DEVICES: '0',
          [place]: `0${password}`,
        };
        return problemsOf(() => loadConfig(environment, files({}))).every((line) => !line.includes(password));
      }),
      { numRuns: 200 },
    );
  });

  test('a password shows in no problem of a broken file', () => {
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom('password: ', 'password: "', 'password: {', 'password:\n  - ', ''),
        (password, start) => {
          const problems = problemsOf(() =>
            load(`clusters:\n  prod:\n    url: x\n    limits: { totalMs: 0 }\n    ${start}Q${password}Q`),
          );
          return (
            problems.length > 0 && problems.every((line) => start === '' || !line.includes(`Q${password}Q`))
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
