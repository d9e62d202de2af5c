import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cucm, startCucm } from '../../../simulator/cucm/cucm.ts';
import { ctiItems, devices, handClock } from './ask.ts';

let cucm: Cucm;
beforeAll(async () => {
  cucm = await startCucm({ requestsPerMinute: null, clock: handClock() });
});
afterAll(() => cucm.stop());

const names = (reply: { rows: readonly { readonly Name?: unknown }[] }) => reply.rows.map((row) => row.Name);

describe('what a query picks', () => {
  test('Cisco’s published phone is on cucm3 with 6961', async () => {
    const { rows, total } = await devices(cucm, { items: ['SEPE8B7480316D6'] });
    expect(total).toBe(1);
    expect(rows[0]).toMatchObject({ node: 'cucm3', Status: 'Registered', DirNumber: '6961-Registered' });
    expect(rows[0]).toMatchObject({
      LinesStatus: { item: [{ DirectoryNumber: '6961', Status: 'Registered' }] },
    });
  });

  test.each([
    ['a name in small letters', { items: ['sep001122334455'] }, ['SEP001122334455']],
    ['a star in the middle', { items: ['SEP0011*4455'] }, ['SEP001122334455']],
    ['several items at once', { items: ['SEP001122334455', 'HL-*esk'] }, ['SEP001122334455', 'HL-Helpdesk']],
    ['a directory number', { by: 'DirNumber', items: ['1001'] }, ['SEP001122334455']],
    ['a pattern of numbers', { by: 'DirNumber', items: ['100*'] }, ['SEPF01FAF38ABC2', 'SEP001122334455']],
    ['an address', { by: 'IPV4Address', items: ['10.12.2.20'] }, ['SEPE8B7480316D6']],
    [
      'an IPv6 address in another spelling',
      { by: 'IPV6Address', items: ['FD00:12:2:0::0014'] },
      ['SEPE8B7480316D6'],
    ],
    ['a description', { by: 'Description', items: ['lon 3f desk 1'] }, ['SEP001122334455']],
    ['a hostile description', { by: 'Description', items: ['<!channel>*'] }, ['SEP00562B0000B1']],
    ['a class', { deviceClass: 'HuntList' }, ['HL-Helpdesk', 'HL-Reception']],
    ['a model', { model: 62 }, ['10.4.1.1', '10.20.1.1']],
    ['a status', { status: 'Rejected' }, ['SEP00562B0000A5']],
    ['a partly registered phone', { status: 'PartiallyRegistered' }, ['SEP00562B0000A4']],
    ['a failed download', { download: 'Failed' }, ['SEP00562B0000A6']],
    ['a protocol', { protocol: 'SCCP', items: ['SEPE8B7480316D6', 'SEP001122334455'] }, ['SEPE8B7480316D6']],
    ['a node', { node: 'CUCM3', items: ['SEPE8B7480316D6', 'SEP001122334455'] }, ['SEPE8B7480316D6']],
    ['no items', { items: [] }, []],
    ['a phone that was never plugged in', { items: ['SEP00562B0000C1'] }, []],
  ])('%s', async (_claim, criteria, wanted) => {
    expect(names(await devices(cucm, criteria)).toSorted()).toEqual([...wanted].toSorted());
  });

  test('nothing found has no nodes and no StateInfo', async () => {
    expect(await devices(cucm, { items: ['SEP000000000000'] })).toEqual({
      total: 0,
      nodes: [],
      rows: [],
      stateInfo: '',
    });
  });

  test('a node that is not there is named with InvalidNodeName', async () => {
    const { nodes } = await devices(cucm, { node: 'cucm7' });
    expect(nodes).toMatchObject([{ name: 'cucm7', code: 'InvalidNodeName', rows: [] }]);
  });

  test('nodes without a match say NotFound beside the one that is Ok', async () => {
    const { nodes } = await devices(cucm, { items: ['SEPE8B7480316D6'] });
    expect(nodes.map(({ code }) => code)).toEqual(['NotFound', 'NotFound', 'Ok']);
  });

  test('all of a cluster is as many devices as were asked for, and the old row of one that moved', async () => {
    const { rows } = await devices(cucm);
    expect(new Set(rows.map((row) => row.Name)).size).toBe(240);
    expect(rows).toHaveLength(241);
  });
});

describe('the two operations differ', () => {
  const moved = ['SEP00562B0000A7'];
  test('the plain one gives a row for each node that a phone has been on', async () => {
    const { rows } = await devices(cucm, { items: moved });
    expect(rows.map((row) => [row.node, row.Status, row.StatusReason])).toEqual([
      ['cucm1', 'UnRegistered', '13'],
      ['cucm2', 'Registered', '0'],
    ]);
  });
  test('Ext gives the latest row alone', async () => {
    const { rows } = await devices(cucm, { operation: 'selectCmDeviceExt', items: moved });
    expect(rows.map((row) => [row.node, row.Status])).toEqual([['cucm2', 'Registered']]);
  });
  test('Ext knows no star', async () => {
    expect((await devices(cucm, { operation: 'selectCmDeviceExt', items: ['*'] })).total).toBe(0);
    expect((await devices(cucm, { operation: 'selectCmDeviceExt', items: ['SEP0011*'] })).total).toBe(0);
  });
});

describe('CTI', () => {
  test('Cisco’s published example: provider closed with 2, device open, line closed', async () => {
    const { rows } = await ctiItems(cucm, { mgrClass: 'Line', numbers: ['1002'] });
    expect(rows).toMatchObject([
      {
        AppId: 'cucmuser-192.168.168.169-4963',
        UserId: 'cucmuser',
        AppStatus: 'Closed',
        AppStatusReason: '2',
        CtiDevice: { DeviceName: 'SEPF01FAF38ABC2', DeviceStatus: 'Open' },
        CtiLine: { DirNumber: '1002', LineStatus: 'Closed' },
      },
    ]);
  });
  test.each([
    ['all providers', {}, 4],
    ['open providers', { status: 'Open' }, 2],
    ['an application by its user', { by: 'UserId', apps: ['attendant'] }, 1],
    ['by its address', { by: 'AppIPV4Address', apps: ['10.4.9.20'] }, 1],
    ['an empty item stands for all', { apps: [''] }, 4],
    ['devices of one application', { mgrClass: 'Device', by: 'UserId', apps: ['attendant'] }, 3],
    ['one device', { mgrClass: 'Device', devices: ['CTIP4001'] }, 1],
    ['a provider that failed to open', { status: 'OpenFailed' }, 1],
  ])('%s', async (_claim, criteria, count) => {
    expect((await ctiItems(cucm, criteria)).total).toBe(count);
  });
});
