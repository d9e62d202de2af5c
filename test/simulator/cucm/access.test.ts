import { afterEach, describe, expect, test } from 'vitest';
import { type Cucm, type CucmOptions, startCucm } from '../../../simulator/cucm/cucm.ts';
import { deviceEnvelope, handClock, post, RIS, soap } from './ask.ts';

let cucm: Cucm;
const clock = handClock();
afterEach(() => cucm.stop());
async function start(options: CucmOptions = {}): Promise<void> {
  cucm = await startCucm({ devices: 5, clock, ...options });
}
const ONE = deviceEnvelope({ items: ['SEP001122334455'] });
const ask = (headers?: Record<string, string>) => post(cucm, ONE, headers === undefined ? {} : { headers });
const cookiesOf = (answer: { headers: Readonly<Record<string, string | string[] | undefined>> }) =>
  [answer.headers['set-cookie'] ?? []].flat();

describe('who may ask', () => {
  test.each([
    ['no password', {}],
    ['a wrong password', { authorization: `Basic ${btoa('risbot:nonsense')}` }],
    ['a cookie nobody gave', { cookie: `JSESSIONID=${'A'.repeat(32)}` }],
  ])('%s: 401 and a page', async (_claim, headers) => {
    await start();
    const answer = await ask(headers);
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.headers['www-authenticate']).toContain('Basic');
  });

  test.each(['JSESSIONID', 'JSESSIONIDSSO'])(
    'the cookie %s alone is enough, for half an hour idle',
    async (name) => {
      await start();
      const cookies = cookiesOf(await ask());
      const cookie = cookies.find((one) => one.startsWith(`${name}=`))?.split(';')[0] ?? '';
      expect(cookies.every((one) => one.includes('Secure') && one.includes('HttpOnly'))).toBe(true);
      clock.pass(1799);
      const known = await ask({ cookie });
      expect([known.status, cookiesOf(known)]).toEqual([200, []]);
      clock.pass(1801);
      expect((await ask({ cookie })).status).toBe(401);
    },
  );

  test('a worthless cookie can also get the fault that wants a new session', async () => {
    await start({ staleSession: 'error7' });
    const answer = await ask({ cookie: `JSESSIONID=${'A'.repeat(32)}` });
    expect(answer.status).toBe(500);
    expect(answer.text).toMatch(/Error Code = 7.*start a new session/);
  });

  test.each([
    ['auth fail', 'auth ok', 401],
    ['role missing', 'role ok', 403],
  ])('%s, until %s', async (bad, good, status) => {
    await start();
    cucm.play(bad);
    expect((await ask()).status).toBe(status);
    cucm.play(good);
    expect((await ask()).status).toBe(200);
  });
});

describe('the allowance', () => {
  test('15 in any 60 s, then the throttle fault in CUCM’s words; refused ones do not count', async () => {
    await start();
    for (let count = 0; count < 15; count += 1) {
      expect((await ask()).status).toBe(200);
      clock.pass(2);
    }
    const refused = await ask();
    expect(refused.status).toBe(500);
    expect(refused.text).toContain('<faultcode>soapenv:Server.RateControl</faultcode>');
    expect(refused.text).toContain(
      'Exceeded allowed rate for Reatime information. Current allowed rate for realtime information is 15 requests per minute.',
    );
    clock.pass(29);
    expect((await ask()).status).toBe(500);
    clock.pass(1);
    expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(500);
    expect(cucm.requests().map(({ status }) => status)).toEqual([...Array(15).fill(200), 500, 500, 200, 500]);
    expect(cucm.requests()[0]).toMatchObject({ operation: 'selectCmDevice', devices: 1 });
  });

  test('other clients take of it', async () => {
    await start();
    cucm.play('throttle 14');
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 500]);
    clock.pass(60);
    cucm.play('throttle');
    expect((await ask()).status).toBe(500);
  });

  test.each([null, Number.POSITIVE_INFINITY])('%s switches it off', async (requestsPerMinute) => {
    await start({ requestsPerMinute, http: true });
    for (let count = 0; count < 20; count += 1) expect((await ask()).status).toBe(200);
  });
});

describe('what is not a question', () => {
  test.each([
    ['another path', { path: '/elsewhere' }, 404],
    ['the WSDL', { path: `${RIS}?wsdl`, method: 'GET' as const }, 404],
    ['AXL without its slash', { path: '/axl' }, 404],
  ])('%s', async (_claim, options, status) => {
    await start();
    expect((await post(cucm, ONE, options)).status).toBe(status);
  });

  test.each([
    ['no XML', 'hello'],
    ['an empty body', ''],
    ['an envelope with nothing in it', '<Envelope><Body/></Envelope>'],
    ['a DOCTYPE', `<!DOCTYPE a [<!ENTITY b "c">]>${ONE}`],
    ['another operation', soap('<a:getServerInfo/>')],
    [
      'an element without a place',
      ONE.replace('<a:Model>255</a:Model>', '<a:Model>255</a:Model><a:Moddel/>'),
    ],
    ['a SelectBy off the list', deviceEnvelope({ by: 'SIPStatus' })],
    ['a protocol in small letters', deviceEnvelope({ protocol: 'sip' })],
    ['a model in words', deviceEnvelope({ model: 'Cisco 8845' })],
  ])('%s gets a fault', async (_claim, body) => {
    await start();
    const answer = await post(cucm, body);
    expect(answer.status).toBe(500);
    expect(answer.text).toContain('<soapenv:Fault>');
  });

  test.each([{ status: 'registered' }, { deviceClass: 'Phones' }])(
    '%o is an InvalidRequest on every node',
    async (criteria) => {
      await start();
      const answer = await post(cucm, deviceEnvelope(criteria));
      expect(answer.text.match(/<ns1:ReturnCode>InvalidRequest</g)).toHaveLength(3);
    },
  );

  test('more than 2 MB is refused', async () => {
    await start();
    const { status } = await post(cucm, ONE + ' '.repeat(2 * 1024 * 1024)).catch(() => ({ status: 413 }));
    expect(status).toBe(413);
    expect((await ask()).status).toBe(200);
  });

  test('500 names with ampersands in one request are read whole', async () => {
    await start();
    const items = Array.from({ length: 500 }, (_, index) => `R&D &<${index}>`);
    const answer = await post(
      cucm,
      deviceEnvelope({ by: 'Description', items: [...items, 'LON 3F desk 1'] }),
    );
    expect(answer.text).toContain('<ns1:TotalDevicesFound>1<');
  });
});

test('the Date header tells the simulator’s time', async () => {
  await start();
  expect((await ask()).headers.date).toBe(new Date(clock.now()).toUTCString());
});

test('gzip for those who ask', async () => {
  await start();
  const authorization = `Basic ${btoa('risbot:risbot-demo')}`;
  expect((await ask({ authorization, 'accept-encoding': 'gzip' })).headers['content-encoding']).toBe('gzip');
  expect((await ask()).headers['content-encoding']).toBeUndefined();
});

test('operations are told by the body, whatever SOAPAction says', async () => {
  await start();
  const authorization = `Basic ${btoa('risbot:risbot-demo')}`;
  expect((await ask({ authorization, soapaction: '"selectCtiItem"' })).text).toContain('SEP001122334455');
});
