/** What the link is made of, without a process and without the SDK. */
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readActivity, uuidIn } from '../../../adapters/webex/sdk/activity.ts';
import { type Child, type End, verdict } from '../../../adapters/webex/sdk/child.ts';
import { logOutput, redacted } from '../../../adapters/webex/sdk/output.ts';
import { waitBefore } from '../../../adapters/webex/sdk/patience.ts';
import { readFromChild } from '../../../adapters/webex/sdk/protocol.ts';
import { createSuccession, pauseBefore } from '../../../adapters/webex/sdk/succession.ts';
import { isToken, readFailure, reasonOf } from '../../../adapters/webex/sdk/trouble.ts';
import { systemClock } from '../../../src/clock.ts';

const UUID = '91a8e1f0-6a3e-11ee-8c99-0242ac120002';
const idOf = (text: string) => Buffer.from(text).toString('base64url');
const quiet = () => undefined;
const LOG = { debug: quiet, info: quiet, warn: quiet, error: quiet };

describe('an activity', () => {
  const said = (activity: object) => ({
    data: {
      activity: { id: UUID, verb: 'post', actor: { entryUUID: 'anna' }, target: { url: 'u' }, ...activity },
    },
  });
  const us = () => 'urn:TEAM:us-east-2_a:conversation';
  const frankfurt = () => 'urn:TEAM:eu-central-1_k:conversation';

  test.each([
    ['a message', {}, us, 'messages', `ciscospark://us/MESSAGE/${UUID}`],
    ['a file', { verb: 'share' }, us, 'messages', `ciscospark://us/MESSAGE/${UUID}`],
    [
      'an answer in a thread',
      { parent: { type: 'reply' } },
      us,
      'messages',
      `ciscospark://us/MESSAGE/${UUID}`,
    ],
    ['a press', { verb: 'cardAction' }, us, 'attachmentActions', `ciscospark://us/ATTACHMENT_ACTION/${UUID}`],
    ['elsewhere', {}, frankfurt, 'messages', `ciscospark://urn:TEAM:eu-central-1_k/MESSAGE/${UUID}`],
    ['nobody knows where', {}, quiet, 'messages', `ciscospark://us/MESSAGE/${UUID}`],
  ] as const)('of %s names it as the REST API does', (_claim, activity, clusterOf, resource, name) => {
    expect(readActivity(said(activity), clusterOf)).toEqual({
      notice: { resource, id: idOf(name) },
      actor: 'anna',
    });
  });

  test.each([
    ['an edit', said({ parent: { type: 'edit' } })],
    ['a deletion', said({ verb: 'delete' })],
    ['a receipt', said({ verb: 'acknowledge' })],
    ['an id that is none', said({ id: '../../people/me' })],
    ['an id without end', said({ id: 'a'.repeat(101) })],
    ['an id that is a number', said({ id: 7 })],
    ['no activity', { data: {} }],
    ['nothing', undefined],
    ['a word', 'conversation.activity'],
  ])('that is %s is no news', (_claim, envelope) => expect(readActivity(envelope, us)).toBeNull());

  test('is known by the uuid in the bot’s id to be its own', () => {
    expect(uuidIn(idOf(`ciscospark://us/PEOPLE/${UUID}`))).toBe(UUID);
  });
});

describe('words of the child', () => {
  const notice = (resource: unknown, id: unknown) => ({ type: 'notice', notice: { resource, id } });
  test.each([
    ['a pong', { type: 'pong', more: 1 }, { type: 'pong' }],
    [
      'a reason that goes on and on',
      { type: 'closed', reason: 'a'.repeat(999) },
      { type: 'closed', reason: 'a'.repeat(200) },
    ],
    ['a failure', { type: 'failed', reason: 'x' }, { type: 'failed', reason: 'x', isRefused: false }],
    ['a notice', notice('messages', 'Y2lz'), notice('messages', 'Y2lz')],
    ['a notice of something else', notice('rooms', 'Y2lz'), null],
    ['a notice with a path in it', notice('messages', '../people/me'), null],
    ['a notice with an id that is too long', notice('messages', 'a'.repeat(501)), null],
    ['a notice of nothing', { type: 'notice', notice: null }, null],
    ['something else', { type: 'exec', command: 'x' }, null],
    ['no object', 'pong', null],
    ['nothing', null, null],
  ])('%s', (_claim, value, words) => expect(readFromChild(value)).toEqual(words));
});

describe('a call that failed', () => {
  const failure = (status: number, retryAfter?: number) =>
    readFailure(
      { service: 'hydra', resource: 'people/me' },
      { statusCode: status, headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) } },
    );
  test.each([
    ['at once without an answer', failure(0), 0, 0, 250],
    ['later when it failed before', failure(503), 3, 0, 2_000],
    ['eight seconds later at the latest', failure(500), 30, 0, 8_000],
    ['when it was asked to', failure(429, 7), 0, 0, 7_000],
    ['a second later when 429 says no time', failure(429), 0, 0, 1_000],
    ['a minute later at the latest', failure(429, 3_600), 0, 0, 60_000],
    ['no more after five minutes of waiting', failure(503), 40, 299_000, null],
    ['never when it was refused', failure(401), 0, 0, null],
    ['never when there is no such thing', failure(404), 0, 0, null],
  ])('is made again %s', (_claim, what, tries, waitedMs, waitMs) => {
    expect(waitBefore(what, { tries, waitedMs })).toBe(waitMs);
  });

  test('is not made again when it was about metrics, which nobody misses', () => {
    const metrics = readFailure({ service: 'metrics', resource: 'clientmetrics' }, { statusCode: 503 });
    expect(waitBefore(metrics, { tries: 0, waitedMs: 0 })).toBeNull();
  });

  test.each([
    [{ service: 'u2c', resource: '/limited/catalog' }, 0, 'service catalog unreachable'],
    [{ uri: 'https://u2c.wbx2.com/u2c/api/v1/catalog' }, 502, 'service catalog: status 502'],
    [{ service: 'wdm', resource: 'devices' }, 429, 'device registration: rate limited'],
    [{ uri: 'https://wdm-a.wbx2.com/wdm/api/v1/devices/1' }, 500, 'device registration: status 500'],
    [{ service: 'hydra', resource: 'people/me' }, 401, 'token not accepted'],
    [{ service: 'hydra', resource: 'people/me' }, 0, 'REST API unreachable'],
  ])('%j with %d is told as "%s"', (options, statusCode, reason) => {
    expect(reasonOf(readFailure(options, { statusCode }))).toBe(reason);
  });
});

