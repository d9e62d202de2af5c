/** A row as the XML of one device: the 26 fields of the WSDL's CmDevice, always all, always in its order. */
import type { Row, SimDevice } from './model.ts';
import { escapeXml, type NilStyle, nillable } from './xml.ts';

const PERFMON_PHONE = 2;
const TRUNK_PARTS = [
  'ConfigName',
  'TechPrefix',
  'Zone',
  'RemoteCmServer1',
  'RemoteCmServer2',
  'RemoteCmServer3',
  'AltGkList',
  'ActiveGk',
  'CallSignalAddr',
  'RasAddr',
] as const;

/** One `item` of CmDevices. Not kept: 2000 of them take some 8 ms, and kept ones would fill the memory. */
export function renderRow(row: Row): string {
  return `<ns1:item>${identity(row)}${standing(row)}${lines(row)}${firmware(row)}${addresses(row.device)}</ns1:item>`;
}

function identity({ device, status, attempts, user }: Row): string {
  const { kind } = device;
  const nil = nilStyle(device);
  const joined = device.numbers.map((number, place) => `${number}-${lineStatus(status, place)}`).join(',');
  return (
    `<ns1:Name>${escapeXml(device.name)}</ns1:Name>${nillable('DirNumber', joined, nil)}` +
    `<ns1:DeviceClass>${kind.deviceClass}</ns1:DeviceClass><ns1:Model>${kind.model}</ns1:Model>` +
    `<ns1:Product>${kind.product}</ns1:Product><ns1:BoxProduct>0</ns1:BoxProduct><ns1:Httpd>${kind.httpd}</ns1:Httpd>` +
    `<ns1:RegistrationAttempts>${attempts}</ns1:RegistrationAttempts>` +
    `<ns1:IsCtiControllable>${isCtiControllable(device)}</ns1:IsCtiControllable>${nillable('LoginUserId', user, nil)}`
  );
}

function standing({ device, status, reason, at }: Row): string {
  const { kind } = device;
  const perfMon = kind.deviceClass === 'Phone' ? PERFMON_PHONE : 0;
  return (
    `<ns1:Status>${status}</ns1:Status><ns1:StatusReason>${reason}</ns1:StatusReason>` +
    `<ns1:PerfMonObject>${perfMon}</ns1:PerfMonObject><ns1:DChannel>${kind.id === 'mgcpe1' ? 1 : 0}</ns1:DChannel>` +
    `${nillable('Description', device.description, nilStyle(device))}${trunk(device)}` +
    `<ns1:TimeStamp>${at}</ns1:TimeStamp><ns1:Protocol>${kind.protocol}</ns1:Protocol>`
  );
}

/** Only H.323 gateways fill it in; the rest send ten nil parts, or nil for the whole. */
function trunk(device: SimDevice): string {
  const nil = nilStyle(device);
  if (device.kind.deviceClass !== 'H323') {
    if (nil === 1) return '<ns1:H323Trunk xsi:nil="1"/>';
    return `<ns1:H323Trunk>${TRUNK_PARTS.map((part) => nillable(part, '', nil)).join('')}</ns1:H323Trunk>`;
  }
  const known: Partial<Record<(typeof TRUNK_PARTS)[number], string>> = {
    ConfigName: device.name,
    RemoteCmServer1: device.address,
    CallSignalAddr: `${device.address}:1720`,
  };
  return `<ns1:H323Trunk>${TRUNK_PARTS.map((part) => nillable(part, known[part] ?? '', nil)).join('')}</ns1:H323Trunk>`;
}

function lines({ device, status }: Row): string {
  const items = device.numbers.map(
    (number, place) =>
      `<ns1:item><ns1:DirectoryNumber>${escapeXml(number)}</ns1:DirectoryNumber>` +
      `<ns1:Status>${lineStatus(status, place)}</ns1:Status></ns1:item>`,
  );
  const list =
    items.length === 0
      ? '<ns1:LinesStatus xsi:nil="true"/>'
      : `<ns1:LinesStatus>${items.join('')}</ns1:LinesStatus>`;
  return `<ns1:NumOfLines>${device.numbers.length}</ns1:NumOfLines>${list}`;
}

/** A line stands as its device does; of a partly registered one the first line is up and the others are not. */
function lineStatus(status: Row['status'], place: number): string {
  if (status !== 'PartiallyRegistered') return status;
  return place === 0 ? 'Registered' : 'UnRegistered';
}

function firmware({ device, firmware: loads }: Row): string {
  const nil = nilStyle(device);
  const server = loads.download === 'Unknown' ? '' : '10.4.0.10';
  return (
    nillable('ActiveLoadID', loads.active, nil) +
    nillable('InactiveLoadID', loads.inactive, nil) +
    `<ns1:DownloadStatus>${loads.download}</ns1:DownloadStatus>` +
    nillable('DownloadFailureReason', loads.failure, nil) +
    nillable('DownloadServer', server, nil)
  );
}

/** IPAddress is the one list that is never nil. */
function addresses({ address, address6 }: SimDevice): string {
  const attribute = 'AdministrativeAndSignaling';
  const items =
    (address === '' ? '' : addressItem(address, 'ipv4', address6 === '' ? attribute : 'Signaling')) +
    (address6 === '' ? '' : addressItem(address6, 'ipv6', 'Adminstrative'));
  return `<ns1:IPAddress>${items}</ns1:IPAddress>`;
}

function addressItem(ip: string, type: 'ipv4' | 'ipv6', attribute: string): string {
  return (
    `<ns1:item><ns1:IP>${ip}</ns1:IP><ns1:IPAddrType>${type}</ns1:IPAddrType>` +
    `<ns1:Attribute>${attribute}</ns1:Attribute></ns1:item>`
  );
}

function isCtiControllable({ kind }: SimDevice): boolean {
  return kind.deviceClass === 'Cti' || (kind.deviceClass === 'Phone' && kind.httpd === 'Yes');
}

const NIL_STYLES = [0, 1, 2] as const;

function nilStyle({ name }: SimDevice): NilStyle {
  return NIL_STYLES[name.charCodeAt(name.length - 1) % NIL_STYLES.length] ?? 0;
}
