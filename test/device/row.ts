/** A row of a reply with every field filled in: the one place in the tests that changes when a device gains a field. */
import type { Device } from '../../src/device/device.ts';

/** A phone that is registered, without numbers and addresses, but for the fields given. */
export function deviceRow(fields: Partial<Device> = {}): Device {
  return {
    node: 'cucm1',
    name: 'SEP001122334455',
    dirNumber: '',
    deviceClass: 'Phone',
    model: 36224,
    product: 36677,
    boxProduct: 0,
    httpd: 'No',
    registrationAttempts: 1,
    isCtiControllable: true,
    loginUserId: '',
    status: 'Registered',
    statusReason: 0,
    perfMonObject: 2,
    dChannel: 0,
    description: '',
    h323Trunk: null,
    timeStamp: 1_700_000_000,
    protocol: 'SIP',
    numOfLines: 1,
    linesStatus: [],
    activeLoadId: '',
    inactiveLoadId: '',
    downloadStatus: 'Unknown',
    downloadFailureReason: '',
    downloadServer: '',
    ipAddress: [],
    ...fields,
  };
}
