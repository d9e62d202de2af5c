/** Signals: `risbot serve` is gone in a moment, whatever it waits for; a terminal that hangs up ends what runs in it, and nothing else. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Cucm, startCucm } from '../../simulator/cucm/cucm.ts';
import { type Slack, startSlack } from '../../simulator/slack/slack.ts';
import { environmentOf, type Started, start } from './command-line.ts';

let cucm: Cucm;
let slack: Slack;
let folder = '';
beforeAll(async () => {
  cucm = await startCucm({ devices: 20, requestsPerMinute: null });
  slack = await startSlack({ rateLimits: 'off' });
  folder = mkdtempSync(join(tmpdir(), 'risbot-stop-'));
});
afterAll(async () => {
  await Promise.all([cucm.stop(), slack.stop()]);
  rmSync(folder, { recursive: true });
});

/** The port, and what resolves with the first who comes. */
async function listening(server: Server): Promise<{ port: number; called: Promise<void> }> {
  const sockets = new Set<Socket>();
  const called = Promise.withResolvers<void>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    called.resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, called: called.promise };
}

/** Takes connections, and says nothing. */
const silent = () => listening(createServer());

/** Answers what it has an answer for, and is silent about everything else; `called` resolves with the first such call. */
async function answering(answers: Readonly<Record<string, object>>) {
  const called = Promise.withResolvers<void>();
  const server = createHttp(({ url = '' }, response) => {
    const answer = Object.entries(answers).find(([path]) => url.includes(path))?.[1];
    if (answer === undefined) return called.resolve();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  });
  server.on('upgrade', () => called.resolve());
  const { port } = await listening(server);
  return { port, called: called.promise };
}

const AUTH = { ok: true, user_id: 'U1', team_id: 'T1', bot_id: 'B1', url: 'https://x.slack.com/' };
const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const BOT = {
  id: 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS8x',
  type: 'bot',
  orgId: 'Y2lzY29zcGFyazovL3VzL09SRy8x',
  emails: ['b@webex.bot'],
};
const WEBEX = { WEBEX_TOKEN: 'abc_PF84_org' };
type Waiting = { readonly called: Promise<void>; readonly environment: Readonly<Record<string, string>> };

async function slackWhere(
  where: Promise<{ port: number; called: Promise<void> }>,
  scheme = 'http',
): Promise<Waiting> {
  const { port, called } = await where;
  return { called, environment: { ...SLACK, SLACK_API_URL: `${scheme}://127.0.0.1:${port}` } };
}

async function webexWhere(
  rest: ReturnType<typeof silent>,
  catalog: ReturnType<typeof silent>,
  until: 'rest' | 'catalog',
) {
  const { port, called } = await rest;
  const other = await catalog;
  return {
    called: until === 'rest' ? called : other.called,
    environment: {
      ...WEBEX,
      WEBEX_API_URL: `http://127.0.0.1:${port}`,
      WEBEX_DISCOVERY_URL: `http://127.0.0.1:${other.port}`,
    },
  };
}

const WAITING: Readonly<Record<string, () => Promise<Waiting>>> = {
  'the identity of the bot in Slack': () => slackWhere(answering({})),
  'the handshake with Slack': () => slackWhere(silent(), 'https'),
  'the address of a socket': () => slackWhere(answering({ 'auth.test': AUTH })),
  'the hello of a socket': async () => {
    const socket = await answering({});
    const api = answering({
      'auth.test': AUTH,
      'apps.connections.open': { ok: true, url: `ws://127.0.0.1:${socket.port}/link` },
    });
    return { ...(await slackWhere(api)), called: socket.called };
  },
  'a Slack that is away': async () => {
    const { port } = await silent();
    const environment = { ...SLACK, SLACK_API_URL: `http://127.0.0.1:${port === 1 ? 2 : 1}` };
    return { called: new Promise<void>((resolve) => void setImmediate(resolve)), environment };
  },
  'the identity of the bot in Webex': () => webexWhere(silent(), silent(), 'rest'),
  'the process of the Webex SDK to be loaded': () =>
    webexWhere(answering({ 'people/me': BOT, memberships: { items: [] } }), silent(), 'rest').then(
      (waiting) => ({
        ...waiting,
        called: Promise.resolve(),
      }),
    ),
  'the catalog of Webex': () => webexWhere(answering({ people: BOT }), silent(), 'catalog'),
  'a PostgreSQL that says nothing': async () => {
    const { port, called } = await silent();
    return { called, environment: { ...SLACK, RISBOT_DATABASE: `postgres://u@127.0.0.1:${port}/d` } };
  },
  'a PostgreSQL that says nothing in the handshake': async () => {
    const server = createServer((socket) => void socket.once('data', () => socket.write('S')));
    const { port, called } = await listening(server);
    const url = `postgres://u@127.0.0.1:${port}/d?sslmode=verify-full`;
    return { called, environment: { ...SLACK, RISBOT_DATABASE: url } };
  },
  'names of a CUCM that says nothing': async () => {
    const { port, called } = await silent();
    const environment = { ...SLACK, SLACK_API_URL: slack.url, SLACK_BOT_TOKEN: slack.botToken };
    return {
      called,
      environment: {
        ...environment,
        SLACK_APP_TOKEN: slack.appToken,
        CUCM_URL: `https://127.0.0.1:${port}`,
        CUCM_AXL_VERSION: '14.0',
      },
    };
  },
};

