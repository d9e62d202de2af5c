import { expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createDecoder, parseSoap } from '../../src/risport/decode.ts';
import { RisPortError } from '../../src/risport/fault.ts';
import { CTI, ctiReply, ctiRow, deviceReply, deviceRow, envelope, fault, PHONE, PLAIN } from './reply-xml.ts';

const decode = (body: string | Uint8Array, contentType = 'text/xml') =>
  createDecoder({ clock: systemClock }).decode(body, { contentType });
const failure = async (work: Promise<unknown>): Promise<RisPortError> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RisPortError)) throw new Error(`expected a RisPortError, got ${String(error)}`);
  return error;
};
const one = (row: string) => deviceReply([{ name: 'cucm3', rows: [row] }]);
const field = (xml: string) => `<ns1:item><ns1:Name>SEP1</ns1:Name>${xml}</ns1:item>`;
const PUBLISHED_STATE =
  '<StateInfo ClusterWide="1"><Node Name="cucm3" SubsystemStartTime="1411513436" StateId="84" TotalItemsFound="1" TotalItemsReturned="1"/></StateInfo>';

test('a reply with one device, as Cisco publishes it', async () => {
  const reply = await decode(
    deviceReply([{ name: 'cucm3', rows: [deviceRow(PHONE)] }], { stateInfo: PUBLISHED_STATE }),
  );
  expect(reply).toEqual({
    kind: 'devices',
    nodes: [{ name: 'cucm3', returnCode: 'Ok', noChange: false }],
    devices: [{ node: 'cucm3', ...PHONE }],
    ctiItems: [],
    totalFound: 1,
    stateInfo: PUBLISHED_STATE,
    stateNodes: [
      {
        name: 'cucm3',
        subsystemStartTime: 1_411_513_436,
        stateId: '84',
        totalItemsFound: 1,
        totalItemsReturned: 1,
      },
    ],
  });
});

test('nothing found, as captured: CmNodes nil and a blank StateInfo', async () => {
  const reply = await decode(
    envelope(
      '<ns1:selectCmDeviceResponse xmlns:ns1="http://schemas.cisco.com/ast/soap"><ns1:selectCmDeviceReturn><ns1:SelectCmDeviceResult>' +
        '<ns1:TotalDevicesFound>0</ns1:TotalDevicesFound><ns1:CmNodes xsi:nil="1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>' +
        '</ns1:SelectCmDeviceResult><ns1:StateInfo/></ns1:selectCmDeviceReturn></ns1:selectCmDeviceResponse>',
    ),
  );
  expect(reply).toMatchObject({ nodes: [], devices: [], totalFound: 0, stateInfo: '', stateNodes: [] });
});

test('a node that did not answer stands beside one that did', async () => {
  const reply = await decode(
    deviceReply([
      { name: 'cucm1', returnCode: 'NodeNotResponding', rows: [] },
      { name: 'cucm2', rows: [deviceRow(PHONE)] },
      { name: 'cucm3', noChange: 'true', rows: [] },
      { name: 'cucm4', returnCode: 'SomethingNew', noChange: '1', rows: [] },
    ]),
  );
  expect(reply.nodes).toEqual([
    { name: 'cucm1', returnCode: 'NodeNotResponding', noChange: false },
    { name: 'cucm2', returnCode: 'Ok', noChange: false },
    { name: 'cucm3', returnCode: 'Ok', noChange: true },
    { name: 'cucm4', returnCode: 'SomethingNew', noChange: true },
  ]);
  expect(reply.devices.map((device) => device.node)).toEqual(['cucm2']);
});

