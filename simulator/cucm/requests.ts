/** RisPort70 requests, read and checked. What a CUCM would refuse is refused here too, so that mistakes show. */
import {
  CTI_MGR_CLASSES,
  CTI_SELECT_APP_BY,
  CTI_STATUSES,
  type CtiMgrClass,
  type CtiSelectAppBy,
  type CtiStatus,
} from '../../src/device/cti.ts';
import {
  DEVICE_CLASSES,
  DOWNLOAD_STATUSES,
  PROTOCOLS,
  REGISTRATION_STATUSES,
} from '../../src/device/device.ts';
import { type CtiQuery, type DeviceQuery, SELECT_BY } from '../../src/device/query.ts';
import { childOf, listOf, type SoapCall, textOf, type XmlElement } from './soap.ts';

export type RisRequest =
  | {
      readonly type: 'devices';
      readonly stateInfo: string;
      readonly most: number;
      readonly query: DeviceQuery;
    }
  | { readonly type: 'cti'; readonly stateInfo: string; readonly most: number; readonly query: CtiQuery }
  /** Understood, but not allowed: the nodes answer InvalidRequest. */
  | { readonly type: 'invalid'; readonly words: 'devices' | 'cti' }
  | { readonly type: 'fault'; readonly text: string };

const ANY_MODEL = 255;
const DEVICE_FIELDS = [
  'MaxReturnedDevices',
  'DeviceClass',
  'Model',
  'Status',
  'NodeName',
  'SelectBy',
  'SelectItems',
  'Protocol',
  'DownloadStatus',
];
const CTI_FIELDS = [
  'MaxReturnedItems',
  'CtiMgrClass',
  'Status',
  'NodeName',
  'SelectAppBy',
  'AppItems',
  'DevNames',
  'DirNumbers',
];

export function readRequest(call: SoapCall): RisRequest {
  switch (call.operation) {
    case 'selectCmDevice':
    case 'selectCmDeviceExt':
      return readDeviceRequest(call.operation, call.content);
    case 'selectCtiItem':
      return readCtiRequest(call.content);
    default:
      return { type: 'fault', text: `No such operation '${call.operation.slice(0, 100)}'` };
  }
}

function readDeviceRequest(operation: DeviceQuery['operation'], content: XmlElement): RisRequest {
  const criteria = childOf(content, 'CmSelectionCriteria');
  const stray = strayField(content, 'CmSelectionCriteria') ?? strayField(criteria, ...DEVICE_FIELDS);
  if (stray !== null) return stray;
  // The WSDL types these three, so a word off the list does not even reach RIS.
  const selectBy = typed(criteria, 'SelectBy', SELECT_BY, 'Name');
  const protocol = typed(criteria, 'Protocol', PROTOCOLS, 'Any');
  const downloadStatus = typed(criteria, 'DownloadStatus', DOWNLOAD_STATUSES, 'Any');
  const most = wholeNumber(textOf(criteria, 'MaxReturnedDevices'), 0);
  const model = wholeNumber(textOf(criteria, 'Model'), ANY_MODEL);
  if (selectBy === null || protocol === null || downloadStatus === null || most === null || model === null) {
    return { type: 'fault', text: 'org.xml.sax.SAXException: Invalid value in CmSelectionCriteria' };
  }
  const deviceClass = typed(criteria, 'DeviceClass', DEVICE_CLASSES, 'Any');
  const status = typed(criteria, 'Status', REGISTRATION_STATUSES, 'Any');
  if (deviceClass === null || status === null) return { type: 'invalid', words: 'devices' };
  return {
    type: 'devices',
    stateInfo: textOf(content, 'StateInfo'),
    most,
    query: {
      operation,
      deviceClass,
      model,
      status,
      nodeName: textOf(criteria, 'NodeName'),
      selectBy,
      items: listOf(criteria, 'SelectItems', 'Item'),
      protocol,
      downloadStatus,
    },
  };
}

function readCtiRequest(content: XmlElement): RisRequest {
  const criteria = childOf(content, 'CtiSelectionCriteria');
  const stray = strayField(content, 'CtiSelectionCriteria') ?? strayField(criteria, ...CTI_FIELDS);
  if (stray !== null) return stray;
  const ctiMgrClass = typed<CtiMgrClass>(criteria, 'CtiMgrClass', CTI_MGR_CLASSES, 'Provider');
  const status = typed<CtiStatus>(criteria, 'Status', CTI_STATUSES, 'Any');
  const selectAppBy = typed<CtiSelectAppBy>(criteria, 'SelectAppBy', CTI_SELECT_APP_BY, 'AppId');
  const most = wholeNumber(textOf(criteria, 'MaxReturnedItems'), 0);
  if (ctiMgrClass === null || status === null || selectAppBy === null || most === null) {
    return { type: 'fault', text: 'org.xml.sax.SAXException: Invalid value in CtiSelectionCriteria' };
  }
  return {
    type: 'cti',
    stateInfo: textOf(content, 'StateInfo'),
    most,
    query: {
      operation: 'selectCtiItem',
      ctiMgrClass,
      status,
      nodeName: textOf(criteria, 'NodeName'),
      selectAppBy,
      appItems: listOf(criteria, 'AppItems', 'AppItem'),
      devNames: listOf(criteria, 'DevNames', 'DevName'),
      dirNumbers: listOf(criteria, 'DirNumbers', 'DirNumber'),
    },
  };
}

/** Axis refuses an element it has no place for. */
function strayField(element: XmlElement | null, ...known: readonly string[]): RisRequest | null {
  const stray = Object.keys(element ?? {}).find((name) => name !== 'StateInfo' && !known.includes(name));
  if (stray === undefined) return null;
  return { type: 'fault', text: `org.xml.sax.SAXException: Invalid element - ${stray.slice(0, 100)}` };
}

/** A word of the list, the usual one when it is nil, null when it is neither. Words are case-sensitive. */
function typed<T extends string>(
  element: XmlElement | null,
  name: string,
  list: readonly T[],
  usual: T,
): T | null {
  const text = textOf(element, name);
  return text === '' ? usual : (list.find((word) => word === text) ?? null);
}

function wholeNumber(text: string, usual: number): number | null {
  if (text === '') return usual;
  return /^\d{1,10}$/.test(text) ? Number(text) : null;
}
