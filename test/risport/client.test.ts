import type { ServerResponse } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.ts';
import { ctiQuery, deviceQuery } from '../../src/device/query.ts';
import { blindNodes } from '../../src/device/snapshot.ts';
import { createRisPort, type Exchange, type RisPortOptions } from '../../src/risport/client.ts';
import { RisPortError } from '../../src/risport/fault.ts';
import { CTI, ctiReply, ctiRow, deviceReply, deviceRow, fault, PHONE } from './reply-xml.ts';
import { type Answer, type Running, serve } from './server.ts';

const BASIC = `Basic ${Buffer.from('risbot:päss').toString('base64')}`;
const SECRETS = /päss|p\u00C3|cmlzYm90|secret-session/;
const TOO_FAST =
  'AxisFault: Exceeded allowed rate for Reatime information. Current allowed rate for realtime information is 18 requests per minute.';
const STALE = 'Error Code = 7 Session is no longer valid, start a new session';

const soap = (
  response: ServerResponse,
  body: string,
  status = 200,
  headers: Record<string, string | string[]> = {},
) => void response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8', ...headers }).end(body);
const found = deviceReply([{ name: 'cucm3', rows: [deviceRow(PHONE)] }]);
const session = {
  'set-cookie': ['JSESSIONID=secret-session; Path=/; Secure', 'JSESSIONIDSSO=secret-session-too', 'other=x'],
};
const COOKIE = 'JSESSIONID=secret-session; JSESSIONIDSSO=secret-session-too';

function client(server: Running, more: Partial<RisPortOptions> = {}) {
  const risport = createRisPort({
    name: 'prod',
    url: server.url,
    username: 'risbot',
    password: 'päss',
    maxDevices: 1000,
    clock: systemClock,
    ...more,
  });
  onTestFinished(() => risport.close());
  return risport.lookup;
}

async function failure(work: Promise<unknown>): Promise<RisPortError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RisPortError)) throw new Error(`expected a RisPortError, got ${String(error)}`);
  expect(`${error.message} ${JSON.stringify(error.detail)} ${String(error.cause)}`).not.toMatch(SECRETS);
  return error;
}

const credentials = ({ seen }: Running) => seen.map(({ headers }) => headers.authorization ?? headers.cookie);

test('a question is one POST, as CUCM wants it', async () => {
  const server = await serve((_request, response) => soap(response, found));
  const query = deviceQuery({ items: ['SEPE8B7480316D6'] });
  const before = Date.now();
  const snapshot = await client(server)(query);
  expect(server.seen).toHaveLength(1);
  expect(server.seen[0]).toMatchObject({
    url: '/realtimeservice2/services/RISService70',
    headers: {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '"selectCmDevice"',
      authorization: BASIC,
    },
  });
  expect(server.seen[0]?.body).toContain('<soap:MaxReturnedDevices>1000</soap:MaxReturnedDevices>');
  expect(snapshot).toMatchObject({
    query,
    nodes: [{ name: 'cucm3', returnCode: 'Ok', noChange: false }],
    devices: [{ name: 'SEPE8B7480316D6', node: 'cucm3' }],
    ctiItems: [],
    stateInfo: '',
    complete: true,
    requests: 1,
  });
  expect(snapshot.at).toBeGreaterThanOrEqual(before);
});

test('a path in the URL replaces the usual one', async () => {
  const server = await serve((_request, response) => soap(response, found));
  await client({ ...server, url: `${server.url}/behind/a/gateway` })(deviceQuery());
  expect(server.seen[0]?.url).toBe('/behind/a/gateway');
});

test('CTI is asked and answered likewise', async () => {
  const server = await serve((_request, response) =>
    soap(response, ctiReply([{ name: 'cucm3', rows: [ctiRow(CTI)] }])),
  );
  const snapshot = await client(server)(ctiQuery({ appItems: [CTI.appId] }));
  expect(server.seen[0]).toMatchObject({ headers: { soapaction: '"selectCtiItem"' } });
  expect(snapshot).toMatchObject({ devices: [], ctiItems: [{ node: 'cucm3', ...CTI }], complete: true });
});

