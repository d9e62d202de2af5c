/**
 * What a standing query remembers of the rows it has seen: `name node` → `status timeStamp reason`. In front of that may stand a mark: the
 * row's name still has to be asked for by name. It is stored with the row, so that nothing is forgotten when the process ends in between.
 */
import type { KnownRow } from '../device/known.ts';
import type { StandingMemory } from './standing.ts';

/** `?`: the row is news; `~`: it was there when it was first looked at, only what it means could not be told yet. */
export type Mark = '' | '?' | '~';

/** In place of what a row said: it has gone, or does not matter. */
const VANISHED = '-';
/** The key of what is remembered of a node itself: it could not be seen when the query was first answered. */
const nodeKey = (node: string) => ` ${node}`;
const NEVER_SEEN = 'blind';

/** Of a query that has not been answered yet. */
export function emptyMemory(cluster: string, key: string): StandingMemory {
  return { cluster, key, stateInfo: '', baselined: false, parts: null, rows: {} };
}

/** A device's name may have spaces in it, a node's has none. */
export function rowKey({ name, node }: Pick<KnownRow, 'name' | 'node'>): string {
  return `${name} ${node}`;
}

export function nameOf(key: string): string {
  return key.slice(0, key.lastIndexOf(' '));
}

export function nodeOf(key: string): string {
  return key.slice(key.lastIndexOf(' ') + 1);
}

/** What has to differ for a row to be news. The clock of a node may go back: other is other. */
export function rowText({ status, timeStamp, statusReason }: KnownRow): string {
  return `${status} ${timeStamp ?? ''} ${statusReason ?? ''}`;
}

export function marked(mark: Mark, text: string): string {
  return mark + text;
}

/** In place of what a row said, where only the name matters that has to be asked for. */
export function awaiting(mark: Exclude<Mark, ''>): string {
  return marked(mark, VANISHED);
}

export function markIn(value: string | undefined): Mark {
  const mark = value?.charAt(0);
  return mark === '?' || mark === '~' ? mark : '';
}

/** What the row said, without a mark; null when there is none any more. */
export function textIn(value: string | undefined): string | null {
  if (value === undefined) return null;
  const text = value.slice(markIn(value).length);
  return text === VANISHED ? null : text;
}

/** The reason in what a row said; null: none. */
export function reasonIn(value: string | undefined): number | null {
  const reason = textIn(value)?.split(' ').at(-1) ?? '';
  return reason === '' ? null : Number(reason);
}

/** Whether the node could not be seen when the query was first answered, nor since. */
export function isUnseenNode(rows: StandingMemory['rows'], node: string): boolean {
  return rows[nodeKey(node)] === NEVER_SEEN;
}

/**
 * What changes about nodes with a reply: until the query has been answered once, those that cannot be seen are noted, and each is crossed
 * off when a reply speaks for it.
 */
export function nodeEdits(
  { baselined, rows }: StandingMemory,
  { blind, speaksFor }: { readonly blind: ReadonlySet<string>; speaksFor(node: string): boolean },
): ReadonlyMap<string, string | null> {
  const unseen = baselined ? [] : [...blind].filter((node) => !isUnseenNode(rows, node));
  const noted = Object.keys(rows).filter((key) => !isRowKey(key));
  return new Map([
    ...unseen.map((node) => [nodeKey(node), NEVER_SEEN] as const),
    ...noted.filter((key) => speaksFor(nodeOf(key))).map((key) => [key, null] as const),
  ]);
}

/** Whether the key is one of a row, and not of a node itself. */
export function isRowKey(key: string): boolean {
  return !key.startsWith(' ');
}

/** Names that have to be asked for with selectCmDeviceExt before anybody is told: at start, and again as long as they are not settled. */
export function pendingOf(memory: StandingMemory): readonly string[] {
  const keys = Object.entries(memory.rows).flatMap(([key, value]) =>
    markIn(value) === '' ? [] : [nameOf(key)],
  );
  return [...new Set(keys)];
}

/** Without the marks of names for which `isSettled`. The same object when there were none. */
export function settle(memory: StandingMemory, isSettled: (name: string) => boolean): StandingMemory {
  let settled = false;
  const rows = Object.entries(memory.rows).flatMap(([key, value]) => {
    if (markIn(value) === '' || !isSettled(nameOf(key))) return [[key, value] as const];
    settled = true;
    const text = textIn(value);
    return text === null ? [] : [[key, text] as const];
  });
  return settled ? { ...memory, rows: Object.fromEntries(rows) } : memory;
}

/** Names that are waited for because of news. */
export function awaitedIn(memories: readonly StandingMemory[]): ReadonlySet<string> {
  return new Set(
    memories.flatMap(({ rows }) =>
      Object.entries(rows).flatMap(([key, value]) => (markIn(value) === '?' ? [nameOf(key)] : [])),
    ),
  );
}

/** With rows set, and those that are null taken out. The same object when that changes nothing. */
export function edited(
  rows: StandingMemory['rows'],
  edits: ReadonlyMap<string, string | null>,
): StandingMemory['rows'] {
  if ([...edits].every(([key, value]) => (rows[key] ?? null) === value)) return rows;
  const after = new Map<string, string | null>([...Object.entries(rows), ...edits]);
  return Object.fromEntries([...after].flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
}

/** Rows as none of the queries has seen them; none at all when there are no queries. */
export function notSeenYet(memories: readonly StandingMemory[]): (row: KnownRow) => boolean {
  return (row) =>
    memories.length > 0 && memories.every(({ rows }) => textIn(rows[rowKey(row)]) !== rowText(row));
}