test('CTI items, with a device and a line', async () => {
  const line = {
    ...CTI,
    ctiDevice: {
      appControlsMedia: false,
      deviceName: 'SEPF01FAF38ABC2',
      deviceStatus: 'Open',
      deviceStatusReason: 0,
      deviceTimeStamp: 1_411_513_436,
    },
    ctiLine: { dirNumber: '1002', lineStatus: 'Closed', lineStatusReason: 2, lineTimeStamp: 1_411_513_437 },
  };
  const reply = await decode(ctiReply([{ name: 'cucm3', rows: [ctiRow(line), ctiRow(CTI)] }]));
  expect(reply).toMatchObject({ kind: 'cti-items', devices: [], totalFound: 2 });
  expect(reply.ctiItems).toEqual([
    { node: 'cucm3', ...line },
    { node: 'cucm3', ...CTI },
  ]);
});

test.each([
  ['an unknown word stays as it is', '<ns1:Status>Dozing</ns1:Status>', { status: 'Dozing' }],
  [
    'blanks around a word are not part of it',
    '<ns1:Status>\n Registered </ns1:Status>',
    { status: 'Registered' },
  ],
  ['blanks around text are', '<ns1:Description> a </ns1:Description>', { description: ' a ' }],
  ['a number', '<ns1:Model> 564 </ns1:Model>', { model: 564 }],
  ['the largest number', '<ns1:TimeStamp>4294967295</ns1:TimeStamp>', { timeStamp: 4_294_967_295 }],
  ['a number too large is none', '<ns1:TimeStamp>4294967296</ns1:TimeStamp>', { timeStamp: null }],
  ['a negative number is none', '<ns1:Model>-1</ns1:Model>', { model: null }],
  ['hexadecimal is no number', '<ns1:Model>0x234</ns1:Model>', { model: null }],
  ['a fraction is no number', '<ns1:Model>1.5</ns1:Model>', { model: null }],
  ['a number with an exponent is none', '<ns1:Model>1e3</ns1:Model>', { model: null }],
  ['true', '<ns1:IsCtiControllable>true</ns1:IsCtiControllable>', { isCtiControllable: true }],
  ['1 is true', '<ns1:IsCtiControllable>1</ns1:IsCtiControllable>', { isCtiControllable: true }],
  ['0 is false', '<ns1:IsCtiControllable>0</ns1:IsCtiControllable>', { isCtiControllable: false }],
  ['yes is neither', '<ns1:IsCtiControllable>yes</ns1:IsCtiControllable>', { isCtiControllable: null }],
  ['nil="1"', '<ns1:Model xsi:nil="1"/><ns1:Description xsi:nil="1"/>', { model: null, description: '' }],
  ['nil="true"', "<ns1:Model xsi:nil='true'></ns1:Model>", { model: null }],
  [
    'a character reference',
    '<ns1:Description>&#x41;&#66;&#x1F4DE;</ns1:Description>',
    { description: 'AB📞' },
  ],
  [
    'an escape is undone once',
    '<ns1:Description>&amp;amp;&amp;#65;</ns1:Description>',
    { description: '&amp;&#65;' },
  ],
  [
    'the five entities',
    '<ns1:Description>&lt;&gt;&amp;&quot;&apos;</ns1:Description>',
    { description: '<>&"\'' },
  ],
  [
    'CDATA is text, whatever it looks like',
    '<ns1:Description>a<![CDATA[</ns1:item><x:item>&amp;]]>b</ns1:Description>',
    { description: 'a</ns1:item><x:item>&amp;b' },
  ],
  [
    'a comment is nothing, whatever it looks like',
    '<!-- </ns1:item> --><ns1:Description>a<!-- <item> -->b</ns1:Description>',
    { description: 'ab' },
  ],
  [
    '> in an attribute ends no tag',
    '<ns1:Description a="</ns1:item>" b=\'>\'>x</ns1:Description>',
    { description: 'x' },
  ],
  ['another prefix', '<q:Description>x</q:Description>', { description: 'x' }],
  ['no prefix', '<Description>x</Description>', { description: 'x' }],
  [
    'an element nobody knows',
    '<ns1:Novelty><ns1:item><ns1:item/></ns1:item></ns1:Novelty>',
    { description: '' },
  ],
  ['a name of the language', '<ns1:toString>y</ns1:toString>', { description: '' }],
  [
    'a trunk of nil fields is none',
    `<ns1:H323Trunk>${PLAIN.nil('ns1:Zone')}</ns1:H323Trunk>`,
    { h323Trunk: null },
  ],
  ['no lines', '<ns1:LinesStatus/>', { linesStatus: [] }],
  [
    'a nil line is none',
    '<ns1:LinesStatus><ns1:item xsi:nil="true"/></ns1:LinesStatus>',
    { linesStatus: [] },
  ],
] as const)('%s', async (_claim, xml, expected) => {
  const reply = await decode(one(field(xml)));
  expect(reply.devices).toHaveLength(1);
  expect(reply.devices[0]).toMatchObject({ name: 'SEP1', ...expected });
});

