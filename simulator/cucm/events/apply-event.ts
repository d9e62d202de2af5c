/** Makes an event happen, and says in a sentence what it did. */

import { advance, findNode } from '../cluster.ts';
import type { Cluster, SimDevice, SimNode } from '../model.ts';
import { closeApp, findApp, openApp, restartApp } from './cti-events.ts';
import {
  deleteDevice,
  expireRows,
  flap,
  loseSight,
  partlyRegister,
  plug,
  replace,
  reset,
  runDown,
  setUser,
  unplug,
  upgrade,
} from './device-events.ts';
import type { SimEvent } from './event.ts';
import { cutNetwork, restartRis, restoreNetwork, startNode, stopNode, switchNodeOff } from './node-events.ts';
import { changeService } from './service-events.ts';
import { findTargets } from './targets.ts';

type DeviceMove = (cluster: Cluster, device: SimDevice, now: number) => void;

const DEVICE_MOVES = {
  unplug: {
    move: unplug,
    said: 'unplugged: UnRegistered (13) when their keepalives are missed, in 60 to 90 s',
  },
  plug: { move: plug, said: 'plugged in: registered in 20 to 40 s' },
  reset: { move: reset, said: 'reset: UnRegistered (9) now, back in 15 to 30 s' },
  flap: { move: flap, said: 'flapping, until plugged in' },
  partial: { move: partlyRegister, said: 'partly registered' },
  'low-battery': { move: runDown, said: 'out of battery: UnRegistered (33)' },
  unknown: { move: loseSight, said: 'in a state that CUCM does not know: Unknown (0)' },
  delete: { move: deleteDevice, said: 'deleted: RIS remembers them for about three days' },
} as const satisfies Readonly<Record<string, { move: DeviceMove; said: string }>>;

/**
 * Makes `event` happen at `now` (epoch milliseconds), after everything that was due before. Times in the answer are
 * those of pace 1. An event whose subject does not exist changes nothing, and the answer says so.
 */
export function applyEvent(cluster: Cluster, event: SimEvent, now: number): string {
  advance(cluster, now);
  switch (event.type) {
    case 'unplug':
    case 'plug':
    case 'reset':
    case 'flap':
    case 'partial':
    case 'low-battery':
    case 'delete':
    case 'unknown':
      return moveDevices(cluster, event, now);
    case 'replace':
      return replacePhone(cluster, event, now);
    case 'login':
    case 'logout':
      return logIn(cluster, event.device, event.type === 'login' ? event.user : '', now);
    case 'upgrade':
      return upgradeDevices(cluster, event, now);
    case 'wan-cut':
    case 'wan-restore':
      return changeNetwork(cluster, event, now);
    case 'node-down':
    case 'node-off':
    case 'node-up':
    case 'node-silent':
    case 'node-responding':
      return changeNode(cluster, event, now);
    case 'ris-restart':
      return restartAllRis(cluster, event.node, now);
    case 'cti-restart':
    case 'cti-crash':
    case 'cti-open':
      return changeApp(cluster, event, now);
    case 'expire-rows':
      return `${expireRows(cluster)} old rows forgotten`;
    case 'throttle':
    case 'auth':
    case 'role':
    case 'expire-sessions':
    case 'slow':
    case 'misbehave':
      return changeService(cluster.service, event, now);
  }
}

type Of<T extends SimEvent['type']> = Extract<SimEvent, { readonly type: T }>;

function moveDevices(cluster: Cluster, event: Of<keyof typeof DEVICE_MOVES>, now: number): string {
  const devices = findTargets(cluster, event.targets);
  const { move, said } = DEVICE_MOVES[event.type];
  for (const device of devices) move(cluster, device, now);
  return `${counted(devices.length)} ${said}`;
}

function replacePhone(cluster: Cluster, { old, by }: Of<'replace'>, now: number): string {
  const [first, ...others] = findTargets(cluster, [old]);
  const [second, ...more] = findTargets(cluster, [by]);
  if (first === undefined || second === undefined || others.length + more.length > 0) {
    return `${old} and ${by} are not one device each: nothing happened`;
  }
  replace(cluster, first, second, now);
  return `${second.name} takes the place and the numbers of ${first.name}: registered in 20 to 40 s`;
}

