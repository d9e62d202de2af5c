import { describe, expect, test } from 'vitest';
import type { CtiItem } from '../../src/device/cti.ts';
import { ctiQuery } from '../../src/device/query.ts';
import { ctiCovers, ctiPath, ctiRow, isCtiRow } from '../../src/watch/cti.ts';
import { row } from './replies.ts';

const APP: CtiItem = {
  node: 'cucm1',
  appId: 'recorder-10.8.9.21-5140',
  userId: 'recorder',
  appIpAddr: '10.8.9.21',
  appIpv6Addr: '',
  appStatus: 'Open',
  appStatusReason: 0,
  appTimeStamp: 100,
  ctiDevice: null,
  ctiLine: null,
};
const DEVICE: CtiItem = {
  ...APP,
  ctiDevice: {
    appControlsMedia: true,
    deviceName: 'SEP1',
    deviceStatus: 'Closed',
    deviceStatusReason: 2,
    deviceTimeStamp: 200,
  },
};
const LINE: CtiItem = {
  ...DEVICE,
  ctiLine: { dirNumber: '\\+1002', lineStatus: 'OpenFailed', lineStatusReason: 3, lineTimeStamp: 300 },
};

describe('a CTI item as a row', () => {
  test.each([
    ['a provider', APP, 'CtiProvider', 'recorder-10.8.9.21-5140', 'Registered', 0, 100],
    ['a device', DEVICE, 'CtiDevice', 'recorder-10.8.9.21-5140 › SEP1', 'UnRegistered', 2, 200],
    ['a line', LINE, 'CtiLine', 'recorder-10.8.9.21-5140 › SEP1 › +1002', 'Rejected', 3, 300],
    [
      'a line without its device',
      { ...LINE, ctiDevice: null },
      'CtiLine',
      'recorder-10.8.9.21-5140 ›  › +1002',
      'Rejected',
      3,
      300,
    ],
  ] as const)('%s has the name, the state and the time of what it speaks of', (_claim, item, ...rest) => {
    const [deviceClass, name, status, statusReason, timeStamp] = rest;
    expect(ctiRow(item)).toMatchObject({ deviceClass, name, status, statusReason, timeStamp });
    expect(ctiRow(item)).toMatchObject({ node: 'cucm1', loginUserId: 'recorder' });
    expect(ctiPath(ctiRow(item)).app).toBe('recorder-10.8.9.21-5140');
  });

  test('its name says what it is of', () => {
    expect(ctiPath(ctiRow(LINE))).toEqual({ app: APP.appId, device: 'SEP1', number: '+1002' });
    expect(ctiPath(ctiRow(DEVICE))).toEqual({ app: APP.appId, device: 'SEP1', number: '' });
  });

  test('a CTI port is a device and no such row', () => {
    expect(isCtiRow(row('CTIP1', { deviceClass: 'Cti' }))).toBe(false);
    expect(isCtiRow(ctiRow(APP))).toBe(true);
  });
});

describe('a query for applications would hold', () => {
  test.each([
    ['any provider when none is named', {}, APP, true],
    ['no device when providers are asked for', {}, DEVICE, false],
    ['an application by its pattern', { appItems: ['RECORD*'] }, APP, true],
    ['no other application', { appItems: ['attendant'] }, APP, false],
    ['a user', { selectAppBy: 'UserId', appItems: ['recorder'] }, APP, true],
    ['an address', { selectAppBy: 'AppIPV4Address', appItems: ['10.8.9.21'] }, APP, true],
    ['no other address', { selectAppBy: 'AppIPV4Address', appItems: ['10.8.9.22'] }, APP, false],
    ['a device by its name', { ctiMgrClass: 'Device', devNames: ['sep1'] }, DEVICE, true],
    ['no other device', { ctiMgrClass: 'Device', devNames: ['SEP2'] }, DEVICE, false],
    ['a line by its number', { ctiMgrClass: 'Line', dirNumbers: ['\\+1002'] }, LINE, true],
    ['no other line', { ctiMgrClass: 'Line', dirNumbers: ['1003'] }, LINE, false],
    ['nothing for sure when it is narrowed to a node', { nodeName: 'cucm1' }, APP, false],
    ['nothing for sure when it is narrowed to a state', { status: 'Open' }, APP, false],
  ] as const)('%s', (_claim, fields, item, held) => {
    expect(ctiCovers(ctiQuery(fields))(ctiRow(item))).toBe(held);
  });
});
