/** How much of the truth a reply shows: which nodes it speaks for, which keep their rows, and which cannot be seen. */
import { blindNodes, isWhole, type NodeAnswer, type Snapshot } from '../device/snapshot.ts';
import type { Blind } from './known.ts';
import type { Delta } from './ports.ts';

export interface Sight {
  /** Nodes whose rows are unknown: they failed in this reply, or before it and have not been heard since. */
  readonly blind: ReadonlySet<string>;
  /** Nodes that have nothing newer: they keep the rows they had. */
  readonly unchanged: ReadonlySet<string>;
  /** Every node that can be seen has nothing newer. */
  readonly nothingNew: boolean;
  /** A row that is not in this reply is nowhere. */
  readonly whole: boolean;
  /** Something can be seen again that could not. */
  readonly seesAgain: boolean;
  /** Whether a row of the node that is not in this reply is not on the node any more. */
  speaksFor(node: string): boolean;
  readonly delta: Pick<Delta, 'blind' | 'seen'>;
  /** The ReturnCode with which a node refused the question; null: none did. */
  readonly refused: string | null;
}

export interface SightInput {
  readonly cluster: string;
  readonly snapshot: Snapshot;
  /** Known before the reply; a blank name is the cluster as a whole. */
  readonly blindNodes: ReadonlySet<string>;
  readonly now: number;
  readonly lastSeen?: number | null;
}

/** A question that no node can answer says nothing about the node. */
const ABOUT_THE_QUESTION: ReadonlySet<string> = new Set(['InvalidRequest', 'InvalidNodeName']);

/**
 * A reply in which nothing was found may name no node at all. Then every node is taken to have nothing, but for those that could not be
 * seen before: only a node's own answer says that it can be seen again.
 */
export function sightOf(input: SightInput): Sight {
  const { snapshot, blindNodes: before } = input;
  const failed = failedNodes(snapshot);
  const failedNames = new Set(failed.map(({ name }) => name));
  const answers = snapshot.nodes.filter(({ name }) => !failedNames.has(name));
  const answered = new Set(answers.map(({ name }) => name));
  const unchanged = new Set(answers.filter(({ noChange }) => noChange).map(({ name }) => name));
  const missing = [...before].filter((node) => node !== '' && !answered.has(node));
  const blind = new Set([...failedNames, ...missing]);
  const seen = [...before].filter((node) => node === '' || answered.has(node));
  return {
    blind,
    unchanged,
    nothingNew: snapshot.nodes.length > 0 && answers.every(({ noChange }) => noChange),
    whole: isWhole(snapshot) && blind.size === 0 && unchanged.size === 0,
    seesAgain: seen.length > 0,
    speaksFor: (node) => isWhole(snapshot) && !blind.has(node) && !unchanged.has(node),
    delta: blindDelta(input, failed, seen),
    refused: failed.find(({ returnCode }) => ABOUT_THE_QUESTION.has(returnCode))?.returnCode ?? null,
  };
}

/** A nil ReturnCode beside NoChange can only mean that the node answered. */
function failedNodes(snapshot: Snapshot): readonly NodeAnswer[] {
  return blindNodes(snapshot).filter(({ returnCode, noChange }) => !(noChange && returnCode === ''));
}

function blindDelta(
  { cluster, now, lastSeen = null, blindNodes: before }: SightInput,
  failed: readonly NodeAnswer[],
  seen: readonly string[],
): Sight['delta'] {
  const blind = failed
    .filter(({ name, returnCode }) => !before.has(name) && !ABOUT_THE_QUESTION.has(returnCode))
    .map(({ name, returnCode }): Blind => ({ cluster, node: name, code: returnCode, since: now, lastSeen }));
  return {
    ...(blind.length > 0 && { blind }),
    ...(seen.length > 0 && { seen: seen.map((node) => ({ cluster, node: node === '' ? null : node })) }),
  };
}
