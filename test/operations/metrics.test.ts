import { describe, expect, test } from 'vitest';
import { createBot } from '../../src/bot.ts';
import { systemClock } from '../../src/clock.ts';
import { deviceQuery } from '../../src/device/query.ts';
import { createMeter } from '../../src/operations/meter.ts';
import { createMetrics, type Metrics } from '../../src/operations/metrics.ts';
import { RisPortError } from '../../src/risport/fault.ts';
import { fixture } from '../command/fixture.ts';

/** Lines of the text that begin so, comments left out. */
async function lines(metrics: Metrics, start: string): Promise<readonly string[]> {
  return (await metrics.text()).split('\n').filter((line) => line.startsWith(start));
}

test('questions are counted by verb and outcome, and timed', async () => {
  const metrics = createMetrics();
  const { cluster } = fixture();
  const bot = createBot({ clusters: [cluster], clock: systemClock, version: '0', metrics });
  const message = { person: 'U1', place: { platform: 'slack', room: 'C1' } };
  for (const text of ['1001', '1001', '4444', 'find colour:red'])
    await bot.answer({ ...message, text }, () => {});
  expect(await lines(metrics, 'risbot_questions_total{')).toEqual([
    'risbot_questions_total{verb="device",outcome="answered"} 2',
    'risbot_questions_total{verb="device",outcome="nothing"} 1',
    'risbot_questions_total{verb="none",outcome="misread"} 1',
  ]);
  expect(await lines(metrics, 'risbot_answer_seconds_count')).toContain(
    'risbot_answer_seconds_count{outcome="answered"} 2',
  );
});

describe('on the way to a cluster', () => {
  const query = deviceQuery();
  const meter = (metrics: Metrics) => createMeter({ cluster: 'prod', metrics, clock: systemClock });

  test('requests are counted by how they ended, throttles apart', async () => {
    const metrics = createMetrics();
    const { cluster } = fixture();
    const { requests } = meter(metrics);
    await requests(cluster.lookup)(query);
    const throttled = requests(async () => {
      throw new RisPortError('throttled', 'rate');
    });
    await expect(throttled(query)).rejects.toMatchObject({ code: 'throttled' });
    const given = requests(async () => {
      throw new Error('given up');
    });
    await expect(given(query, { signal: AbortSignal.abort() })).rejects.toThrow('given up');
    expect(await lines(metrics, 'risbot_risport_requests_total')).toEqual([
      'risbot_risport_requests_total{cluster="prod",outcome="ok"} 1',
      'risbot_risport_requests_total{cluster="prod",outcome="throttled"} 1',
      'risbot_risport_requests_total{cluster="prod",outcome="cancelled"} 1',
    ]);
    expect(await lines(metrics, 'risbot_risport_throttles_total')).toEqual([
      'risbot_risport_throttles_total{cluster="prod"} 1',
    ]);
  });

  test('a wait is until the first turn, and what wraps the question still decides what goes out', async () => {
    const metrics = createMetrics();
    const { cluster } = fixture();
    let now = 0;
    const clock = { monotonic: () => now };
    const { waits } = createMeter({ cluster: 'prod', metrics, clock });
    const asked = waits(async (first, options) => {
      now = 4_000;
      const then = options?.atTurn?.(first) ?? first;
      now = 60_000;
      // Asked again: a second turn.
      return cluster.lookup(options?.atTurn?.(then) ?? then);
    });
    const merged = deviceQuery({ items: ['SEP1', 'SEP2'] });
    expect((await asked(query, { atTurn: () => merged })).query).toEqual(merged);
    expect(await lines(metrics, 'risbot_risport_wait_seconds_sum')).toEqual([
      'risbot_risport_wait_seconds_sum{cluster="prod"} 4',
    ]);
    expect(await lines(metrics, 'risbot_risport_wait_seconds_count')).toEqual([
      'risbot_risport_wait_seconds_count{cluster="prod"} 1',
    ]);
  });
});

test('a platform’s calls are counted by method and outcome, 429s apart, times in seconds', async () => {
  const metrics = createMetrics();
  const slack = metrics.chat('slack');
  slack.call('chat.postMessage', 'ok');
  slack.call('chat.postMessage', 'limited');
  slack.throttled('chat.postMessage');
  slack.acknowledged(120);
  slack.answered(2_000);
  expect(await lines(metrics, 'risbot_chat_calls_total')).toEqual([
    'risbot_chat_calls_total{platform="slack",method="chat.postMessage",outcome="ok"} 1',
    'risbot_chat_calls_total{platform="slack",method="chat.postMessage",outcome="limited"} 1',
  ]);
  expect(await lines(metrics, 'risbot_chat_rate_limited_total')).toEqual([
    'risbot_chat_rate_limited_total{platform="slack",method="chat.postMessage"} 1',
  ]);
  expect(await lines(metrics, 'risbot_chat_acknowledge_seconds_sum')).toEqual([
    'risbot_chat_acknowledge_seconds_sum{platform="slack"} 0.12',
  ]);
  expect(await lines(metrics, 'risbot_chat_answer_seconds_sum')).toEqual([
    'risbot_chat_answer_seconds_sum{platform="slack"} 2',
  ]);
});

test('no text of anybody becomes a time series', async () => {
  const metrics = createMetrics();
  const slack = metrics.chat('slack');
  for (let i = 0; i < 100; i += 1) slack.call(`https://example.com/${i}?token=xoxb-${i}`, `no "${i}"\n`);
  expect(await lines(metrics, 'risbot_chat_calls_total')).toEqual([
    'risbot_chat_calls_total{platform="slack",method="other",outcome="other"} 100',
  ]);
});

test('what is left, what waits and who is connected is read when somebody looks', async () => {
  const metrics = createMetrics();
  let left = 15;
  const { cluster } = fixture();
  const budget = () => ({ allowance: 15, left, queued: 3, pausedMs: 0 });
  metrics.watch([{ ...cluster, budget }], () => [{ name: 'slack', connected: left === 15 }]);
  expect(await lines(metrics, 'risbot_chat_connected{')).toEqual([
    'risbot_chat_connected{platform="slack"} 1',
  ]);
  left = 4;
  expect(await lines(metrics, 'risbot_risport_requests_left{')).toEqual([
    'risbot_risport_requests_left{cluster="prod"} 4',
  ]);
  expect(await lines(metrics, 'risbot_risport_queued{')).toEqual(['risbot_risport_queued{cluster="prod"} 3']);
  expect(await lines(metrics, 'risbot_chat_connected{')).toEqual([
    'risbot_chat_connected{platform="slack"} 0',
  ]);
});

test('the process speaks of itself', async () => {
  expect(await lines(createMetrics(), 'process_resident_memory_bytes')).toHaveLength(1);
});