test('StateInfo goes out as it came in, and a node that has nothing new says so', async () => {
  const state = '<StateInfo ClusterWide="1"><Node Name="cucm3"/></StateInfo>';
  const server = await serve((request, response) => {
    const known = request.body.includes('&lt;StateInfo ClusterWide=&quot;1&quot;&gt;');
    soap(
      response,
      known
        ? deviceReply([{ name: 'cucm3', noChange: 'true', rows: [] }])
        : deviceReply([], { stateInfo: state }),
    );
  });
  const lookup = client(server);
  expect((await lookup(deviceQuery())).stateInfo).toBe(state);
  const again = await lookup(deviceQuery(), { stateInfo: state });
  expect(again).toMatchObject({
    nodes: [{ noChange: true, returnCode: 'Ok' }],
    stateInfo: '',
    complete: true,
  });
});

test('NoChange where nothing was asked leaves the node unknown, not empty', async () => {
  const server = await serve((_request, response) =>
    soap(response, deviceReply([{ name: 'cucm3', noChange: 'true', rows: [] }])),
  );
  const snapshot = await client(server)(deviceQuery());
  expect(blindNodes(snapshot).map((node) => node.name)).toEqual(['cucm3']);
});

test.each([
  ['one row fewer is whole', 199, true],
  ['a CUCM before 9 cuts at 200', 200, false],
  ['CUCM 9 cuts at 1000', 1000, false],
])('allowed are 2000 rows, and %s', async (_claim, count, complete) => {
  const server = await serve((_request, response) =>
    soap(response, deviceReply([{ name: 'cucm3', rows: manyRows(count) }])),
  );
  expect((await client(server, { maxDevices: 2000 })(deviceQuery())).complete).toBe(complete);
});

const manyRows = (count: number) =>
  Array.from({ length: count }, (_, n) => deviceRow({ ...PHONE, name: `SEP${n}` }));
const state = (totals: string) => `<StateInfo ClusterWide="1"><Node Name="a" ${totals}/></StateInfo>`;
const rows = (...names: string[]) => [
  { name: 'a', rows: names.map((name) => deviceRow({ ...PHONE, name })) },
];
const names = (...items: string[]) => deviceQuery({ operation: 'selectCmDeviceExt', items });

/** Each reply: rows, how many more (or fewer) the counts name, and what is to be made of it: whole, cut or short. */
type Counted = readonly [rows: number, off: number, verdict: 'whole' | 'cut' | 'short'];
const LYING: Counted = [1, 1, 'whole'];

describe.each([
  ['the total', (rows: number, off: number) => ({ total: rows + off })],
  [
    'a node',
    (rows: number, off: number) => ({
      stateInfo: state(`TotalItemsFound="${rows + off}" TotalItemsReturned="${rows}"`),
    }),
  ],
] as const)('allowed are 1500 rows, and %s counts more rows than came', (_what, countsOf) => {
  test.each<readonly [string, readonly Counted[]]>([
    ['nothing cut a reply of one row', [[1, 1, 'whole']]],
    ['nor one without any', [[0, 1, 'whole']]],
    ['nor one below every cap there ever was, however many more', [[199, 5000, 'whole']]],
    ['a round number may be a cap that nobody wrote down', [[500, 2000, 'cut']]],
    ['a small one, too', [[100, 1, 'cut']]],
    ['another number is no cap, and a row more is a count that is off', [[312, 1, 'whole']]],
    ['but many more are hardly chance', [[312, 40, 'short']]],
    ['a CUCM before 9 cuts at 200', [LYING, [200, 1, 'cut']]],
    ['as many as allowed are a cut, whatever was learnt', [LYING, [1500, 1, 'cut']]],
    ['who miscounts one row miscounts many', [LYING, [312, 1, 'whole'], [500, 1, 'whole']]],
    [
      'who has given more at once has not cut it',
      [
        [601, 0, 'whole'],
        [500, 9, 'whole'],
        [312, 1, 'whole'],
      ],
    ],
    [
      'nor does what devices taught say anything of a longer one',
      [
        [601, 0, 'whole'],
        [650, 9, 'cut'],
      ],
    ],
  ])('%s', async (_claim, replies) => {
    const server = await serve((_request, response, nth) => {
      const [rows, off] = replies[nth - 1] ?? [0, 0];
      soap(response, deviceReply([{ name: 'a', rows: manyRows(rows) }], countsOf(rows, off)));
    });
    const lookup = client(server, { maxDevices: 1500 });
    for (const [rows, off, verdict] of replies) {
      const { complete, short = false } = await lookup(deviceQuery());
      expect([rows, off, complete ? (short ? 'short' : 'whole') : 'cut']).toEqual([rows, off, verdict]);
    }
  });
});

