/** The link, as it is most of the time; what takes longer is in test/proof/link.test.ts. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  actionId,
  BOT,
  type Host,
  messageId,
  pressed,
  startHost,
  wrote,
} from '../../simulator/webex/cloud-host.ts';
import { closeAfter, isRunning, type Linked, linkTo, startedHost, WITHIN } from './linked.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

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
  test('ends at once when the token is refused', async () => {
    const host = await startedHost();
    host.accept(false);
    const { link, logged } = linkTo(host);
    closeAfter(link.stop);
    await expect(link.start()).rejects.toMatchObject({ name: 'LinkFailure', reason: 'token not accepted' });
    expect(logged.filter((line) => line.includes(host.token))).toEqual([]);
  });

  test('ends at once when the token is no bot’s, without loading anything', async () => {
    const { link } = linkTo(await startedHost(), { token: 'wrong' });
    closeAfter(link.stop);
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
