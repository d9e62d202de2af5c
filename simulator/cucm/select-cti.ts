/** selectCtiItem on the model: providers, the devices they opened, and those devices' lines. */
import type { CtiQuery } from '../../src/device/query.ts';
import type { CtiApp, CtiControlledDevice, CtiControlledLine, CtiStanding } from './cti-apps.ts';
import { itemMatcher, plainAddress } from './glob.ts';
import type { Cluster } from './model.ts';
import { askedNodes, invalidNode, nodeSelection } from './select-devices.ts';
import type { NodeSelection, Selected } from './selection.ts';
import { nillable } from './xml.ts';

interface CtiRow {
  readonly app: CtiApp;
  readonly device: CtiControlledDevice | null;
  readonly line: CtiControlledLine | null;
}

/** A selection a node, as for devices. Empty lists, and lists of empty items, mean everything. */
export function selectCtiItems(cluster: Cluster, query: CtiQuery): readonly NodeSelection[] {
  const asked = askedNodes(cluster, query.nodeName);
  if (asked.length === 0) return [invalidNode(query.nodeName)];
  const rows = ctiRows(cluster, query);
  return asked.map((node) => nodeSelection(node, rows.filter((row) => row.app.node === node).map(selected)));
}

function selected(row: CtiRow): Selected {
  return { revision: row.app.revision, xml: () => renderCti(row) };
}

function ctiRows(cluster: Cluster, query: CtiQuery): readonly CtiRow[] {
  const apps = cluster.apps.filter(appMatcher(query));
  const isDevice = anyOr(query.devNames);
  const isNumber = anyOr(query.dirNumbers);
  const hasStatus = ({ status }: CtiStanding) => query.status === 'Any' || status === query.status;
  switch (query.ctiMgrClass) {
    case 'Provider':
      return apps.filter(hasStatus).map((app) => ({ app, device: null, line: null }));
    case 'Device':
      return apps.flatMap((app) =>
        app.devices
          .filter((device) => isDevice(device.name) && hasStatus(device))
          .map((device) => ({ app, device, line: null })),
      );
    case 'Line':
      return apps.flatMap((app) =>
        app.devices
          .filter((device) => isDevice(device.name))
          .flatMap((device) =>
            device.lines
              .filter((line) => isNumber(line.number) && hasStatus(line))
              .map((line) => ({ app, device, line })),
          ),
      );
  }
}

function appMatcher(query: CtiQuery): (app: CtiApp) => boolean {
  switch (query.selectAppBy) {
    case 'AppId': {
      const matches = anyOr(query.appItems);
      return (app) => matches(app.appId);
    }
    case 'UserId': {
      const matches = anyOr(query.appItems);
      return (app) => matches(app.userId);
    }
    case 'AppIPV4Address': {
      const matches = anyOr(query.appItems);
      return (app) => matches(app.address);
    }
    case 'AppIPV6Address': {
      const matches = anyOr(query.appItems.map(plainAddress));
      return (app) => matches(app.address6);
    }
  }
}

function anyOr(items: readonly string[]): (text: string) => boolean {
  const said = items.filter((item) => item !== '');
  return said.length === 0 ? () => true : itemMatcher(said, true);
}

function renderCti({ app, device, line }: CtiRow): string {
  return (
    `<ns1:item>${nillable('AppId', app.appId, 0)}${nillable('UserId', app.userId, 0)}` +
    `${nillable('AppIpAddr', app.address, 0)}${nillable('AppIpv6Addr', app.address6, 1)}` +
    `<ns1:AppStatus>${app.status}</ns1:AppStatus><ns1:AppStatusReason>${app.reason}</ns1:AppStatusReason>` +
    `<ns1:AppTimeStamp>${app.at}</ns1:AppTimeStamp>${renderDevice(device)}${renderLine(line)}</ns1:item>`
  );
}

function renderDevice(device: CtiControlledDevice | null): string {
  if (device === null) return '<ns1:CtiDevice xsi:nil="true"/>';
  return (
    `<ns1:CtiDevice><ns1:AppControlsMedia>${device.controlsMedia}</ns1:AppControlsMedia>` +
    `${nillable('DeviceName', device.name, 0)}<ns1:DeviceStatus>${device.status}</ns1:DeviceStatus>` +
    `<ns1:DeviceStatusReason>${device.reason}</ns1:DeviceStatusReason>` +
    `<ns1:DeviceTimeStamp>${device.at}</ns1:DeviceTimeStamp></ns1:CtiDevice>`
  );
}

function renderLine(line: CtiControlledLine | null): string {
  if (line === null) return '<ns1:CtiLine xsi:nil="1"/>';
  return (
    `<ns1:CtiLine>${nillable('DirNumber', line.number, 0)}<ns1:LineStatus>${line.status}</ns1:LineStatus>` +
    `<ns1:LineStatusReason>${line.reason}</ns1:LineStatusReason>` +
    `<ns1:LineTimeStamp>${line.at}</ns1:LineTimeStamp></ns1:CtiLine>`
  );
}
