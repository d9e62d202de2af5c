/** selectCmDevice and selectCmDeviceExt on the model: which rows of which node a query means. */
import type { DeviceQuery } from '../../src/device/query.ts';
import { itemMatcher, plainAddress } from './glob.ts';
import type { Cluster, Row, SimDevice, SimNode } from './model.ts';
import { renderRow } from './render-device.ts';
import type { NodeSelection, Selected } from './selection.ts';

const ANY_MODEL = 255;

/** A selection a node, in the order of the nodes; a node that is asked for and does not exist is one too. */
export function selectDevices(cluster: Cluster, query: DeviceQuery): readonly NodeSelection[] {
  const asked = askedNodes(cluster, query.nodeName);
  if (asked.length === 0) return [invalidNode(query.nodeName)];
  const found = new Map<SimNode, Selected[]>(asked.map((node) => [node, []]));
  const isMeant = deviceMatcher(query);
  for (const device of candidates(cluster, query)) {
    if (!isMeant(device)) continue;
    for (const row of rowsOf(device, query)) {
      if (rowMatches(row, query)) found.get(row.node)?.push(selected(row));
    }
  }
  return asked.map((node) => nodeSelection(node, found.get(node) ?? []));
}

/** What a node of the cluster answers with these rows: nothing at all while RIS does not hear from it. */
export function nodeSelection(node: SimNode, rows: readonly Selected[]): NodeSelection {
  const { name, startedAt, stateId } = node;
  if (!node.answering) return { name, startedAt, stateId, returnCode: 'NodeNotResponding', rows: [] };
  return { name, startedAt, stateId, returnCode: rows.length === 0 ? 'NotFound' : 'Ok', rows };
}

export function invalidNode(name: string): NodeSelection {
  return { name, startedAt: null, stateId: 0, returnCode: 'InvalidNodeName', rows: [] };
}

export function askedNodes(cluster: Cluster, nodeName: string): readonly SimNode[] {
  const wanted = nodeName.trim().toLowerCase();
  return wanted === '' ? cluster.nodes : cluster.nodes.filter((node) => node.name === wanted);
}

function selected(row: Row): Selected {
  return { revision: row.revision, xml: () => renderRow(row) };
}

/** Exact names are looked up; anything else has to look at every device. */
function candidates(cluster: Cluster, query: DeviceQuery): Iterable<SimDevice> {
  const exact =
    query.selectBy === 'Name' &&
    (query.operation === 'selectCmDeviceExt' || query.items.every((item) => !item.includes('*')));
  if (!exact) return cluster.devices;
  const names = new Set(query.items.map((item) => item.toLowerCase()));
  return [...names].map((name) => cluster.byName.get(name)).filter((device) => device !== undefined);
}

function deviceMatcher(query: DeviceQuery): (device: SimDevice) => boolean {
  const bySubject = subjectMatcher(query);
  const { deviceClass, model, protocol } = query;
  return (device) =>
    (deviceClass === 'Any' || device.kind.deviceClass === deviceClass) &&
    (model === ANY_MODEL || device.kind.model === model) &&
    (protocol === 'Any' || device.kind.protocol === protocol) &&
    bySubject(device);
}

/** selectCmDeviceExt takes a star for a letter like any other. */
function subjectMatcher(query: DeviceQuery): (device: SimDevice) => boolean {
  const wildcards = query.operation === 'selectCmDevice';
  const items = query.selectBy === 'IPV6Address' ? query.items.map(plainAddress) : query.items;
  const matches = itemMatcher(items, wildcards);
  switch (query.selectBy) {
    case 'Name':
      return (device) => matches(device.name);
    case 'IPV4Address':
      return (device) => device.address !== '' && matches(device.address);
    case 'IPV6Address':
      return (device) => device.address6 !== '' && matches(device.address6);
    case 'DirNumber':
      return (device) => device.numbers.some(matches);
    case 'Description':
      return (device) => matches(device.description);
  }
}

/**
 * Ext answers the latest row, the plain operation every row. A row on a node that does not answer cannot be the latest
 * of anything: nobody sees it.
 */
function rowsOf(device: SimDevice, query: DeviceQuery): readonly Row[] {
  const rows = device.rows.filter((row) => row !== undefined).filter((row) => row.node.answering);
  if (query.operation === 'selectCmDevice' || rows.length < 2) return rows;
  return [rows.reduce((latest, row) => (isLater(row, latest) ? row : latest))];
}

/** The newer row; of two of the same second the registered one. */
function isLater(row: Row, other: Row): boolean {
  if (row.at !== other.at) return row.at > other.at;
  return row.status === 'Registered' && other.status !== 'Registered';
}

function rowMatches(row: Row, query: DeviceQuery): boolean {
  return (
    (query.status === 'Any' || row.status === query.status) &&
    (query.downloadStatus === 'Any' || row.firmware.download === query.downloadStatus)
  );
}
