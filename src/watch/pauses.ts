/** How long to wait after a look that failed. */

/** After what passes, and after what somebody has to mend: the first pause and the longest. Milliseconds. */
const PAUSES = { passing: [15_000, 60_000], refused: [60_000, 300_000] } as const;

/** Asked again and again, a wrong password locks the account. */
const REFUSED: ReadonlySet<string> = new Set(['unauthorized', 'forbidden', 'tls']);

export interface Pauses {
  /** Milliseconds; longer each time, until a look succeeds. */
  afterFailure(code: string): number;
  succeeded(): void;
}

export function createPauses(): Pauses {
  let failures = 0;
  return {
    afterFailure(code) {
      const [first, longest] = REFUSED.has(code) ? PAUSES.refused : PAUSES.passing;
      const pauseMs = Math.min(longest, first * 2 ** Math.min(failures, 10));
      failures += 1;
      return pauseMs;
    },
    succeeded() {
      failures = 0;
    },
  };
}
