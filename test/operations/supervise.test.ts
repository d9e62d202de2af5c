import { expect, test } from 'vitest';
import type { Core } from '../../src/chat.ts';
import { systemClock } from '../../src/clock.ts';
import { type Platform, supervise } from '../../src/operations/supervise.ts';

const core = {} as Core;

/** A platform that fails as often as it is told to, and a clock whose pauses are let go by hand. */
function house(failures: number) {
  const pauses: { readonly ms: number; readonly end: () => void }[] = [];
  const paused = { now: Promise.withResolvers<void>() };
  const clock = {
    ...systemClock,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        pauses.push({ ms, end: resolve });
        signal?.addEventListener('abort', () => reject(signal.reason));
        paused.now.resolve();
      }),
  };
  const state = { attempts: 0, opened: 0, connected: false, stopped: 0, reason: null as string | null };
  const connected = Promise.withResolvers<void>();
  const platform: Platform = {
    name: 'slack',
    status: () => ({ connected: state.connected, reason: state.reason }),
    async start() {
      state.attempts += 1;
      if (state.attempts <= failures) {
        throw Object.assign(new Error('xoxb-1234 was refused'), { code: 'refused', reason: 'invalid_auth' });
      }
      state.connected = true;
      connected.resolve();
    },
    post: () => Promise.reject(new Error('not here')),
    update: () => Promise.reject(new Error('not here')),
    async stop() {
      state.connected = false;
      state.stopped += 1;
    },
  };
  const open = () => {
    state.opened += 1;
    return platform;
  };
  const lines: string[] = [];
  const log = {
    info: (_: unknown, text: string) => lines.push(text),
    error: (_: unknown, text: string) => lines.push(text),
  };
  const supervised = supervise('slack', open, core, { clock, log, firstPauseMs: 10, longestPauseMs: 30 });
  async function nextPause() {
    await paused.now.promise;
    paused.now = Promise.withResolvers();
    return pauses.at(-1)?.ms;
  }
  return {
    supervised,
    state,
    connected: connected.promise,
    lines,
    nextPause,
    go: () => pauses.at(-1)?.end(),
  };
}

test('a platform that cannot connect is tried again after growing pauses, until it can', async () => {
  const { supervised, nextPause, go, connected, lines } = house(4);
  const waited: unknown[] = [];
  for (let i = 0; i < 4; i += 1) {
    waited.push(await nextPause());
    expect(supervised.status()).toEqual({
      name: 'slack',
      connected: false,
      reason: 'could not connect (invalid_auth)',
    });
    go();
  }
  await connected;
  expect(waited).toEqual([10, 20, 30, 30]);
  expect(supervised.status()).toEqual({ name: 'slack', connected: true, reason: '' });
  await supervised.stop();
  expect(lines.filter((line) => line === 'connected')).toHaveLength(1);
});

test('stopping ends a pause at once, and nothing is tried after it', async () => {
  const { supervised, nextPause, state } = house(9);
  await nextPause();
  await supervised.stop();
  expect(state).toMatchObject({ attempts: 1, opened: 1 });
  expect(state.stopped).toBeGreaterThan(0);
});

test('each attempt is a platform of its own, and a failed one is stopped', async () => {
  const { supervised, nextPause, go, connected, state } = house(2);
  for (let i = 0; i < 2; i += 1) {
    await nextPause();
    go();
  }
  await connected;
  expect(state).toMatchObject({ opened: 3, stopped: 2 });
  await supervised.stop();
});

test('what a connected platform misses is told as well', async () => {
  const { supervised, connected, state } = house(0);
  await connected;
  state.reason = 'missing scope: files:write';
  expect(supervised.status()).toEqual({
    name: 'slack',
    connected: true,
    reason: 'missing scope: files:write',
  });
  await supervised.stop();
});

test('a platform that dropped later is not connected, though it once was', async () => {
  const { supervised, connected, state } = house(0);
  await connected;
  state.connected = false;
  expect(supervised.status()).toMatchObject({ connected: false, reason: 'disconnected' });
  await supervised.stop();
});

test('what keeps the first try is told while it lasts', async () => {
  const started = Promise.withResolvers<void>();
  let reason: string | null = null;
  const platform: Platform = {
    name: 'webex',
    status: () => ({ connected: false, reason }),
    start: () => started.promise,
    post: () => Promise.reject(new Error('not here')),
    update: () => Promise.reject(new Error('not here')),
    stop: async () => started.resolve(),
  };
  const log = { info: () => {}, error: () => {} };
  const supervised = supervise('webex', () => platform, core, { clock: systemClock, log });
  expect(supervised.status()).toMatchObject({ reason: 'connecting' });
  reason = 'service catalog unreachable';
  expect(supervised.status()).toMatchObject({ reason: 'service catalog unreachable' });
  await supervised.stop();
});
