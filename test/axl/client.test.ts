import type { ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { type AxlOptions, createAxl } from '../../src/axl/client.ts';
import { systemClock } from '../../src/clock.ts';
import { envelope, escaped, fault } from '../risport/reply-xml.ts';
import { type Answer, type Running, type Seen, serve } from '../risport/server.ts';

type Row = readonly [name: string, description: string, number: string | null];

const CLUSTER: readonly Row[] = [
  ['Auto 8845 <Template>', '', null],
  ['SEP001122334455', 'Büro & Lobby', '1001'],
  ['SEP001122334455', 'Büro & Lobby', '1002'],
  ['SEP001122334455', 'Büro & Lobby', '\\+41441234567'],
  ['SEP00AABBCCDDEE', '', '1003'],
  ['SEP00AABBCCDDFF', 'spare', null],
  ['TRUNK', '', null],
];
const NAMES = [
  { name: 'Auto 8845 <Template>', description: '', numbers: [] },
  { name: 'SEP001122334455', description: 'Büro & Lobby', numbers: ['1001', '1002', '+41441234567'] },
  { name: 'SEP00AABBCCDDEE', description: '', numbers: ['1003'] },
  { name: 'SEP00AABBCCDDFF', description: 'spare', numbers: [] },
  { name: 'TRUNK', description: '', numbers: [] },
];

function axl(server: Running, more: Partial<AxlOptions> = {}) {
  const client = createAxl({
    url: server.url,
    username: 'risbot',
    password: 'pass',
    version: '14.0',
    clock: systemClock,
    ...more,
  });
  onTestFinished(() => client.close());
  return client;
}

const send = (response: ServerResponse, body: string, status = 200) =>
  void response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8' }).end(body);
const answer = (operation: string, rows: string) =>
  envelope(
    `<ns:${operation}Response xmlns:ns="http://www.cisco.com/AXL/API/14.0"><return>${rows}</return></ns:${operation}Response>`,
  );
const isSql = ({ body }: Seen) => body.includes('executeSQLQuery');

function page({ body }: Seen): { skip: number; first: number } {
  const [, skip, first] =
    /skip (\d+) first (\d+)/.exec(body) ?? /<skip>(\d+)<\/skip><first>(\d+)<\/first>/.exec(body) ?? [];
  return { skip: Number(skip), first: Number(first) };
}

const sql: Answer = (request, response) => {
  const { skip, first } = page(request);
  const rows = CLUSTER.slice(skip, skip + first).map(
    ([name, description, number]) =>
      `<row><name>${escaped(name)}</name><description>${escaped(description)}</description>${number === null ? '<dnorpattern/>' : `<dnorpattern>${number}</dnorpattern>`}</row>`,
  );
  send(response, answer('executeSQLQuery', rows.join('')));
};
const phones: Answer = (request, response) => {
  const { skip, first } = page(request);
  const rows = ['SEP1', 'SEP2', 'SEP3']
    .slice(skip, skip + first)
    .map((name) => `<phone uuid="{1}"><name>${name}</name><description>of ${name}</description></phone>`);
  send(response, answer('listPhone', rows.join('')));
};

test('names, descriptions and numbers come from one SQL query', async () => {
  const server = await serve(sql);
  expect(await axl(server).names()).toEqual(NAMES);
  expect(server.seen).toHaveLength(1);
  expect(server.seen[0]).toMatchObject({
    url: '/axl/',
    headers: {
      soapaction: '"CUCM:DB ver=14.0 executeSQLQuery"',
      authorization: `Basic ${Buffer.from('risbot:pass').toString('base64')}`,
    },
  });
  expect(server.seen[0]?.body).toContain(
    '<axl:executeSQLQuery><sql>select skip 0 first 1000 d.name, d.description, n.dnorpattern from device d ' +
      'left outer join devicenumplanmap m on m.fkdevice = d.pkid left outer join numplan n on m.fknumplan = n.pkid order by d.name</sql>',
  );
});

test('a device may begin on one page and end on the next', async () => {
  const server = await serve(sql);
  expect(await axl(server, { pageRows: 3 }).names()).toEqual(NAMES);
  expect(server.seen.map(page)).toEqual([
    { skip: 0, first: 3 },
    { skip: 3, first: 3 },
    { skip: 6, first: 3 },
  ]);
});

test.each([
  ['Suggestive Row Fetch: less than 3 rows', [1000, 2, 2, 2, 2]],
  ['Suggested Row Fetch: less than 3 rows', [1000, 2, 2, 2, 2]],
  ['Suggestive Row Fetch: less than 9999 rows', [1000, 500]],
  ['', [1000, 500]],
])('a page that is too large is asked again smaller: "%s"', async (suggestion, sizes) => {
  const text = `Query request too large. Total rows matched: 9 rows. ${suggestion}`;
  const server = await serve((request, response, nth) => {
    if (nth === 1) send(response, fault('Server', text), 500);
    else sql(request, response, nth);
  });
  expect(await axl(server).names()).toEqual(NAMES);
  expect(server.seen.map((request) => page(request).first)).toEqual(sizes);
});

test('pages of a single row that are too large are an error, not a loop', async () => {
  const server = await serve((_request, response) =>
    send(response, fault('Server', 'Query request too large.'), 500),
  );
  await expect(axl(server, { pageRows: 4 }).names()).rejects.toMatchObject({ code: 'fault' });
  expect(server.seen.filter(isSql).map((request) => page(request).first)).toEqual([4, 2, 1]);
});

test('when AXL has no memory left it is waited for, a few times', async () => {
  const waits: number[] = [];
  const clock = { ...systemClock, sleep: async (ms: number) => void waits.push(ms) };
  const busy = fault(
    'Server',
    'Maximum AXL Memory Allocation Consumed. Please retry once requests in progress have completed',
  );
  const server = await serve((request, response, nth) => {
    if (nth < 3) send(response, busy, 500);
    else sql(request, response, nth);
  });
  expect(await axl(server, { clock }).names()).toEqual(NAMES);
  expect(waits).toEqual([15_000, 15_000]);
  const never = await serve((_request, response) => send(response, busy, 500));
  await expect(axl(never, { clock }).names()).rejects.toMatchObject({ code: 'fault' });
  expect(never.seen).toHaveLength(5);
});

test.each<[string, Answer]>([
  ['by its status', (_request, response) => send(response, '<html/>', 403)],
  [
    'by a fault',
    (_request, response) => send(response, fault('Server', 'User is not authorized to perform this'), 500),
  ],
])('where SQL is refused %s, names come from listPhone, without numbers', async (_claim, refuse) => {
  const server = await serve((request, response, nth) =>
    (isSql(request) ? refuse : phones)(request, response, nth),
  );
  expect(await axl(server, { pageRows: 2 }).names()).toEqual([
    { name: 'SEP1', description: 'of SEP1', numbers: [] },
    { name: 'SEP2', description: 'of SEP2', numbers: [] },
    { name: 'SEP3', description: 'of SEP3', numbers: [] },
  ]);
  expect(server.seen.map(page)).toEqual([
    { skip: 0, first: 2 },
    { skip: 0, first: 2 },
    { skip: 2, first: 2 },
  ]);
  expect(server.seen[1]).toMatchObject({ headers: { soapaction: '"CUCM:DB ver=14.0 listPhone"' } });
});

test.each([
  ['a wrong password', 401, '<html/>', 'unauthorized'],
  ['a service that is down', 503, '', 'unavailable'],
  ['plain text', 500, 'oops', 'unavailable'],
  ['a page in place of an answer', 200, '<html/>', 'not-soap'],
  ['a cut body', 200, answer('executeSQLQuery', '<row><name>A</name></row>').slice(0, 250), 'malformed'],
])('%s is an error at once', async (_claim, status, body, code) => {
  const server = await serve((_request, response) => send(response, body, status));
  await expect(axl(server).names()).rejects.toMatchObject({ code });
  expect(server.seen).toHaveLength(1);
});

test('a question that is taken back rejects with its reason', async () => {
  const ended = new AbortController();
  const server = await serve(() => ended.abort(new Error('never mind')));
  await expect(axl(server).names(ended.signal)).rejects.toThrow('never mind');
});
