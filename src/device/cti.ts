/** CTI applications, the devices and the lines they control. Source: Cisco Unified CM RisPort70 reference, selectCtiItem. */
import type { Open } from './device.ts';

export const CTI_MGR_CLASSES = ['Provider', 'Device', 'Line'] as const;
export type CtiMgrClass = (typeof CTI_MGR_CLASSES)[number];

export const CTI_STATUSES = ['Any', 'Open', 'Closed', 'OpenFailed', 'Unknown'] as const;
export type CtiStatus = (typeof CTI_STATUSES)[number];

export const CTI_SELECT_APP_BY = ['AppId', 'AppIPV4Address', 'AppIPV6Address', 'UserId'] as const;
export type CtiSelectAppBy = (typeof CTI_SELECT_APP_BY)[number];

export interface CtiDevice {
  readonly appControlsMedia: boolean | null;
  readonly deviceName: string;
  readonly deviceStatus: Open<CtiStatus>;
  readonly deviceStatusReason: number | null;
  /** Seconds since 1970, UTC. */
  readonly deviceTimeStamp: number | null;
}

export interface CtiLine {
  readonly dirNumber: string;
  readonly lineStatus: Open<CtiStatus>;
  readonly lineStatusReason: number | null;
  /** Seconds since 1970, UTC. */
  readonly lineTimeStamp: number | null;
}

/** One row of a selectCtiItem reply: an application, and with it a device or a line when the query asked for those. */
export interface CtiItem {
  /** The CUCM node whose CTI Manager holds this row. */
  readonly node: string;
  readonly appId: string;
  readonly userId: string;
  readonly appIpAddr: string;
  readonly appIpv6Addr: string;
  readonly appStatus: Open<CtiStatus>;
  readonly appStatusReason: number | null;
  /** Seconds since 1970, UTC. */
  readonly appTimeStamp: number | null;
  readonly ctiDevice: CtiDevice | null;
  readonly ctiLine: CtiLine | null;
}
