/** The CTI applications of a cluster, and what they control. */
import type { SimDevice, SimNode } from './model.ts';

export type CtiState = 'Open' | 'Closed' | 'OpenFailed' | 'Unknown';

export interface CtiStanding {
  status: CtiState;
  reason: number;
  /** Seconds since 1970. */
  at: number;
}

export interface CtiControlledLine extends CtiStanding {
  readonly number: string;
}

export interface CtiControlledDevice extends CtiStanding {
  readonly name: string;
  readonly controlsMedia: boolean;
  readonly lines: readonly CtiControlledLine[];
}

export interface CtiApp extends CtiStanding {
  readonly appId: string;
  readonly userId: string;
  readonly address: string;
  readonly address6: string;
  readonly node: SimNode;
  readonly devices: readonly CtiControlledDevice[];
  /** Goes up with every change of the application or of anything it controls. */
  revision: number;
  /** As with devices: what was planned under an older number no longer happens. */
  plan: number;
}

const RECORDED = 12;

/** Cisco's published example first: a closed provider whose device is open and whose line is closed. */
export function createCtiApps(
  devices: readonly SimDevice[],
  nodes: readonly SimNode[],
  now: number,
): readonly CtiApp[] {
  const at = Math.floor(now / 1000) - 86_400;
  const open = { status: 'Open', reason: 0, at } as const;
  const ports = devices.filter((device) => device.kind.deviceClass === 'Cti').slice(0, RECORDED);
  const phones = devices.filter((device) => device.kind.id === '8845').slice(0, RECORDED);
  const example: CtiControlledDevice = {
    ...open,
    name: 'SEPF01FAF38ABC2',
    controlsMedia: false,
    lines: [{ number: '1002', status: 'Closed', reason: 0, at }],
  };
  return [
    app(
      nodes,
      2,
      { appId: 'cucmuser-192.168.168.169-4963', userId: 'cucmuser', address: '192.168.168.169' },
      [example],
      {
        status: 'Closed',
        reason: 2,
        at,
      },
    ),
    app(
      nodes,
      0,
      { appId: 'attendant-10.4.9.20-5021', userId: 'attendant', address: '10.4.9.20' },
      controlled(ports, true, at),
      open,
    ),
    app(
      nodes,
      1,
      { appId: 'recorder-10.8.9.21-5140', userId: 'recorder', address: '10.8.9.21' },
      controlled(phones, false, at),
      open,
    ),
    app(nodes, 0, { appId: 'wallboard-10.16.9.22-5307', userId: 'wallboard', address: '10.16.9.22' }, [], {
      status: 'OpenFailed',
      reason: 1,
      at,
    }),
  ];
}

interface Identity {
  readonly appId: string;
  readonly userId: string;
  readonly address: string;
}

function app(
  nodes: readonly SimNode[],
  place: number,
  identity: Identity,
  devices: readonly CtiControlledDevice[],
  standing: CtiStanding,
): CtiApp {
  const node = nodes[place % nodes.length];
  if (node === undefined) throw new RangeError('a cluster has at least one node');
  return { ...identity, ...standing, address6: '', node, devices, revision: 0, plan: 0 };
}

function controlled(
  devices: readonly SimDevice[],
  controlsMedia: boolean,
  at: number,
): CtiControlledDevice[] {
  return devices.map((device) => ({
    status: 'Open',
    reason: 0,
    at,
    name: device.name,
    controlsMedia,
    lines: device.numbers.map((number) => ({ number, status: 'Open', reason: 0, at })),
  }));
}
