/** Numbers that look random and are the same for the same seed. */

export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number: at least 0, below `bound`. */
  below(bound: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
}

/** Mulberry32, started from the seed's hash: 1 and '1' are the same seed. */
export function seededRandom(seed: number | string): Random {
  let state = textHash(String(seed));
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  const below = (bound: number) => Math.floor(next() * bound);
  return {
    next,
    below,
    pick: (list) => list[below(list.length)] ?? list[0],
  };
}

/** A 32-bit number for a text: FNV-1a with a last stir, so that names that differ in one letter land far apart. */
export function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return (hash ^ (hash >>> 15)) >>> 0;
}
