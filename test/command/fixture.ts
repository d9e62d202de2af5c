/** A small cluster as rows, and a Lookup over them that filters as RisPort70 does. */

import type { Cluster, Context } from '../../src/command/command.ts';
import type { CtiItem } from '../../src/device/cti.ts';
import type { Device } from '../../src/device/device.ts';
import type { Lookup, LookupOptions } from '../../src/device/lookup.ts';
import { ANY_MODEL, type CtiQuery, type DeviceQuery, type Query } from '../../src/device/query.ts';
import type { NodeAnswer, Snapshot } from '../../src/device/snapshot.ts';
import type { KnownName } from '../../src/lookup/names.ts';
import { deviceRow } from '../device/row.ts';
import { createTestDesk } from './desk-for-tests.ts';

/** 2026-03-12 14:00 UTC. */
export const NOW = Date.UTC(2026, 2, 12, 14, 0, 0);
const SECONDS = NOW / 1000;

export function row(fields: Partial<Device> = {}): Device {
  return deviceRow({
    dirNumber: '1001-Registered',
    httpd: 'Yes',
    description: 'Front desk',
    timeStamp: SECONDS - 3600,
    linesStatus: [{ directoryNumber: '1001', status: 'Registered' }],
    activeLoadId: 'sip8845.12-8-1',
    ipAddress: [{ ip: '10.4.2.17', ipAddrType: 'ipv4', attribute: 'AdministrativeAndSignaling' }],
    ...fields,
  });
}

function phone(name: string, number: string, fields: Partial<Device> = {}): Device {
  const linesStatus = [{ directoryNumber: number, status: fields.status ?? 'Registered' }];
  return row({ name, dirNumber: `${number}-Registered`, linesStatus, ...fields });
}

function address(ip: string): Device['ipAddress'] {
  return [{ ip, ipAddrType: ip.includes(':') ? 'ipv6' : 'ipv4', attribute: 'Unknown' }];
}

export const ROWS: readonly Device[] = [
  row(),
  phone('SEPE8B7480316D6', '6961', {
    node: 'cucm3',
    model: 497,
    product: 384,
    ipAddress: address('10.4.3.9'),
    description: 'Lobby',
  }),
  phone('SEPF01FAF38ABC2', '1002', {
    node: 'cucm2',
    loginUserId: 'jsmith',
    ipAddress: address('2001:db8::5'),
  }),
  // Moved from cucm1 to cucm2; the node it left noticed later, so that its row is the newer one.
  phone('SEPAAAAAAAAAA01', '2001', { node: 'cucm2', timeStamp: SECONDS - 400, description: 'Moved' }),
  phone('SEPAAAAAAAAAA01', '2001', {
    node: 'cucm1',
    status: 'UnRegistered',
    statusReason: 13,
    timeStamp: SECONDS - 300,
    description: 'Moved',
  }),
  phone('SEPAAAAAAAAAA02', '2002', {
    node: 'cucm1',
    status: 'UnRegistered',
    statusReason: 13,
    timeStamp: SECONDS - 180,
    description: '<!channel> *bold* [x](http://evil.example/) =cmd()',
  }),
  phone('SEPAAAAAAAAAA03', '2003', {
    node: 'cucm2',
    status: 'Rejected',
    statusReason: 5,
    timeStamp: SECONDS - 60,
  }),
  phone('CSFJSMITH', '2004', { status: 'UnRegistered', statusReason: 8, model: 503, description: 'Jabber' }),
  phone('SEP000123456789', '000123456780', { description: 'Twelve digits' }),
  row({
    name: 'HQ-GW',
    deviceClass: 'Gateway',
    node: 'cucm2',
    model: 121,
    product: null,
    dirNumber: '',
    linesStatus: [],
    description: 'HQ',
  }),
  row({
    name: 'SIP-TRUNK-LON',
    deviceClass: 'SIPTrunk',
    model: 131,
    product: null,
    activeLoadId: '',
    status: 'Unknown',
    dirNumber: '',
    linesStatus: [],
    description: '',
    ipAddress: [],
  }),
  row({
    name: 'MOH_2',
    deviceClass: 'MediaResources',
    model: 70,
    product: null,
    dirNumber: '',
    linesStatus: [],
    httpd: 'No',
  }),
];

export const CTI_ITEMS: readonly CtiItem[] = [
  ctiItem(),
  ctiItem({ ctiDevice: ctiDevice() }),
  ctiItem({ ctiDevice: ctiDevice(), ctiLine: ctiLine() }),
];

function ctiItem(fields: Partial<CtiItem> = {}): CtiItem {
  return {
    node: 'cucm2',
    appId: 'cucmuser-192.168.168.169-4963',
    userId: 'cucmuser',
    appIpAddr: '192.168.168.169',
    appIpv6Addr: '',
    appStatus: 'Open',
    appStatusReason: 0,
    appTimeStamp: SECONDS - 600,
    ctiDevice: null,
    ctiLine: null,
    ...fields,
  };
}

