/**
 * Whether an answer is the whole answer. A reply that was cut does not say so, and no document says how its counts read then:
 * each reading nobody could check is a rule of its own here.
 */
import type { Query } from '../device/query.ts';
import type { NodeAnswer } from '../device/snapshot.ts';
import type { DecodedReply } from './reply.ts';

/** In place of a ReturnCode: the node sent no rows because nothing changed, though nobody had said what was known. */
export const UNASKED_NO_CHANGE = 'UnaskedNoChange';

/** Rows of a reply at most before CUCM 9, and in CUCM 9. Source: Cisco Unified CM RisPort70 reference, MaxReturnedDevices. */
const OLDER_CAPS: ReadonlySet<number> = new Set([200, 1000]);
/** No CUCM ever had a lower cap. */
const LOWEST_CAP = 200;
/** Whoever sets a cap sets a round number. */
const ROUND = 50;

export interface Completeness {
  /** False when a cap may have cut the reply: asked in parts it may bring more. */
  readonly complete: boolean;
  /** The counts name more rows than came, and nothing yet shows whether they can be believed; no cap is known that would have cut it. */
  readonly short: boolean;
}

/** What earlier replies of the server have taught. */
interface Evidence {
  /** Rows in its longest reply: no cap is lower. */
  longest: number;
  /** Its counts were wrong where nothing can have been cut, so they are no sign of a cut anywhere. */
  countsLie: boolean;
}

const WHOLE: Completeness = { complete: true, short: false };
const CUT: Completeness = { complete: false, short: false };
const SHORT: Completeness = { complete: true, short: true };

/**
 * Judges the replies of one server, which is asked for `cap` rows at most. As many rows as a cap allows are the sign of a cut that
 * Cisco documents. Counts are a hint: where they name more than came, it was cut if so many rows can be a cap, and until the server has
 * given a longer reply or has miscounted a reply that nothing can have cut. A question for exact names is whole as soon as every name
 * has its row.
 */
export function createJudge(cap: number): (query: Query, reply: DecodedReply) => Completeness {
  const learnt: Record<DecodedReply['kind'], Evidence> = {
    devices: { longest: 0, countsLie: false },
    'cti-items': { longest: 0, countsLie: false },
  };

  return (query, reply) => {
    const evidence = learnt[reply.kind];
    const rows = rowsOf(reply);
    const isAll = hasEveryName(query, reply);
    const isKnownCap = rows >= cap || OLDER_CAPS.has(rows);
    const isUncut = isAll || (!isKnownCap && isBelowCaps(rows, evidence));
    const isMore = countsMore(reply);
    if ((isUncut && isMore) || countsFewer(reply)) evidence.countsLie = true;
    evidence.longest = Math.max(evidence.longest, rows);
    if (isAll) return WHOLE;
    if (isKnownCap) return CUT;
    return isMore && !evidence.countsLie ? doubt(reply) : WHOLE;
  };
}

/** No cap can have cut so few rows. */
const isBelowCaps = (rows: number, { longest }: Evidence) =>
  rows < longest || (rows < LOWEST_CAP && !isRound(rows));

/** Where no cap can be, a row more for each node is a count that is off; many more may have been left out for a reason that nobody knows. */
function doubt(reply: DecodedReply): Completeness {
  if (isRound(rowsOf(reply))) return CUT;
  return excessOf(reply) <= Math.max(1, reply.nodes.length) ? WHOLE : SHORT;
}

/** How many rows more the counts name than came. */
function excessOf(reply: DecodedReply): number {
  const found = reply.stateNodes.map((node) => (node.totalItemsFound ?? 0) - (node.totalItemsReturned ?? 0));
  const beyond = found.reduce((sum, more) => sum + Math.max(0, more), 0);
  return Math.max((reply.totalFound ?? 0) - rowsOf(reply), beyond);
}

const rowsOf = ({ devices, ctiItems }: DecodedReply) => devices.length + ctiItems.length;
const isRound = (rows: number) => rows > 0 && rows % ROUND === 0;

/** selectCmDeviceExt by name, where every name asked for has a row. */
function hasEveryName(query: Query, { devices }: DecodedReply): boolean {
  if (query.operation !== 'selectCmDeviceExt' || query.selectBy !== 'Name') return false;
  const names = new Set(devices.map((device) => device.name.toUpperCase()));
  return query.items.every((item) => names.has(item.trim().toUpperCase()));
}

/** Not verified: what the total and StateInfo count. They may count what was found, so that a server whose cap is below ours gives itself away. */
function countsMore(reply: DecodedReply): boolean {
  return totalOf(reply, (total, rows) => total > rows) || foundMoreThanReturned(reply);
}

/** A total below the rows counts neither what was found nor what was sent. */
function countsFewer(reply: DecodedReply): boolean {
  return totalOf(reply, (total, rows) => total < rows);
}

/** With a node that has nothing new the total says nothing. */
function totalOf(reply: DecodedReply, test: (total: number, rows: number) => boolean): boolean {
  const { totalFound, nodes } = reply;
  if (totalFound === null || nodes.some((node) => node.noChange)) return false;
  return test(totalFound, rowsOf(reply));
}

/** A node with nothing new may repeat what it found before. */
function foundMoreThanReturned({ stateNodes, nodes }: DecodedReply): boolean {
  const unchanged = new Set(nodes.filter((node) => node.noChange).map((node) => node.name));
  return stateNodes.some(
    ({ name, totalItemsFound, totalItemsReturned }) =>
      totalItemsFound !== null &&
      totalItemsReturned !== null &&
      totalItemsFound > totalItemsReturned &&
      !unchanged.has(name),
  );
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
