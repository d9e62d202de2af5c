/** The link with its real process, the real framework and SDK in it, and real sockets to the stand-in's cloud. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Notice } from '../../../adapters/webex/intake.ts';
import { createLink, type Link, type LinkOptions } from '../../../adapters/webex/link.ts';
import { type Clock, systemClock } from '../../../src/clock.ts';
import {
  actionId,
  BOT,
  type Host,
  messageId,
  pressed,
  startHost,
  wrote,
} from '../../simulator/webex/cloud-host.ts';

// A process takes a second and a half to load the SDK, and several times that where all cores are at work.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const WITHIN = { timeout: 40_000, interval: 20 };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Linked {
  readonly link: Link;
  readonly notices: Notice[];
  /** `open`, or why not. */
  readonly states: string[];
  readonly logged: string[];
}

function linkTo(host: Host, more: Partial<LinkOptions> = {}): Linked {
  const notices: Notice[] = [];
  const states: string[] = [];
  const logged: string[] = [];
  const write = (fields: object, message: string) => logged.push(`${message} ${JSON.stringify(fields)}`);
  const link = createLink({
    token: host.token,
    apiUrl: `${host.url}/v1/`,
    discoveryUrl: `${host.url}/u2c/api/v1`,
    clock: systemClock,
    log: { debug: write, info: write, warn: write, error: write },
    notice: (notice) => notices.push(notice),
    state: (isOpen, reason) => states.push(isOpen ? 'open' : String(reason)),
    firstPauseMs: 10,
    ...more,
  });
  return { link, notices, states, logged };
}

async function startedHost(): Promise<Host> {
  const host = await startHost();
  closing.push(host.stop);
  return host;
}

