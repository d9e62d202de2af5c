/**
 * Whether an answer is the whole answer. A reply that was cut does not say so, and no document says how its counts read then:
 * each reading nobody could check is a rule of its own here, chosen so that the other reading costs requests, not truth.
 */
import type { Query } from '../device/query.ts';
import type { NodeAnswer } from '../device/snapshot.ts';
import type { DecodedReply } from './reply.ts';

/** In place of a ReturnCode: the node sent no rows because nothing changed, though nobody had said what was known. */
export const UNASKED_NO_CHANGE = 'UnaskedNoChange';

/** Rows of a reply at most before CUCM 9, and in CUCM 9. Source: Cisco Unified CM RisPort70 reference, MaxReturnedDevices. */
const OLDER_CAPS: ReadonlySet<number> = new Set([200, 1000]);

/**
 * False when rows are missing, or may be. A question for exact names is whole as soon as every name has its row, whatever
 * the counts say.
 */
export function isComplete(query: Query, reply: DecodedReply, cap: number): boolean {
  if (hasEveryName(query, reply)) return true;
  return !(fillsCap(reply, cap) || foundMoreThanReturned(reply) || totalExceedsRows(reply));
}

/** selectCmDeviceExt by name, where every name asked for has a row. */
function hasEveryName(query: Query, { devices }: DecodedReply): boolean {
  if (query.operation !== 'selectCmDeviceExt' || query.selectBy !== 'Name') return false;
  const names = new Set(devices.map((device) => device.name.toUpperCase()));
  return query.items.every((item) => names.has(item.trim().toUpperCase()));
}

/**
 * As many rows as were allowed: there may be more. The only sign that Cisco documents. A CUCM older than its setting here cuts
 * at its own cap, so that as many rows count as cut, too.
 */
function fillsCap({ devices, ctiItems }: DecodedReply, cap: number): boolean {
  const rows = devices.length + ctiItems.length;
  return rows >= cap || OLDER_CAPS.has(rows);
}

/** Not verified: a node that found more than it returned was cut. */
function foundMoreThanReturned({ stateNodes }: DecodedReply): boolean {
  return stateNodes.some(
    ({ totalItemsFound, totalItemsReturned }) =>
      totalItemsFound !== null && totalItemsReturned !== null && totalItemsFound > totalItemsReturned,
  );
}

/**
 * Not verified: the total counts what was found, not what was sent, so that a server whose cap is below ours gives itself away.
 * With a node that has nothing new the total says nothing.
 */
function totalExceedsRows({ totalFound, devices, ctiItems, nodes }: DecodedReply): boolean {
  if (totalFound === null || nodes.some((node) => node.noChange)) return false;
  return totalFound > devices.length + ctiItems.length;
}

/**
 * Nodes as the asker may take them. Not verified that it happens: NoChange without a StateInfo sent leaves the node's rows
 * unknown, so the node counts as one that did not answer. Answers may mix NoChange and rows; it is read node by node.
 */
export function nodesAsAsked(nodes: readonly NodeAnswer[], stateInfoSent: string): readonly NodeAnswer[] {
  if (stateInfoSent !== '') return nodes;
  return nodes.map((node) =>
    node.noChange ? { ...node, noChange: false, returnCode: UNASKED_NO_CHANGE } : node,
  );
}
