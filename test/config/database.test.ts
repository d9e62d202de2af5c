// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax under test.
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/problem.ts';

const ONE = { CUCM_URL: 'cucm1', CUCM_USERNAME: 'risbot', CUCM_PASSWORD: 'pw' };
const CLUSTER = ['clusters:', '  prod: { url: a, username: u, password: "${PW}" }'];

function load(lines: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const yaml = [...CLUSTER, ...lines].join('\n');
  return loadConfig({ RISBOT_CONFIG: '/etc/risbot.yaml', PW: 'pw', ...environment }, () => yaml);
}

function problemsOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

const urlOf = (...how: Parameters<typeof load>) => load(...how).database.url.reveal();

describe('the database', () => {
  test('is a file where risbot was started, unless somebody says so', () => {
    expect(urlOf([])).toBe(`sqlite:${process.cwd()}/risbot.db`);
    expect(loadConfig(ONE).database.url.reveal()).toBe(`sqlite:${process.cwd()}/risbot.db`);
  });

  test.each([
    ['a path starts at the file', ['database: { url: sqlite:data/r.db }'], {}, 'sqlite:/etc/data/r.db'],
    ['a whole path stays', ['database: { url: "sqlite:/data/r.db" }'], {}, 'sqlite:/data/r.db'],
    [
      'so does one with slashes before it',
      ['database: { url: "sqlite:///data/r.db" }'],
      {},
      'sqlite:/data/r.db',
    ],
    ['memory is no path', ['database: { url: "sqlite::memory:" }'], {}, 'sqlite::memory:'],
    [
      'a server without a password',
      ['database: { url: postgres://r@db/risbot }'],
      {},
      'postgres://r@db/risbot',
    ],
    [
      'a whole URL from a variable',
      ['database: { url: "${DB}" }'],
      { DB: 'postgres://r:a%20b@db/risbot' },
      'postgres://r:a%20b@db/risbot',
    ],
    [
      'a password with every character',
      ['database: { url: "postgres://r:${DBPW}@${HOST}/risbot" }'],
      { DBPW: 'a@b/c:d#%?', HOST: 'db:5433' },
      'postgres://r:a%40b%2Fc%3Ad%23%25%3F@db:5433/risbot',
    ],
    [
      'the variable wins',
      ['database: { url: "sqlite:/data/r.db" }'],
      { RISBOT_DATABASE: 'postgres://r:pw@db/risbot' },
      'postgres://r:pw@db/risbot',
    ],
    [
      'a variable’s path starts where risbot was started',
      [],
      { RISBOT_DATABASE: 'sqlite:x.db' },
      `sqlite:${process.cwd()}/x.db`,
    ],
  ] as const)('%s', (_claim, lines, environment, expected) => {
    expect(urlOf(lines, environment)).toBe(expected);
  });

  test.each([
    [
      'a password in the file',
      'postgres://r:hunter2@db/risbot',
      'must not hold its password: write postgres://<user>:${DATABASE_PASSWORD}@<host>/<database> and set that variable',
    ],
    ['a password beside its variable', 'postgres://r:hunter2${PW}@db/risbot', 'must not hold its password'],
    ['a password as a parameter', 'postgres://r@db/risbot?password=hunter2', 'must not hold its password'],
    ['a variable that is not set', 'postgres://r:${NONE}@db/risbot', 'the variable NONE is not set'],
    [
      'another kind of database',
      'mysql://hunter2@db/risbot',
      'must be sqlite:<path> or postgres://<user>@<host>/<database>',
    ],
    ['a path alone', '/data/hunter2.db', 'must be sqlite:<path> or'],
    ['no file', 'sqlite:', 'names no file: write sqlite:<path>'],
    ['a path that looks like an address', 'sqlite://data/hunter2.db', 'is a path, not an address'],
    ['a server without a database', 'postgres://hunter2@db', 'names no database'],
    ['an address that is none', 'postgres://hunter2@[/x', 'must be sqlite:<path> or'],
  ])('%s is told with its line, and nothing of it', (_claim, url, expected) => {
    const told = problemsOf(() => load(['database:', `  url: ${JSON.stringify(url)}`]));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`line 4: database.url: ${expected}`);
    expect(told[0]).not.toContain('hunter2');
  });

  test('a section without its setting, and a setting that is none, are told', () => {
    expect(problemsOf(() => load(['database: {}']))).toEqual(['line 3: database.url: is missing']);
    expect(problemsOf(() => load(['database: { path: x, url: "sqlite:x" }']))).toEqual([
      'line 3: database.path: is not a setting; known are url',
    ]);
    expect(problemsOf(() => loadConfig({ ...ONE, RISBOT_DATABASE: 'risbot.db' }))[0]).toContain(
      'RISBOT_DATABASE: must be sqlite:<path>',
    );
  });

  test('no password shows, in a print of the configuration or in a problem', () => {
    const secret = fc
      .string({ minLength: 8, maxLength: 40, unit: 'binary' })
      .filter((text) => text.trim().length > 7 && !text.includes('\0'));
    fc.assert(
      fc.property(secret, (password) => {
        const config = load(['database: { url: "postgres://r:${DBPW}@db/risbot" }'], { DBPW: password });
        const url = new URL(config.database.url.reveal());
        expect(decodeURIComponent(url.password)).toBe(password.toWellFormed());
        expect(`${JSON.stringify(config)} ${inspect(config, { depth: 9, showHidden: true })}`).not.toContain(
          password,
        );
        const wrong = problemsOf(() =>
          load([], { RISBOT_DATABASE: `postgres//r:${password}@db`, RISBOT_LOG_LEVEL: 'loud' }),
        );
        expect(wrong.join('\n')).not.toContain(password);
      }),
      { numRuns: 50 },
    );
  });
});

