/** The link when things go wrong: processes that are killed, hang, are not let in; a cloud that is away. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.ts';
import { closeAfter, isRunning, type Linked, linkTo, startedHost, WITHIN } from '../adapters/webex/linked.ts';
import { type Host, messageId, startHost, wrote } from '../simulator/webex/cloud-host.ts';

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
});

describe('a start', () => {
  test('waits for 429 as long as it was asked to, and for 503, and goes on', async () => {
    const host = await startedHost();
    host.instead.push({ status: 429, retryAfter: 1 }, { status: 503 });
    host.cloud.trouble.tooMany('devices', 1, 1);
    host.cloud.trouble.failing('catalog', 2);
    const { link, logged } = linkTo(host);
    closeAfter(link.stop);
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
    closeAfter(link.stop);
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
});

test('a websocket that says nothing any more is replaced, and so is a process that is not let in', async () => {
  const host = await startedHost();
  const { link, states } = linkTo(host, { limits: { pingMs: 200, pongMs: 1_000, letInMs: 2_000 } });
  closeAfter(link.stop);
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
    [join(import.meta.dirname, '../adapters/webex/link-parent.ts'), host.url, host.token],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  closeAfter(() => parent.kill('SIGKILL'));
  const [line] = await once(createInterface({ input: parent.stdout }), 'line');
  const pid = Number(line);
  expect(isRunning(pid)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isRunning(pid), WITHIN).toBe(false);
  expect(host.cloud.devices()).toBe(0);
});
