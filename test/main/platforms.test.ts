import { expect, test } from 'vitest';
import type { Core } from '../../src/chat.ts';
import { configuredPlatforms, NO_PLATFORM, openedLate } from '../../src/cli/platforms.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Platform } from '../../src/operations/supervise.ts';

const core = {} as Core;
const place = { platform: 'room', room: 'R1' };
const view = { outcome: 'answered', title: 'x', blocks: [], actions: [], data: {} } as const;

/** A platform that writes down what is done with it. */
function noting() {
  const done: string[] = [];
  const platform: Platform = {
    name: 'room',
    status: () => ({ connected: done.includes('start'), reason: null }),
    start: async () => void done.push('start'),
    stop: async () => void done.push('stop'),
    post: async (to) => {
      done.push('post');
      return { place: to, id: '1' };
    },
    update: async (posted) => {
      done.push('update');
      return posted;
    },
  };
  return { platform, done };
}

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const WEBEX = { WEBEX_TOKEN: 'abc_PF84_org' };

test.each([
  ['none', {}, []],
  ['Slack', SLACK, ['slack']],
  ['Webex', WEBEX, ['webex']],
  ['both', { ...SLACK, ...WEBEX }, ['slack', 'webex']],
])('of %s configured %s are served', (_claim, environment, expected) => {
  const config = loadConfig({ CUCM_URL: 'a', CUCM_USERNAME: 'u', CUCM_PASSWORD: 'p', ...environment });
  expect(configuredPlatforms(config).map(({ name }) => name)).toEqual(expected);
});

test('who has configured none is told the variables of each', () => {
  for (const variable of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'WEBEX_TOKEN'])
    expect(NO_PLATFORM).toContain(variable);
});

test('a platform is built when it is started, and then does what it is told', async () => {
  const { platform, done } = noting();
  const late = openedLate('room', async () => {
    done.push('open');
    return platform;
  });
  expect([late.name, late.status(), done]).toEqual(['room', { connected: false, reason: null }, []]);
  await late.start(core);
  expect(late.status().connected).toBe(true);
  const posted = await late.post(place, view);
  await late.update(posted, view);
  await late.stop();
  expect(done).toEqual(['open', 'start', 'post', 'update', 'stop']);
});

test('one that cannot be built is one that cannot be started', async () => {
  const broken = Object.assign(new Error('no such package'), { code: 'ERR_MODULE_NOT_FOUND' });
  const late = openedLate('room', () => Promise.reject(broken));
  await expect(late.start(core)).rejects.toBe(broken);
  expect(late.status()).toEqual({ connected: false, reason: null });
  await expect(late.post(place, view)).rejects.toMatchObject({ code: 'unreachable' });
  await expect(late.stop()).resolves.toBeUndefined();
});

test('one that is stopped while it is loaded is never started', async () => {
  const { platform, done } = noting();
  const loaded = Promise.withResolvers<Platform>();
  const late = openedLate('room', () => loaded.promise);
  const starting = late.start(core);
  await late.stop();
  loaded.resolve(platform);
  await expect(starting).rejects.toMatchObject({ reason: 'stopped' });
  expect(done).toEqual([]);
});
