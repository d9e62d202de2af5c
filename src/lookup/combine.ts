/** Several replies to parts of one question → one answer. Pure. */
import type { Query } from '../device/query.ts';
import { mergeNodes, type Snapshot } from '../device/snapshot.ts';

/**
 * The answer to `query` from the answers to its parts: every row once, every node with its worst return code, as old as
 * the oldest part, complete only when all are. StateInfo belongs to one exact query, so a combined answer has none.
 */
export function combine(query: Query, parts: readonly Snapshot[]): Snapshot {
  const isShort = parts.some(({ short }) => short === true);
  return {
    query,
    at: Math.min(...parts.map((part) => part.at)),
    nodes: mergeNodes(parts),
    devices: [...new Map(parts.flatMap((part) => part.devices.map((row) => [rowKey(row), row]))).values()],
    ctiItems: parts.flatMap((part) => part.ctiItems),
    stateInfo: '',
    complete: parts.every((part) => part.complete),
    ...(isShort && { short: true }),
    requests: parts.reduce((sum, part) => sum + part.requests, 0),
  };
}

export const rowKey = (row: { readonly node: string; readonly name: string }) => `${row.node} ${row.name}`;
