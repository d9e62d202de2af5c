import { XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cucm, startCucm } from '../../../simulator/cucm/cucm.ts';
import { isWireMisbehaviour } from '../../../simulator/cucm/misbehave.ts';
import { MISBEHAVIOURS, type Misbehaviour } from '../../../simulator/cucm/misbehaviour.ts';
import { deviceEnvelope, devices, handClock, post, RIS } from './ask.ts';

let cucm: Cucm;
beforeAll(async () => {
  cucm = await startCucm({ requestsPerMinute: null, clock: handClock() });
});
afterAll(() => cucm.stop());
const bad = (kind: Misbehaviour, criteria = {}) => {
  cucm.play(`misbehave ${kind} 1`);
  return post(cucm, deviceEnvelope(criteria));
};
const KINDS = (Object.keys(MISBEHAVIOURS) as Misbehaviour[]).filter((kind) => !isWireMisbehaviour(kind));

test.each(KINDS)('%s differs from the good answer, once', async (kind) => {
  const good = await post(cucm, deviceEnvelope());
  const answer = await bad(kind);
  expect(answer.text !== good.text || answer.status !== good.status).toBe(true);
  expect((await post(cucm, deviceEnvelope())).text).toBe(good.text);
});

test.each([
  ['html', 200, 'text/html'],
  ['unauthorized', 401, 'text/html'],
  ['forbidden', 403, 'text/html'],
  ['text500', 500, 'text/plain'],
  ['unavailable', 503, 'text/html'],
  ['ratecontrol', 500, 'text/xml'],
  ['error7', 500, 'text/xml'],
  ['latin1', 200, 'ISO-8859-1'],
] as const)('%s: %i %s', async (kind, status, type) => {
  const answer = await bad(kind);
  expect([answer.status, answer.headers['content-type']]).toEqual([status, expect.stringContaining(type)]);
});

test.each([
  'noprefix',
  'otherprefix',
  'cdata',
  'charrefs',
  'missing',
  'unknownenum',
  'blankstate',
  'nochange',
] as const)('%s is still well-formed', async (kind) => {
  expect(XMLValidator.validate((await bad(kind)).text)).toBe(true);
});

test('NoChange out of nowhere has no rows', async () => {
  cucm.play('misbehave nochange 1');
  const reply = await devices(cucm);
  expect(reply).toMatchObject({ total: 0, rows: [], stateInfo: '' });
  expect(reply.nodes.every(({ noChange }) => noChange)).toBe(true);
});

test('texts in CDATA and in character references mean the same', async () => {
  const good = await devices(cucm);
  cucm.play('misbehave cdata 1');
  expect((await devices(cucm)).rows).toEqual(good.rows);
});

describe('on the wire', () => {
  let http: Cucm;
  beforeAll(async () => {
    http = await startCucm({ http: true, requestsPerMinute: null });
  });
  afterAll(() => http.stop());
  // fetch, as its body can be read bit by bit.
  const ask = (kind: Misbehaviour, signal: AbortSignal) => {
    http.play(`misbehave ${kind} 1`);
    const headers = { authorization: `Basic ${btoa('risbot:risbot-demo')}` };
    return fetch(http.url + RIS, { method: 'POST', headers, body: deviceEnvelope(), signal });
  };

  test.each(['cut', 'reset'] as const)('%s breaks the connection', async (kind) => {
    await expect(bad(kind)).rejects.toThrow();
  });

  test('huge goes on and on, and stops for those who have gone', async () => {
    const aborter = new AbortController();
    const response = await ask('huge', aborter.signal);
    let read = 0;
    for await (const chunk of response.body ?? []) {
      read += chunk.length;
      if (read > 10_000_000) break;
    }
    aborter.abort();
    expect(read).toBeGreaterThan(10_000_000);
  });

  test('drip comes byte by byte, and whole in the end', async () => {
    cucm.play('misbehave drip 1');
    const answer = await post(cucm, deviceEnvelope({ items: ['SEP000000000000'] }));
    expect(answer.text).toContain('</soapenv:Envelope>');
  });

  test('hang: headers, and never a body', async () => {
    const aborter = new AbortController();
    const response = await ask('hang', aborter.signal);
    expect(response.status).toBe(200);
    const body = response.text();
    aborter.abort(new Error('enough'));
    await expect(body).rejects.toThrow('enough');
  });

  test('silent: not even headers', async () => {
    const aborter = new AbortController();
    const asked = ask('silent', aborter.signal);
    // The request has been answered, by nothing, once it is in the log.
    await expect.poll(() => http.requests().at(-1)?.operation).toBe('selectCmDevice');
    aborter.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
  });
});

test('a kind given at the start holds until it is taken back', async () => {
  const started = await startCucm({ misbehave: 'unavailable', devices: 3 });
  expect((await post(started, deviceEnvelope())).status).toBe(503);
  expect((await post(started, deviceEnvelope())).status).toBe(503);
  started.play('misbehave off');
  expect((await post(started, deviceEnvelope())).status).toBe(200);
  await started.stop();
});
