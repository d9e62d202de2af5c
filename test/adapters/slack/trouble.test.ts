/** Slack misbehaving: too many, down, dropped, and risbot stopping in the middle. */
import { expect, test } from 'vitest';
import { createCalls } from '../../../adapters/slack/calls.ts';
import { createHealth } from '../../../adapters/slack/health.ts';
import { SILENT_METRICS } from '../../../src/chat/report.ts';
import { type Clock, systemClock } from '../../../src/clock.ts';
import { view } from '../core.ts';
import { openWorkspace } from './workspace.ts';

const NO_LOG = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Waits a twentieth of what it is told. */
const hurried: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms / 20, signal) };

test('user groups that Slack never tells hold up no form', async () => {
  const { slack } = await openWorkspace({ options: { clock: hurried } });
  slack.trouble.hanging('usergroups.list');
  await slack.slash('anna', '#voice', '/ris');
  const form = await slack.nextView('anna');
  await slack.submit('anna', form, { 'form:words': '1002' });
  expect((await slack.nextEphemeral('anna')).text).toContain('1002');
});

test('a 429 holds up its channel for as long as it says, and no other', async () => {
  const { slack } = await openWorkspace();
  slack.trouble.tooMany('chat.postMessage', 1, 2);
  const started = performance.now();
  await slack.say('#voice', 'anna', '@risbot 1002');
  await expect.poll(() => slack.calls('chat.postMessage').length).toBe(1);
  await slack.say('#alerts', 'ben', '@risbot 1003');
  await slack.nextMessage('#alerts');
  expect(performance.now() - started).toBeLessThan(1_900);
  expect((await slack.nextMessage('#voice')).text).toContain('1002');
  expect(performance.now() - started).toBeGreaterThanOrEqual(1900);
});

