import { describe, expect, test } from 'vitest';
import { parse } from '../../src/command/parse.ts';
import { readScope } from '../../src/command/scope.ts';
import type { KnownRow } from '../../src/device/known.ts';
import type { Scope } from '../../src/watch/watch.ts';
import { ROWS, row } from './fixture.ts';

function scope(text: string): Scope {
  const read = readScope(text);
  if (read === null) throw new Error(`unreadable: ${text}`);
  return read;
}

const CTI: readonly KnownRow[] = [
  ['CtiProvider', 'jtapi-7', 'jsmith'],
  ['CtiDevice', 'jtapi-7 › SEP001122334455', 'jsmith'],
  ['CtiLine', 'jtapi-7 › SEP001122334455 › 1002', 'jsmith'],
  ['CtiProvider', 'other-1', 'root'],
].map(([deviceClass = '', name = '', loginUserId = '']) =>
  row({ deviceClass, name, loginUserId, linesStatus: [], dirNumber: '', ipAddress: [], description: '' }),
);

const matched = (text: string, rows: readonly KnownRow[] = [...ROWS, ...CTI]) => [
  ...new Set(rows.filter(scope(text).matches).map(({ name }) => name)),
];

describe('what has to be asked for', () => {
  test.each([
    ['a name', 'SEP001122334455', { names: ['SEP001122334455'], numbers: [], exceptions: null }],
    ['a MAC address', '00:11:22:33:44:55', { names: ['SEP001122334455'], exceptions: null }],
    ['an extension', '1002', { names: [], numbers: ['1002'], exceptions: null }],
    [
      'a number with a plus',
      '+44 20 7946 0958',
      { numbers: ['+442079460958', '\\+442079460958', '2079460958', '02079460958'] },
    ],
    [
      'a number of North America',
      '(408) 555-1234',
      { numbers: ['4085551234', '+14085551234', '\\+14085551234'] },
    ],
    ['twelve digits', '000123456789', { names: ['SEP000123456789'], numbers: ['000123456789'] }],
    ['a pasted column', 'SEP001122334455; 1002', { names: ['SEP001122334455'], numbers: ['1002'] }],
    ['a name by its field', 'name:"HQ-GW","MOH_2"', { names: ['HQ-GW', 'MOH_2'], exceptions: null }],
    ['a description', 'desc:"LON*"', { names: [], exceptions: { deviceClass: 'Phone' } }],
    ['words', 'front desk', { exceptions: { deviceClass: 'Phone' } }],
    ['a subnet', '10.4.2.0/24', { exceptions: { deviceClass: 'Phone' } }],
    ['an address may be anything', '10.4.2.17', { exceptions: { deviceClass: 'Any' } }],
    ['a user', 'user:jsmith', { exceptions: { deviceClass: 'Phone' } }],
    ['a pattern of phones', 'SEP0011*', { exceptions: { deviceClass: 'Phone' } }],
    ['a pattern of anything', 'LON-GW*', { exceptions: { deviceClass: 'Any' } }],
    ['the end of a sticker', 'mac:*4455', { exceptions: { deviceClass: 'Phone' } }],
    ['a range of numbers', 'dn:10*', { numbers: [], exceptions: { deviceClass: 'Phone' } }],
    ['a class', 'class:gateway', { exceptions: { deviceClass: 'Gateway' } }],
    ['a class in words', 'trunks', { exceptions: { deviceClass: 'SIPTrunk' } }],
    ['media', 'media', { exceptions: { deviceClass: 'MediaResources' } }],
    ['two classes', 'class:gateway,siptrunk', { exceptions: { deviceClass: 'Any' } }],
    ['all but a class', 'class:!phone', { exceptions: { deviceClass: 'Any' } }],
    ['a node', 'node:cucm2', { exceptions: { deviceClass: 'Phone' } }],
    ['soft clients', 'CSF*', { exceptions: { deviceClass: 'Phone', softClients: true } }],
    ['all phones', 'all phones', { exceptions: { deviceClass: 'Phone' } }],
    ['all devices', 'all devices', { exceptions: { deviceClass: 'Any' } }],
    [
      'a name and a pattern',
      'SEP001122334455 CSF*',
      { names: ['SEP001122334455'], exceptions: { deviceClass: 'Phone' } },
    ],
  ])('%s: %s', (_claim, text, expected) => {
    expect(scope(text)).toMatchObject({ ...expected, cti: [] });
  });

  test.each([
    ['cti', ['Provider']],
    ['cti jsmith', ['Provider', 'Device', 'Line']],
    ['cti SEP001122334455', ['Device', 'Line']],
    ['cti 1002', ['Line']],
  ])('%s asks for %j', (text, classes) => {
    const { cti, exceptions, names } = scope(text);
    expect(cti.map(({ ctiMgrClass }) => ctiMgrClass)).toEqual(classes);
    expect([exceptions, names]).toEqual([null, []]);
  });
});