function ctiDevice() {
  return {
    appControlsMedia: false,
    deviceName: 'SEPF01FAF38ABC2',
    deviceStatus: 'Open',
    deviceStatusReason: 0,
    deviceTimeStamp: SECONDS - 500,
  };
}

function ctiLine() {
  return { dirNumber: '1002', lineStatus: 'Closed', lineStatusReason: 0, lineTimeStamp: SECONDS - 90 };
}

const NODES: readonly NodeAnswer[] = ['cucm1', 'cucm2', 'cucm3'].map((name) => ({
  name,
  returnCode: 'Ok',
  noChange: false,
}));

export interface Asked {
  readonly query: Query;
  readonly options: LookupOptions | undefined;
}

export interface FixtureOptions {
  readonly rows?: readonly Device[];
  readonly blind?: readonly string[];
  readonly complete?: boolean;
  readonly ageMs?: number;
  readonly names?: readonly KnownName[];
  readonly name?: string;
  readonly error?: Error;
}

export interface Fixture {
  readonly cluster: Cluster;
  readonly asked: Asked[];
}

export function fixture(options: FixtureOptions = {}): Fixture {
  const { rows = ROWS, blind = [], complete = true, ageMs = 0, names = [], name = 'prod', error } = options;
  const asked: Asked[] = [];
  const lookup: Lookup = async (query, given) => {
    asked.push({ query, options: given });
    if (error !== undefined) throw error;
    const seen = rows.filter((device) => !blind.includes(device.node));
    const isCti = query.operation === 'selectCtiItem';
    const snapshot: Snapshot = {
      query,
      at: NOW - ageMs,
      nodes: NODES.map((node) =>
        blind.includes(node.name) ? { ...node, returnCode: 'NodeNotResponding' } : node,
      ),
      devices: isCti ? [] : select(query, seen),
      ctiItems: isCti ? selectCti(query) : [],
      stateInfo: '',
      complete,
      requests: 1,
    };
    return snapshot;
  };
  const cluster: Cluster = {
    name,
    lookup,
    names: { all: () => names },
    budget: () => ({ allowance: 15, left: 12, queued: 2, pausedMs: 0 }),
    lastAnswer: () => NOW - 5000,
  };
  return { cluster, asked };
}

/** Somebody in a channel, who may do what operators may. */
export const ANNA = { person: 'U1', place: { platform: 'slack', room: 'C1' } } as const;

export function context(...clusters: readonly Cluster[]): Context {
  const desk = createTestDesk({ now: NOW });
  return { clusters, now: NOW, version: '0.1.0', asker: ANNA, desk, may: (needed) => needed !== 'admin' };
}

function select(query: DeviceQuery, rows: readonly Device[]): readonly Device[] {
  if (query.operation === 'selectCmDeviceExt') {
    const wanted = new Set(query.items);
    const own = rows.filter((device) => wanted.has(device.name));
    // The latest row alone: the registered one, when there is one.
    return own.filter(
      (device) =>
        !own.some((other) => other !== device && other.name === device.name && other.status === 'Registered'),
    );
  }
  return rows.filter(
    (device) =>
      (query.deviceClass === 'Any' || query.deviceClass === device.deviceClass) &&
      (query.model === ANY_MODEL || query.model === device.model) &&
      (query.status === 'Any' || query.status === device.status) &&
      (query.nodeName === '' || query.nodeName === device.node) &&
      (query.protocol === 'Any' || query.protocol === device.protocol) &&
      query.items.some((item) => fieldsOf(query, device).some((text) => like(item, text))),
  );
}

function fieldsOf(query: DeviceQuery, device: Device): readonly string[] {
  if (query.selectBy === 'Name') return [device.name];
  if (query.selectBy === 'Description') return [device.description];
  if (query.selectBy === 'DirNumber') return device.linesStatus.map((line) => line.directoryNumber);
  return device.ipAddress.map(({ ip }) => ip);
}

function like(item: string, text: string): boolean {
  const parts = item.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(text);
}

function selectCti(query: CtiQuery): readonly CtiItem[] {
  const wanted = (list: readonly string[], text: string | undefined) =>
    list.length === 0 || list.includes(text ?? '');
  return CTI_ITEMS.filter((item) => {
    const kind = item.ctiLine !== null ? 'Line' : item.ctiDevice !== null ? 'Device' : 'Provider';
    return (
      kind === query.ctiMgrClass &&
      wanted(query.devNames, item.ctiDevice?.deviceName) &&
      wanted(query.dirNumbers, item.ctiLine?.dirNumber) &&
      (query.selectAppBy !== 'UserId' || wanted(query.appItems, item.userId))
    );
  });
}
