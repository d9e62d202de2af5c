/**
 * Devices that every cluster holds: Cisco's published examples, phones in every state there is, and texts
 * that bite. `server-room.ts` has the gateways and their like; `population.ts` fills up the rest.
 */
import type { KindId } from './kinds.ts';
import type { RowStatus } from './model.ts';
import type { SiteCode } from './sites.ts';

export interface Special {
  readonly name: string;
  readonly kind: KindId;
  readonly site: SiteCode;
  readonly description: string;
  readonly numbers?: readonly string[];
  /** The place in the list of nodes where it is at home; default by site. */
  readonly home?: number;
  /** Default Registered. */
  readonly status?: RowStatus;
  readonly reason?: number;
  readonly user?: string;
  readonly download?: 'Upgrading' | 'Successful' | 'Failed';
  readonly failure?: string;
  /** Set when it has failed over: home holds an old row, the next node of its group the true one. */
  readonly movedAway?: boolean;
  readonly address?: string;
}

const PUBLISHED: readonly Special[] = [
  {
    name: 'SEPE8B7480316D6',
    kind: '6961',
    site: 'BER',
    description: 'BER 2F desk 61',
    numbers: ['6961'],
    home: 2,
  },
  {
    name: 'SEPF01FAF38ABC2',
    kind: '7962',
    site: 'LON',
    description: 'LON 3F desk 2',
    numbers: ['1002'],
    home: 0,
  },
  {
    name: 'SEP001122334455',
    kind: '8851',
    site: 'LON',
    description: 'LON 3F desk 1',
    numbers: ['1001'],
    home: 0,
  },
];

const STATES: readonly Special[] = [
  {
    name: 'SEP00562B0000A1',
    kind: '8845',
    site: 'LON',
    description: 'LON 3F desk 14',
    status: 'UnRegistered',
    reason: 13,
  },
  {
    name: 'SEP00562B0000A2',
    kind: '7841',
    site: 'PAR',
    description: 'PAR 1F desk 8',
    status: 'UnRegistered',
    reason: 6,
  },
  {
    name: 'SEP00562B0000A3',
    kind: '7821',
    site: 'NYC',
    description: 'NYC 9F desk 3',
    status: 'UnRegistered',
    reason: 8,
  },
  {
    name: 'SEP00562B0000A4',
    kind: '8851',
    site: 'AMS',
    description: 'AMS 2F desk 5',
    status: 'PartiallyRegistered',
  },
  {
    name: 'SEP00562B0000A5',
    kind: '8845',
    site: 'BER',
    description: 'BER 4F desk 9',
    status: 'Rejected',
    reason: 14,
  },
  {
    name: 'SEP00562B0000A6',
    kind: '8865',
    site: 'PAR',
    description: 'PAR 2F desk 30',
    download: 'Failed',
    failure: 'TFTP Timeout',
  },
  {
    name: 'SEP00562B0000A7',
    kind: '7841',
    site: 'LON',
    description: 'LON 5F desk 7',
    home: 0,
    movedAway: true,
  },
  {
    name: 'SEP00562B0000A8',
    kind: '8845',
    site: 'NYC',
    description: 'NYC 9F hot desk 1',
    user: 'hotdesk01',
  },
  {
    name: 'SEP00562B0000A9',
    kind: '7841',
    site: 'SIN',
    description: 'SIN warehouse 4',
    status: 'UnRegistered',
    reason: 33,
  },
];

/** Texts as people type them, and as nobody should. All of it is data: it must come out as it went in. */
const HOSTILE: readonly Special[] = [
  { name: 'SEP00562B0000B1', kind: '7841', site: 'LON', description: '<!channel> lobby' },
  { name: 'SEP00562B0000B2', kind: '7841', site: 'LON', description: '=HYPERLINK("http://example.com","x")' },
  { name: 'SEP00562B0000B3', kind: '8851', site: 'PAR', description: '*bold* [x](http://example.com) _y_' },
  { name: 'SEP00562B0000B4', kind: '8851', site: 'BER', description: 'استقبال \u2067BER\u2069 1F' },
  { name: 'SEP00562B0000B5', kind: '8845', site: 'NYC', description: 'NYC roof \u{1F3D9}\u{FE0F} bar' },
  { name: 'SEP00562B0000B6', kind: '8845', site: 'AMS', description: 'R&D <lab> "3" \'b\' ]]> &amp;' },
  {
    name: 'SEP00562B0000B7',
    kind: '7821',
    site: 'SIN',
    description: '@everyone https://example.com/?a=1&b=2',
  },
  { name: 'SEP00562B0000B8', kind: '7821', site: 'BER', description: 'Prüfplatz Größe `rm -rf`' },
];

/** Phones that every cluster holds, the published examples first: a tiny cluster still has those. */
export const SPECIAL_PHONES: readonly Special[] = [...PUBLISHED, ...STATES, ...HOSTILE];

/** In the database (AXL) but never plugged in: RIS has no row of them until somebody does. */
export const NEVER_SEEN: readonly Special[] = [
  {
    name: 'SEP00562B0000C1',
    kind: '8851',
    site: 'LON',
    description: 'LON spare, in its box',
    numbers: ['1901'],
  },
  {
    name: 'SEP00562B0000C2',
    kind: '7841',
    site: 'PAR',
    description: 'PAR spare, in its box',
    numbers: ['1902'],
  },
];
