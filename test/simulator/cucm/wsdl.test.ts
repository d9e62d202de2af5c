/**
 * Replies against the schema inside Cisco's WSDL, when the environment variable RISBOT_WSDL names that file: it is
 * Cisco's and not part of this project. Without it the same replies are held to our own list of fields, below.
 */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cucm, startCucm } from '../../../simulator/cucm/cucm.ts';
import { validateBody, wsdlSchema } from '../../wsdl-schema.ts';
import { ctiEnvelope, deviceEnvelope, devices, handClock, post } from './ask.ts';

// biome-ignore lint/style/noProcessEnv: an optional input of this test alone
const { RISBOT_WSDL: wsdlFile } = process.env;

let cucm: Cucm;
beforeAll(async () => {
  cucm = await startCucm({ requestsPerMinute: null, clock: handClock() });
});
afterAll(() => cucm.stop());

const REPLIES: readonly (readonly [string, () => Promise<string>])[] = [
  ['every device of the cluster', async () => deviceEnvelope()],
  ['Ext', async () => deviceEnvelope({ operation: 'selectCmDeviceExt', items: ['SEP001122334455'] })],
  ['nothing found', async () => deviceEnvelope({ items: ['nobody'] })],
  ['NoChange', async () => deviceEnvelope({ stateInfo: (await devices(cucm)).stateInfo })],
  ['InvalidNodeName', async () => deviceEnvelope({ node: 'cucm7' })],
  ['InvalidRequest', async () => deviceEnvelope({ status: 'nonsense' })],
  ['CTI providers', async () => ctiEnvelope()],
  ['CTI devices', async () => ctiEnvelope({ mgrClass: 'Device' })],
  ['CTI lines', async () => ctiEnvelope({ mgrClass: 'Line' })],
  ['no CTI application', async () => ctiEnvelope({ apps: ['nothing'] })],
  [
    'a silent node',
    async () => {
      cucm.play('node not-responding cucm2');
      return deviceEnvelope();
    },
  ],
];

test.runIf(wsdlFile === undefined)(
  'LEFT OUT: replies are not checked against the WSDL, as RISBOT_WSDL names no file',
  async ({ annotate }) => {
    await annotate(
      'Set RISBOT_WSDL to a RISService70.wsdl to have simulator replies checked against its schema.',
    );
    expect(wsdlFile).toBeUndefined();
  },
);

describe.runIf(wsdlFile !== undefined)('valid by the WSDL’s schema', () => {
  let schema = '';
  beforeAll(async () => {
    schema = wsdlSchema(await readFile(wsdlFile ?? '', 'utf8'));
  });
  test.each(REPLIES)('%s', async (_claim, envelope) => {
    expect(await validateBody(schema, (await post(cucm, await envelope())).text)).toEqual([]);
  });
  test('the check can fail: a field in the wrong place is seen', async () => {
    const { text } = await post(cucm, deviceEnvelope({ items: ['SEP001122334455'] }));
    const wrong = text.replace(
      /(<ns1:DirNumber>.*?<\/ns1:DirNumber>)(<ns1:DeviceClass>\w+<\/ns1:DeviceClass>)/,
      '$2$1',
    );
    expect(await validateBody(schema, wrong)).not.toEqual([]);
  });
});

describe('held to our own list of fields', () => {
  const DEVICE =
    'Name DirNumber DeviceClass Model Product BoxProduct Httpd RegistrationAttempts IsCtiControllable LoginUserId Status StatusReason PerfMonObject DChannel Description H323Trunk TimeStamp Protocol NumOfLines LinesStatus ActiveLoadID InactiveLoadID DownloadStatus DownloadFailureReason DownloadServer IPAddress';
  const TRUNK =
    'ConfigName TechPrefix Zone RemoteCmServer1 RemoteCmServer2 RemoteCmServer3 AltGkList ActiveGk CallSignalAddr RasAddr';
  const CTI = 'AppId UserId AppIpAddr AppIpv6Addr AppStatus AppStatusReason AppTimeStamp CtiDevice CtiLine';

  test('26 fields a device, always all, always in order', async () => {
    cucm.play('node responding cucm2');
    const { rows } = await devices(cucm);
    expect(rows.length).toBeGreaterThan(240);
    for (const { node: _node, ...row } of rows) expect(Object.keys(row).join(' ')).toBe(DEVICE);
  });

  test('a trunk’s ten parts in order, on H.323 gateways', async () => {
    const { rows } = await devices(cucm, { deviceClass: 'H323' });
    for (const row of rows) expect(Object.keys(row.H323Trunk ?? {}).join(' ')).toBe(TRUNK);
  });

  test('the fields of a CTI item in order', async () => {
    const { text } = await post(cucm, ctiEnvelope({ mgrClass: 'Line', numbers: ['1002'] }));
    const item = /<ns1:CtiItems><ns1:item>(.*?)<\/ns1:item>/.exec(text)?.[1] ?? '';
    const outer = item.replace(/(<ns1:Cti(?:Device|Line)>).*?<\/ns1:Cti(?:Device|Line)>/g, '$1');
    expect([...outer.matchAll(/<ns1:(\w+)/g)].map(([, name]) => name).join(' ')).toBe(CTI);
  });

  test('nil comes in all its ways', async () => {
    const { text } = await post(cucm, deviceEnvelope());
    for (const way of [/xsi:nil="1"/, /xsi:nil="true"/, /<ns1:LoginUserId\/>/]) expect(text).toMatch(way);
  });
});