describe('quiet hours', () => {
  const one = (...more: readonly string[]) => [
    'watch:',
    '  quietHours:',
    '    - from: 22:00',
    ...more.map((line) => `      ${line}`),
  ];
  const zone = 'timeZone: Europe/London';

  test('there are none, and history is kept for ninety days, unless somebody says so', () => {
    expect(load([]).watch).toEqual({ quietHours: [], historyDays: 90 });
    expect(loadConfig(ONE).watch).toEqual({ quietHours: [], historyDays: 90 });
    expect(load(['watch: { historyDays: 7 }']).watch.historyDays).toBe(7);
  });

  test('are minutes after midnight, for every room unless some are named, and a mass event breaks through', () => {
    const lines = one('until: 07:30', zone);
    expect(load(lines).watch.quietHours).toEqual([
      {
        platform: null,
        rooms: null,
        from: 1_320,
        until: 450,
        timeZone: 'Europe/London',
        massBreaksThrough: true,
      },
    ]);
    const whole = one(
      'until: "00:00"',
      zone,
      'rooms: [C1, C2]',
      'platform: slack',
      'massBreaksThrough: false',
    );
    expect(load(whole).watch.quietHours).toEqual([
      {
        platform: 'slack',
        rooms: ['C1', 'C2'],
        from: 1_320,
        until: 0,
        timeZone: 'Europe/London',
        massBreaksThrough: false,
      },
    ]);
  });

  test.each([
    [
      'a time that is none',
      ['until: 7am', zone],
      'line 6: watch.quietHours.0.until: must be a time from 00:00 to 23:59',
    ],
    [
      'a time past the day',
      ['until: 24:00', zone],
      'line 6: watch.quietHours.0.until: must be a time from 00:00 to 23:59',
    ],
    [
      'a time without an hour’s nought',
      ['until: 7:00', zone],
      'line 6: watch.quietHours.0.until: must be a time from 00:00 to 23:59',
    ],
    ['no end', [zone], 'line 5: watch.quietHours.0.until: is missing'],
    [
      'a whole day',
      ['until: 22:00', zone],
      'line 5: watch.quietHours.0: is quiet from a time to the same time',
    ],
    ['no time zone', ['until: 07:00'], 'line 5: watch.quietHours.0.timeZone: is missing'],
    [
      'a time zone with a slip',
      ['until: 07:00', 'timeZone: Europe/Londn'],
      'line 7: watch.quietHours.0.timeZone: is not a time zone; did you mean Europe/London?',
    ],
    [
      'a time zone that is nothing',
      ['until: 07:00', 'timeZone: here'],
      'line 7: watch.quietHours.0.timeZone: is not a time zone',
    ],
    [
      'a difference from UTC',
      ['until: 07:00', 'timeZone: "+01:00"'],
      'line 7: watch.quietHours.0.timeZone: is not a time zone',
    ],
    [
      'a room by its name',
      ['until: 07:00', zone, 'rooms: ["#noc"]'],
      'line 8: watch.quietHours.0.rooms.0: must be ids of channels and rooms',
    ],
    [
      'no room at all',
      ['until: 07:00', zone, 'rooms: []'],
      'line 8: watch.quietHours.0.rooms: must be a list of ids',
    ],
    [
      'a platform with a slip',
      ['until: 07:00', zone, 'platform: slak'],
      'line 8: watch.quietHours.0.platform: must be slack or webex',
    ],
    [
      'a yes',
      ['until: 07:00', zone, 'massBreaksThrough: "yes"'],
      'line 8: watch.quietHours.0.massBreaksThrough: must be true or false',
    ],
    [
      'a misspelt key',
      ['until: 07:00', zone, 'room: [C1]'],
      'line 8: watch.quietHours.0.room: is not a setting; did you mean rooms?',
    ],
  ])('%s is told with its line', (_claim, lines, expected) => {
    const told = problemsOf(() => load(one(...lines)));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(expected);
  });

  test.each([
    [
      'quiet hours that are no list',
      ['watch: { quietHours: 22 }'],
      'watch.quietHours: must be a list of quiet hours',
    ],
    [
      'a history of nothing',
      ['watch: { historyDays: 0 }'],
      'watch.historyDays: must be a whole number from 1 to 3650',
    ],
    ['a misspelt section', ['wacth: {}'], 'wacth: is not a setting; did you mean watch?'],
  ])('%s are told', (_claim, lines, expected) => {
    expect(problemsOf(() => load(lines))).toEqual([`line 3: ${expected}`]);
  });
});
