import { connect, createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createMetrics } from '../../src/operations/metrics.ts';
import { createReach } from '../../src/operations/reach.ts';
import { type ClusterReach, readinessOf } from '../../src/operations/readiness.ts';
import { type OperationsOptions, startOperations } from '../../src/operations/server.ts';

const PROD: ClusterReach = { name: 'prod', reachable: true, reason: 'answered', lastAnswerSeconds: 3 };
const LAB: ClusterReach = { name: 'lab', reachable: false, reason: 'refused', lastAnswerSeconds: null };
const SLACK = { name: 'slack', connected: true, reason: '' };

async function open(options: Partial<OperationsOptions> = {}) {
  const troubles: unknown[] = [];
  const operations = await startOperations({
    port: 0,
    host: '127.0.0.1',
    version: '0.1.0',
    readiness: async () => readinessOf([SLACK], [PROD], null),
    metrics: createMetrics(),
    onTrouble: (error) => troubles.push(error),
    ...options,
  });
  onTestFinished(() => operations.stop());
  const get = async (path: string, init: RequestInit = {}) => {
    const reply = await fetch(`${operations.url}${path}`, init);
    return { status: reply.status, type: reply.headers.get('content-type'), text: await reply.text() };
  };
  return { operations, get, troubles };
}

describe('ready', () => {
  test.each([
    ['when everything is there', [SLACK], [PROD], true, false, []],
    [
      'when one cluster of several is away, but not whole',
      [SLACK],
      [PROD, LAB],
      true,
      true,
      ['lab: refused'],
    ],
    ['not when no cluster can be reached', [SLACK], [LAB], false, false, ['lab: refused']],
    [
      'not when a platform is away, and says why',
      [{ ...SLACK, connected: false, reason: 'invalid_auth' }],
      [PROD],
      false,
      false,
      ['slack: invalid_auth'],
    ],
    [
      'not when a platform is away for a reason it does not know',
      [{ ...SLACK, connected: false }],
      [PROD],
      false,
      false,
      ['slack: not connected'],
    ],
  ] as const)('%s', (_claim, platforms, clusters, ready, degraded, reasons) => {
    expect(readinessOf(platforms, clusters, null)).toMatchObject({ ready, degraded, reasons });
  });
});

test('a database that cannot be written takes nothing away, and is said', () => {
  const trouble = 'sqlite:risbot.db has no room left';
  expect(readinessOf([SLACK], [PROD], trouble)).toMatchObject({
    ready: true,
    degraded: true,
    reasons: [trouble],
  });
});

describe('over HTTP', () => {
  test.each([
    ['live', '/healthz', {}, 200, /"live"/],
    ['live, whatever is asked with it', '/healthz?x=1', {}, 200, /"live"/],
    ['ready', '/readyz', {}, 200, /"ready":true/],
    ['metrics', '/metrics', {}, 200, /# TYPE risbot_questions_total counter/],
    ['nothing else', '/', {}, 404, /not found/],
    ['no way around it', '/healthz/../metrics/x', {}, 404, /not found/],
    ['no other method', '/healthz', { method: 'DELETE' }, 405, /only GET/],
    ['no body', '/metrics', { method: 'POST', body: 'x'.repeat(100_000) }, 405, /only GET/],
    ['a look at the head alone', '/readyz', { method: 'HEAD' }, 200, /^$/],
  ] as const)('%s', async (_claim, path, init, status, text) => {
    const { get } = await open();
    expect(await get(path, init)).toMatchObject({ status, text: expect.stringMatching(text) });
  });

  test('not ready is 503 with the reasons', async () => {
    const readiness = async () => readinessOf([SLACK], [LAB], null);
    const { status, type, text } = await (await open({ readiness })).get('/readyz');
    expect([status, type]).toEqual([503, 'application/json; charset=utf-8']);
    expect(JSON.parse(text)).toMatchObject({ ready: false, reasons: ['lab: refused'], clusters: [LAB] });
  });

  test('a mistake of ours is 500, told to the log and to nobody else', async () => {
    const readiness = () => Promise.reject(new Error('secret detail'));
    const { get, troubles } = await open({ readiness });
    const { status, text } = await get('/readyz');
    expect([status, text]).toEqual([500, '{"error":"internal"}\n']);
    expect(troubles).toHaveLength(1);
  });

  test('a port that is taken is an error, and does not end the process', async () => {
    const { operations } = await open();
    const port = Number(new URL(operations.url).port);
    await expect(open({ port })).rejects.toMatchObject({ code: 'EADDRINUSE', syscall: 'listen' });
  });

  test('stopping does not wait for who keeps a connection open', async () => {
    const { operations } = await open();
    const idle = connect(Number(new URL(operations.url).port), '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    const closed = new Promise((resolve) => idle.once('close', resolve));
    await operations.stop();
    await closed;
  });
});

describe('a cluster', () => {
  /** A port that takes connections and says nothing, and counts them. */
  async function silentServer() {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    return { url: `https://127.0.0.1:${port}`, count: () => connections, close: () => server.close() };
  }
  const at = (now: number, ms = 0) => ({ ...systemClock, now: () => now, monotonic: () => ms });

  test('that answered lately is not even connected to', async () => {
    const { url, count } = await silentServer();
    const reach = createReach({ url, clock: at(100_000), lastAnswer: () => 70_000 });
    expect(await reach()).toEqual({ reachable: true, reason: 'answered', lastAnswerSeconds: 30 });
    expect(count()).toBe(0);
  });

  test('whose last answer is of the future, by a clock that was set back, is looked at', async () => {
    const { url, count } = await silentServer();
    const reach = createReach({ url, clock: at(100_000), lastAnswer: () => 3_700_000 });
    expect(await reach()).toEqual({ reachable: true, reason: 'connected', lastAnswerSeconds: 0 });
    expect(count()).toBeLessThanOrEqual(1);
  });

  test('that never answered is reached by a connection, one for many looks', async () => {
    const { url, count } = await silentServer();
    const reach = createReach({ url, clock: at(100_000), lastAnswer: () => null });
    const looks = await Promise.all([reach(), reach(), reach()]);
    expect(looks[0]).toEqual({ reachable: true, reason: 'connected', lastAnswerSeconds: null });
    await reach();
    expect(count()).toBeLessThanOrEqual(1);
  });

  test('that is away is away with a reason, and looked for again later', async () => {
    const { url, close } = await silentServer();
    await new Promise((resolve) => close().once('close', resolve));
    let ms = 0;
    const clock = { ...systemClock, now: () => 200_000, monotonic: () => ms };
    const reach = createReach({ url, clock, lastAnswer: () => 100_000 });
    expect(await reach()).toEqual({ reachable: false, reason: 'refused', lastAnswerSeconds: 100 });
    ms = 11_000;
    expect((await reach()).reason).toBe('refused');
  });

  test('that says nothing in time is not waited for', async () => {
    const { url } = await silentServer();
    const clock = { ...systemClock, timeout: () => AbortSignal.abort() };
    const reach = createReach({ url, clock, lastAnswer: () => null });
    expect((await reach()).reason).toBe('timeout');
  });
});