function logIn(cluster: Cluster, word: string, user: string, now: number): string {
  const [device, ...others] = findTargets(cluster, [word]);
  if (device === undefined || others.length > 0) return `${word} is not one device: nothing happened`;
  setUser(cluster, device, user, now);
  return user === '' ? `nobody is logged in at ${device.name}` : `${user} is logged in at ${device.name}`;
}

function upgradeDevices(cluster: Cluster, event: Of<'upgrade'>, now: number): string {
  const devices = findTargets(cluster, event.targets);
  for (const device of devices) upgrade(cluster, device, { load: event.load, fails: event.fails, now });
  const end = event.fails ? 'Failed' : 'a restart with the new load';
  return `${counted(devices.length)} loading ${event.load}: Upgrading now, then ${end} in 60 to 120 s`;
}

function changeNetwork(cluster: Cluster, event: Of<'wan-cut' | 'wan-restore'>, now: number): string {
  if (event.type === 'wan-restore') {
    return `${counted(restoreNetwork(cluster, event.network, now))} reachable again: registered in 20 to 40 s`;
  }
  const devices = findTargets(cluster, [event.network]);
  if (devices.length === 0) return `nothing is in ${event.network}: nothing happened`;
  cutNetwork(cluster, event.network, devices, now);
  return `${counted(devices.length)} cut off: UnRegistered (13) in 60 to 90 s`;
}

function changeNode(
  cluster: Cluster,
  event: Of<'node-down' | 'node-off' | 'node-up' | 'node-silent' | 'node-responding'>,
  now: number,
): string {
  const node = findNode(cluster, event.node);
  if (node === undefined) return noSuchNode(cluster, event.node);
  switch (event.type) {
    case 'node-down':
      return `CallManager on ${node.name} stopped: ${counted(stopNode(cluster, node, now))} move in 20 to 60 s`;
    case 'node-off':
      return `${node.name} is off: ${counted(switchNodeOff(cluster, node, now))} move in 20 to 60 s`;
    case 'node-up':
      return `${node.name} is up: ${counted(startNode(cluster, node, now))} come home in 30 to 120 s`;
    case 'node-silent':
      return setAnswering(node, false);
    case 'node-responding':
      return setAnswering(node, true);
  }
}

function setAnswering(node: SimNode, answering: boolean): string {
  node.answering = answering;
  return answering
    ? `RIS hears from ${node.name} again`
    : `RIS hears nothing from ${node.name}: its phones are fine`;
}

function restartAllRis(cluster: Cluster, name: string | null, now: number): string {
  const node = name === null ? undefined : findNode(cluster, name);
  if (name !== null && node === undefined) return noSuchNode(cluster, name);
  const nodes = node === undefined ? cluster.nodes : [node];
  for (const one of nodes) restartRis(one, now);
  return `RIS Data Collector restarted on ${nodes.map((one) => one.name).join(', ')}`;
}

function changeApp(
  cluster: Cluster,
  event: Of<'cti-restart' | 'cti-crash' | 'cti-open'>,
  now: number,
): string {
  const app = findApp(cluster, event.app);
  if (app === undefined) return `no CTI application ${event.app}: nothing happened`;
  switch (event.type) {
    case 'cti-restart':
      restartApp(cluster, app, now);
      return `${app.appId} closed, open again in 15 s`;
    case 'cti-crash':
      closeApp(cluster, app, now);
      return `${app.appId} closed`;
    case 'cti-open':
      openApp(cluster, app, now);
      return `${app.appId} open`;
  }
}

function counted(count: number): string {
  return count === 1 ? '1 device' : `${count} devices`;
}

function noSuchNode(cluster: Cluster, name: string): string {
  return `no node ${name}, only ${cluster.nodes.map((node) => node.name).join(', ')}: nothing happened`;
}
