/** Gateways, trunks, hunt lists, CTI and voicemail ports, media resources: one or two of each, in several states. */
import type { KindId } from './kinds.ts';
import type { Special } from './specials.ts';

const SERVER_ROOM: readonly Special[] = [
  { name: 'SIPT-LON-SBC1', kind: 'siptrunk', site: 'LON', description: 'PSTN London', address: '10.4.1.11' },
  // Reason 0 on a trunk says nothing about its status: that is how CUCM reports trunks without OPTIONS ping.
  {
    name: 'SIPT-PAR-SBC1',
    kind: 'siptrunk',
    site: 'PAR',
    description: 'PSTN Paris',
    status: 'Unknown',
    address: '10.8.1.11',
  },
  {
    name: 'SIPT-NYC-FAX',
    kind: 'siptrunk',
    site: 'NYC',
    description: 'Fax server',
    status: 'UnRegistered',
    address: '10.16.1.12',
  },
  { name: '10.4.1.1', kind: 'h323', site: 'LON', description: 'LON voice gateway', address: '10.4.1.1' },
  { name: '10.20.1.1', kind: 'h323', site: 'AMS', description: 'AMS voice gateway', address: '10.20.1.1' },
  {
    name: 'S0/SU1/DS1-0@lon-gw1',
    kind: 'mgcpe1',
    site: 'LON',
    description: 'LON E1 primary',
    address: '10.4.1.2',
  },
  {
    name: 'S0/SU1/DS1-1@lon-gw1',
    kind: 'mgcpe1',
    site: 'LON',
    description: 'LON E1 secondary',
    address: '10.4.1.2',
  },
  {
    name: 'S0/SU1/DS1-0@ber-gw1',
    kind: 'mgcpe1',
    site: 'BER',
    description: 'BER E1',
    status: 'UnRegistered',
    reason: 6,
    address: '10.12.1.2',
  },
  {
    name: 'AALN/S0/SU0/0@par-gw1',
    kind: 'mgcpfxs',
    site: 'PAR',
    description: 'PAR lift',
    address: '10.8.1.2',
  },
  {
    name: 'AALN/S0/SU0/1@par-gw1',
    kind: 'mgcpfxs',
    site: 'PAR',
    description: 'PAR door',
    address: '10.8.1.2',
  },
  { name: 'HL-Helpdesk', kind: 'huntlist', site: 'LON', description: 'Help desk' },
  { name: 'HL-Reception', kind: 'huntlist', site: 'PAR', description: 'Reception' },
  {
    name: 'CTIP4001',
    kind: 'ctiport',
    site: 'LON',
    description: 'Attendant port 1',
    numbers: ['4001'],
    address: '10.4.9.20',
  },
  {
    name: 'CTIP4002',
    kind: 'ctiport',
    site: 'LON',
    description: 'Attendant port 2',
    numbers: ['4002'],
    address: '10.4.9.20',
  },
  {
    name: 'CTIRP4000',
    kind: 'ctirp',
    site: 'LON',
    description: 'Attendant queue',
    numbers: ['4000'],
    address: '10.4.9.20',
  },
  {
    name: 'CiscoUM1-VI1',
    kind: 'voicemail',
    site: 'LON',
    description: 'Voicemail port 1',
    numbers: ['5501'],
    address: '10.4.1.30',
  },
  {
    name: 'CiscoUM1-VI2',
    kind: 'voicemail',
    site: 'LON',
    description: 'Voicemail port 2',
    numbers: ['5502'],
    address: '10.4.1.30',
  },
  {
    name: 'CSFOPERATOR',
    kind: 'csf',
    site: 'LON',
    description: 'Operator soft phone',
    numbers: ['+442079460014'],
    user: 'operator',
  },
];

const MEDIA: readonly (readonly [KindId, string])[] = [
  ['mtp', 'MTP'],
  ['cfb', 'CFB'],
  ['moh', 'MOH'],
  ['ann', 'ANN'],
];

/** What stands in the server rooms of a cluster of so many nodes; media resources come a set a node. */
export function serverRoom(nodeCount: number): readonly Special[] {
  const media = Array.from({ length: nodeCount }, (_, node) =>
    MEDIA.map(
      ([kind, prefix]): Special => ({
        name: `${prefix}_${node + 2}`,
        kind,
        site: 'LON',
        description: `${prefix}_${node + 2} on cucm${node + 1}`,
        home: node,
        address: `10.4.0.${11 + node}`,
      }),
    ),
  ).flat();
  return [...SERVER_ROOM, ...media];
}
