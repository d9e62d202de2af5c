/** What a query brought back: the rows, and how much of the truth they are. */
import type { CtiItem } from './cti.ts';
import type { Device, Open } from './device.ts';
import type { Query } from './query.ts';

export const RETURN_CODES = [
  'Ok',
  'NotFound',
  'InvalidRequest',
  'InternalError',
  'NodeNotResponding',
  'InvalidNodeName',
] as const;
export type ReturnCode = (typeof RETURN_CODES)[number];

export interface NodeAnswer {
  readonly name: string;
  readonly returnCode: Open<ReturnCode>;
  /** The node has nothing newer than the StateInfo that was sent: it keeps its last rows, it has not lost them. */
  readonly noChange: boolean;
}

export interface Snapshot {
  readonly query: Query;
  /** Epoch milliseconds at which the (oldest) reply arrived. */
  readonly at: number;
  readonly nodes: readonly NodeAnswer[];
  /** Rows as CUCM gave them; selectCmDevice may give several for one device. Empty for CTI queries. */
  readonly devices: readonly Device[];
  /** Empty for device queries. */
  readonly ctiItems: readonly CtiItem[];
  /** Opaque text to send back with the identical query; blank when the reply had none. */
  readonly stateInfo: string;
  /**
   * False when the reply was cut at the cap, or a sweep could not get every part. A node that did not answer does not
   * make it false: `nodes` says that.
   */
  readonly complete: boolean;
  /** CUCM's counts name more rows than came, though no cap is known that would have cut the reply: it is not asked again in parts. */
  readonly short?: boolean;
  /** RisPort70 requests spent on this answer; 0 when it was shared or remembered. */
  readonly requests: number;
}

/** Whether a row that is not in it is nowhere, as far as the nodes that answered can tell. */
export function isWhole({ complete, short = false }: Pick<Snapshot, 'complete' | 'short'>): boolean {
  return complete && !short;
}

/** Nodes whose rows are unknown in this answer: what they held is neither up nor down. */
export function blindNodes(snapshot: Snapshot): readonly NodeAnswer[] {
  return snapshot.nodes.filter((node) => node.returnCode !== 'Ok' && node.returnCode !== 'NotFound');
}

/**
 * The nodes of several replies that make up one answer, each with its worst return code: a node that failed in one reply is
 * blind for the whole answer, NotFound in one and Ok in another is Ok.
 */
export function mergeNodes(parts: readonly Pick<Snapshot, 'nodes'>[]): readonly NodeAnswer[] {
  const merged = new Map<string, NodeAnswer>();
  for (const node of parts.flatMap((part) => part.nodes)) {
    const known = merged.get(node.name);
    if (known === undefined || badness(node) > badness(known)) merged.set(node.name, node);
  }
  return [...merged.values()];
}

function badness({ returnCode }: NodeAnswer): number {
  if (returnCode === 'NotFound') return 0;
  return returnCode === 'Ok' ? 1 : 2;
}