test('a nil row is no device', async () => {
  expect((await decode(one('<ns1:item xsi:nil="1"/>'))).devices).toEqual([]);
});

test.each([
  ['latin-1 by Content-Type', 'latin1', 'text/xml; charset=ISO-8859-1', '<?xml version="1.0"?>'],
  ['latin-1 by the declaration', 'latin1', 'text/xml', '<?xml version="1.0" encoding="iso-8859-1"?>'],
  ['UTF-8 when nothing is said', 'utf8', '', ''],
  ['UTF-8 with a byte order mark', 'utf8', 'text/xml; charset=iso-8859-1', '\uFEFF<?xml version="1.0"?>'],
  ['UTF-16 with a byte order mark', 'utf16le', 'text/xml', '\uFEFF<?xml version="1.0" encoding="utf-16"?>'],
] as const)('%s', async (_claim, encoding, contentType, declaration) => {
  const xml = one(field('<ns1:Description>Büro Café</ns1:Description>')).replace(
    /^<\?xml[^>]*>/,
    declaration,
  );
  const reply = await decode(Buffer.from(xml, encoding), contentType);
  expect(reply.devices[0]?.description).toBe('Büro Café');
});

const BOMB =
  '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' +
  one(field('<ns1:Description>&b;</ns1:Description>')).replace(/^<\?xml[^>]*>/, '');

test.each([
  ['an HTML page', '<html><body>Sign in</body></html>', 'not-soap'],
  ['an HTML page with its DOCTYPE', '<!DOCTYPE html>\n<html></html>', 'not-soap'],
  ['plain text', 'Internal error', 'not-soap'],
  ['nothing', '', 'not-soap'],
  ['another XML document', '<wsdl:definitions xmlns:wsdl="x"/>', 'not-soap'],
  ['an entity bomb', BOMB, 'malformed'],
  [
    'a DOCTYPE that fetches a file',
    `<!DOCTYPE a SYSTEM "file:///etc/passwd">${envelope('<a/>')}`,
    'malformed',
  ],
  ['an entity nobody declared', one(field('<ns1:Description>&nbsp;</ns1:Description>')), 'malformed'],
  ['a bare ampersand', one(field('<ns1:Description>R & D</ns1:Description>')), 'malformed'],
  ['a reference to no character', one(field('<ns1:Description>&#0;</ns1:Description>')), 'malformed'],
  ['a reference beyond Unicode', one(field('<ns1:Description>&#x110000;</ns1:Description>')), 'malformed'],
  ['tags that do not match in a row', one(field('<ns1:Model>1</ns1:Product>')), 'malformed'],
  ['tags that cross in a row', one(field('<ns1:A><ns1:B></ns1:A></ns1:B>')), 'malformed'],
  [
    'tags that do not match around the rows',
    one('').replace('</ns1:CmDevices>', '</ns1:CmNodes>'),
    'malformed',
  ],
  ['prefixes that do not match', one(field('<a:Model>1</b:Model>')), 'malformed'],
  ['an element with a name that is dangerous', one(field('<__proto__>x</__proto__>')), 'malformed'],
  ['two replies in one', one('') + envelope('<a/>'), 'malformed'],
  ['an empty body', envelope(''), 'malformed'],
  ['the answer to another operation', envelope('<a:getOSVersionResponse xmlns:a="x"/>'), 'malformed'],
  ['an answer without a result', envelope('<a:selectCmDeviceResponse xmlns:a="x"/>'), 'malformed'],
  ['elements nested without end', envelope('<a>'.repeat(50_000) + '</a>'.repeat(50_000)), 'malformed'],
  ['items nested without end', one('<item>'.repeat(50) + '</item>'.repeat(50)), 'malformed'],
  ['a row without end', one(field(`<ns1:Description>${'x'.repeat(300_000)}</ns1:Description>`)), 'malformed'],
  ['rows without number', one('<item/>'.repeat(150_000)), 'malformed'],
  ['a StateInfo without end', deviceReply([], { stateInfo: 'x'.repeat(2_000_000) }), 'malformed'],
] as const)('%s is refused', async (_claim, body, code) => {
  expect((await failure(decode(body))).code).toBe(code);
});

