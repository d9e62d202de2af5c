/** `risbot serve` as a process, between a simulated Slack and a simulated CUCM. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Cucm, startCucm } from '../../simulator/cucm/cucm.ts';
import { type Slack, startSlack } from '../../simulator/slack/slack.ts';
import { environmentOf, risbot, start } from './command-line.ts';

let cucm: Cucm;
let slack: Slack;
let folder = '';
beforeAll(async () => {
  cucm = await startCucm({ devices: 60, requestsPerMinute: null });
  slack = await startSlack({ rateLimits: 'off' });
  folder = mkdtempSync(join(tmpdir(), 'risbot-serve-'));
});
afterAll(async () => {
  await Promise.all([cucm.stop(), slack.stop()]);
  rmSync(folder, { recursive: true });
});

const tokens = () => ({
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_APP_TOKEN: slack.appToken,
  SLACK_API_URL: slack.url,
  RISBOT_OPERATIONS_PORT: '0',
  // Not the one of the folder where the tests run: somebody's risbot may hold it.
  RISBOT_DATABASE: `sqlite:${join(folder, 'risbot.db')}`,
});

/** Starts it and waits for the line that says it serves. */
async function serve(environment: Readonly<Record<string, string>>) {
  const server = start(['serve'], environment);
  await server.shows('serving slack');
  const base = /on (http:\S+)/.exec(server.stderr())?.[1] ?? '';
  const get = async (path: string) => {
    const reply = await fetch(`${base}${path}`);
    return { status: reply.status, text: await reply.text() };
  };
  return { ...server, get };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('without a chat platform it says what to set, and exits 3', async () => {
  const { code, stdout, stderr } = await risbot(['serve'], environmentOf(cucm));
  expect([code, stdout]).toEqual([3, '']);
  for (const word of ['SLACK_BOT_TOKEN', 'WEBEX_TOKEN', 'risbot chat']) expect(stderr).toContain(word);
});

test('half a Slack is a problem of the configuration', async () => {
  const { code, stderr } = await risbot(['serve'], { ...environmentOf(cucm), SLACK_BOT_TOKEN: 'xoxb-1' });
  expect([code, stderr]).toMatchObject([3, expect.stringContaining('SLACK_APP_TOKEN: is missing')]);
});

test('half of the webhooks of Webex is a problem of the configuration', async () => {
  const { code, stderr } = await risbot(['serve'], {
    ...environmentOf(cucm),
    WEBEX_TOKEN: 'abc_PF84_org',
    WEBEX_WEBHOOK_URL: 'https://risbot.example.com/webex',
  });
  expect([code, stderr]).toMatchObject([3, expect.stringContaining('WEBEX_WEBHOOK_SECRET: both or neither')]);
});

test('a port that is taken is said in words', async () => {
  const port = new URL(cucm.controlUrl).port;
  const { code, stderr } = await risbot(['serve'], {
    ...environmentOf(cucm),
    ...tokens(),
    RISBOT_OPERATIONS_PORT: port,
  });
  expect([code, stderr]).toMatchObject([3, expect.stringContaining('another program has that port')]);
});

test('it answers, tells how it is, counts, audits, and is gone after SIGTERM', async () => {
  const audit = join(folder, 'audit.jsonl');
  const server = await serve({ ...environmentOf(cucm), ...tokens(), RISBOT_AUDIT_FILE: audit });
  await slack.connected(1);
  await slack.say('#voice', 'anna', '@risbot SEPE8B7480316D6');
  const answer = await slack.nextMessage('#voice', ({ text }) => text.includes('SEPE8B7480316D6 is'));
  expect(answer.text).toContain('Registered');
  expect((await server.get('/healthz')).status).toBe(200);
  const ready = await server.get('/readyz');
  expect(JSON.parse(ready.text)).toMatchObject({
    ready: true,
    platforms: [{ name: 'slack', connected: true }],
    clusters: [{ name: 'cucm', reason: 'answered' }],
  });
  const { text } = await server.get('/metrics');
  expect(text).toContain('risbot_questions_total{verb="device",outcome="answered"} 1');
  expect(text).toMatch(/risbot_risport_requests_total\{cluster="cucm",outcome="ok"\} [1-9]/);
  expect(text).toMatch(
    /risbot_chat_calls_total\{platform="slack",method="chat.postMessage",outcome="ok"\} 1/,
  );
  // A mention comes twice: as itself, and as a message of the channel.
  expect(text).toContain('risbot_chat_acknowledge_seconds_count{platform="slack"} 2');
  expect(text).toContain('risbot_chat_answer_seconds_count{platform="slack"} 1');
  server.kill('SIGTERM');
  const ended = await server.ended;
  expect(ended.code).toBe(0);
  const [entry, ...more] = readFileSync(audit, 'utf8').trim().split('\n');
  expect(more).toEqual([]);
  expect(JSON.parse(entry ?? '')).toMatchObject({
    person: slack.user('anna').id,
    platform: 'slack',
    room: slack.channel('#voice').id,
    text: expect.stringContaining('SEPE8B7480316D6'),
    verb: 'device',
    cluster: 'cucm',
    outcome: 'answered',
  });
  for (const secret of [slack.botToken, slack.appToken, cucm.password])
    expect(`${ended.stdout}${ended.stderr}${entry}`).not.toContain(secret);
});

test('without a file the audit is in the log, whatever its level', async () => {
  const server = await serve({ ...environmentOf(cucm), ...tokens(), RISBOT_LOG_LEVEL: 'error' });
  await slack.connected(1);
  await slack.say('#voice', 'anna', '@risbot status');
  await server.shows('"name":"audit"');
  server.kill('SIGTERM');
  expect((await server.ended).code).toBe(0);
});

test('rules of the file hold in Slack', async () => {
  const path = join(folder, 'risbot.yaml');
  const { CUCM_URL, CUCM_USERNAME, CUCM_FINGERPRINT, CUCM_PASSWORD } = environmentOf(cucm);
  writeFileSync(
    path,
    `clusters:
  prod:
    url: ${CUCM_URL}
    username: ${CUCM_USERNAME}
    password: $\{CUCM_PASSWORD}
    tls: { fingerprint: "${CUCM_FINGERPRINT}" }
access:
  contact: "#voice-help"
  rules:
    - { role: viewer, users: [${slack.user('anna').id}] }
`,
  );
  const server = await serve({ ...tokens(), RISBOT_CONFIG: path, CUCM_PASSWORD: CUCM_PASSWORD ?? '' });
  await slack.connected(1);
  await slack.say('#voice', 'ben', '@risbot SEPE8B7480316D6');
  const refused = await slack.nextMessage('#voice', ({ text }) => text.includes('may not'));
  expect(JSON.stringify(refused)).toContain('#voice-help');
  await slack.say('#voice', 'anna', '@risbot SEPE8B7480316D6');
  await slack.nextMessage('#voice', ({ text }) => text.includes('is Registered'));
  server.kill('SIGTERM');
  expect((await server.ended).code).toBe(0);
});

test('over HTTP it answers what is signed, and nothing else', async () => {
  const port = await freePort();
  const server = await serve({
    ...environmentOf(cucm),
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.url,
    PORT: String(port),
    RISBOT_OPERATIONS_PORT: '0',
    RISBOT_DATABASE: `sqlite:${join(folder, 'risbot.db')}`,
  });
  await expect.poll(async () => (await server.get('/readyz')).status, { timeout: 15_000 }).toBe(200);
  slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
  onTestFinished(() => slack.deliverTo(null));
  slack.trouble.signature('wrong');
  expect((await slack.slash('carla', '#voice', '/ris', 'down')).delivery.status).toBe(401);
  slack.trouble.signature('good');
  await slack.slash('carla', '#voice', '/ris', 'SEPE8B7480316D6');
  await slack.nextEphemeral('carla', ({ text }) => text.includes('SEPE8B7480316D6 is Registered'));
  await slack.say('#voice', 'carla', '@risbot status');
  await slack.nextMessage('#voice', ({ text }) => text.includes('cucm'));
  expect((await server.get('/metrics')).text).not.toContain('verb="down"');
  server.kill('SIGTERM');
  expect((await server.ended).code).toBe(0);
  expect(slack.rejections()).toEqual([]);
});

test('a Slack that is away is tried again, and said so where readiness is asked', async () => {
  const away = await startSlack({ rateLimits: 'off' });
  onTestFinished(() => away.stop());
  const server = await serve({
    ...environmentOf(cucm),
    ...tokens(),
    SLACK_BOT_TOKEN: 'xoxb-wrong',
    SLACK_API_URL: away.url,
  });
  await server.shows('could not connect');
  const ready = await server.get('/readyz');
  expect([ready.status, JSON.parse(ready.text)]).toMatchObject([
    503,
    { ready: false, reasons: [expect.stringContaining('invalid_auth')] },
  ]);
  expect((await server.get('/healthz')).status).toBe(200);
  server.kill('SIGTERM');
  expect(await server.ended).toMatchObject({ code: 0, stdout: '' });
});

/** Where no Webex is. */
const nowhere = async () => {
  const address = `http://127.0.0.1:${await freePort()}`;
  return { WEBEX_TOKEN: 'abc_PF84_org', WEBEX_API_URL: address, WEBEX_DISCOVERY_URL: address };
};

test('a Webex that cannot start takes nothing from Slack, and readiness says why it is not ready', async () => {
  const server = await serve({ ...environmentOf(cucm), ...tokens(), ...(await nowhere()) });
  expect(server.stderr()).toContain('serving slack, webex;');
  await slack.connected(1);
  await slack.say('#voice', 'anna', '@risbot SEPE8B7480316D6');
  await slack.nextMessage('#voice', ({ text }) => text.includes('SEPE8B7480316D6 is'));
  const ready = await server.get('/readyz');
  expect([ready.status, JSON.parse(ready.text)]).toMatchObject([
    503,
    {
      reasons: [expect.stringMatching(/^webex: ./)],
      platforms: [
        { name: 'slack', connected: true },
        { name: 'webex', connected: false },
      ],
    },
  ]);
  server.kill('SIGTERM');
  expect((await server.ended).code).toBe(0);
});

test('Webex alone is enough to serve', async () => {
  const { SLACK_BOT_TOKEN: _bot, SLACK_APP_TOKEN: _app, ...rest } = tokens();
  const server = start(['serve'], { ...environmentOf(cucm), ...rest, ...(await nowhere()) });
  await server.shows('serving webex;');
  server.kill('SIGTERM');
  expect(await server.ended).toMatchObject({ code: 0, stdout: '' });
});
