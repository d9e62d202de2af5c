/**
 * A standing query whose reply was cut, asked in parts from then on: each part keeps its own StateInfo and knows what the whole knew. Small
 * on purpose: it is done once, and whatever a part turns out too large for is cut again.
 */
import type { Snapshot } from '../device/snapshot.ts';
import { SOFT_CLIENT_PREFIXES } from '../device/soft-clients.ts';
import { nameTest } from './name-cover.ts';
import type { Standing, StandingMemory } from './standing.ts';
import { standingKey } from './standing-key.ts';
import { emptyMemory, isRowKey, nameOf } from './standing-memory.ts';

/** How full a part is planned: the rest is for what will be lost tomorrow. */
const FILL = 0.7;
/** A reply that was cut stands for at least so many replies. */
const BEYOND = 1.3;
/** Parts that are this empty together are asked as one again. */
const EMPTY = 0.5;
/** What an item counts that no name is known of. */
const UNSEEN = 0.01;
/** Users of RisPort70 send a thousand names in a request; patterns are counted alike. */
const MOST_ITEMS = 1000;
/** CUCM's names end at 128 characters. */
const LONGEST_NAME = 128;

/**
 * Printable ASCII without `*` and lower case: CUCM's names are unique whatever their case. A space may stand within a hunt list's name, and
 * never first: a server may trim ` *` to `*`.
 */
const LETTERS = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).filter(
  (letter) => letter !== '*' && !/[a-z]/.test(letter),
);

/** Soft clients, thousands of which are not registered on any day; and everything else, which is what most watches mean. */
const SOFT_ITEMS: readonly string[] = SOFT_CLIENT_PREFIXES.map((prefix) => `${prefix}*`);
const OTHER_ITEMS = itemsBeside('', SOFT_CLIENT_PREFIXES);

/** Items that together mean every name which begins with `start` and with none of `left`. */
function itemsBeside(start: string, left: readonly string[]): readonly string[] {
  const letters = start === '' ? LETTERS.filter((letter) => letter !== ' ') : LETTERS;
  const items = letters.flatMap((letter) => {
    const longer = start + letter;
    if (left.includes(longer)) return [];
    const isBefore = left.some((prefix) => prefix.startsWith(longer));
    return isBefore ? itemsBeside(longer, left) : [`${longer}*`];
  });
  return start === '' ? items : [...items, start];
}

interface Unit {
  readonly item: string;
  /** Rows expected. */
  readonly weight: number;
}

/**
 * Lists of SelectItems that together mean every name that `items` mean, each expected to bring at most seven tenths of `cap` rows. `names`:
 * one for every row that is expected, as far as they are known. A single list: it cannot be made smaller.
 */
export function partsAfterCut(
  names: readonly string[],
  cap: number,
  items: readonly string[],
): readonly (readonly string[])[] {
  const upper = names.map((name) => name.toUpperCase());
  const room = cap * FILL;
  const rows = Math.max(names.length, cap * BEYOND);
  return packed(split(weighed(items, upper, rows), upper, room), room);
}

/** What of the rows falls on each item, by the names that are known. */
function weighed(items: readonly string[], names: readonly string[], rows: number): readonly Unit[] {
  const counts = items.map((item) => UNSEEN + names.filter(meantBy(item.toUpperCase())).length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return items.map((item, place) => ({ item, weight: (rows * (counts[place] ?? 0)) / total }));
}

/** Items that are too large by their next letter, until none is that can be split. */
function split(units: readonly Unit[], names: readonly string[], room: number): readonly Unit[] {
  return units.flatMap((unit) => {
    if (unit.weight <= room || !isDivisible(unit.item)) return [unit];
    const prefix = unit.item.slice(0, -1).toUpperCase();
    const inside = names.filter((name) => name.startsWith(prefix));
    const letters = prefix === '' ? LETTERS.filter((letter) => letter !== ' ') : LETTERS;
    const smaller = letters.map((letter) => `${prefix}${letter}*`);
    return split(weighed(prefix === '' ? smaller : [...smaller, prefix], inside, unit.weight), inside, room);
  });
}

function meantBy(item: string): (name: string) => boolean {
  const prefix = item.slice(0, -1);
  return item.endsWith('*') ? (name) => name.startsWith(prefix) : (name) => name === item;
}

function isDivisible(item: string): boolean {
  return item.indexOf('*') === item.length - 1 && item.length < LONGEST_NAME;
}

/** Each into the first part that has room for it. */
function packed(units: readonly Unit[], room: number): readonly (readonly string[])[] {
  const parts: { readonly items: string[]; left: number }[] = [];
  for (const { item, weight } of units) {
    const part = parts.find(({ items, left }) => left >= weight && items.length < MOST_ITEMS);
    if (part === undefined) {
      parts.push({ items: [item], left: room - weight });
    } else {
      part.items.push(item);
      part.left -= weight;
    }
  }
  return parts.map(({ items }) => items);
}

export interface RememberedStanding {
  readonly standing: ReadonlyMap<string, StandingMemory>;
}

/**
 * What is remembered after a standing query was cut: its parts, and for each what the whole knew of its names. `remembered`: with what
 * `observe` made of the cut reply, so that names which wait to be asked for stay news. Empty: it cannot be asked in parts.
 */
export function inheritParts(
  standing: Standing,
  snapshot: Snapshot,
  remembered: RememberedStanding,
  cluster: string,
  maxDevices: number,
): readonly StandingMemory[] {
  const { query, key, role } = standing;
  if (query.operation === 'selectCtiItem') return [];
  const whole = remembered.standing.get(key) ?? emptyMemory(cluster, key);
  const parts =
    role === 'exceptions' && query.items.join() === '*'
      ? [OTHER_ITEMS, SOFT_ITEMS]
      : partsAfterCut(expectedNames(snapshot, whole), maxDevices, query.items);
  if (parts.length < 2) return [];
  const entries = Object.entries(whole.rows);
  const inherited = parts.map((items): StandingMemory => {
    // A query by number remembers names, which its items do not mean.
    const isOurs = query.selectBy === 'Name' ? nameTest(items) : () => true;
    const rows = entries.filter(([row]) => !isRowKey(row) || isOurs(nameOf(row)));
    const child = emptyMemory(cluster, standingKey(role, { ...query, items }));
    return { ...child, baselined: whole.baselined, rows: Object.fromEntries(rows) };
  });
  return [{ ...whole, stateInfo: '', rows: {}, parts }, ...inherited];
}

/** One name a row: those of the reply, and those that were there before and that it may have left out. */
function expectedNames({ devices }: Snapshot, { rows }: StandingMemory): readonly string[] {
  const seen = devices.map(({ name }) => name);
  const known = new Set(seen);
  const before = Object.keys(rows).filter((row) => isRowKey(row) && !known.has(nameOf(row)));
  return [...seen, ...before.map(nameOf)];
}

/**
 * The memory of a query that can be asked as a whole again, since its parts hold less than half of what a reply can. Null: not yet, or a
 * part has not been answered. `parts`: the memories of all its parts.
 */
export function rejoined(
  whole: StandingMemory,
  parts: readonly StandingMemory[],
  maxDevices: number,
): StandingMemory | null {
  const rows = Object.assign({}, ...parts.map((part) => part.rows)) as StandingMemory['rows'];
  if (parts.some(({ baselined, parts: own }) => !baselined || own !== null)) return null;
  if (Object.keys(rows).length > maxDevices * EMPTY) return null;
  return { ...whole, stateInfo: '', baselined: true, parts: null, rows };
}
