/** Replies as a CUCM might write them, made without the decoder's or the encoder's help. */
import type { CtiItem } from '../../src/device/cti.ts';
import type { Device, H323Trunk } from '../../src/device/device.ts';

/** How one writer of XML differs from another. */
export interface Style {
  /** With its colon, or none. */
  readonly prefix: string;
  readonly text: (value: string) => string;
  /** What stands for a value that is not there; `''` leaves the element out. */
  readonly nil: (name: string) => string;
  /** Between elements. */
  readonly gap: string;
}

export const PLAIN: Style = {
  prefix: 'ns1:',
  text: escaped,
  nil: (name) => `<${name} xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>`,
  gap: '',
};

export interface NodeRows {
  readonly name: string;
  readonly returnCode?: string;
  readonly noChange?: string;
  readonly rows: readonly string[];
}

export function escaped(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#xD;');
}

/** Text where every character is a reference, every other one hexadecimal. */
export function referenced(value: string): string {
  return [...value]
    .map((character, at) => {
      const code = character.codePointAt(0) ?? 0;
      return at % 2 === 0 ? `&#${code};` : `&#x${code.toString(16)};`;
    })
    .join('');
}

/** Text as CDATA; what CDATA cannot hold stands beside it. */
export function cdata(value: string): string {
  return value
    .split(/(\]\]>|\r)/)
    .map((part) =>
      part === ']]>' || part === '\r' ? escaped(part) : part === '' ? '' : `<![CDATA[${part}]]>`,
    )
    .join('');
}

export function deviceReply(
  nodes: readonly NodeRows[],
  more: { total?: number; stateInfo?: string; style?: Style } = {},
): string {
  const rows = nodes.reduce((sum, node) => sum + node.rows.length, 0);
  return reply('CmDevice', 'TotalDevicesFound', 'CmNodes', 'CmDevices', nodes, { total: rows, ...more });
}

export function ctiReply(
  nodes: readonly NodeRows[],
  more: { total?: number; stateInfo?: string; style?: Style } = {},
): string {
  const rows = nodes.reduce((sum, node) => sum + node.rows.length, 0);
  return reply('CtiItem', 'TotalItemsFound', 'CtiNodes', 'CtiItems', nodes, { total: rows, ...more });
}

function reply(
  what: string,
  total: string,
  list: string,
  rowList: string,
  nodes: readonly NodeRows[],
  more: { total: number; stateInfo?: string; style?: Style },
): string {
  const style = more.style ?? PLAIN;
  const { prefix, gap } = style;
  const e = (name: string, content: string) => `<${prefix}${name}>${gap}${content}${gap}</${prefix}${name}>`;
  const items = nodes
    .map((node) =>
      e(
        'item',
        leaf(style, 'ReturnCode', node.returnCode ?? 'Ok') +
          leaf(style, 'Name', node.name) +
          leaf(style, 'NoChange', node.noChange ?? 'false') +
          e(rowList, node.rows.join(gap)),
      ),
    )
    .join(gap);
  const result = e(`Select${what}Result`, leaf(style, total, String(more.total)) + e(list, items));
  const answer = e(`select${what}Return`, result + leaf(style, 'StateInfo', more.stateInfo ?? ''));
  const declared = prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`;
  return envelope(
    `<${prefix}select${what}Response ${declared}="http://schemas.cisco.com/ast/soap">${gap}${answer}${gap}</${prefix}select${what}Response>`,
  );
}

export function envelope(body: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">' +
    `<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}

export function fault(code: string, text: string): string {
  return envelope(
    `<soapenv:Fault><faultcode>${code}</faultcode><faultstring>${escaped(text)}</faultstring><detail/></soapenv:Fault>`,
  );
}

const TRUNK: readonly (readonly [string, keyof H323Trunk])[] = [
  ['ConfigName', 'configName'],
  ['TechPrefix', 'techPrefix'],
  ['Zone', 'zone'],
  ['RemoteCmServer1', 'remoteCmServer1'],
  ['RemoteCmServer2', 'remoteCmServer2'],
  ['RemoteCmServer3', 'remoteCmServer3'],
  ['AltGkList', 'altGkList'],
  ['ActiveGk', 'activeGk'],
  ['CallSignalAddr', 'callSignalAddr'],
  ['RasAddr', 'rasAddr'],
];

