/**
 * Why a device is not registered: Cisco's `StatusReason` codes, with the cause and the next step in our own words.
 * Source of codes and names: Cisco Unified CM RisPort70 reference, StatusReason.
 */

export interface StatusReason {
  readonly code: number;
  /** Cisco's name. */
  readonly name: string;
  /** Set when only devices of that protocol report it. */
  readonly protocol: 'SCCP' | 'SIP' | null;
  /** Whether the device comes back without help; null where the question makes no sense. */
  readonly recovers: boolean | null;
  readonly cause: string;
  readonly nextStep: string;
}

const ROWS: readonly StatusReason[] = [
  {
    code: 0,
    name: 'None',
    protocol: null,
    recovers: null,
    cause: 'Nothing to explain',
    nextStep: 'Nothing to do',
  },
  {
    code: 1,
    name: 'Unknown',
    protocol: null,
    recovers: false,
    cause: 'Went away without saying why',
    nextStep: 'Wait 5 minutes, then check power and the network path to CUCM',
  },
  {
    code: 6,
    name: 'ConnectivityError',
    protocol: null,
    recovers: false,
    cause:
      'Traffic between device and CUCM was interrupted: power, switch, network config, delay, loss or corruption; also seen when the node runs at high CPU',
    nextStep: 'Check power, network path and the CPU of the node (RTMT CPU pegging alert)',
  },
  {
    code: 8,
    name: 'DeviceInitiatedReset',
    protocol: null,
    recovers: true,
    cause: 'The device reset itself: power cycle or internal error',
    nextStep: 'Nothing to do: it registers again by itself',
  },
  {
    code: 9,
    name: 'CallManagerReset',
    protocol: null,
    recovers: true,
    cause: 'Reset from CUCM, by an administrator or after an internal error',
    nextStep: 'Nothing to do: it registers again by itself',
  },
  {
    code: 10,
    name: 'DeviceUnregistered',
    protocol: null,
    recovers: true,
    cause: 'The device unregistered on purpose, e.g. its IP address or port changed',
    nextStep: 'Nothing to do: it registers again by itself',
  },
  {
    code: 11,
    name: 'MalformedRegisterMsg',
    protocol: 'SIP',
    recovers: false,
    cause: 'CUCM could not read the SIP REGISTER: e.g. no Call-ID, no AoR in To, expires too small',
    nextStep: 'Look at the REGISTER message of the device',
  },
  {
    code: 12,
    name: 'SCCPDeviceThrottling',
    protocol: 'SCCP',
    recovers: true,
    cause:
      'The device sent more events than the service parameter Max Events Allowed, so CUCM closed its connection',
    nextStep: 'Usually re-registers; repeated: look for an attack or a CPU-hungry device',
  },
  {
    code: 13,
    name: 'KeepAliveTimeout',
    protocol: null,
    recovers: false,
    cause:
      'No keepalive arrived: power, network outage or misconfiguration, delay, loss; also high CPU of the node',
    nextStep: 'Check power, network path and the CPU of the node',
  },
  {
    code: 14,
    name: 'ConfigurationMismatch',
    protocol: 'SIP',
    recovers: false,
    cause: 'The configuration on the device differs from the one in CUCM: replication or internal errors',
    nextStep:
      'Check database replication (status 2 is good); save the device page again; then restart TFTP and the CallManager service',
  },
  {
    code: 15,
    name: 'CallManagerRestart',
    protocol: null,
    recovers: true,
    cause: 'Restart from CUCM, by an administrator or a configuration change such as a directory number',
    nextStep: 'Nothing to do: it registers again by itself',
  },
  {
    code: 16,
    name: 'DuplicateRegistration',
    protocol: null,
    recovers: true,
    cause: 'The device tried two nodes at once; CUCM restarted it to bring it home to one',
    nextStep: 'Nothing to do: it registers again by itself',
  },
  {
    code: 17,
    name: 'CallManagerApplyConfig',
    protocol: null,
    recovers: true,
    cause: 'An administrator pressed Apply Config',
    nextStep: 'Nothing to do: it registers again by itself',
  },
  {
    code: 18,
    name: 'DeviceNoResponse',
    protocol: null,
    recovers: false,
    cause: 'No answer to a reset or restart; CUCM forces a reset',
    nextStep: 'After 5 minutes check power and network path',
  },
  {
    code: 19,
    name: 'EMLoginLogout',
    protocol: null,
    recovers: true,
    cause: 'An Extension Mobility login or logout',
    nextStep: 'Nothing to do',
  },
  {
    code: 20,
    name: 'EMCCLoginLogout',
    protocol: null,
    recovers: true,
    cause: 'A cross-cluster Extension Mobility login or logout',
    nextStep: 'Nothing to do',
  },
  {
    code: 25,
    name: 'RegistrationSequenceError',
    protocol: 'SCCP',
    recovers: true,
    cause: 'The device asked for configuration when CUCM no longer held it in memory',
    nextStep: 'Re-registers; if repeated reset it by hand, then collect traces for TAC',
  },
  {
    code: 26,
    name: 'InvalidCapabilities',
    protocol: 'SCCP',
    recovers: true,
    cause: 'CUCM found an error in the media capabilities that the device reported',
    nextStep: 'Re-registers; if repeated reset it by hand, then collect traces for TAC',
  },
  {
    code: 28,
    name: 'FallbackInitiated',
    protocol: null,
    recovers: true,
    cause: 'The device falls back to a CUCM node of higher priority',
    nextStep: 'Nothing to do: it registers again by itself',
  },
  {
    code: 29,
    name: 'DeviceSwitch',
    protocol: null,
    recovers: true,
    cause: 'A second device with the same name registered and took over',
    nextStep: 'Unexpected: look for a cloned or spoofed device',
  },
  {
    code: 30,
    name: 'DeviceWipe',
    protocol: null,
    recovers: false,
    cause: 'An administrator set the device back to factory settings',
    nextStep: 'Configure it again',
  },
  {
    code: 31,
    name: 'DeviceForcedReset',
    protocol: null,
    recovers: true,
    cause: 'A SIP 503 to REGISTER forced a reset, to mend an inconsistency after a network fault',
    nextStep: 'Nothing to do: it tries again by itself',
  },
  {
    code: 33,
    name: 'LowBattery',
    protocol: null,
    recovers: false,
    cause: 'The battery ran out and the device shut down in order',
    nextStep: 'Charge it',
  },
  {
    code: 34,
    name: 'ManualPowerOff',
    protocol: null,
    recovers: false,
    cause: 'Someone switched it off',
    nextStep: 'Switch it on',
  },
];

export const STATUS_REASONS: ReadonlyMap<number, StatusReason> = new Map(ROWS.map((row) => [row.code, row]));