let databases = 0;
const database = () => {
  databases += 1;
  return `sqlite:${join(folder, `risbot-${databases}.db`)}`;
};

/** Far less than the ten seconds that a container gives; the machine may be busy with other tests. */
const SOON_MS = 4_000;

test.each(Object.keys(WAITING).flatMap((what, at) => [[at % 3 === 2 ? 'SIGINT' : 'SIGTERM', what] as const]))(
  '%s ends it while it waits for %s',
  async (signal, what) => {
    const { called, environment } = (await WAITING[what]?.()) ?? {
      called: Promise.resolve(),
      environment: {},
    };
    const server = start(['serve'], { ...environmentOf(cucm), RISBOT_DATABASE: database(), ...environment });
    if (!what.includes('PostgreSQL')) await server.shows('serving');
    await called;
    const since = performance.now();
    server.kill(signal);
    const { code, stderr } = await server.ended;
    const ms = performance.now() - since;
    if (SAYS_HOW_LONG) process.stderr.write(`${Math.round(ms)} ms for ${what}\n`);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('not everything stopped')]);
    expect(ms).toBeLessThan(SOON_MS);
  },
  60_000,
);

// biome-ignore lint/style/noProcessEnv: for whoever wants to see the figures.
const SAYS_HOW_LONG = process.env['RISBOT_TEST_FIGURES'] === '1';

test('a terminal that hangs up does not end it', async () => {
  const server = start(['serve'], {
    ...environmentOf(cucm),
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.url,
    RISBOT_DATABASE: database(),
    RISBOT_LOG_LEVEL: 'info',
  });
  await server.shows('serving slack');
  await slack.connected(1);
  server.kill('SIGHUP');
  await server.shows('nothing is reloaded');
  server.kill('SIGHUP');
  await slack.say('#voice', 'anna', '@risbot help');
  await slack.nextMessage('#voice', ({ text }) => text !== '');
  server.kill('SIGTERM');
  expect((await server.ended).code).toBe(0);
}, 60_000);

const HUNG_UP = 129;

test.each<[string, readonly string[], () => Promise<Waiting>, (started: Started) => Promise<void>]>([
  ['a question', ['ask', '1002'], cucmSilent, async () => {}],
  ['a question from a pipe', ['ask', '-'], quiet, async () => {}],
  ['the doctor', ['doctor'], cucmSilent, async () => {}],
  ['a plan', ['plan'], databaseSilent, async () => {}],
  ['a chat', ['chat'], quiet, async () => {}],
  ['a simulated CUCM', ['simulate', 'cucm'], quiet, (started) => started.shows('Ctrl-C stops')],
  ['the demo', ['demo', '--terminal'], quiet, async () => {}],
])(
  '%s ends with its terminal, and leaves nothing behind',
  async (_what, words, waiting, isReady) => {
    const { called, environment } = await waiting();
    const own = mkdtempSync(join(folder, 'own-'));
    const started = start(words, {
      ...environmentOf(cucm),
      TMPDIR: own,
      NODE_COMPILE_CACHE: folder,
      ...environment,
    });
    await Promise.all([called, isReady(started)]);
    await hearsSignals(started.pid);
    started.kill('SIGHUP');
    // A stand-in runs until it is stopped: that is its end.
    expect((await started.ended).code).toBe(words[0] === 'simulate' ? 0 : HUNG_UP);
    expect(readdirSync(own)).toEqual([]);
  },
  60_000,
);

/** Until then a signal ends it by itself, and nobody can clear anything away. */
async function hearsSignals(pid: number): Promise<void> {
  const caught = () =>
    /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
  // SIGHUP is the first bit.
  await expect.poll(() => BigInt(`0x${caught()}`) & 1n, { timeout: 20_000, interval: 20 }).toBe(1n);
}

async function quiet(): Promise<Waiting> {
  return { called: Promise.resolve(), environment: {} };
}

async function cucmSilent(): Promise<Waiting> {
  const { port, called } = await silent();
  return { called, environment: { CUCM_URL: `https://127.0.0.1:${port}` } };
}

async function databaseSilent(): Promise<Waiting> {
  const { port, called } = await silent();
  return { called, environment: { RISBOT_DATABASE: `postgres://u@127.0.0.1:${port}/d` } };
}
