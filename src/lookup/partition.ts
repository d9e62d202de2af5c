/**
 * How to ask for more devices than one reply can hold: name prefixes, several to a request, so that each reply fits.
 * Pure. A partition always covers every name there can be; only how well the parts are filled is a guess, and each
 * reply makes the next guess better.
 */

/** Names that begin with `prefix`, or are exactly it. */
export interface Unit {
  readonly prefix: string;
  readonly exact: boolean;
  /** Rows expected, before correction. */
  readonly weight: number;
}

export interface Partition {
  /** What still has to be asked for. */
  readonly pending: readonly Unit[];
  /** Rows that were expected of the parts that came whole, and rows that came; before the first, the scale is a guess. */
  readonly planned: number;
  readonly came: number;
  /** How many rows come for each that is expected. */
  readonly correction: number;
  /** Names seen in cut replies: where in the alphabet devices are. */
  readonly sample: readonly string[];
}

export interface Part {
  readonly units: readonly Unit[];
  /** What to send as SelectItems. */
  readonly items: readonly string[];
  readonly rest: Partition;
}

/**
 * Printable ASCII without `*`, space and lower case: no device name has a space, and a server may trim ` *` to `*`.
 * CUCM's device names are unique whatever their case, so its matching is
 * taken to ignore case. Should a CUCM not, the sweep notices names that never came back and says it is incomplete.
 */
const ALPHABET = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).filter(
  (letter) => letter !== '*' && !/[a-z]/.test(letter),
);

const HEX = '0123456789ABCDEF';

/** How full a part is planned at most and at least: a guess that is a little low still fits. */
const FULLEST = 0.9;
const EMPTIEST = 0.6;
/** What a unit counts that no name of the sample belongs to, in names. */
const UNSEEN = 0.01;
/** A part this full is worth asking for without splitting more. */
const WELL_FILLED = 0.8;
/** What a cut reply is taken to stand for, in replies. */
const BEYOND = 1.3;
/** Before anything is known, as many replies as this are expected: the first part is small and teaches the scale. */
const FIRST_GUESS = 16;
/** Users of RisPort70 send a thousand names in a request; patterns are counted alike. */
const MOST_ITEMS = 1000;
/** CUCM's names end at 128 characters. */
const LONGEST_NAME = 128;

/** After a reply for all names with `prefix` that was cut at `cap` rows, with the names it held. */
export function begin(prefix: string, names: readonly string[], cap: number): Partition {
  const whole: Unit = { prefix: prefix.toUpperCase(), exact: false, weight: cap * FIRST_GUESS };
  return {
    pending: [whole],
    correction: 1,
    planned: 0,
    came: 0,
    sample: names.map((name) => name.toUpperCase()),
  };
}

/** Rows that are still expected. */
export function expected(partition: Partition): number {
  return weigh(partition.pending) * partition.correction;
}

/** The next part to ask for, filled up to what should fit under `cap`; null when nothing is left. */
export function nextPart(partition: Partition, cap: number): Part | null {
  const room = (cap * fillFor(partition, cap)) / partition.correction;
  const units = refine(partition, room);
  if (units.length === 0) return null;
  const fitting = fill(units, room);
  // What cannot be split any more is asked for all the same.
  const chosen = fitting.length > 0 ? fitting : units.slice(0, 1);
  const taken = new Set(chosen);
  const pending = units.filter((unit) => !taken.has(unit));
  return { units: chosen, items: chosen.map(itemOf), rest: { ...partition, pending } };
}

/** The fewer names of the sample stand for a part, the further off its guess may be, and the more air it gets. */
function fillFor(partition: Partition, cap: number): number {
  const names = (partition.sample.length * cap) / Math.max(cap, expected(partition));
  return Math.min(FULLEST, Math.max(EMPTIEST, 1 - 1.5 / Math.sqrt(names)));
}

/** The largest units that fit together. `units` are sorted, largest first. */
function fill(units: readonly Unit[], room: number): readonly Unit[] {
  const chosen: Unit[] = [];
  let left = room;
  for (const unit of units) {
    if (chosen.length >= MOST_ITEMS) break;
    if (unit.weight > left) continue;
    chosen.push(unit);
    left -= unit.weight;
  }
  return chosen;
}

