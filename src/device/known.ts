/** What is remembered of a device between two looks: enough to tell a change, to filter by, and to show. */
import type { Device } from './device.ts';

/**
 * A row as it is remembered. CTI providers, devices and lines are remembered as rows too: `deviceClass` says which, see
 * `watch/cti.ts`, and `loginUserId` is the application's user.
 */
export type KnownRow = Pick<
  Device,
  | 'node'
  | 'name'
  | 'deviceClass'
  | 'model'
  | 'description'
  | 'dirNumber'
  | 'linesStatus'
  | 'ipAddress'
  | 'loginUserId'
  | 'protocol'
  | 'status'
  | 'statusReason'
  | 'timeStamp'
  | 'activeLoadId'
  | 'downloadStatus'
>;