test.each([
  ['fewer rows than allowed are the whole answer', deviceQuery(), deviceReply(rows('A', 'B')), true],
  ['as many rows as allowed may be cut', deviceQuery(), deviceReply(rows('A', 'B', 'C')), false],
  [
    'unless every name that was asked for is there',
    names('A', 'b', 'C'),
    deviceReply(rows('A', 'B', 'C')),
    true,
  ],
  [
    'a name without a row may be the one that was cut',
    names('A', 'B', 'C', 'D'),
    deviceReply(rows('A', 'B', 'C')),
    false,
  ],
  ['a name that is nowhere cuts nothing', names('A', 'X'), deviceReply(rows('A')), true],
  ['a pattern is no name', deviceQuery({ items: ['A', 'B', 'C'] }), deviceReply(rows('A', 'B', 'C')), false],
  [
    'a node that returned all it found was not cut',
    deviceQuery(),
    deviceReply(rows('A'), { stateInfo: state('TotalItemsFound="1" TotalItemsReturned="1"') }),
    true,
  ],
  [
    'a node that did not answer cuts nothing',
    deviceQuery(),
    deviceReply([...rows('A'), { name: 'b', returnCode: 'NodeNotResponding', rows: [] }]),
    true,
  ],
] as const)('%s', async (_claim, query, reply, complete) => {
  const server = await serve((_request, response) => soap(response, reply));
  expect((await client(server, { maxDevices: 3 })(query, { stateInfo: 'known' })).complete).toBe(complete);
});

test.each([
  ['a total below the rows is no count either', [deviceReply(rows('A'), { total: 0 })]],
  [
    'every name has its row, and the total is above them',
    [deviceReply(rows('A', 'B'), { total: 3 })],
    names('A', 'B'),
  ],
])(
  'who has shown that its counts are wrong is not believed: %s',
  async (_claim, first, query = deviceQuery()) => {
    const replies = [...first, deviceReply([{ name: 'a', rows: manyRows(312) }], { total: 313 })];
    const server = await serve((_request, response, nth) => soap(response, replies[nth - 1] ?? ''));
    const lookup = client(server);
    await lookup(query);
    expect((await lookup(deviceQuery())).short ?? false).toBe(false);
  },
);

test('what the counts of devices taught says nothing of CTI items', async () => {
  const items = Array.from({ length: 500 }, (_, n) => ctiRow({ ...CTI, appId: `app${n}` }));
  const replies = [
    deviceReply(rows('A'), { total: 2 }),
    ctiReply([{ name: 'a', rows: items }], { total: 900 }),
  ];
  const server = await serve((_request, response, nth) => soap(response, replies[nth - 1] ?? ''));
  const lookup = client(server);
  await lookup(deviceQuery());
  expect((await lookup(ctiQuery())).complete).toBe(false);
});

test.each([
  ['the total says nothing', { total: 700 }],
  [
    'nor does what that node found before',
    { stateInfo: state('TotalItemsFound="700" TotalItemsReturned="0"') },
  ],
])('where a node has nothing new, %s', async (_claim, counts) => {
  const nodes = [
    { name: 'a', noChange: 'true', rows: [] },
    { name: 'b', rows: manyRows(500) },
  ];
  const server = await serve((_request, response) =>
    soap(response, deviceReply(nodes, { total: 500, ...counts })),
  );
  expect((await client(server)(deviceQuery(), { stateInfo: 'known' })).complete).toBe(true);
});