describe('which rows are meant', () => {
  const PHONES = [
    'SEP001122334455',
    'SEPE8B7480316D6',
    'SEPF01FAF38ABC2',
    'SEPAAAAAAAAAA01',
    'SEPAAAAAAAAAA02',
    'SEPAAAAAAAAAA03',
    'SEP000123456789',
  ];

  test.each([
    ['all phones are no gateways, trunks, applications, and no soft clients', 'all phones', PHONES],
    ['all devices are', 'all devices', [...PHONES, 'HQ-GW', 'SIP-TRUNK-LON', 'MOH_2']],
    ['a name in any case', 'sep001122334455', ['SEP001122334455']],
    ['an extension', '1002', ['SEPF01FAF38ABC2']],
    ['an extension is no soft client', '2004', []],
    ['a soft client by its name', 'CSFJSMITH', ['CSFJSMITH']],
    ['soft clients by their pattern', 'CSF*', ['CSFJSMITH']],
    ['a pattern that would do for anything', '*SMITH*', []],
    ['a description is no soft client', 'desc:Jabber', []],
    ['a description', 'desc:lob', ['SEPE8B7480316D6']],
    ['a node, where it was', 'node:cucm3', ['SEPE8B7480316D6']],
    ['a class on a node', 'gateways node:cucm2', ['HQ-GW']],
    ['a class that is on no such node', 'gateways node:cucm1', []],
    ['a name on a node', 'SEP001122334455 node:cucm9', []],
    ['an IPv6 address', '2001:db8::5', ['SEPF01FAF38ABC2']],
    ['a subnet', '10.4.3.0/24', ['SEPE8B7480316D6']],
    ['a user', '@jsmith', ['SEPF01FAF38ABC2']],
    ['a model', 'model:497', ['SEPE8B7480316D6']],
    ['two filters', 'desc:Front node:cucm2', ['SEPF01FAF38ABC2', 'SEPAAAAAAAAAA03']],
    ['not', 'node:!cucm1', ['SEPE8B7480316D6', 'SEPF01FAF38ABC2', 'SEPAAAAAAAAAA01', 'SEPAAAAAAAAAA03']],
    ['a word between two names', '1002 and 6961', ['SEPE8B7480316D6', 'SEPF01FAF38ABC2']],
    ['all applications', 'cti', ['jtapi-7', 'other-1']],
    [
      'what a user controls',
      'cti jsmith',
      ['jtapi-7', 'jtapi-7 › SEP001122334455', 'jtapi-7 › SEP001122334455 › 1002'],
    ],
    [
      'a controlled device and its lines',
      'cti SEP001122334455',
      ['jtapi-7 › SEP001122334455', 'jtapi-7 › SEP001122334455 › 1002'],
    ],
    ['a controlled line', 'cti dn:1002', ['jtapi-7 › SEP001122334455 › 1002']],
  ])('%s: %s', (_claim, text, expected) => {
    expect(matched(text)).toEqual(expected);
  });

  test('a leading plus is \\+ to CUCM', () => {
    const phone = row({ linesStatus: [{ directoryNumber: '\\+442079460958', status: 'Registered' }] });
    expect(matched('+442079460958', [phone])).toEqual([phone.name]);
  });
});

test.each(['**', 'class:*', 'name:*', 'please watch', '- 1002', '1002 & 1001'])(
  'a watch of "%s" that was made before goes on',
  (text) => {
    expect(readScope(text)).not.toBeNull();
  },
);

describe('the text of a watch', () => {
  test.each([
    ['watch site desc:"LON*" grace:5m', 'desc:"LON*"'],
    ['watch all the phones on node:cucm2 until:2h', 'phones on node:cucm2'],
    ['watch everything', 'all phones'],
    ['watch - 1002\n- 1001', '1002; 1001'],
    ['watch 1002 & 1001', '1002; 1001'],
    ['watch :eyes: • 1002, *', '1002'],
    ['watch LON - Reception', 'LON - Reception'],
    ['please watch 1002, thanks!', '1002'],
    ['hey risbot, could you watch these:\n1. 1002\n2. 1001', '1002; 1001'],
    ['watch 1002\nwatch 1003', '1002; 1003'],
    ['mute > 1002?', '1002'],
    ['watch phones', 'all phones'],
    ['watch all phones dm', 'all phones'],
    ['watch every device', 'all devices'],
    ['watch all gateways', 'gateways'],
    ['watch 1002 until:back dm', '1002'],
    ['watch dm 1002', '1002'],
    ['watch grace:5 min 1002', '1002'],
    ['watch "dm"', '"dm"'],
    ['watch cti applications', 'cti'],
    ['watch the cti app jsmith for:2h', 'cti jsmith'],
    ['watch SEP001122334455\nSEP001122334456', 'SEP001122334455; SEP001122334456'],
    ['watch 1002 in:lab fresh:yes', '1002'],
    ['mute gateways why:"new firmware" for:2h', 'gateways'],
  ])('%s is about %s', (text, about) => {
    const read = parse(text);
    if (read.type !== 'command') throw new Error('misread');
    expect(read.command.about.text).toBe(about);
    expect(readScope(about)).not.toBeNull();
  });

  test.each(['', 'status:unreg', 'colour:red', 'desc:', 'site'])('"%s" is none', (text) => {
    expect(readScope(text)).toBeNull();
  });
});

test('40 000 rows are compared at once, whatever the scope', () => {
  const rows = Array.from({ length: 40_000 }, (_, i) =>
    row({
      name: `SEP${String(i).padStart(12, '0')}`,
      linesStatus: [{ directoryNumber: String(10_000 + i), status: 'Registered' }],
    }),
  );
  const numbers = Array.from({ length: 500 }, (_, i) => String(10_000 + i * 7)).join(' ');
  for (const [text, expected] of [
    ['all phones', 40_000],
    ['desc:"Front*"', 40_000],
    ['10.4.2.0/24', 40_000],
    [numbers, 500],
    ['node:cucm9', 0],
  ] as const) {
    const started = performance.now();
    const { matches } = scope(text);
    expect(rows.filter(matches)).toHaveLength(expected);
    expect(performance.now() - started).toBeLessThan(10_000);
  }
});
