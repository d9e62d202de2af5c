/** `risbot serve` in Slack and Webex at once, when Webex is not there: people in Slack notice nothing, and nothing asked in Webex is lost. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { startCucm } from '../../simulator/cucm/cucm.ts';
import { startSlack } from '../../simulator/slack/slack.ts';
import { startWebex } from '../../simulator/webex/webex.ts';
import { environmentOf, start } from '../main/command-line.ts';

const PATIENCE = { timeout: 40_000, interval: 50 };

async function open() {
  const [cucm, slack, webex] = await Promise.all([
    startCucm({ devices: 60, requestsPerMinute: null }),
    startSlack({ rateLimits: 'off' }),
    startWebex(),
  ]);
  onTestFinished(async () => {
    await Promise.all([cucm.stop(), slack.stop(), webex.stop()]);
  });
  const serve = async () => {
    const server = start(['serve'], {
      ...environmentOf(cucm),
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.url,
      WEBEX_TOKEN: webex.token,
      WEBEX_API_URL: webex.url,
      WEBEX_DISCOVERY_URL: `${webex.origin}/u2c/api/v1`,
      RISBOT_DATABASE: 'sqlite::memory:',
      RISBOT_OPERATIONS_PORT: '0',
    });
    await slack.connected(1);
    const [, address = ''] = /health and metrics on (\S+)/.exec(server.stderr()) ?? [];
    const ready = async () => (await fetch(`${address}/readyz`)).text();
    return { ...server, ready };
  };
  const askInSlack = async () => {
    await slack.say('#voice', 'anna', '@risbot 1002');
    return slack.nextMessage('#voice', ({ text }) => text.includes('Registered'), PATIENCE.timeout);
  };
  return { slack, webex, serve, askInSlack };
}

/** The processes below one, by their command lines. */
function childrenOf(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

test('a service catalog that is away at the start is said on /readyz, tried again, and what was asked meanwhile is answered', {
  timeout: 120_000,
}, async () => {
  const { webex, serve, askInSlack } = await open();
  webex.trouble.cloud.cutting('catalog', Number.POSITIVE_INFINITY);
  const server = await serve();
  await askInSlack();
  await expect.poll(server.ready, PATIENCE).toContain('webex: service catalog unreachable');
  const question = await webex.say('Voice', 'anna', '@risbot 1002');
  webex.trouble.cloud.calm();
  await webex.nextMessage('Voice', ({ text }) => text.includes('Registered'), PATIENCE.timeout);
  expect(webex.thread(question).length).toBe(2);
  await expect.poll(server.ready, PATIENCE).not.toContain('webex: ');
});

test('the process of the SDK is killed: Slack notices nothing, another is started, and what was asked meanwhile is answered once', {
  timeout: 120_000,
}, async () => {
  const { webex, serve, askInSlack } = await open();
  const server = await serve();
  await webex.connected(1);
  for (const text of ['1001', '1002']) {
    const [child] = childrenOf(server.pid);
    if (child === undefined) throw new Error('there is no process of the SDK');
    process.kill(child, 'SIGKILL');
    await expect.poll(() => webex.sockets(), PATIENCE).toBe(0);
    const question = await webex.say('Voice', 'anna', `@risbot ${text}`);
    await askInSlack();
    await webex.nextMessage('Voice', ({ parentId }) => parentId === question.id, PATIENCE.timeout);
    await webex.connected(1);
    await webex.settled();
    expect(webex.thread(question).length).toBe(2);
  }
  const last = childrenOf(server.pid);
  server.kill('SIGTERM');
  expect((await server.ended).code).toBe(0);
  // What it took is given back.
  expect(last.filter((pid) => readdirSync('/proc').includes(String(pid)))).toEqual([]);
});