test('a charset nobody knows is refused', async () => {
  expect((await failure(decode(Buffer.from(one('')), 'text/xml; charset=klingon'))).code).toBe('malformed');
});

test('a body that was cut is refused, wherever it was cut', async () => {
  const whole = deviceReply([{ name: 'cucm3', rows: [deviceRow(PHONE), deviceRow(PHONE)] }], {
    stateInfo: PUBLISHED_STATE,
  });
  for (let length = 60; length < whole.length; length += 17) {
    const error = await failure(decode(whole.slice(0, length)));
    expect([length, error.code]).toEqual([length, 'malformed']);
  }
});

test.each([
  [
    'the throttle, as Cisco spells it',
    fault(
      'soapenv:Server.RateControl',
      'AxisFault: Exceeded allowed rate for Reatime information. Current allowed rate for realtime information is 15 requests per minute. Try later.',
    ),
    'throttled',
    15,
  ],
  ['the throttle by its code alone', fault('Server.RateControl', 'busy'), 'throttled', undefined],
  ['any other fault', fault('soapenv:Server', 'Bad query'), 'fault', undefined],
] as const)('%s', async (_claim, body, code, allowance) => {
  const error = await failure(decode(body));
  expect([error.code, error.detail.allowance]).toEqual([code, allowance]);
});

test('a faultstring is kept for the log, cut to 300 characters', async () => {
  const error = await failure(decode(fault('Server', `&<${'x'.repeat(1_000)}`)));
  expect(error.detail.faultString).toBe(`&<${'x'.repeat(298)}`);
});

test('a row seen before is the same object, on its own node only', async () => {
  const decoder = createDecoder({ clock: systemClock });
  const other = { ...PHONE, name: 'SEPF01FAF38ABC2' };
  const first = await decoder.decode(
    deviceReply([{ name: 'a', rows: [deviceRow(PHONE), deviceRow(other)] }]),
  );
  const second = await decoder.decode(
    deviceReply([
      { name: 'a', rows: [deviceRow({ ...PHONE, status: 'UnRegistered' }), deviceRow(other)] },
      { name: 'b', rows: [deviceRow(other)] },
    ]),
  );
  expect(second.devices[0]).toMatchObject({ status: 'UnRegistered' });
  expect(second.devices[1]).toBe(first.devices[1]);
  expect(second.devices[2]).toEqual({ ...first.devices[1], node: 'b' });
});

test('rows are forgotten, those unused longest first', async () => {
  const decoder = createDecoder({ clock: systemClock, rememberRows: 2 });
  const ask = async (name: string) =>
    (await decoder.decode(deviceReply([{ name: 'n', rows: [deviceRow({ ...PHONE, name })] }]))).devices[0];
  const [a, b] = [await ask('A'), await ask('B')];
  expect(await ask('A')).toBe(a);
  await ask('C');
  expect(await ask('A')).toBe(a);
  expect(await ask('B')).not.toBe(b);
});

