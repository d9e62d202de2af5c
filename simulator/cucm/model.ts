/** What a simulated cluster is made of, as plain data. */
import type { CtiApp } from './cti-apps.ts';
import type { Kind } from './kinds.ts';
import type { Schedule } from './schedule.ts';
import type { Service } from './service.ts';
import type { SiteCode } from './sites.ts';

export interface SimNode {
  readonly index: number;
  readonly name: string;
  /** Second at which its RIS Data Collector started. */
  startedAt: number;
  /** Goes up with every change on the node. */
  stateId: number;
  /** Whether the CallManager service runs: phones register only where it does. */
  running: boolean;
  /** Whether RIS hears from the node. A running node may be silent, and a stopped one may answer. */
  answering: boolean;
}

export type RowStatus = 'Registered' | 'UnRegistered' | 'Rejected' | 'PartiallyRegistered' | 'Unknown';

/** What one node holds about one device, as of its last change there. Never altered: a change makes a new row. */
export interface Row {
  readonly device: SimDevice;
  readonly node: SimNode;
  readonly status: RowStatus;
  readonly reason: number;
  /** Seconds since 1970. */
  readonly at: number;
  readonly attempts: number;
  readonly user: string;
  readonly firmware: Firmware;
  /** No two rows, past or present, share a revision. */
  readonly revision: number;
}

export interface Firmware {
  readonly active: string;
  readonly inactive: string;
  readonly download: 'Upgrading' | 'Successful' | 'Failed' | 'Unknown';
  readonly failure: string;
}

export interface SimDevice {
  readonly name: string;
  readonly kind: Kind;
  readonly description: string;
  readonly site: SiteCode;
  numbers: readonly string[];
  /** Empty when it has none. */
  readonly address: string;
  readonly address6: string;
  /** Node indexes, home first: where it registers, in this order. */
  readonly group: readonly number[];
  /** One place a node. */
  readonly rows: (Row | undefined)[];
  user: string;
  firmware: Firmware;
  /** Cable in and power on. */
  connected: boolean;
  deleted: boolean;
  /** Goes up whenever its future changes; what was planned under an older number no longer happens. */
  plan: number;
}

export interface Cluster {
  readonly nodes: readonly SimNode[];
  readonly devices: readonly SimDevice[];
  readonly apps: readonly CtiApp[];
  /** By name in small letters, without the deleted ones' loss: RIS still knows those. */
  readonly byName: ReadonlyMap<string, SimDevice>;
  readonly schedule: Schedule;
  readonly service: Service;
  /** Networks that are cut off, by the word that cut them. */
  readonly cuts: Map<string, ReadonlySet<SimDevice>>;
  /** How many times faster than life things happen. */
  readonly pace: number;
  revision: number;
}
