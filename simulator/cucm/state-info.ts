/**
 * StateInfo: its text, and the memory that tells whether an identical query would get the same again. It is change
 * detection for one exact query. It is no cursor: whoever sends it back gets everything or NoChange, never "the rest".
 */
import type { NodeSelection } from './selection.ts';
import { escapeXml } from './xml.ts';

export interface NodeState {
  readonly name: string;
  readonly startedAt: number;
  readonly stateId: number;
}

export interface Counts {
  readonly found: number;
  readonly returned: number;
}

export interface ChangeMemory {
  /** Which selections are as they were when the StateInfo that came back was given for this query. */
  unchanged(queryKey: string, sent: string, selections: readonly NodeSelection[]): readonly boolean[];
  remember(queryKey: string, selections: readonly NodeSelection[]): void;
}

const MOST_REMEMBERED = 5000;
const LONGEST_STATE_INFO = 20_000;

/** A `Node` for each node that answered; a blind node has no state to tell. Blank when none answered. */
export function stateInfoText(selections: readonly NodeSelection[], counts: readonly Counts[]): string {
  const nodes = selections.map((selection, place) => {
    const { found, returned } = counts[place] ?? { found: 0, returned: 0 };
    if (!hasState(selection)) return '';
    return (
      `<Node Name="${escapeXml(selection.name)}" SubsystemStartTime="${selection.startedAt}" ` +
      `StateId="${selection.stateId}" TotalItemsFound="${found}" TotalItemsReturned="${returned}"/>`
    );
  });
  const inside = nodes.join('');
  return inside === '' ? '' : `<StateInfo ClusterWide="1">${inside}</StateInfo>`;
}

/** The nodes of a StateInfo; empty when the text is none, which counts as no StateInfo at all. */
export function readStateInfo(text: string): readonly NodeState[] {
  if (text.length > LONGEST_STATE_INFO || !text.includes('<StateInfo')) return [];
  return [...text.matchAll(/<Node\s([^<>]*)>/g)].flatMap(([, attributes = '']) => {
    const name = attribute(attributes, 'Name');
    const startedAt = Number(attribute(attributes, 'SubsystemStartTime') ?? Number.NaN);
    const stateId = Number(attribute(attributes, 'StateId') ?? Number.NaN);
    return name === null || Number.isNaN(startedAt + stateId) ? [] : [{ name, startedAt, stateId }];
  });
}

function attribute(text: string, name: string): string | null {
  return new RegExp(`\\b${name}\\s*=\\s*["']([^"'<>]*)["']`).exec(text)?.[1] ?? null;
}

/**
 * Remembers, for a query and the states it was told, a fingerprint of what each node gave. The oldest are forgotten
 * first: their owners get a full reply, which is always allowed.
 */
export function createChangeMemory(): ChangeMemory {
  const told = new Map<string, readonly string[]>();
  return {
    unchanged(queryKey, sent, selections) {
      const states = readStateInfo(sent);
      const before = told.get(memoryKey(queryKey, states));
      if (states.length === 0 || before === undefined) return selections.map(() => false);
      return selections.map((selection, place) => before[place] === fingerprint(selection));
    },
    remember(queryKey, selections) {
      const key = memoryKey(queryKey, selections.filter(hasState));
      told.delete(key);
      told.set(key, selections.map(fingerprint));
      for (const oldest of told.keys()) {
        if (told.size <= MOST_REMEMBERED) break;
        told.delete(oldest);
      }
    },
  };
}

function hasState(selection: NodeSelection): selection is NodeSelection & { readonly startedAt: number } {
  return (
    selection.startedAt !== null && (selection.returnCode === 'Ok' || selection.returnCode === 'NotFound')
  );
}

function memoryKey(queryKey: string, states: readonly NodeState[]): string {
  return `${queryKey}\n${states.map(({ name, startedAt, stateId }) => `${name} ${startedAt} ${stateId}`).join('\n')}`;
}

/** Rows never change without a new revision, so the list of revisions stands for the whole. */
function fingerprint({ returnCode, startedAt, rows }: NodeSelection): string {
  let hash = 0x811c9dc5;
  for (const row of rows) hash = Math.imul(hash ^ row.revision, 0x01000193) + (row.revision >>> 16);
  return `${returnCode} ${startedAt} ${rows.length} ${hash}`;
}