export function deviceRow(device: Omit<Device, 'node'>, style: Style = PLAIN): string {
  const value = (name: string, content: string | number | boolean | null) => leaf(style, name, content);
  const list = (name: string, items: readonly string[]) =>
    nested(style, name, items.map((item) => nested(style, 'item', item)).join(style.gap));
  return nested(
    style,
    'item',
    [
      value('Name', device.name),
      value('DirNumber', device.dirNumber),
      value('DeviceClass', device.deviceClass),
      value('Model', device.model),
      value('Product', device.product),
      value('BoxProduct', device.boxProduct),
      value('Httpd', device.httpd),
      value('RegistrationAttempts', device.registrationAttempts),
      value('IsCtiControllable', device.isCtiControllable),
      value('LoginUserId', device.loginUserId),
      value('Status', device.status),
      value('StatusReason', device.statusReason),
      value('PerfMonObject', device.perfMonObject),
      value('DChannel', device.dChannel),
      value('Description', device.description),
      nested(
        style,
        'H323Trunk',
        TRUNK.map(([name, key]) => value(name, device.h323Trunk?.[key] ?? null)).join(style.gap),
      ),
      value('TimeStamp', device.timeStamp),
      value('Protocol', device.protocol),
      value('NumOfLines', device.numOfLines),
      list(
        'LinesStatus',
        device.linesStatus.map(
          (line) => value('DirectoryNumber', line.directoryNumber) + value('Status', line.status),
        ),
      ),
      value('ActiveLoadID', device.activeLoadId),
      value('InactiveLoadID', device.inactiveLoadId),
      value('DownloadStatus', device.downloadStatus),
      value('DownloadFailureReason', device.downloadFailureReason),
      value('DownloadServer', device.downloadServer),
      list(
        'IPAddress',
        device.ipAddress.map(
          (address) =>
            value('IP', address.ip) +
            value('IPAddrType', address.ipAddrType) +
            value('Attribute', address.attribute),
        ),
      ),
    ].join(style.gap),
  );
}

export function ctiRow(item: Omit<CtiItem, 'node'>, style: Style = PLAIN): string {
  const value = (name: string, content: string | number | boolean | null | undefined) =>
    leaf(style, name, content ?? null);
  const { ctiDevice, ctiLine } = item;
  return nested(
    style,
    'item',
    [
      value('AppId', item.appId),
      value('UserId', item.userId),
      value('AppIpAddr', item.appIpAddr),
      value('AppIpv6Addr', item.appIpv6Addr),
      value('AppStatus', item.appStatus),
      value('AppStatusReason', item.appStatusReason),
      value('AppTimeStamp', item.appTimeStamp),
      nested(
        style,
        'CtiDevice',
        value('AppControlsMedia', ctiDevice?.appControlsMedia) +
          value('DeviceName', ctiDevice?.deviceName) +
          value('DeviceStatus', ctiDevice?.deviceStatus) +
          value('DeviceStatusReason', ctiDevice?.deviceStatusReason) +
          value('DeviceTimeStamp', ctiDevice?.deviceTimeStamp),
      ),
      nested(
        style,
        'CtiLine',
        value('DirNumber', ctiLine?.dirNumber) +
          value('LineStatus', ctiLine?.lineStatus) +
          value('LineStatusReason', ctiLine?.lineStatusReason) +
          value('LineTimeStamp', ctiLine?.lineTimeStamp),
      ),
    ].join(style.gap),
  );
}

function leaf({ prefix, text, nil }: Style, name: string, value: string | number | boolean | null): string {
  if (value === null || value === '') return nil(`${prefix}${name}`);
  return `<${prefix}${name}>${text(String(value))}</${prefix}${name}>`;
}

function nested({ prefix, gap }: Style, name: string, content: string): string {
  return `<${prefix}${name}>${gap}${content}${gap}</${prefix}${name}>`;
}

export const PHONE: Omit<Device, 'node'> = {
  name: 'SEPE8B7480316D6',
  dirNumber: '6961-Registered',
  deviceClass: 'Phone',
  model: 564,
  product: 451,
  boxProduct: 0,
  httpd: 'Yes',
  registrationAttempts: 0,
  isCtiControllable: true,
  loginUserId: '',
  status: 'Registered',
  statusReason: 0,
  perfMonObject: 2,
  dChannel: 0,
  description: 'Lobby',
  h323Trunk: null,
  timeStamp: 1_411_513_436,
  protocol: 'SIP',
  numOfLines: 1,
  linesStatus: [{ directoryNumber: '6961', status: 'Registered' }],
  activeLoadId: 'sip9971.9-4-2-13',
  inactiveLoadId: 'sip9971.9-3-2-10',
  downloadStatus: 'Unknown',
  downloadFailureReason: '',
  downloadServer: '',
  ipAddress: [{ ip: '10.77.31.15', ipAddrType: 'ipv4', attribute: 'AdministrativeAndSignaling' }],
};

export const CTI: Omit<CtiItem, 'node'> = {
  appId: 'cucmuser-192.168.168.169-4963',
  userId: 'cucmuser',
  appIpAddr: '192.168.168.169',
  appIpv6Addr: '',
  appStatus: 'Closed',
  appStatusReason: 2,
  appTimeStamp: 1_411_513_436,
  ctiDevice: null,
  ctiLine: null,
};
