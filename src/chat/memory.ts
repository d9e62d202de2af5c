/** Things kept on this side because a message cannot carry them: long commands, answers to share, where a form came from. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';

export interface Memory<T> {
  /** Keeps it and returns its key: 16 characters that nobody can guess. */
  keep(value: T): string;
  /** Null when it was never kept, or is gone. */
  get(key: string): T | null;
}

export interface MemoryOptions<T> {
  readonly clock: Clock;
  readonly keepMs: number;
  /** The oldest go when all together weigh more. */
  readonly capacity: number;
  /** Default: everything weighs 1. */
  readonly weigh?: (value: T) => number;
}

/** A memory that forgets by age and by weight. Something heavier than the capacity is not kept at all. */
export function createMemory<T>(options: MemoryOptions<T>): Memory<T> {
  const { clock, keepMs, capacity, weigh = () => 1 } = options;
  const kept = new Map<string, { readonly value: T; readonly weight: number; readonly end: number }>();
  let total = 0;
  const forget = (key: string) => {
    total -= kept.get(key)?.weight ?? 0;
    kept.delete(key);
  };
  const makeRoom = (weight: number) => {
    const now = clock.monotonic();
    for (const [key, { end }] of kept) {
      if (end > now && total + weight <= capacity) return;
      forget(key);
    }
  };
  return {
    keep(value) {
      const key = randomBytes(12).toString('base64url');
      const weight = weigh(value);
      if (weight > capacity) return key;
      makeRoom(weight);
      kept.set(key, { value, weight, end: clock.monotonic() + keepMs });
      total += weight;
      return key;
    },
    get(key) {
      const found = kept.get(key);
      return found === undefined || found.end <= clock.monotonic() ? null : found.value;
    },
  };
}
