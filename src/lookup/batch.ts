/**
 * Questions that wait at the same time and differ only in what they look for go out as one request when their turn
 * comes, and each asker gets the rows that answer its own items.
 */
import type { Lookup, LookupOptions } from '../device/lookup.ts';
import type { DeviceQuery, Query } from '../device/query.ts';
import type { Snapshot } from '../device/snapshot.ts';
import { combine } from './combine.ts';
import { indexRows, type RowIndex } from './match.ts';
import { type Shared, share } from './shared.ts';

export interface BatchOptions {
  /** The most items in one request: more are asked in several. */
  readonly maxItems: number;
}

/** A request that still waits for its turn, and everything it will ask for. */
interface Round {
  readonly items: Set<string>;
  readonly answer: Shared<readonly Part[]>;
  askers: number;
}

/** A reply, and the items it answers for sure. */
interface Part {
  readonly items: readonly string[];
  readonly snapshot: Snapshot;
  readonly rowsFor: RowIndex;
}

/**
 * Wraps a lookup that calls `atTurn` when the question's turn comes (the budget). A merged reply that was cut, or that
 * holds rows which answer nobody's item, is split and asked again: what an item matches is CUCM's to say, not ours.
 */
export function createBatch(lookup: Lookup, { maxItems }: BatchOptions): Lookup {
  const waiting = new Map<string, Round>();

  async function ask(query: Query, options: LookupOptions = {}): Promise<Snapshot> {
    options.signal?.throwIfAborted();
    if (!mergeable(query, options)) return lookup(query, options);
    const chunks = chunksOf(query.items, maxItems);
    const answers = await Promise.all(chunks.map((items) => askTogether({ ...query, items }, options)));
    return answers.length === 1 && answers[0] ? answers[0] : combine(query, answers);
  }

  async function askTogether(query: DeviceQuery, options: LookupOptions): Promise<Snapshot> {
    const key = groupOf(query, options);
    const open = waiting.get(key);
    const fits = open && !open.answer.abandoned() && open.items.size + query.items.length <= maxItems;
    const round = fits ? open : start(key, query, options);
    round.askers += 1;
    for (const item of query.items) round.items.add(item);
    return pick(query, await round.answer.join(options));
  }

  function start(key: string, query: DeviceQuery, options: LookupOptions): Round {
    const items = new Set<string>();
    const close = () => {
      if (waiting.get(key) === round) waiting.delete(key);
      return { ...query, items: [...items] };
    };
    const answer = share(async (common) => {
      // The first asker is in the round before its turn can come.
      await Promise.resolve();
      try {
        const snapshot = await lookup(query, { ...options, ...common, atTurn: close });
        return await settle(snapshot, round, { ...options, ...common });
      } finally {
        close();
      }
    });
    const round: Round = { items, answer, askers: 0 };
    waiting.set(key, round);
    return round;
  }

  /** Splits a reply that does not say for sure which rows are whose. */
  async function settle(snapshot: Snapshot, round: Round, options: LookupOptions): Promise<readonly Part[]> {
    const query = snapshot.query as DeviceQuery;
    const part: Part = { items: query.items, snapshot, rowsFor: indexRows(snapshot.devices, query.selectBy) };
    // A cut reply for one asker is the sweep's business, which knows better ways to split it.
    const clear = snapshot.complete && allClaimed(part);
    if (round.askers === 1 || query.items.length === 1 || clear) return [part];
    const half = Math.ceil(query.items.length / 2);
    const halves = [query.items.slice(0, half), query.items.slice(half)];
    const parts = await Promise.all(
      halves.map(async (items) => settle(await lookup({ ...query, items }, options), round, options)),
    );
    const spent = { ...snapshot, devices: [], complete: true };
    return [{ items: query.items, snapshot: spent, rowsFor: () => [] }, ...parts.flat()];
  }

  return ask;
}

/** `*` alone asks for everything, so there is nothing to share it with. */
function mergeable(query: Query, options: LookupOptions): query is DeviceQuery {
  if (query.operation === 'selectCtiItem' || options.stateInfo !== undefined) return false;
  return query.items.length > 0 && !query.items.includes('*');
}

function groupOf(query: DeviceQuery, { priority = 'person' }: LookupOptions): string {
  return JSON.stringify([priority, { ...query, items: [] }]);
}

function chunksOf(items: readonly string[], size: number): readonly (readonly string[])[] {
  const unique = [...new Set(items)];
  const count = Math.max(1, Math.ceil(unique.length / size));
  return Array.from({ length: count }, (_, chunk) => unique.slice(chunk * size, (chunk + 1) * size));
}

function allClaimed({ items, snapshot, rowsFor }: Part): boolean {
  return new Set(items.flatMap((item) => rowsFor(item))).size === snapshot.devices.length;
}

/** One asker's share of a round. */
function pick(query: DeviceQuery, parts: readonly Part[]): Snapshot {
  const own = new Set(query.items);
  const mine = parts.filter((part) => part.items.some((item) => own.has(item)));
  const whole = mine.length === 1 && mine[0]?.items.length === own.size ? mine[0] : null;
  if (whole) return { ...whole.snapshot, query };
  const shares = mine.map(({ items, snapshot, rowsFor }) => {
    if (items.every((item) => own.has(item))) return snapshot;
    const asked = items.filter((item) => own.has(item));
    return { ...snapshot, devices: [...new Set(asked.flatMap((item) => rowsFor(item)))] };
  });
  return combine(query, shares);
}
