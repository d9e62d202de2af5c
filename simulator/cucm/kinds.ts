/** The kinds of device a simulated cluster holds. Numbers are those of `src/device/models.ts` and `products.ts`. */
import type { DeviceClass, Protocol } from '../../src/device/device.ts';

export interface Kind {
  /** What the terminal words call it: `upgrade 8845 …`. */
  readonly id: string;
  readonly deviceClass: DeviceClass;
  readonly model: number;
  readonly product: number;
  readonly protocol: Protocol;
  /** Firmware; empty where CUCM names none. */
  readonly load: string;
  readonly httpd: 'Yes' | 'No' | 'Unknown';
  readonly lines: number;
  /** What its name starts with, and what follows. */
  readonly naming: readonly [prefix: string, tail: 'mac' | 'desk' | 'port'];
  /** Out of 1000 devices that fill a cluster up, how many are of this kind. */
  readonly weight: number;
  /** Of 100 of this kind, how many are not registered on a quiet day. */
  readonly idle: number;
}

const PHONE = {
  deviceClass: 'Phone',
  protocol: 'SIP',
  httpd: 'Yes',
  lines: 1,
  naming: ['SEP', 'mac'],
  idle: 2,
} as const;
const SOFT = { ...PHONE, httpd: 'No', idle: 55 } as const;
const INFRASTRUCTURE = { load: '', httpd: 'No', lines: 0, idle: 0, weight: 0, protocol: 'Unknown' } as const;
const LOAD_78XX = 'sip78xx.14-2-1-0201-38';
const LOAD_88XX = 'sip88xx.14-2-1-0201-38';
const LOAD_8845 = 'sip8845_65.14-2-1-0201-38';
const LOAD_DESK = 'ce11.14.2.3.8aa5c0b2c0d';
const LOAD_SCCP = 'SCCP42.9-4-2SR3-1S';

const ROWS = [
  { ...PHONE, id: '8845', model: 36224, product: 36677, load: LOAD_8845, weight: 170, lines: 2 },
  { ...PHONE, id: '8851', model: 684, product: 569, load: LOAD_88XX, weight: 170, lines: 2 },
  { ...PHONE, id: '7841', model: 622, product: 509, load: LOAD_78XX, weight: 150 },
  { ...PHONE, id: '7821', model: 621, product: 508, load: LOAD_78XX, weight: 90 },
  { ...PHONE, id: '8865', model: 36225, product: 36678, load: LOAD_8845, weight: 50, lines: 2 },
  { ...PHONE, id: '8875', model: 36336, product: 36803, load: 'PHONEOS.8875.3-2-1', weight: 20 },
  { ...PHONE, id: '8832', model: 36258, product: 36711, load: 'sip8832.14-2-1-0201-38', weight: 25 },
  { ...PHONE, id: '6961', model: 497, product: 384, load: LOAD_SCCP, weight: 15, protocol: 'SCCP' },
  { ...PHONE, id: '7962', model: 404, product: 303, load: LOAD_SCCP, weight: 50, protocol: 'SCCP' },
  { ...PHONE, id: '7942', model: 434, product: 333, load: LOAD_SCCP, weight: 40, protocol: 'SCCP' },
  { ...PHONE, id: 'deskpro', model: 36307, product: 36773, load: LOAD_DESK, weight: 15 },
  { ...PHONE, id: 'boardpro', model: 36333, product: 36800, load: LOAD_DESK, weight: 5 },
  {
    ...PHONE,
    id: 'ata191',
    model: 36262,
    product: 36715,
    load: 'ATA191.12-0-2-010',
    weight: 15,
    naming: ['ATA', 'mac'],
  },
  {
    ...PHONE,
    id: 'analog',
    model: 30027,
    product: 30065,
    load: '',
    weight: 40,
    protocol: 'SCCP',
    httpd: 'No',
    naming: ['AN', 'port'],
  },
  {
    ...SOFT,
    id: 'csf',
    model: 503,
    product: 390,
    load: 'Jabber_for_Windows-14.3.1',
    weight: 90,
    naming: ['CSF', 'desk'],
  },
  {
    ...SOFT,
    id: 'tct',
    model: 562,
    product: 449,
    load: 'Jabber_for_iPhone-14.3.1',
    weight: 25,
    naming: ['TCT', 'desk'],
  },
  {
    ...SOFT,
    id: 'bot',
    model: 575,
    product: 462,
    load: 'Jabber_for_Android-14.3.1',
    weight: 15,
    naming: ['BOT', 'desk'],
  },
  {
    ...SOFT,
    id: 'tab',
    model: 652,
    product: 537,
    load: 'Jabber_for_iPad-14.3.1',
    weight: 10,
    naming: ['TAB', 'desk'],
  },
  {
    ...INFRASTRUCTURE,
    id: 'voicemail',
    deviceClass: 'VoiceMail',
    model: 80,
    product: 27,
    protocol: 'SCCP',
    lines: 1,
    naming: ['CiscoUM1-VI', 'desk'],
    weight: 3,
  },
  {
    ...INFRASTRUCTURE,
    id: 'ctiport',
    deviceClass: 'Cti',
    model: 72,
    product: 25,
    lines: 1,
    naming: ['CTIP', 'desk'],
    weight: 2,
  },
  {
    ...INFRASTRUCTURE,
    id: 'ctirp',
    deviceClass: 'Cti',
    model: 73,
    product: 48,
    lines: 1,
    naming: ['CTIRP', 'desk'],
  },
  {
    ...INFRASTRUCTURE,
    id: 'mgcpfxs',
    deviceClass: 'Gateway',
    model: 120,
    product: 19,
    naming: ['AALN', 'desk'],
  },
  {
    ...INFRASTRUCTURE,
    id: 'mgcpe1',
    deviceClass: 'Gateway',
    model: 121,
    product: 55,
    naming: ['S0', 'desk'],
  },
  { ...INFRASTRUCTURE, id: 'h323', deviceClass: 'H323', model: 62, product: 17, naming: ['', 'desk'] },
  {
    ...INFRASTRUCTURE,
    id: 'siptrunk',
    deviceClass: 'SIPTrunk',
    model: 131,
    product: 95,
    protocol: 'SIP',
    naming: ['SIPT-', 'desk'],
  },
  {
    ...INFRASTRUCTURE,
    id: 'huntlist',
    deviceClass: 'HuntList',
    model: 90,
    product: 110,
    naming: ['HL-', 'desk'],
  },
  {
    ...INFRASTRUCTURE,
    id: 'mtp',
    deviceClass: 'MediaResources',
    model: 110,
    product: 30,
    naming: ['MTP_', 'desk'],
  },
  {
    ...INFRASTRUCTURE,
    id: 'cfb',
    deviceClass: 'MediaResources',
    model: 50,
    product: 28,
    naming: ['CFB_', 'desk'],
  },
  {
    ...INFRASTRUCTURE,
    id: 'moh',
    deviceClass: 'MediaResources',
    model: 70,
    product: 51,
    naming: ['MOH_', 'desk'],
  },
  {
    ...INFRASTRUCTURE,
    id: 'ann',
    deviceClass: 'MediaResources',
    model: 126,
    product: 89,
    naming: ['ANN_', 'desk'],
  },
] as const satisfies readonly Kind[];

export type KindId = (typeof ROWS)[number]['id'];
export const KINDS: readonly Kind[] = ROWS;

const BY_ID = new Map<string, Kind>(ROWS.map((kind) => [kind.id, kind]));

/** The kind of that id; the table holds every `KindId`. */
export function kindOf(id: KindId): Kind {
  return BY_ID.get(id) ?? ROWS[0];
}
