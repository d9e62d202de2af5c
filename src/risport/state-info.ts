/** The StateInfo of a reply, as far as anything is read from it: how many rows each node found and how many it gave. */
import { attributesOf, type Content, optionalChild, unsigned } from './element.ts';

export interface StateNode {
  readonly name: string;
  /** Seconds since 1970, UTC; another one than before means that RIS restarted. */
  readonly subsystemStartTime: number | null;
  readonly stateId: string;
  readonly totalItemsFound: number | null;
  readonly totalItemsReturned: number | null;
}

/** The nodes of a StateInfo parsed with its attributes, in its order; none when it has another shape. */
export function stateNodesOf(document: Content): readonly StateNode[] {
  const state = optionalChild(document, 'StateInfo') ?? [];
  return state.filter((node) => 'Node' in node).map((node) => stateNodeOf(attributesOf(node)));
}

function stateNodeOf(attributes: ReadonlyMap<string, string>): StateNode {
  return {
    name: attributes.get('Name') ?? '',
    subsystemStartTime: count(attributes.get('SubsystemStartTime')),
    stateId: attributes.get('StateId') ?? '',
    totalItemsFound: count(attributes.get('TotalItemsFound')),
    totalItemsReturned: count(attributes.get('TotalItemsReturned')),
  };
}

function count(value: string | undefined): number | null {
  return value === undefined ? null : unsigned([{ '#text': value }]);
}
