import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPseudonyms } from '../../src/doctor/pseudonyms.ts';
import { recordingsOf } from '../../src/doctor/record.ts';
import { redact } from '../../src/doctor/redact.ts';

const fresh = () => createPseudonyms();
/** The form of a text: what kind of character stands where. */
const form = (text: string) =>
  text
    .replace(/\p{Lu}/gu, 'A')
    .replace(/\p{Ll}/gu, 'a')
    .replace(/\d/g, '0');

const REPLY =
  '<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
  '<ns1:selectCmDeviceResponse xmlns:ns1="http://schemas.cisco.com/ast/soap"><ns1:Name>cucm-paris.corp.example</ns1:Name>' +
  '<ns1:item><ns1:Name>SEPE8B7480316D6</ns1:Name><ns1:DirNumber>696123-Registered,696124-UnRegistered</ns1:DirNumber>' +
  '<ns1:LoginUserId>jeanne.moreau</ns1:LoginUserId><ns1:Status>Registered</ns1:Status><ns1:Model>36224</ns1:Model>' +
  '<ns1:Description><![CDATA[Moreau & sons <lobby>]]></ns1:Description><ns1:ActiveGk xsi:nil="1"/><ns1:Zone></ns1:Zone>' +
  '<ns1:TimeStamp>1411513436</ns1:TimeStamp><ns1:ActiveLoadID>sip8845.12-8-1</ns1:ActiveLoadID>' +
  '<ns1:DirectoryNumber>696123</ns1:DirectoryNumber><ns1:IP>10.201.12.6</ns1:IP><ns1:IP>2001:db8:77::beef</ns1:IP>' +
  '</ns1:item></ns1:selectCmDeviceResponse><ns1:StateInfo>&lt;StateInfo ClusterWide="1"&gt;&lt;Node Name="cucm-paris.corp.example" ' +
  'SubsystemStartTime="1411513436" StateId="84" TotalItemsFound="1" TotalItemsReturned="1"/&gt;&lt;/StateInfo&gt;</ns1:StateInfo>' +
  '</soapenv:Body></soapenv:Envelope>';

const NAMED = [
  'paris',
  'corp',
  'E8B7480316D6',
  '696123',
  '696124',
  'jeanne',
  'moreau',
  'Moreau',
  'sons',
  'lobby',
  '10.201.12.6',
  'db8',
  'beef',
];

describe('a reply without identities', () => {
  const redacted = redact(REPLY, fresh());

  test.each(NAMED)('%s is gone', (identity) => {
    expect(redacted.toLowerCase()).not.toContain(identity.toLowerCase());
  });

  test.each([
    ['enums', '<ns1:Status>Registered</ns1:Status>'],
    ['numbers', '<ns1:Model>36224</ns1:Model>'],
    ['times', '<ns1:TimeStamp>1411513436</ns1:TimeStamp>'],
    ['loads', '<ns1:ActiveLoadID>sip8845.12-8-1</ns1:ActiveLoadID>'],
    ['nil and empty', '<ns1:ActiveGk xsi:nil="1"/><ns1:Zone></ns1:Zone>'],
    [
      'counters of StateInfo',
      'SubsystemStartTime="1411513436" StateId="84" TotalItemsFound="1" TotalItemsReturned="1"/&gt;',
    ],
    ['namespaces', 'xmlns:ns1="http://schemas.cisco.com/ast/soap"'],
  ])('%s stay', (_claim, kept) => {
    expect(redacted).toContain(kept);
  });

  test('the form stays: lengths, tags, kinds of characters', () => {
    expect(redacted).toHaveLength(REPLY.length);
    expect(
      form(redacted)
        .replace(/[a-f0]/gi, '0')
        .replace(/[a-z]/gi, 'a'),
    ).toBe(
      form(REPLY)
        .replace(/[a-f0]/gi, '0')
        .replace(/[a-z]/gi, 'a'),
    );
    expect(redacted).toMatch(/<ns1:Name>SEP[0-9A-F]{12}<\/ns1:Name>/);
    expect(redacted).toMatch(/<!\[CDATA\[[A-Z][a-z]{5} & [a-z]{4} <[a-z]{5}>\]\]>/);
  });

  test('the same thing has the same stand-in everywhere', () => {
    const [, summary] = /<ns1:DirNumber>(\d+)-Registered/.exec(redacted) ?? [];
    expect(redacted).toContain(`<ns1:DirectoryNumber>${summary}</ns1:DirectoryNumber>`);
    const [, node] = /<ns1:Name>([a-z.-]+)<\/ns1:Name>/.exec(redacted) ?? [];
    expect(redacted).toContain(`Node Name="${node}"`);
  });
});