test('a row beyond the usual size is understood, and not remembered', async () => {
  const decoder = createDecoder({ clock: systemClock });
  const body = deviceReply([{ name: 'n', rows: [deviceRow({ ...PHONE, description: 'x'.repeat(20_000) })] }]);
  const [first, second] = [await decoder.decode(body), await decoder.decode(body)];
  expect(second.devices).toEqual(first.devices);
  expect(second.devices[0]).not.toBe(first.devices[0]);
});

test('a device cannot be changed', async () => {
  const [device] = (await decode(one(deviceRow(PHONE)))).devices;
  for (const part of [
    device,
    device?.linesStatus,
    device?.linesStatus[0],
    device?.ipAddress,
    device?.ipAddress[0],
  ]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
});

test('a large reply does not hold the others up', async () => {
  const rows = Array.from({ length: 1_500 }, (_, index) => deviceRow({ ...PHONE, name: `SEP${index}` }));
  const body = Buffer.from(deviceReply([{ name: 'cucm1', rows }]));
  let turns = 0;
  const breathe = () => {
    turns++;
    return systemClock.breathe();
  };
  const clock = { ...systemClock, breathe };
  const reply = await createDecoder({ clock, sliceMs: 2 }).decode(body);
  expect(reply.devices).toHaveLength(1_500);
  expect(turns).toBeGreaterThan(10);
});

test('a large reply can be given up half way', async () => {
  const rows = Array.from({ length: 200 }, (_, index) => deviceRow({ ...PHONE, name: `SEP${index}` }));
  const ended = new AbortController();
  const clock = { ...systemClock, breathe: async () => ended.abort(new Error('enough')) };
  const decoder = createDecoder({ clock, sliceMs: 0 });
  const decoding = decoder.decode(deviceReply([{ name: 'cucm1', rows }]), { signal: ended.signal });
  await expect(decoding).rejects.toThrow('enough');
});

test('any other SOAP reply is given with its rows apart', async () => {
  const body = envelope(
    '<ns:executeSQLQueryResponse xmlns:ns="x"><return><row><name>SEP1</name></row> <row><name>A&amp;B</name></row></return></ns:executeSQLQueryResponse>',
  );
  const answer = await parseSoap(body, { clock: systemClock, row: { element: 'row', depth: 1 } });
  expect(answer.name).toBe('executeSQLQueryResponse');
  expect(answer.rows).toEqual([[{ name: [{ '#text': 'SEP1' }] }], [{ name: [{ '#text': 'A&B' }] }]]);
});

test.each(['OK', 'ok', 'oK', ' Ok '])('a node that answered "%s" has answered', async (returnCode) => {
  const rows = [deviceRow(PHONE)];
  const reply = await decode(deviceReply([{ name: 'cucm3', returnCode, rows }]));
  expect(reply.nodes).toEqual([{ name: 'cucm3', returnCode: 'Ok', noChange: false }]);
});

test('words of closed sets are known in any case; others stay as they are written', async () => {
  const odd = {
    ...PHONE,
    deviceClass: 'PHONE',
    status: 'unregistered',
    protocol: 'sip',
    downloadStatus: 'FAILED',
  };
  const lines = [
    { directoryNumber: '1', status: 'REGISTERED' },
    { directoryNumber: '2', status: 'hypnotised' },
  ];
  expect((await decode(one(deviceRow({ ...odd, linesStatus: lines })))).devices).toMatchObject([
    {
      deviceClass: 'Phone',
      status: 'UnRegistered',
      protocol: 'SIP',
      downloadStatus: 'Failed',
      linesStatus: [{ status: 'Registered' }, { status: 'hypnotised' }],
    },
  ]);
  const cti = await decode(ctiReply([{ name: 'cucm3', rows: [ctiRow({ ...CTI, appStatus: 'OPEN' })] }]));
  expect(cti.ctiItems).toMatchObject([{ appStatus: 'Open' }]);
});