test('messages of one channel are a second apart, whatever comes in, and none is refused', async () => {
  const { slack } = await openWorkspace({
    standIn: { rateLimits: 'slack', postBurst: 1 },
    options: { postEveryMs: 1050 },
  });
  for (const number of [1, 2, 3, 4]) await slack.say('#voice', 'anna', `@risbot 100${number}`);
  for (const number of [1, 2, 3, 4])
    await slack.nextMessage('#voice', ({ text }) => text.includes(`100${number}`));
  await expect.poll(() => slack.calls('chat.postMessage').length).toBe(4);
  const calls = slack.calls('chat.postMessage');
  const gaps = calls.slice(1).map(({ at }, i) => at - (calls[i]?.at ?? 0));
  expect(calls.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(Math.min(...gaps)).toBeGreaterThan(900);
});

test('with a line before the channel, no word on what is under way makes it longer', async () => {
  const { slack, answerWith } = await openWorkspace({ options: { postEveryMs: 300 } });
  answerWith(async ({ text }, tell) => {
    tell({ text: 'asking prod' });
    return view(text);
  });
  for (const number of [1, 2, 3]) await slack.say('#voice', 'anna', `@risbot 100${number}`);
  for (const number of [1, 2, 3])
    await slack.nextMessage('#voice', ({ text }) => text.includes(`100${number}`));
  await expect.poll(() => slack.calls('chat.postMessage').length).toBe(3);
});

test.each(['failing', 'cutting'] as const)(
  'an answer survives a Slack that is %s for a while',
  async (how) => {
    const { slack } = await openWorkspace({ options: { clock: hurried } });
    slack.trouble[how]('chat.postMessage', 2);
    slack.trouble[how]('response_url', 2);
    await slack.say('#voice', 'anna', '@risbot 1002');
    await slack.slash('anna', '#voice', '/ris', '1003');
    expect((await slack.nextMessage('#voice')).text).toContain('1002');
    expect((await slack.nextEphemeral('anna')).text).toContain('1003');
  },
);

test('questions asked before an outage are answered after it', async () => {
  const { slack, chat, answerWith } = await openWorkspace();
  const gate = Promise.withResolvers<void>();
  answerWith(async ({ text }) => {
    await gate.promise;
    return view(text);
  });
  await slack.say('#voice', 'anna', '@risbot 1002');
  await slack.slash('ben', '#voice', '/ris', '1003');
  slack.trouble.down(true);
  gate.resolve();
  await expect.poll(() => chat.status().connected).toBe(false);
  expect(chat.status().reason).toMatch(/reached|socket/);
  slack.trouble.down(false);
  expect((await slack.nextMessage('#voice', undefined, 15_000)).text).toContain('1002');
  expect((await slack.nextEphemeral('ben', undefined, 15_000)).text).toContain('1003');
  await expect.poll(() => chat.status(), { timeout: 15_000 }).toEqual({ connected: true, reason: null });
});

/** A clock whose sleeps are over at once, and count. */
function swiftClock(): Clock {
  let now = 0;
  return {
    ...systemClock,
    now: () => now,
    monotonic: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  };
}

test.each([
  ['ten minutes of silence are outlasted', 10 * 60_000, 'delivered'],
  ['an hour is not', 60 * 60_000, 'slack-lost'],
] as const)('%s', async (_claim, downMs, outcome) => {
  const clock = swiftClock();
  const outcomes: string[] = [];
  const metrics = {
    ...SILENT_METRICS,
    call: (_method: string, result: string) => void outcomes.push(result),
  };
  const run = createCalls({
    clock,
    log: NO_LOG,
    metrics,
    health: createHealth(NO_LOG),
    signal: new AbortController().signal,
  });
  const send = async () => {
    if (clock.monotonic() < downMs) throw new TypeError('fetch failed');
    return 'delivered';
  };
  expect(await run('chat.postMessage', send).catch((error: { code: string }) => error.code)).toBe(outcome);
  expect(outcomes.at(-1)).toBe(outcome === 'delivered' ? 'ok' : 'lost');
  // A try every quarter of a minute at least: the end of an outage is noticed.
  expect(outcomes.length).toBeGreaterThan(Math.min(downMs, 25 * 60_000) / 15_000);
});

test('an answer that was lost is owned up to with the next one', async () => {
  const { slack, log } = await openWorkspace();
  slack.trouble.refusing('chat.postMessage', 'user_is_restricted');
  await slack.say('#voice', 'anna', '@risbot 1002');
  await expect.poll(() => log.map(({ message }) => message)).toContain('an answer was lost');
  await slack.say('#voice', 'anna', '@risbot 1003');
  expect((await slack.nextMessage('#voice')).text).toContain('1003');
  expect((await slack.nextMessage('@anna')).text).toContain('could not be delivered');
});

test('two sockets are open, and one that drops loses nothing', async () => {
  const { slack, asked, chat } = await openWorkspace();
  await slack.connected(2);
  slack.trouble.dropSockets();
  await slack.connected(2);
  await slack.slash('anna', '#voice', '/ris', '1002');
  await slack.nextEphemeral('anna');
  expect(asked.length).toBe(1);
  expect(chat.status()).toEqual({ connected: true, reason: null });
});

test('sockets that Slack recycles are opened again', async () => {
  const { slack } = await openWorkspace();
  await slack.connected(2);
  slack.trouble.refreshSockets();
  await expect
    .poll(() => slack.calls('apps.connections.open').length, { timeout: 10_000 })
    .toBeGreaterThanOrEqual(4);
  await slack.connected(2);
  await slack.slash('anna', '#voice', '/ris', '1002');
  expect((await slack.nextEphemeral('anna')).text).toContain('1002');
});

test('an event whose acknowledgement is lost comes again, and is answered once', async () => {
  const { slack, asked } = await openWorkspace({
    standIn: { acknowledgeWithinMs: 200, retryAfterMs: [0, 200] },
  });
  slack.trouble.loseAcknowledgements(1);
  await slack.say('#voice', 'anna', '@risbot 1002');
  await expect.poll(() => slack.deliveries().at(-1)?.tries).toBe(2);
  await slack.say('#voice', 'anna', '@risbot last');
  await slack.nextMessage('#voice', ({ text }) => text.includes('last'));
  expect(asked.map(({ text }) => text)).toEqual(['1002', 'last']);
});

test('a start that Slack does not answer can be tried again', async () => {
  const { slack, chat, start } = await openWorkspace({ start: false });
  slack.trouble.refusing('auth.test', 'invalid_auth');
  await expect(start()).rejects.toMatchObject({ reason: 'invalid_auth' });
  await start();
  await slack.slash('anna', '#voice', '/ris', '1002');
  expect((await slack.nextEphemeral('anna')).text).toContain('1002');
  expect(chat.status()).toEqual({ connected: true, reason: null });
});

test('stopping lets what is under way come to its end, and takes nothing new', async () => {
  const { slack, chat, answerWith } = await openWorkspace();
  const gate = Promise.withResolvers<void>();
  answerWith(async ({ text }) => {
    await gate.promise;
    return view(text);
  });
  await slack.say('#voice', 'anna', '@risbot 1002');
  await expect.poll(() => slack.deliveries().at(-1)?.outcome).toBe('acknowledged');
  const stopped = chat.stop();
  await expect.poll(() => slack.sockets()).toBe(0);
  gate.resolve();
  await stopped;
  expect(slack.messages('#voice').some(({ text }) => text.includes('1002'))).toBe(true);
});

test('stopping waits eight seconds for answers, then breaks questions off and says so', async () => {
  const { slack, chat, answerWith } = await openWorkspace({ options: { clock: hurried } });
  answerWith(
    ({ signal }) =>
      new Promise((resolve) =>
        signal?.addEventListener('abort', () => resolve(view('cancelled', { outcome: 'failed' })), {
          once: true,
        }),
      ),
  );
  await slack.say('#voice', 'anna', '@risbot 1002');
  await expect.poll(() => slack.deliveries().at(-1)?.outcome).toBe('acknowledged');
  await chat.stop();
  expect(slack.messages('#voice').some(({ text }) => text.includes('cancelled'))).toBe(true);
});
