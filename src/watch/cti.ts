/** CTI providers, devices and lines as rows like those of devices, so that they are remembered, compared and told alike. */
import type { CtiItem, CtiMgrClass } from '../device/cti.ts';
import type { DeviceAddress } from '../device/device.ts';
import { globTest } from '../device/glob.ts';
import type { KnownRow } from '../device/known.ts';
import type { CtiQuery } from '../device/query.ts';

/** The `deviceClass` of such rows. `Cti` alone is a class of devices: CTI ports and route points. */
export const CTI_ROW_CLASSES = ['CtiProvider', 'CtiDevice', 'CtiLine'] as const;
export type CtiRowClass = (typeof CTI_ROW_CLASSES)[number];

const SEPARATOR = ' › ';

const STATUSES: ReadonlyMap<string, KnownRow['status']> = new Map([
  ['Open', 'Registered'],
  ['Closed', 'UnRegistered'],
  ['OpenFailed', 'Rejected'],
]);

export function isCtiRow({ deviceClass }: Pick<KnownRow, 'deviceClass'>): boolean {
  return (CTI_ROW_CLASSES as readonly string[]).includes(deviceClass);
}

/**
 * The row of an item, after the narrowest thing it speaks of: named `app`, `app › SEP…` or `app › SEP… › 1002`, Registered when Open,
 * UnRegistered when Closed, Rejected when OpenFailed. `dirNumber` is a line's number, `ipAddress` the application's.
 */
export function ctiRow(item: CtiItem): KnownRow {
  const { appId, ctiDevice, ctiLine } = item;
  const number = (ctiLine?.dirNumber ?? '').replace(/^\\/, '');
  const device = ctiDevice?.deviceName ?? '';
  const path = { CtiProvider: [appId], CtiDevice: [appId, device], CtiLine: [appId, device, number] }[
    classOf(item)
  ];
  const { status, statusReason, timeStamp } = standingOf(item);
  return {
    node: item.node,
    name: path.join(SEPARATOR),
    deviceClass: classOf(item),
    model: null,
    description: '',
    dirNumber: number,
    linesStatus: [],
    ipAddress: addressesOf(item),
    loginUserId: item.userId,
    protocol: 'Unknown',
    status: STATUSES.get(status) ?? 'Unknown',
    statusReason,
    timeStamp,
    activeLoadId: '',
    downloadStatus: 'Unknown',
  };
}

/** The application, device and number that such a row's name says; blank where it says none. */
export function ctiPath({ name, deviceClass }: Pick<KnownRow, 'name' | 'deviceClass'>): {
  readonly app: string;
  readonly device: string;
  readonly number: string;
} {
  const parts = name.split(SEPARATOR);
  const number = deviceClass === 'CtiLine' ? (parts.pop() ?? '') : '';
  const device = deviceClass === 'CtiProvider' ? '' : (parts.pop() ?? '');
  return { app: parts.join(SEPARATOR), device, number };
}

/** Whether a whole answer to the query would hold the row: one that is missing there has gone. */
export function ctiCovers(query: CtiQuery): (row: KnownRow) => boolean {
  if (query.status !== 'Any' || query.nodeName !== '') return () => false;
  const wanted = `Cti${query.ctiMgrClass satisfies CtiMgrClass}`;
  const isApp = anyOf(query.appItems);
  const isDevice = anyOf(query.devNames);
  const isNumber = anyOf(query.dirNumbers.map((number) => number.replace(/^\\/, '')));
  return (row) => {
    if (row.deviceClass !== wanted) return false;
    const { app, device, number } = ctiPath(row);
    return (
      appWords(query, row, app).some(isApp) &&
      (row.deviceClass === 'CtiProvider' || isDevice(device)) &&
      (row.deviceClass !== 'CtiLine' || isNumber(number))
    );
  };
}

function appWords({ selectAppBy }: CtiQuery, row: KnownRow, app: string): readonly string[] {
  switch (selectAppBy) {
    case 'AppId':
      return [app];
    case 'UserId':
      return [row.loginUserId];
    case 'AppIPV4Address':
    case 'AppIPV6Address':
      // An application without a known address still counts where all addresses are asked for.
      return ['', ...row.ipAddress.map(({ ip }) => ip)];
  }
}

/** No items, and blank ones, stand for everything. */
function anyOf(items: readonly string[]): (text: string) => boolean {
  const tests = items.filter((item) => item !== '').map(globTest);
  return tests.length === 0 ? () => true : (text) => tests.some((test) => test(text));
}

function classOf({ ctiDevice, ctiLine }: CtiItem): CtiRowClass {
  if (ctiLine !== null) return 'CtiLine';
  return ctiDevice === null ? 'CtiProvider' : 'CtiDevice';
}

function standingOf({ ctiDevice, ctiLine, ...app }: CtiItem): {
  readonly status: string;
  readonly statusReason: number | null;
  readonly timeStamp: number | null;
} {
  if (ctiLine !== null) {
    const { lineStatus, lineStatusReason, lineTimeStamp } = ctiLine;
    return { status: lineStatus, statusReason: lineStatusReason, timeStamp: lineTimeStamp };
  }
  if (ctiDevice !== null) {
    const { deviceStatus, deviceStatusReason, deviceTimeStamp } = ctiDevice;
    return { status: deviceStatus, statusReason: deviceStatusReason, timeStamp: deviceTimeStamp };
  }
  return { status: app.appStatus, statusReason: app.appStatusReason, timeStamp: app.appTimeStamp };
}

function addressesOf({ appIpAddr, appIpv6Addr }: CtiItem): readonly DeviceAddress[] {
  const address = (ip: string, ipAddrType: 'ipv4' | 'ipv6') => ({
    ip,
    ipAddrType,
    attribute: 'Unknown' as const,
  });
  return [
    ...(appIpAddr === '' ? [] : [address(appIpAddr, 'ipv4')]),
    ...(appIpv6Addr === '' ? [] : [address(appIpv6Addr, 'ipv6')]),
  ];
}
