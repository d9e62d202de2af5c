/** Builds selectCmDevice replies as large as those of a real cluster: every field, in Cisco's order and prefixes. */

/** What a row says besides its number; other values make another row. */
export interface RowState {
  readonly status: string;
  readonly timeStamp: number;
}

const HEAD =
  '<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
  '<ns1:selectCmDeviceResponse xmlns:ns1="http://schemas.cisco.com/ast/soap"><ns1:selectCmDeviceReturn><ns1:SelectCmDeviceResult>';
const NIL_TRUNK = [
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
]
  .map((name) => `<ns1:${name} xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>`)
  .join('');

/** A whole reply with `rows` devices on three nodes; `state` gives each row what may change between two replies. */
export function deviceReply(rows: number, state: (row: number) => RowState): string {
  const perNode = Math.ceil(rows / 3);
  const nodes = [0, 1, 2].map((node) => {
    const indexes = Array.from(
      { length: Math.min(perNode, rows - node * perNode) },
      (_, at) => node * perNode + at,
    );
    const items = indexes.map((index) => deviceRow(index, state(index))).join('');
    return (
      `<ns1:item><ns1:ReturnCode>Ok</ns1:ReturnCode><ns1:Name>cucm${node + 1}</ns1:Name><ns1:NoChange>false</ns1:NoChange>` +
      `<ns1:CmDevices>${items}</ns1:CmDevices></ns1:item>`
    );
  });
  return (
    `${HEAD}<ns1:TotalDevicesFound>${rows}</ns1:TotalDevicesFound><ns1:CmNodes>${nodes.join('')}</ns1:CmNodes>` +
    '</ns1:SelectCmDeviceResult><ns1:StateInfo>&lt;StateInfo ClusterWide="1"&gt;&lt;Node Name="cucm1" SubsystemStartTime="1411513436" ' +
    `StateId="84" TotalItemsFound="${rows}" TotalItemsReturned="${rows}"/&gt;&lt;/StateInfo&gt;</ns1:StateInfo>` +
    '</ns1:selectCmDeviceReturn></ns1:selectCmDeviceResponse></soapenv:Body></soapenv:Envelope>'
  );
}

function deviceRow(index: number, { status, timeStamp }: RowState): string {
  const number = 20_000 + index;
  const mac = (0x0011_2233_0000 + index * 37).toString(16).toUpperCase().padStart(12, '0');
  const lines = [0, 1, 2, 3].map(
    (line) =>
      `<ns1:item><ns1:DirectoryNumber>${number + line * 10_000}</ns1:DirectoryNumber><ns1:Status>${status}</ns1:Status></ns1:item>`,
  );
  return [
    `<ns1:item><ns1:Name>SEP${mac}</ns1:Name>`,
    `<ns1:DirNumber>${[0, 1, 2, 3].map((line) => `${number + line * 10_000}-${status}`).join(',')}</ns1:DirNumber>`,
    '<ns1:DeviceClass>Phone</ns1:DeviceClass><ns1:Model>684</ns1:Model><ns1:Product>581</ns1:Product>',
    '<ns1:BoxProduct>0</ns1:BoxProduct><ns1:Httpd>Yes</ns1:Httpd><ns1:RegistrationAttempts>1</ns1:RegistrationAttempts>',
    `<ns1:IsCtiControllable>true</ns1:IsCtiControllable><ns1:LoginUserId>user${index}</ns1:LoginUserId>`,
    `<ns1:Status>${status}</ns1:Status><ns1:StatusReason>0</ns1:StatusReason><ns1:PerfMonObject>2</ns1:PerfMonObject>`,
    `<ns1:DChannel>0</ns1:DChannel><ns1:Description>Building ${index % 40}, floor ${index % 7} &amp; desk ${index}</ns1:Description>`,
    `<ns1:H323Trunk>${NIL_TRUNK}</ns1:H323Trunk><ns1:TimeStamp>${timeStamp}</ns1:TimeStamp><ns1:Protocol>SIP</ns1:Protocol>`,
    `<ns1:NumOfLines>4</ns1:NumOfLines><ns1:LinesStatus>${lines.join('')}</ns1:LinesStatus>`,
    '<ns1:ActiveLoadID>sip8845_65.14-1-1-0001-136</ns1:ActiveLoadID><ns1:InactiveLoadID>sip8845_65.12-8-1-0001-455</ns1:InactiveLoadID>',
    '<ns1:DownloadStatus>Unknown</ns1:DownloadStatus><ns1:DownloadFailureReason/><ns1:DownloadServer/><ns1:IPAddress><ns1:item>',
    `<ns1:IP>10.${index % 200}.${index % 250}.${(index % 240) + 10}</ns1:IP><ns1:IPAddrType>ipv4</ns1:IPAddrType>`,
    '<ns1:Attribute>AdministrativeAndSignaling</ns1:Attribute></ns1:item></ns1:IPAddress></ns1:item>',
  ].join('');
}
