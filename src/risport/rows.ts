/** From the elements of a row to our own words. Field names and order are the WSDL's, RISService70. */
import { CTI_STATUSES, type CtiDevice, type CtiItem, type CtiLine } from '../device/cti.ts';
import {
  DEVICE_CLASSES,
  type Device,
  type DeviceAddress,
  DOWNLOAD_STATUSES,
  type H323Trunk,
  type LineStatus,
  PROTOCOLS,
  REGISTRATION_STATUSES,
} from '../device/device.ts';
import { all, boolean, type Content, children, text, unsigned, word, wordOf } from './element.ts';

/** A `CmDevice` that stands in the rows of `node`, frozen through and through. */
export function deviceOf(node: string, row: Content): Device {
  const field = children(row);
  const device: Device = {
    node,
    name: word(field.get('Name')),
    dirNumber: text(field.get('DirNumber')),
    deviceClass: wordOf(field.get('DeviceClass'), DEVICE_CLASSES),
    model: unsigned(field.get('Model')),
    product: unsigned(field.get('Product')),
    boxProduct: unsigned(field.get('BoxProduct')),
    httpd: word(field.get('Httpd')),
    registrationAttempts: unsigned(field.get('RegistrationAttempts')),
    isCtiControllable: boolean(field.get('IsCtiControllable')),
    loginUserId: text(field.get('LoginUserId')),
    status: wordOf(field.get('Status'), REGISTRATION_STATUSES),
    statusReason: unsigned(field.get('StatusReason')),
    perfMonObject: unsigned(field.get('PerfMonObject')),
    dChannel: unsigned(field.get('DChannel')),
    description: text(field.get('Description')),
    h323Trunk: trunkOf(field.get('H323Trunk')),
    timeStamp: unsigned(field.get('TimeStamp')),
    protocol: wordOf(field.get('Protocol'), PROTOCOLS),
    numOfLines: unsigned(field.get('NumOfLines')),
    linesStatus: listOf(field.get('LinesStatus'), lineOf),
    activeLoadId: text(field.get('ActiveLoadID')),
    inactiveLoadId: text(field.get('InactiveLoadID')),
    downloadStatus: wordOf(field.get('DownloadStatus'), DOWNLOAD_STATUSES),
    downloadFailureReason: text(field.get('DownloadFailureReason')),
    downloadServer: text(field.get('DownloadServer')),
    ipAddress: listOf(field.get('IPAddress'), addressOf),
  };
  return Object.freeze(device);
}

/** A `CtiItem` that stands in the rows of `node`, frozen through and through. */
export function ctiItemOf(node: string, row: Content): CtiItem {
  const field = children(row);
  return Object.freeze({
    node,
    appId: text(field.get('AppId')),
    userId: text(field.get('UserId')),
    appIpAddr: word(field.get('AppIpAddr')),
    appIpv6Addr: word(field.get('AppIpv6Addr')),
    appStatus: wordOf(field.get('AppStatus'), CTI_STATUSES),
    appStatusReason: unsigned(field.get('AppStatusReason')),
    appTimeStamp: unsigned(field.get('AppTimeStamp')),
    ctiDevice: ctiDeviceOf(field.get('CtiDevice')),
    ctiLine: ctiLineOf(field.get('CtiLine')),
  });
}

function lineOf(item: Content): LineStatus {
  const field = children(item);
  return Object.freeze({
    directoryNumber: text(field.get('DirectoryNumber')),
    status: wordOf(field.get('Status'), REGISTRATION_STATUSES),
  });
}

function addressOf(item: Content): DeviceAddress {
  const field = children(item);
  return Object.freeze({
    ip: word(field.get('IP')),
    ipAddrType: word(field.get('IPAddrType')),
    attribute: word(field.get('Attribute')),
  });
}

function trunkOf(content: Content | undefined): H323Trunk | null {
  if (content === undefined) return null;
  const field = children(content);
  return unlessBlank<H323Trunk>({
    configName: text(field.get('ConfigName')),
    techPrefix: text(field.get('TechPrefix')),
    zone: text(field.get('Zone')),
    remoteCmServer1: text(field.get('RemoteCmServer1')),
    remoteCmServer2: text(field.get('RemoteCmServer2')),
    remoteCmServer3: text(field.get('RemoteCmServer3')),
    altGkList: text(field.get('AltGkList')),
    activeGk: text(field.get('ActiveGk')),
    callSignalAddr: text(field.get('CallSignalAddr')),
    rasAddr: text(field.get('RasAddr')),
  });
}

function ctiDeviceOf(content: Content | undefined): CtiDevice | null {
  if (content === undefined) return null;
  const field = children(content);
  return unlessBlank<CtiDevice>({
    appControlsMedia: boolean(field.get('AppControlsMedia')),
    deviceName: word(field.get('DeviceName')),
    deviceStatus: wordOf(field.get('DeviceStatus'), CTI_STATUSES),
    deviceStatusReason: unsigned(field.get('DeviceStatusReason')),
    deviceTimeStamp: unsigned(field.get('DeviceTimeStamp')),
  });
}

function ctiLineOf(content: Content | undefined): CtiLine | null {
  if (content === undefined) return null;
  const field = children(content);
  return unlessBlank<CtiLine>({
    dirNumber: text(field.get('DirNumber')),
    lineStatus: wordOf(field.get('LineStatus'), CTI_STATUSES),
    lineStatusReason: unsigned(field.get('LineStatusReason')),
    lineTimeStamp: unsigned(field.get('LineTimeStamp')),
  });
}

/** CUCM sends a whole trunk of nil fields for every phone: that is no trunk. */
function unlessBlank<T extends object>(fields: T): T | null {
  const blank = Object.values(fields).every((value) => value === '' || value === null);
  return blank ? null : Object.freeze(fields);
}

/** The items that hold anything; a nil item is none. */
function listOf<T>(content: Content | undefined, read: (item: Content) => T): readonly T[] {
  if (content === undefined || content.length === 0) return NOTHING;
  return Object.freeze(
    all(content, 'item')
      .filter((item) => item.length > 0)
      .map(read),
  );
}

const NOTHING: readonly never[] = Object.freeze([]);