test('once CUCM gave a session, the cookies go instead of the password', async () => {
  const server = await serve((_request, response, nth) =>
    soap(response, found, 200, nth === 1 ? session : {}),
  );
  const lookup = client(server);
  for (let times = 0; times < 3; times++) await lookup(deviceQuery());
  expect(credentials(server)).toEqual([BASIC, COOKIE, COOKIE]);
});

test('a session idle for 25 minutes is not used any more', async () => {
  let minutes = 0;
  const clock: Clock = { ...systemClock, monotonic: () => minutes * 60_000 };
  const server = await serve((_request, response, nth) =>
    soap(response, found, 200, nth === 1 ? session : {}),
  );
  const lookup = client(server, { clock });
  for (const minute of [0, 24, 48, 74]) {
    minutes = minute;
    await lookup(deviceQuery());
  }
  expect(credentials(server)).toEqual([BASIC, COOKIE, COOKIE, BASIC]);
});

test('the session cookie of a refusal is not kept', async () => {
  const server = await serve((_request, response) => soap(response, '<html/>', 401, session));
  const lookup = client(server);
  for (let times = 0; times < 2; times++)
    expect((await failure(lookup(deviceQuery()))).code).toBe('unauthorized');
  expect(credentials(server)).toEqual([BASIC, BASIC]);
});

test.each<[string, Answer]>([
  ['401', (_request, response) => soap(response, '<html/>', 401)],
  ['404', (_request, response) => soap(response, '<html/>', 404)],
  ['Error 7', (_request, response) => soap(response, fault('Server', STALE), 500)],
])('a session refused with %s is dropped, and the question may be asked again', async (_claim, refuse) => {
  const server = await serve((request, response, nth) => {
    if (request.headers.cookie === undefined) soap(response, found, 200, session);
    else refuse(request, response, nth);
  });
  const lookup = client(server);
  await lookup(deviceQuery());
  expect((await failure(lookup(deviceQuery()))).detail.staleSession).toBe(true);
  expect((await lookup(deviceQuery())).devices).toHaveLength(1);
  // Three lookups, three requests: asking again is for whoever keeps count of them.
  expect(credentials(server)).toEqual([BASIC, COOKIE, BASIC]);
});

test('a session refused to an old question does not end the one begun meanwhile', async () => {
  const waiting: ServerResponse[] = [];
  const server = await serve((_request, response, nth) => {
    if (nth === 2 || nth === 3) waiting.push(response);
    else soap(response, found, 200, { 'set-cookie': `JSESSIONID=number-${nth}` });
    if (nth === 3) soap(waiting[0]!, '<html/>', 401);
  });
  const lookup = client(server);
  await lookup(deviceQuery());
  const refused = [failure(lookup(deviceQuery())), failure(lookup(deviceQuery()))];
  await Promise.race(refused);
  await lookup(deviceQuery());
  soap(waiting[1]!, '<html/>', 401);
  expect((await Promise.all(refused)).map((error) => error.detail.staleSession)).toEqual([true, true]);
  await lookup(deviceQuery());
  expect(credentials(server)).toEqual([
    BASIC,
    'JSESSIONID=number-1',
    'JSESSIONID=number-1',
    BASIC,
    'JSESSIONID=number-4',
  ]);
});

