/** What was asked while no news came in. */
import { describe, expect, test } from 'vitest';
import { createGap } from '../../../adapters/webex/gap.ts';
import { createLookback } from '../../../adapters/webex/lookback.ts';
import type { Spot } from '../../../adapters/webex/speak.ts';
import { startWebex } from '../../../simulator/webex/webex.ts';
import { systemClock } from '../../../src/clock.ts';
import { closeAfter, listeningLog } from '../core.ts';
import { callsTo } from './rest.ts';

async function open(startedAt = 0) {
  const webex = await startWebex();
  closeAfter(() => webex.stop());
  const heard: string[] = [];
  const missed: Spot[] = [];
  const { call, log } = callsTo(webex);
  const lookBack = createLookback({
    call,
    bot: webex.bot.id,
    startedAt,
    hear: (id) => void heard.push(id),
    missed: async (spot) => void missed.push(spot),
    log,
  });
  return { webex, heard, missed, lookBack };
}

describe('looking back', () => {
  test('finds mentions and direct messages, in the order they were said, and nobody else’s words', async () => {
    const { webex, heard, lookBack } = await open();
    const first = await webex.say('Voice', 'anna', '@risbot 1002');
    await webex.say('Voice', 'anna', 'not to the bot');
    const second = await webex.say('Voice', 'ben', '@risbot 1003');
    const direct = await webex.say('@anna', 'anna', '1004');
    await lookBack(Date.now());
    expect(heard.filter((id) => id !== direct.id)).toEqual([first.id, second.id]);
    expect(heard.length).toBe(3);
  });

  test('looks only into spaces in which something happened', async () => {
    const { webex, lookBack } = await open();
    await webex.say('Voice', 'anna', '@risbot 1002');
    await lookBack(Date.now());
    expect(webex.calls('GET messages').length).toBe(1);
  });

  test('asks nothing again that is older than the process', async () => {
    const { webex, heard, lookBack } = await open(Date.now() + 60_000);
    await webex.say('Voice', 'anna', '@risbot 1002');
    await lookBack(Date.now());
    expect(heard).toEqual([]);
  });

  test('says so where there was more than can be seen', async () => {
    const { webex, heard, missed, lookBack } = await open();
    for (let i = 0; i < 101; i += 1) await webex.say('@anna', 'anna', `${1000 + i}`);
    await lookBack(Date.now());
    expect(heard.length).toBe(100);
    expect(missed).toEqual([{ room: webex.room('@anna').id }]);
  });

  test('a space that it was taken out of is passed over', async () => {
    const { webex, heard, lookBack } = await open();
    await webex.say('Voice', 'anna', '@risbot 1002');
    const kept = await webex.say('Alerts', 'anna', '@risbot 1003');
    webex.trouble.failing('GET messages', 1, 404);
    await lookBack(Date.now());
    expect(heard.length).toBe(1);
    expect(kept.id).toBeDefined();
  });
});

describe('a gap', () => {
  function gap(cards: readonly Spot[] = [{ room: 'R1' }]) {
    let now = 0;
    let left = cards;
    let looking = Promise.resolve();
    const done: string[] = [];
    const recoveries: (() => void)[] = [];
    const { state, lost } = createGap({
      health: {
        receiving: (isOpen, reason) => void done.push(`${isOpen} ${reason}`),
        onRecovery: (listener) => void recoveries.push(listener),
      },
      lookBack: async (since) => {
        done.push(`since ${since}`);
        await looking;
      },
      fresh: {
        take: () => {
          const taken = left;
          left = [];
          return taken;
        },
      },
      note: async ({ room }, words) => void done.push(`${room}: ${words}`),
      clock: { ...systemClock, now: () => now },
      log: listeningLog().log,
    });
    const breathe = () => new Promise((resolve) => setImmediate(resolve));
    return {
      done,
      lost,
      looks: () => done.filter((line) => line.startsWith('since')),
      notes: () => done.filter((line) => line.startsWith('R1')),
      at: async (ms: number, isOpen: boolean, reason: string | null = null, since?: number) => {
        now = ms;
        state(isOpen, reason, since);
        await breathe();
      },
      recover: async () => {
        for (const recovered of recoveries) recovered();
        await breathe();
      },
      lookAs: (next: Promise<void>) => {
        looking = next;
      },
    };
  }

  test('in which the clock was set back is looked back over all the same, not from the future', async () => {
    const { looks, at } = gap([]);
    await at(3_600_000, true);
    await at(3_610_000, false, 'websocket lost');
    await at(10_000, true);
    const from = Number(looks().at(-1)?.split(' ')[1]);
    expect(from).toBeLessThanOrEqual(10_000);
    expect(from).toBeGreaterThan(5_000);
  });

  test('is looked back over from its beginning, once', async () => {
    const { looks, at } = gap([]);
    await at(500, true);
    await at(10_000, false, 'websocket lost');
    await at(11_000, false, 'service catalog unreachable');
    await at(12_000, true);
    await at(13_000, true);
    expect(looks()).toEqual(['since 0', 'since 10000']);
  });

  test('that was found out later began when all was well last', async () => {
    const { looks, notes, at } = gap();
    await at(100, true);
    await at(150_000, false, 'webhooks were not registered', 30_000);
    await at(150_000, true);
    expect(looks().at(-1)).toBe('since 30000');
    expect(notes()).toEqual([
      'R1: I had no connection to Webex for 120 s. If you pressed a button meanwhile, please press it again.',
    ]);
  });

  test('is told where somebody may have pressed a button, and not again until there is another card', async () => {
    const { notes, at } = gap();
    await at(100, true);
    await at(10_000, false);
    await at(14_200, true);
    await at(20_000, false);
    await at(29_000, true);
    expect(notes()).toEqual([
      'R1: I had no connection to Webex for 4 s. If you pressed a button meanwhile, please press it again.',
    ]);
  });

  test('of less than a second is not worth a word', async () => {
    const { notes, at } = gap();
    await at(100, true);
    await at(10_000, false);
    await at(10_900, true);
    expect(notes()).toEqual([]);
  });

  test('that could not be looked into is said, however short', async () => {
    const { notes, at, lookAs } = gap();
    lookAs(Promise.reject(new Error('away')));
    await at(100, true);
    expect(notes().map((line) => line.includes('could not see everything'))).toEqual([true]);
  });

  test('after a gap waits for the look under way, and all that wait are one', async () => {
    const { looks, at, lookAs } = gap([]);
    const first = Promise.withResolvers<void>();
    lookAs(first.promise);
    await at(100, true);
    for (const ms of [30_000, 20_000, 40_000]) {
      await at(ms, false);
      await at(ms + 100, true);
    }
    expect(looks()).toEqual(['since 0']);
    first.resolve();
    await expect.poll(looks).toEqual(['since 0', 'since 20000']);
  });

  test('what could not be looked up is looked for when Webex takes calls again', async () => {
    const { looks, at, lost, recover } = gap([]);
    await at(100, true);
    await at(5_000, true);
    await recover();
    lost();
    await recover();
    await recover();
    expect(looks()).toEqual(['since 0', 'since 5000']);
  });
});