test.each([
  ['a_b_c', true],
  ['a.b.c', true],
  ['a', false],
  ['', false],
])('a token like "%s" has the parts that the SDK wants: %s', (token, isOne) =>
  expect(isToken(token)).toBe(isOne),
);

describe('a process', () => {
  const limits = { heartbeatMs: 5_000, missedBeats: 4, connectMs: 60_000, farewellMs: 3_000 };
  const pulse = { isLoaded: true, unanswered: 0, closedAt: null, trouble: 'websocket lost' };
  test.each([
    ['that answers and is connected may stay', {}, null],
    ['that missed three pings may stay', { unanswered: 3 }, null],
    ['that missed four hangs', { unanswered: 4 }, 'process hung'],
    [
      'that loads the SDK may be away for longer',
      { isLoaded: false, unanswered: 9, closedAt: 950_000 },
      null,
    ],
    ['that is without a websocket for a while may stay', { closedAt: 940_001 }, null],
    ['that is without one for a minute goes', { closedAt: 940_000 }, 'websocket lost, for too long'],
  ])('%s', (_claim, more, reason) => {
    expect(verdict({ ...pulse, ...more }, limits, 1_000_000)).toBe(reason);
  });

  test('is followed by another after pauses that grow to a minute', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 50].map((failures) => pauseBefore(failures, 1_000));
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  });
});

describe('processes in succession', () => {
  /** Processes with a life as told: how long each was connected before it ended. */
  async function pausesOf(lives: readonly number[], end: End = { reason: 'gone', isRefused: false }) {
    const pauses: number[] = [];
    let now = 0;
    const left = [...lives];
    const succession = createSuccession({
      start({ open }): Child {
        const lastsMs = left.shift() ?? 0;
        if (lastsMs > 0) open();
        now += lastsMs;
        return { pid: 1, ended: Promise.resolve(end), stop: async () => undefined };
      },
      heard: { open: quiet, closed: quiet, notice: quiet },
      clock: {
        ...systemClock,
        monotonic: () => now,
        async sleep(ms) {
          pauses.push(ms);
          if (left.length === 0) await succession.stop();
        },
      },
      log: LOG,
      firstPauseMs: 1_000,
    });
    return { reason: await succession.run(), pauses };
  }

  test('wait longer each time while none connects', async () => {
    expect(await pausesOf([0, 0, 0])).toEqual({ reason: null, pauses: [1_000, 2_000, 4_000] });
  });
  test('wait longer when each connects for a moment only', async () => {
    expect((await pausesOf([100, 100])).pauses).toEqual([1_000, 2_000]);
  });
  test('begin anew with a second after one that was connected for a minute', async () => {
    expect((await pausesOf([0, 0, 60_000, 0])).pauses).toEqual([1_000, 2_000, 1_000, 2_000]);
  });
  test('end when the first is refused', async () => {
    const refused = { reason: 'token not accepted', isRefused: true };
    expect(await pausesOf([0, 0], refused)).toEqual({ reason: 'token not accepted', pauses: [] });
  });
  test('go on when a later one is refused, since the token was good once', async () => {
    const refused = { reason: 'token not accepted', isRefused: true };
    expect((await pausesOf([100, 0, 0], refused)).pauses).toEqual([1_000, 2_000, 4_000]);
  });
});

describe('what the process writes', () => {
  async function logged(pieces: readonly string[], most = 10): Promise<readonly unknown[]> {
    const lines: unknown[] = [];
    const stream = new PassThrough();
    logOutput([stream], {
      log: { ...LOG, debug: ({ line }) => lines.push(line) },
      secrets: ['s3cret', ''],
      most,
    });
    for (const piece of pieces) stream.write(piece);
    stream.end();
    await new Promise((resolve) => stream.on('close', resolve));
    return lines;
  }

  test('is logged line by line', async () =>
    expect(await logged(['a\nb', 'c\n\nd'])).toEqual(['a', 'bc', 'd']));
  test('holds no secret, also when it comes in pieces', async () => {
    expect(await logged(['Bearer s3c', 'ret and s3cret\n'])).toEqual(['Bearer [secret] and [secret]']);
  });
  test('holds no part of one, where a line is cut', async () => {
    const [line] = await logged([`${'a'.repeat(496)}s3cret`]);
    expect(line).toBe(`${'a'.repeat(496)}[sec`);
    expect(await logged([`${'a'.repeat(8_189)}s3cret`])).toEqual(['a'.repeat(500)]);
  });
  test('is so many lines and no more', async () =>
    expect(await logged(['a\n'.repeat(100)], 3)).toHaveLength(3));
  test('may hold all that is no secret', () => expect(redacted('a.b', ['.'])).toBe('a[secret]b'));
});
