/**
 * A device as RisPort70 reports it, and the closed sets of words it uses. Field names are Cisco's, in camelCase.
 * Source: Cisco Unified CM RisPort70 reference, selectCmDevice.
 */

/** A listed value, or whatever a newer CUCM sends in its place. */
export type Open<T extends string> = T | (string & {});

export const DEVICE_CLASSES = [
  'Any',
  'Phone',
  'Gateway',
  'H323',
  'Cti',
  'VoiceMail',
  'MediaResources',
  'SIPTrunk',
  'HuntList',
  'Unknown',
] as const;
export type DeviceClass = (typeof DEVICE_CLASSES)[number];

export const REGISTRATION_STATUSES = [
  'Any',
  'Registered',
  'UnRegistered',
  'Rejected',
  'PartiallyRegistered',
  'Unknown',
] as const;
export type RegistrationStatus = (typeof REGISTRATION_STATUSES)[number];

export const PROTOCOLS = ['Any', 'SCCP', 'SIP', 'Unknown'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export const DOWNLOAD_STATUSES = ['Any', 'Upgrading', 'Successful', 'Failed', 'Unknown'] as const;
export type DownloadStatus = (typeof DOWNLOAD_STATUSES)[number];

export interface LineStatus {
  readonly directoryNumber: string;
  readonly status: Open<RegistrationStatus>;
}

export interface DeviceAddress {
  readonly ip: string;
  readonly ipAddrType: Open<'ipv4' | 'ipv6'>;
  /** Cisco's own spelling: `Adminstrative`. */
  readonly attribute: Open<'Unknown' | 'Adminstrative' | 'Signaling' | 'AdministrativeAndSignaling'>;
}

export interface H323Trunk {
  readonly configName: string;
  readonly techPrefix: string;
  readonly zone: string;
  readonly remoteCmServer1: string;
  readonly remoteCmServer2: string;
  readonly remoteCmServer3: string;
  readonly altGkList: string;
  readonly activeGk: string;
  readonly callSignalAddr: string;
  readonly rasAddr: string;
}

/**
 * One row of a reply: a device as one node knows it. Text that CUCM left nil, empty or out is `''`, a number `null`:
 * on the wire the three mean the same. All text is data typed by people: never markup.
 */
export interface Device {
  /** The CUCM node that holds this row. */
  readonly node: string;
  readonly name: string;
  /** As CUCM prints it, `6961-Registered`; `linesStatus` is the truth. */
  readonly dirNumber: string;
  readonly deviceClass: Open<DeviceClass>;
  readonly model: number | null;
  readonly product: number | null;
  readonly boxProduct: number | null;
  readonly httpd: Open<'Yes' | 'No' | 'Unknown'>;
  readonly registrationAttempts: number | null;
  readonly isCtiControllable: boolean | null;
  readonly loginUserId: string;
  readonly status: Open<RegistrationStatus>;
  /** 0 does not mean registered: SIP trunks report 0 in any status. */
  readonly statusReason: number | null;
  readonly perfMonObject: number | null;
  readonly dChannel: number | null;
  readonly description: string;
  readonly h323Trunk: H323Trunk | null;
  /** Seconds since 1970, UTC, of the last change on that node. */
  readonly timeStamp: number | null;
  readonly protocol: Open<Protocol>;
  readonly numOfLines: number | null;
  readonly linesStatus: readonly LineStatus[];
  readonly activeLoadId: string;
  readonly inactiveLoadId: string;
  readonly downloadStatus: Open<DownloadStatus>;
  readonly downloadFailureReason: string;
  readonly downloadServer: string;
  readonly ipAddress: readonly DeviceAddress[];
}
