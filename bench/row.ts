/** One line of the bench's table. */
export interface BenchRow {
  readonly what: string;
  readonly ours: string;
  /** The named peer or bound that was measured or computed beside it. */
  readonly peer: string;
  /** What must be reached, and what was. */
  readonly bound: string;
  readonly ok: boolean;
}

/** The value below which `share` (0 to 1) of the values lie; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