function isRunning(pid: number | null): boolean {
  if (pid === null || !existsSync(`/proc/${pid}`)) return false;
  // Who was killed stays in the table until its parent has looked.
  return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

describe('one link', () => {
  let host: Host;
  let linked: Linked;
  beforeAll(async () => {
    host = await startHost();
    linked = linkTo(host, { limits: { heartbeatMs: 400, missedBeats: 6 } });
    await linked.link.start();
  });
  afterAll(async () => {
    await linked.link.stop();
    await host.stop();
  });

  test('says that it is open', () => expect(linked.states).toEqual(['open']));

  test('hears of messages and presses, by the ids of the REST API, and of nothing that the bot did', async () => {
    host.calls.length = 0;
    host.cloud.tell(wrote(messageId('own'), BOT));
    host.cloud.tell({ ...wrote(messageId('edited')), event: 'updated' });
    host.cloud.tell({ ...wrote(messageId('deleted')), event: 'deleted' });
    host.cloud.tell(wrote(messageId('one')));
    host.cloud.tell(pressed(actionId('one')));
    await expect
      .poll(() => linked.notices, WITHIN)
      .toEqual([
        { resource: 'messages', id: messageId('one') },
        { resource: 'attachmentActions', id: actionId('one') },
      ]);
    // By the time that the next is heard, a look-up of the first would have been made.
    host.cloud.tell(wrote(messageId('two')));
    await expect
      .poll(() => linked.notices.at(-1), WITHIN)
      .toEqual({ resource: 'messages', id: messageId('two') });
    // And it asks for nothing: neither the SDK nor the framework looks up what the adapter looks up itself.
    expect(host.calls).toEqual([]);
    // Nor does it try to open what was said, whose keys it would have to ask for first.
    expect(linked.logged.filter((line) => line.includes('encryption'))).toEqual([]);
  });

  test('keeps the token out of the environment, the command line and the log', () => {
    const pid = linked.link.pid();
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
    expect(environment).toContain('HYDRA_SERVICE_URL');
    const seen = [environment, readFileSync(`/proc/${pid}/cmdline`, 'utf8'), ...linked.logged];
    expect(seen.filter((text) => text.includes(host.token))).toEqual([]);
    // Nothing of this process's environment either, but what the link chose.
    expect(environment.split('\0').filter((line) => line !== '').length).toBeLessThan(8);
  });

  test('takes less than 220 MB', () => {
    const status = readFileSync(`/proc/${linked.link.pid()}/status`, 'utf8');
    expect(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1])).toBeLessThan(220 * 1024);
  });

  test('is back within two seconds when its socket is lost', async () => {
    const pid = linked.link.pid();
    linked.states.length = 0;
    host.cloud.drop();
    await expect
      .poll(() => linked.states, { timeout: 2_000, interval: 20 })
      .toEqual(['websocket lost', 'open']);
    expect(linked.link.pid()).toBe(pid);
  });

  test('is back within two seconds of a server that refused sockets for a while', async () => {
    host.cloud.trouble.failing('socket', 3);
    linked.states.length = 0;
    host.cloud.drop();
    await expect
      .poll(() => linked.states, { timeout: 4_000, interval: 20 })
      .toEqual(['websocket lost', 'open']);
  });

  test.each([
    [1000, 'closed for good, as the SDK takes it'],
    [1001, 'closed because a server goes'],
    [4401, 'closed because of the token'],
  ])('opens it again when it was closed with %d', async (code, reason) => {
    linked.states.length = 0;
    host.cloud.trouble.close(code, reason);
    await expect.poll(() => linked.states, WITHIN).toEqual(['websocket lost', 'open']);
  });

  test('has another process when its own is killed, and hears again', async () => {
    const pid = linked.link.pid();
    linked.states.length = 0;
    linked.notices.length = 0;
    process.kill(Number(pid), 'SIGKILL');
    await expect.poll(() => linked.states, WITHIN).toEqual(['process ended (SIGKILL)', 'open']);
    expect(linked.link.pid()).not.toBe(pid);
    host.cloud.tell(wrote(messageId('again')));
    await expect
      .poll(() => linked.notices, WITHIN)
      .toEqual([{ resource: 'messages', id: messageId('again') }]);
  });

  test('has another process when its own hangs', async () => {
    const pid = Number(linked.link.pid());
    linked.states.length = 0;
    process.kill(pid, 'SIGSTOP');
    await expect.poll(() => linked.states, WITHIN).toEqual(['process hung', 'open']);
    expect(isRunning(pid)).toBe(false);
  });

  test('has another process, and so another device, when its own is forgotten', async () => {
    linked.states.length = 0;
    host.cloud.trouble.forgetDevices();
    host.cloud.drop();
    await expect
      .poll(() => linked.states, WITHIN)
      .toEqual(['websocket lost', 'websocket refused (4404)', 'open']);
  });

  test('has another process when its websocket is closed again and again', async () => {
    const pid = linked.link.pid();
    linked.states.length = 0;
    const dropped = () => {
      if (!linked.states.includes('websocket does not stay open')) host.cloud.drop();
      return linked.states.slice(-2);
    };
    await expect.poll(dropped, WITHIN).toEqual(['websocket does not stay open', 'open']);
    expect(linked.link.pid()).not.toBe(pid);
  });

  test('leaves no process and no new device behind when it is stopped', async () => {
    const pid = linked.link.pid();
    const devices = host.cloud.devices();
    linked.states.length = 0;
    await Promise.all([linked.link.stop(), linked.link.stop()]);
    expect([isRunning(pid), linked.link.pid(), linked.states]).toEqual([false, null, []]);
    expect(host.cloud.devices()).toBe(devices - 1);
  });
});

