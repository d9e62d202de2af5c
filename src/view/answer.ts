/** What every answer about devices has in common: what was read, how true it is, and the same as data. */
import type { Device } from '../device/device.ts';
import type { NodeAnswer } from '../device/snapshot.ts';
import { count, duration, joined, quoted } from './text.ts';
import type { Action, Block } from './view.ts';

/** A device by its newest row, and the rows left over on other nodes. */
export interface Found {
  readonly device: Device;
  readonly older: readonly Device[];
}

/** How much of the truth an answer is. */
export interface Truth {
  readonly nodes: readonly NodeAnswer[];
  /** False when a reply was cut; nodes that did not answer do not make it false, see `isSure`. */
  readonly complete: boolean;
  /** RisPort70 requests spent. */
  readonly requests: number;
  /** How old the oldest part is. */
  readonly ageMs: number;
}

export interface Answer extends Truth {
  readonly cluster: string;
  /** True when there are others: then a card says which one it is about. */
  readonly oneOfSeveral: boolean;
  /** What Refresh, Next and Previous build on: the command as typed. */
  readonly command: string;
  /** ` in:lab` for commands that buttons make up, blank on the first cluster. */
  readonly inCluster: string;
  readonly readAs: readonly string[];
  readonly found: readonly Found[];
  readonly page: number;
  /** True when watches are kept, so that a card can offer them. */
  readonly keepsWatch: boolean;
  /** What was left out while reading or asking, in words. */
  readonly notes: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Shared within that time an answer counts as fresh. */
const FRESH_MS = 2000;

/** Nodes whose rows are unknown: what they hold is neither up nor down. */
export function blindNames(nodes: readonly NodeAnswer[]): readonly string[] {
  return nodes.filter(isBlind).map((node) => node.name);
}

/** Nothing can be missing: no reply was cut, and every node answered. A node that CUCM does not know holds nothing. */
export function isSure({ complete, nodes }: Pick<Truth, 'complete' | 'nodes'>): boolean {
  return complete && !nodes.some(isBlind);
}

/** What a count leaves out when nodes are blind; blank when none is. */
export function whereSeen(nodes: readonly NodeAnswer[]): string {
  return nodes.some(isBlind) ? ' on the nodes that answered' : '';
}

function isBlind(node: NodeAnswer): boolean {
  return node.returnCode !== 'Ok' && node.returnCode !== 'NotFound' && node.returnCode !== 'InvalidNodeName';
}

/** How the words were read, unless there is nothing to doubt. */
export function readingBlocks(readAs: readonly string[]): readonly Block[] {
  if (readAs.length === 0) return [];
  const shown = readAs.slice(0, 3).join('; ');
  const more = readAs.length > 3 ? `; and ${count(readAs.length - 3)} more` : '';
  return [{ type: 'text', text: `Read as ${shown}${more}.` }];
}

/** What the reader must not miss: blind nodes, cut replies, age, what was left out. */
export function noticeBlocks(truth: Truth & { readonly notes?: readonly string[] }): readonly Block[] {
  const blocks: Block[] = [];
  const blind = blindNames(truth.nodes);
  const invalid = truth.nodes
    .filter((node) => node.returnCode === 'InvalidNodeName')
    .map((node) => quoted(node.name));
  if (blind.length > 0) {
    const them = blind.length === 1 ? 'it' : 'they';
    const hold = blind.length === 1 ? 'holds' : 'hold';
    const text = `${joined(blind)} did not answer: what ${them} ${hold} is unknown, not down.`;
    blocks.push({ type: 'notice', tone: 'warn', text });
  }
  if (invalid.length > 0) {
    blocks.push({ type: 'notice', tone: 'warn', text: `CUCM knows no node ${joined(invalid, 'or')}.` });
  }
  if (!truth.complete) {
    blocks.push({
      type: 'notice',
      tone: 'warn',
      text: 'CUCM cut the reply: there may be more than is shown.',
    });
  }
  for (const text of truth.notes ?? []) blocks.push({ type: 'notice', tone: 'info', text });
  if (truth.ageMs > FRESH_MS) {
    blocks.push({ type: 'notice', tone: 'muted', text: `As of ${duration(truth.ageMs)} ago.` });
  }
  return blocks;
}

/** The answer as `--json` prints it: the newest row of each device, and older rows of the same devices apart. */
export function answerData(answer: Answer): Readonly<Record<string, unknown>> {
  return {
    cluster: answer.cluster,
    readAs: answer.readAs,
    devices: answer.found.map(({ device }) => device),
    otherRows: answer.found.flatMap(({ older }) => older),
    ...truthData(answer),
  };
}

export function truthData(truth: Truth): Readonly<Record<string, unknown>> {
  return {
    nodes: truth.nodes.map(({ name, returnCode }) => ({ name, returnCode })),
    complete: isSure(truth),
    requests: truth.requests,
    ageSeconds: Math.round(Math.max(0, truth.ageMs) / 1000),
  };
}

/** Asks the same again, whatever is remembered. */
export function refresh(command: string): Action {
  return { label: 'Refresh', command: `${command} fresh:yes`.trim() };
}