test.each([
  [
    'a throttle fault keeps its number',
    '<faultstring>AxisFault: Exceeded allowed rate for Reatime information. Current allowed rate for realtime information is 15 requests per minute.</faultstring>',
    null,
  ],
  [
    'an error page keeps its words',
    '<html><head><title>HTTP Status 401 Unauthorized</title></head></html>',
    null,
  ],
  [
    'an error page loses a host name',
    '<p>cucm-paris.corp.example</p>',
    /^<p>[a-z]{4}-[a-z]{5}\.[a-z]{4}\.[a-z]{7}<\/p>$/,
  ],
  [
    'a link loses its host',
    '<a href="https://cucm-paris:8443/ccmadmin">',
    /^<a href="[a-z]{5}:\/\/[a-z]{4}-[a-z]{5}:\d{4}\/[a-z]{8}">$/,
  ],
  [
    'a word where a number belongs is replaced',
    '<Model>moreau, room 5</Model>',
    /^<Model>(?!moreau)[a-z]{6}, [a-z]{4} \d<\/Model>$/,
  ],
  ['a comment loses a name', '<!-- built by moreau -->', /^<!-- [a-z]{5} [a-z]{2} (?!moreau)[a-z]{6} -->$/],
  ['plain text loses a name', 'moreau is busy', /^(?!moreau)[a-z]{6} is [a-z]{4}$/],
  ['a cut reply loses the name it ends in', '<Description>Morea', /^<Description>(?!Morea)[A-Z][a-z]{4}$/],
  [
    'a name in references loses its letters',
    '<Description>M&#246;ller</Description>',
    /^<Description>[A-Z]&#63;[a-z]{4}<\/Description>$/,
  ],
  [
    'StateInfo that is something else is replaced',
    '<StateInfo>moreau</StateInfo>',
    /^<StateInfo>(?!moreau)[a-z]{6}<\/StateInfo>$/,
  ],
  ['an attribute with a name loses it', '<item owner="moreau">', /^<item owner="(?!moreau)[a-z]{6}">$/],
])('%s', (_claim, text, expected) => {
  const redacted = redact(text, fresh());
  if (expected === null) expect(redacted).toBe(text);
  else expect(redacted).toMatch(expected);
});

test('two different names never get the same stand-in', () => {
  const names = Array.from(
    { length: 2000 },
    (_, at) => `SEP${at.toString(16).toUpperCase().padStart(12, '0')}`,
  );
  const { identity } = fresh();
  expect(new Set(names.map(identity)).size).toBe(2000);
  expect(new Set(['cucm1', 'cucm2', 'cucm3', 'cucm4'].map(identity)).size).toBe(4);
});

test('two recordings do not match', () => {
  expect(fresh().identity('SEPE8B7480316D6')).not.toBe(fresh().identity('SEPE8B7480316D6'));
});

test('no identity is left, whatever it is and wherever it stands', () => {
  const identity = fc
    .stringMatching(/^[A-Za-z0-9]{6,20}$/)
    .filter((text) => !/^(?:unregistered|registered|rejected|unknown|partiallyregistered)$/i.test(text));
  const element = fc.constantFrom(
    'Name',
    'DirNumber',
    'Description',
    'LoginUserId',
    'Item',
    'AppId',
    'UserId',
    'NodeName',
    'DownloadServer',
    'Anything',
  );
  const wrapping = fc.constantFrom(
    (text: string) => text,
    (text: string) => `<![CDATA[${text}]]>`,
    (text: string) => `x ${text}, y`,
    (text: string) => `(${text})`,
  );
  fc.assert(
    fc.property(identity, element, wrapping, fc.constantFrom('', 'ns1:'), (text, name, wrap, prefix) => {
      const xml = `<${prefix}${name}>${wrap(text)}</${prefix}${name}>`;
      const redacted = redact(xml, fresh());
      return redacted.length === xml.length && !redacted.includes(text);
    }),
    { numRuns: 500 },
  );
});

test('nothing that is typed makes it hang', () => {
  for (const text of [
    '<'.repeat(50_000),
    '&'.repeat(50_000),
    'a="'.repeat(20_000),
    ':'.repeat(50_000),
    '&lt;StateInfo '.repeat(5_000),
    '<!--'.repeat(20_000),
  ]) {
    expect(redact(`<StateInfo>${text}`, fresh()).length).toBeGreaterThan(0);
  }
}, 5_000);

test('files hold no cookies and no login, and are listed with status and size', () => {
  const exchange = {
    operation: 'selectCmDevice' as const,
    requestBody: '<Item>SEPE8B7480316D6</Item>',
    status: 200,
    headers: {
      'set-cookie': 'JSESSIONID=abc',
      authorization: 'Basic x',
      server: 'cucm-paris',
      'content-type': 'text/xml',
      date: 'now',
    },
    body: REPLY,
    ms: 12.3,
    bytes: 100,
  };
  const files = recordingsOf(1, [exchange, { ...exchange, status: null, body: null }], fresh());
  expect(files.map(({ name }) => name)).toEqual([
    'cluster1-1-selectCmDevice-request.xml',
    'cluster1-1-selectCmDevice-reply.xml',
    'cluster1-2-selectCmDevice-request.xml',
    'cluster1-2-selectCmDevice-reply.xml',
    'cluster1.json',
  ]);
  const all = files
    .map(({ content }) => content)
    .join('\n')
    .toLowerCase();
  for (const identity of [...NAMED, 'JSESSIONID', 'Basic']) expect(all).not.toContain(identity.toLowerCase());
  expect(JSON.parse(files.at(-1)?.content ?? '')).toEqual([
    {
      operation: 'selectCmDevice',
      status: 200,
      headers: { 'content-type': 'text/xml', date: 'now' },
      ms: 12,
      bytes: 100,
    },
    expect.objectContaining({ status: null }),
  ]);
});
