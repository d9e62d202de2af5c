/** What can be asked of RisPort70, in its own words. Source: Cisco Unified CM RisPort70 reference. */
import type { CtiMgrClass, CtiSelectAppBy, CtiStatus } from './cti.ts';
import type { DeviceClass, DownloadStatus, Protocol, RegistrationStatus } from './device.ts';

/** `SIPStatus` is in Cisco's reference but not in the 12.5 WSDL, so it is not offered. */
export const SELECT_BY = ['Name', 'IPV4Address', 'IPV6Address', 'DirNumber', 'Description'] as const;
export type SelectBy = (typeof SELECT_BY)[number];

/** `Model` 255 stands for any model. */
export const ANY_MODEL = 255;

export interface DeviceQuery {
  /** `selectCmDeviceExt` answers the latest row only and knows no `*`; `selectCmDevice` answers a row for each node. */
  readonly operation: 'selectCmDevice' | 'selectCmDeviceExt';
  readonly deviceClass: DeviceClass;
  readonly model: number;
  readonly status: RegistrationStatus;
  /** Empty for all nodes. */
  readonly nodeName: string;
  readonly selectBy: SelectBy;
  /** At least one; `['*']` for all. */
  readonly items: readonly string[];
  readonly protocol: Protocol;
  readonly downloadStatus: DownloadStatus;
}

export interface CtiQuery {
  readonly operation: 'selectCtiItem';
  readonly ctiMgrClass: CtiMgrClass;
  readonly status: CtiStatus;
  /** Empty for all nodes. */
  readonly nodeName: string;
  readonly selectAppBy: CtiSelectAppBy;
  readonly appItems: readonly string[];
  readonly devNames: readonly string[];
  readonly dirNumbers: readonly string[];
}

export type Query = DeviceQuery | CtiQuery;
export type Operation = Query['operation'];

/** Everything the cluster knows, to be narrowed by the fields given. */
export function deviceQuery(fields: Partial<DeviceQuery> = {}): DeviceQuery {
  return {
    operation: 'selectCmDevice',
    deviceClass: 'Any',
    model: ANY_MODEL,
    status: 'Any',
    nodeName: '',
    selectBy: 'Name',
    items: ['*'],
    protocol: 'Any',
    downloadStatus: 'Any',
    ...fields,
  };
}

/** Every CTI provider, to be narrowed by the fields given. */
export function ctiQuery(fields: Partial<Omit<CtiQuery, 'operation'>> = {}): CtiQuery {
  return {
    operation: 'selectCtiItem',
    ctiMgrClass: 'Provider',
    status: 'Any',
    nodeName: '',
    selectAppBy: 'AppId',
    appItems: [],
    devNames: [],
    dirNumbers: [],
    ...fields,
  };
}
