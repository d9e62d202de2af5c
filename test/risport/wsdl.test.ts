/**
 * Requests against the schema of Cisco's WSDL. The WSDL is Cisco's and not in the project: RISBOT_WSDL names a copy. Without
 * it the requests are checked against the order of elements below, and the output says what was left out.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CTI_MGR_CLASSES, CTI_SELECT_APP_BY, CTI_STATUSES } from '../../src/device/cti.ts';
import {
  DEVICE_CLASSES,
  DOWNLOAD_STATUSES,
  PROTOCOLS,
  REGISTRATION_STATUSES,
} from '../../src/device/device.ts';
import { ctiQuery, deviceQuery, type Query, SELECT_BY } from '../../src/device/query.ts';
import { encodeRequest } from '../../src/risport/encode.ts';
import { validateBodies, validateBody, wsdlSchema } from '../wsdl-schema.ts';

// biome-ignore lint/style/noProcessEnv: an optional input of this test alone, not of risbot.
const { RISBOT_WSDL: WSDL_FILE = '' } = process.env;
const NASTY = '<&>"\']]>\u0000\uD800 ü 📞';
const OPTIONS = { maxReturned: 2000, stateInfo: `<StateInfo a="${NASTY}"/>` };

/** What the schema of RISService70 says of requests, written down by hand. */
const OWN_SCHEMA = `<schema elementFormDefault="qualified" targetNamespace="http://schemas.cisco.com/ast/soap"
  xmlns="http://www.w3.org/2001/XMLSchema" xmlns:t="http://schemas.cisco.com/ast/soap">
  ${['selectCmDevice', 'selectCmDeviceExt'].map((name) => root(name, 'CmSelectionCriteria', cmCriteria())).join('')}
  ${root('selectCtiItem', 'CtiSelectionCriteria', ctiCriteria())}
</schema>`;

function root(name: string, criteria: string, fields: string): string {
  return sequence(name, `<element name="StateInfo" type="string"/>${sequence(criteria, fields)}`);
}

function cmCriteria(): string {
  return (
    `${number('MaxReturnedDevices')}${string('DeviceClass')}${number('Model')}${string('Status')}${string('NodeName')}` +
    `${words('SelectBy', SELECT_BY)}${items('SelectItems', 'Item')}${words('Protocol', PROTOCOLS)}${words('DownloadStatus', DOWNLOAD_STATUSES)}`
  );
}

function ctiCriteria(): string {
  return (
    `${number('MaxReturnedItems')}${words('CtiMgrClass', CTI_MGR_CLASSES)}${words('Status', CTI_STATUSES)}${string('NodeName')}` +
    `${words('SelectAppBy', CTI_SELECT_APP_BY)}${items('AppItems', 'AppItem')}${items('DevNames', 'DevName')}${items('DirNumbers', 'DirNumber')}`
  );
}

function sequence(name: string, content: string, occurs = ''): string {
  return `<element name="${name}"${occurs}><complexType><sequence>${content}</sequence></complexType></element>`;
}

function items(list: string, leaf: string): string {
  return sequence(list, sequence('item', string(leaf), ' minOccurs="0" maxOccurs="unbounded"'));
}

function words(name: string, values: readonly string[]): string {
  const listed = values.map((value) => `<enumeration value="${value}"/>`).join('');
  return `<element name="${name}"><simpleType><restriction base="string">${listed}</restriction></simpleType></element>`;
}

function string(name: string): string {
  return `<element name="${name}" type="string"/>`;
}

function number(name: string): string {
  return `<element name="${name}" type="unsignedInt"/>`;
}

const QUERIES: readonly (readonly [string, Query])[] = [
  ['all devices', deviceQuery()],
  ['no items', deviceQuery({ items: [] })],
  ['any text', deviceQuery({ nodeName: NASTY, items: [NASTY, '*', ''] })],
  [
    'a thousand names',
    deviceQuery({
      operation: 'selectCmDeviceExt',
      items: Array.from({ length: 1_000 }, (_, at) => `SEP${at}`),
    }),
  ],
  ...DEVICE_CLASSES.map((deviceClass) => [`class ${deviceClass}`, deviceQuery({ deviceClass })] as const),
  ...REGISTRATION_STATUSES.map((status) => [`status ${status}`, deviceQuery({ status })] as const),
  ...SELECT_BY.map((selectBy) => [`by ${selectBy}`, deviceQuery({ selectBy })] as const),
  ...PROTOCOLS.map((protocol) => [`protocol ${protocol}`, deviceQuery({ protocol })] as const),
  ...DOWNLOAD_STATUSES.map(
    (downloadStatus) => [`download ${downloadStatus}`, deviceQuery({ downloadStatus })] as const,
  ),
  ...CTI_MGR_CLASSES.map((ctiMgrClass) => [`CTI ${ctiMgrClass}`, ctiQuery({ ctiMgrClass })] as const),
  ...CTI_STATUSES.map((status) => [`CTI status ${status}`, ctiQuery({ status })] as const),
  ...CTI_SELECT_APP_BY.map(
    (selectAppBy) => [`CTI by ${selectAppBy}`, ctiQuery({ selectAppBy, appItems: [NASTY] })] as const,
  ),
  ['CTI devices and lines', ctiQuery({ devNames: ['SEP1', NASTY], dirNumbers: ['1002', '1003'] })],
];

const SCHEMAS: [string, string][] = [['the order of elements written down here', OWN_SCHEMA]];
if (WSDL_FILE === '')
  process.stderr.write("left out: requests against Cisco's WSDL; RISBOT_WSDL names no file\n");
else SCHEMAS.push(['the WSDL', wsdlSchema(readFileSync(WSDL_FILE, 'utf8'))]);

test.each(SCHEMAS)('every request is valid by %s', async (_source, schema) => {
  const bodies = QUERIES.map(([what, query]) => [what, encodeRequest(query, OPTIONS).body] as const);
  expect(new Set(bodies.map(([what]) => what)).size).toBe(bodies.length);
  expect(await validateBodies(schema, new Map(bodies))).toEqual([]);
});

test.each(SCHEMAS)('a request in another order is not valid by %s', async (_source, schema) => {
  const { body } = encodeRequest(deviceQuery(), OPTIONS);
  const swapped = body.replace(/(<soap:Model>.*<\/soap:Model>)(<soap:Status>.*<\/soap:Status>)/, '$2$1');
  expect(swapped).not.toBe(body);
  expect(await validateBody(schema, swapped)).not.toEqual([]);
});
