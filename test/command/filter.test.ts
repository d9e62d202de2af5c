import { describe, expect, test } from 'vitest';
import { plan } from '../../src/command/filter.ts';
import { parse } from '../../src/command/parse.ts';
import { row } from './fixture.ts';

function planned(text: string) {
  const read = parse(text);
  if (read.type !== 'command') throw new Error(`misread: ${text}`);
  return plan(read.command);
}

describe('what RisPort70 filters it is given', () => {
  test.each([
    ['find class:phone', [{ deviceClass: 'Phone', items: ['*'] }]],
    ['find status:unreg,rejected', [{ status: 'UnRegistered' }, { status: 'Rejected' }]],
    [
      'find status:!registered',
      [
        { status: 'UnRegistered' },
        { status: 'Rejected' },
        { status: 'PartiallyRegistered' },
        { status: 'Unknown' },
      ],
    ],
    ['find model:8845 node:cucm2 protocol:sip', [{ model: 36224, nodeName: 'cucm2', protocol: 'SIP' }]],
    ['find download:failed', [{ downloadStatus: 'Failed' }]],
    ['find dn:1002,1003', [{ selectBy: 'DirNumber', items: ['1002', '1003'] }]],
    ['find ip:10.4.2.0/24', [{ selectBy: 'IPV4Address', items: ['10.4.2.*'] }]],
    ['find ip:10.4.2.0/23', [{ selectBy: 'IPV4Address', items: ['10.4.*'] }]],
    ['find ip:2001:db8::5', [{ selectBy: 'IPV6Address', items: ['2001:db8::5'] }]],
    ['find desc:lobby', [{ selectBy: 'Description', items: ['*lobby*'] }]],
    ['find name:LON*', [{ selectBy: 'Name', items: ['LON*'], operation: 'selectCmDevice' }]],
    ['find name:SEP001122334455', [{ operation: 'selectCmDeviceExt', items: ['SEP001122334455'] }]],
    ['find lobby', [{ selectBy: 'Description', items: ['*lobby*'] }]],
    ['find class:gateway cucm2', [{ deviceClass: 'Gateway', items: ['*'] }]],
    ['find node:cucm*', [{ nodeName: '', items: ['*'] }]],
    ['find node:!cucm2', [{ nodeName: '', items: ['*'] }]],
    ['find user:jsmith', [{ deviceClass: 'Phone', items: ['*'] }]],
    [
      '+44 (0)20 7946 0958',
      [
        {
          selectBy: 'DirNumber',
          items: ['+442079460958', '\\+442079460958', '2079460958', '02079460958'],
        },
      ],
    ],
    ['+1002', [{ selectBy: 'DirNumber', items: ['+1002', '\\+1002'] }]],
    ['\\+1408*', [{ selectBy: 'DirNumber', items: ['+1408*', '\\+1408*'] }]],
    ['find dn:408-555-1234', [{ items: ['4085551234', '+14085551234', '\\+14085551234'] }]],
    ['csfjsmith', [{ operation: 'selectCmDeviceExt', items: ['CSFJSMITH', 'csfjsmith'] }]],
    [
      '001122334455',
      [
        { operation: 'selectCmDeviceExt', items: ['SEP001122334455'] },
        { selectBy: 'DirNumber', items: ['001122334455'] },
      ],
    ],
    [
      '1002 10.1.2.3 lobby 1003',
      [
        { selectBy: 'DirNumber', items: ['1002', '1003'] },
        { selectBy: 'IPV4Address', items: ['10.1.2.3'] },
        { selectBy: 'Description', items: ['*lobby*'] },
      ],
    ],
  ])('%s', (text, expected) => {
    expect(planned(text).queries.map(({ query }) => query)).toEqual(
      expected.map((fields) => expect.objectContaining(fields)),
    );
  });

  test('a long list of values costs no more requests than a short one', () => {
    const many = planned('find status:unreg,rejected model:8845,8851,8861,7841 node:cucm1,cucm2');
    expect(many.queries.length).toBeLessThanOrEqual(4);
  });

  test('five hundred names are one question', () => {
    const names = Array.from({ length: 500 }, (_, i) => `SEP${String(i).padStart(12, '0')}`);
    const { queries } = planned(names.join('\n'));
    expect(queries).toHaveLength(1);
    expect(queries[0]?.query).toMatchObject({ operation: 'selectCmDeviceExt', items: names });
  });
});

describe('the rest is filtered here', () => {
  test.each([
    ['node:!cucm2', { node: 'cucm1' }, true],
    ['node:!cucm2', { node: 'cucm2' }, false],
    ['node:cucm2', { node: 'cucm2.example.com' }, true],
    ['node:10.1.1.1', { node: '10.1.1.1' }, true],
    ['node:!10', { node: '10.1.1.1' }, true],
    ['load:sip88*', { activeLoadId: 'SIP8845.1' }, true],
    ['load:sip78*', { activeLoadId: 'SIP8845.1' }, false],
    ['user:j*', { loginUserId: 'jsmith' }, true],
    ['user:jsmith', { loginUserId: 'jsmith@example.com' }, true],
    ['user:jsmith', { loginUserId: '' }, false],
    ['dn:10*', { linesStatus: [{ directoryNumber: '1002', status: 'Registered' }] }, true],
    ['dn:10*', { linesStatus: [], dirNumber: '2001-Registered, 1002-Registered' }, true],
    ['dn:!10*', { linesStatus: [{ directoryNumber: '1002', status: 'Registered' }] }, false],
    ['dn:+4420', { linesStatus: [{ directoryNumber: '\\+4420', status: 'Registered' }] }, true],
    ['ip:10.4.2.0/23', { ipAddress: [{ ip: '10.4.3.200', ipAddrType: 'ipv4', attribute: '' }] }, true],
    ['ip:10.4.2.0/24', { ipAddress: [{ ip: '10.4.3.200', ipAddrType: 'ipv4', attribute: '' }] }, false],
    ['ip:2001:db8::/32', { ipAddress: [{ ip: '2001:0DB8::5', ipAddrType: 'ipv6', attribute: '' }] }, true],
    ['ip:10.0.0.0/8', { ipAddress: [{ ip: 'not an address', ipAddrType: 'ipv4', attribute: '' }] }, false],
    ['model:!8845', { model: 36224 }, false],
    ['model:8845', { model: null }, false],
    ['desc:DESK', { description: 'front desk' }, true],
    ['desc:f*desk', { description: 'front desk' }, true],
    ['status:unreg status:!rejected', { status: 'UnRegistered' }, true],
    ['class:phone,gateway', { deviceClass: 'SIPTrunk' }, false],
  ])('%s of %o: %s', (text, fields, kept) => {
    expect(planned(`find ${text}`).keep(row(fields))).toBe(kept);
  });

  test('words after a class may be a node, a name or a model', () => {
    const { named } = planned('find class:gateway cucm2');
    expect([named(row({ node: 'cucm2' })), named(row({ name: 'GW-CUCM2' })), named(row())]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