describe('a start', () => {
  test('waits for 429 as long as it was asked to, and for 503, and goes on', async () => {
    const host = await startedHost();
    host.instead.push({ status: 429, retryAfter: 1 }, { status: 503 });
    host.cloud.trouble.tooMany('devices', 1, 1);
    host.cloud.trouble.failing('catalog', 2);
    const { link, logged } = linkTo(host);
    closing.push(link.stop);
    await link.start();
    const registering = host.cloud.calls().filter(({ method }) => method === 'POST /wdm/api/v1/devices');
    expect(registering.map(({ status }) => status)).toEqual([429, 200]);
    const [limited, taken] = registering.map(({ at }) => at);
    expect(Number(taken) - Number(limited)).toBeGreaterThanOrEqual(1_000);
    // All by the same process.
    expect(logged.filter((line) => line.includes('another will be started'))).toEqual([]);
  });

  test('goes on trying while the catalog cannot be reached, and says so', async () => {
    const host = await startedHost();
    host.cloud.trouble.cutting('catalog', Number.POSITIVE_INFINITY);
    const { link, states } = linkTo(host);
    closing.push(link.stop);
    const started = link.start();
    await expect.poll(() => states, WITHIN).toEqual(['service catalog unreachable']);
    host.cloud.trouble.calm();
    await started;
    expect(states.at(-1)).toBe('open');
  });

  test('ends with the reason when its time is over, and leaves no process behind', async () => {
    const host = await startedHost();
    host.cloud.trouble.cutting('catalog', Number.POSITIVE_INFINITY);
    const over = Promise.withResolvers<void>();
    const startMs = 59_999;
    const sleep: Clock['sleep'] = (ms, signal) =>
      ms === startMs ? over.promise : systemClock.sleep(ms, signal);
    const { link, states } = linkTo(host, { startMs, clock: { ...systemClock, sleep } });
    const started = expect(link.start()).rejects.toMatchObject({ reason: 'service catalog unreachable' });
    await expect.poll(() => states, WITHIN).toEqual(['service catalog unreachable']);
    const pid = link.pid();
    over.resolve();
    await started;
    expect([isRunning(pid), link.pid()]).toEqual([false, null]);
  });

  test('ends at once when the token is refused', async () => {
    const host = await startedHost();
    host.accept(false);
    const { link, logged } = linkTo(host);
    closing.push(link.stop);
    await expect(link.start()).rejects.toMatchObject({ name: 'LinkFailure', reason: 'token not accepted' });
    expect(logged.filter((line) => line.includes(host.token))).toEqual([]);
  });

  test('ends at once when the token is no bot’s, without loading anything', async () => {
    const { link } = linkTo(await startedHost(), { token: 'wrong' });
    closing.push(link.stop);
    await expect(link.start()).rejects.toMatchObject({ reason: 'not the token of a bot' });
  });

  test('can be stopped before it is over', async () => {
    const { link, states } = linkTo(await startedHost());
    const started = expect(link.start()).rejects.toMatchObject({ reason: 'stopped' });
    const pid = link.pid();
    await link.stop();
    await started;
    expect([isRunning(pid), states]).toEqual([false, []]);
  });
});

test('a websocket that says nothing any more is replaced, and so is a process that is not let in', async () => {
  const host = await startedHost();
  const { link, states } = linkTo(host, { limits: { pingMs: 200, pongMs: 1_000, letInMs: 2_000 } });
  closing.push(link.stop);
  await link.start();
  host.cloud.trouble.silent(true);
  await expect.poll(() => states, WITHIN).toEqual(['open', 'websocket lost', 'websocket was not let in']);
  host.cloud.trouble.calm();
  await expect.poll(() => states.at(-1), WITHIN).toBe('open');
});

test('the process goes with its parent, however that ends', async () => {
  const host = await startedHost();
  const parent = spawn(
    process.execPath,
    [join(import.meta.dirname, 'link-parent.ts'), host.url, host.token],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  closing.push(() => parent.kill('SIGKILL'));
  const [line] = await once(createInterface({ input: parent.stdout }), 'line');
  const pid = Number(line);
  expect(isRunning(pid)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isRunning(pid), WITHIN).toBe(false);
  expect(host.cloud.devices()).toBe(0);
});