/** After a part that came whole with `rows` rows. */
export function fitted(part: Part, rows: number): Partition {
  const planned = part.rest.planned + weigh(part.units);
  const came = part.rest.came + rows;
  return { ...part.rest, planned, came, correction: (came + 1) / (planned + 1) };
}

/** Whether the part asked for all of these names: a server that ignores patterns gives others, too. */
export function covers({ units }: Part, names: readonly string[]): boolean {
  return names.every((name) => units.some((unit) => belongs(name.toUpperCase(), unit)));
}

/**
 * After a part that was cut at `cap` rows, with the names it held: what it covered is asked again in smaller pieces.
 * Null when it cannot be made smaller.
 */
export function cut(part: Part, names: readonly string[], cap: number): Partition | null {
  const sample = names.map((name) => name.toUpperCase());
  const { rest, units } = part;
  const correction = rest.planned > 0 ? rest.correction : rest.correction * 2;
  // More than one reply's worth is behind the cut, whatever was expected.
  const total = Math.max(weigh(units), (BEYOND * cap) / correction);
  const counts = units.map((unit) => UNSEEN + sample.filter((name) => belongs(name, unit)).length);
  const seen = counts.reduce((a, b) => a + b, 0);
  const weighed = units.map((unit, index) => ({
    ...unit,
    weight: (total * (counts[index] ?? UNSEEN)) / seen,
  }));
  const [only] = weighed;
  if (only && weighed.length === 1 && !divisible(only)) return null;
  const smaller = only && weighed.length === 1 ? split(only, sample) : weighed;
  return { ...rest, correction, pending: [...rest.pending, ...smaller], sample: [...rest.sample, ...sample] };
}

const divisible = (unit: Unit) => !unit.exact && unit.prefix.length < LONGEST_NAME;

/**
 * Splits units that are too large, smallest first, and no more of them than it takes to fill one part: the scale is
 * better known after it, and every split costs items.
 */
function refine(partition: Partition, room: number): readonly Unit[] {
  const units = partition.pending.toSorted(largestFirst);
  for (;;) {
    const smallest = units.findLastIndex((unit) => unit.weight > room && divisible(unit));
    const unit = units[smallest];
    if (!unit || weigh(fill(units, room)) >= room * WELL_FILLED) return units;
    units.splice(smallest, 1, ...split(unit, partition.sample));
    units.sort(largestFirst);
  }
}

const largestFirst = (a: Unit, b: Unit) => b.weight - a.weight;

/** A unit by its next letter, weighed by the names seen; a letter nobody has seen still gets a little. */
function split(unit: Unit, sample: readonly string[]): readonly Unit[] {
  const at = unit.prefix.length;
  const counts = new Map<string, number>();
  for (const name of sample) {
    if (name.startsWith(unit.prefix)) counts.set(name.charAt(at), (counts.get(name.charAt(at)) ?? 0) + 1);
  }
  const seen = [...counts.values()].reduce((a, b) => a + b, 0);
  const unseen = seen === 0 ? 1 : UNSEEN;
  const total = seen + unseen * ALPHABET.length;
  const evenly = looksEven(counts);
  const count = (letter: string) => {
    const own = counts.get(letter) ?? 0;
    return evenly && HEX.includes(letter) ? (own + 3 * (seen / HEX.length)) / 4 : own;
  };
  const weight = (letter: string) => (unit.weight * (count(letter) + unseen)) / total;
  const children: Unit[] = ALPHABET.map((letter) => {
    return { prefix: unit.prefix + letter, exact: false, weight: weight(letter) };
  });
  return unit.prefix === '' ? children : [...children, { prefix: unit.prefix, exact: true, weight: 0 }];
}

/** The last digits of MAC addresses are spread evenly; a small sample only seems to say otherwise. */
function looksEven(counts: ReadonlyMap<string, number>): boolean {
  return counts.size >= 12 && [...counts.keys()].every((letter) => HEX.includes(letter));
}

const itemOf = (unit: Unit) => (unit.exact ? unit.prefix : `${unit.prefix}*`);

const weigh = (units: readonly Unit[]) => units.reduce((sum, unit) => sum + unit.weight, 0);

const belongs = (name: string, unit: Unit) =>
  unit.exact ? name === unit.prefix : name.startsWith(unit.prefix);