test.each([
  ['a wrong password', 401, '<html>Unauthorized</html>', { code: 'unauthorized', status: 401 }],
  ['a missing role', 403, '<html>Forbidden</html>', { code: 'forbidden', status: 403 }],
  ['a service that is not there', 404, '<html/>', { code: 'unavailable', status: 404 }],
  ['a service that is down', 503, 'Service Unavailable', { code: 'unavailable', status: 503 }],
  ['a gateway without an answer', 504, '<html/>', { code: 'unavailable', status: 504 }],
  ['plain text with 500', 500, 'java.lang.NullPointerException', { code: 'unavailable', status: 500 }],
  ['a page in place of an answer', 200, '<html>Sign in</html>', { code: 'not-soap', status: 200 }],
  ['a redirect', 302, '', { code: 'not-soap', status: 302 }],
  ['a bad request', 400, 'what?', { code: 'not-soap', status: 400 }],
  ['a cut body', 200, found.slice(0, 900), { code: 'malformed' }],
  ['an answer with 500', 500, found, { code: 'malformed', status: 500 }],
  ['a fault', 500, fault('Server', 'Bad'), { code: 'fault', status: 500, faultString: 'Bad' }],
  ['a fault with 200', 200, fault('Server', 'Bad'), { code: 'fault', status: 200, faultString: 'Bad' }],
  [
    'Error 7 without a session',
    500,
    fault('Server', STALE),
    { code: 'fault', status: 500, faultString: STALE },
  ],
  [
    'the throttle',
    500,
    fault('soapenv:Server.RateControl', TOO_FAST),
    { code: 'throttled', status: 500, allowance: 18 },
  ],
  [
    'the throttle with 200',
    200,
    fault('Server', TOO_FAST),
    { code: 'throttled', status: 200, allowance: 18 },
  ],
  [
    'the throttle with 503',
    503,
    fault('Server', TOO_FAST),
    { code: 'throttled', status: 503, allowance: 18 },
  ],
  ['the throttle in plain text', 500, TOO_FAST, { code: 'throttled', status: 500, allowance: 18 }],
  ['the throttle in plain text with 200', 200, TOO_FAST, { code: 'throttled', status: 200, allowance: 18 }],
  ['too many requests', 429, '', { code: 'throttled', status: 429 }],
] as const)('%s', async (_claim, status, body, expected) => {
  const server = await serve((_request, response) => soap(response, body, status));
  const error = await failure(client(server)(deviceQuery()));
  expect({ ...error.detail, code: error.code }).toMatchObject(expected);
  expect(error.detail.staleSession).toBeUndefined();
  expect(server.seen).toHaveLength(1);
});

test('a description that speaks of the throttle is no throttle', async () => {
  const joke = deviceReply([{ name: 'a', rows: [deviceRow({ ...PHONE, description: TOO_FAST })] }]);
  const server = await serve((_request, response) => soap(response, joke));
  expect((await client(server)(deviceQuery())).devices[0]?.description).toBe(TOO_FAST);
});

test('whoever listens hears of each POST, and of no secret', async () => {
  const heard: Exchange[] = [];
  const server = await serve((_request, response, nth) => {
    if (nth < 3) soap(response, found, 200, session);
    else response.destroy();
  });
  const lookup = client(server, { onExchange: (exchange) => heard.push(exchange) });
  await lookup(deviceQuery());
  await lookup(deviceQuery());
  await failure(lookup(deviceQuery()));
  expect(heard).toMatchObject([
    { operation: 'selectCmDevice', status: 200, body: found, bytes: Buffer.byteLength(found) },
    { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' } },
    { status: null, body: null, headers: {}, bytes: 0 },
  ]);
  expect(heard[0]?.requestBody).toContain('<soap:selectCmDevice>');
  expect(heard[0]?.ms).toBeGreaterThan(0);
  expect(JSON.stringify(heard)).not.toMatch(SECRETS);
});

test('a question that is taken back rejects with its reason', async () => {
  const server = await serve(() => {});
  await expect(
    client(server)(deviceQuery(), { signal: AbortSignal.abort(new Error('never mind')) }),
  ).rejects.toThrow('never mind');
  expect(server.seen).toEqual([]);
});

test('a closed client ends what is under way', async () => {
  const risport = createRisPort({
    name: 'prod',
    url: (await serve(() => void setImmediate(() => risport.close()))).url,
    username: 'u',
    password: 'p',
    maxDevices: 1,
    clock: systemClock,
  });
  expect((await failure(risport.lookup(deviceQuery()))).code).toBe('network');
});
