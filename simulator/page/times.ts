/** When things came, in demo time, by their names. */

export interface Times {
  /** It is here; the first time counts. */
  note(name: string): void;
  of(name: string): number;
}

export function createTimes(now: () => number): Times {
  const times = new Map<string, number>();
  return {
    note(name) {
      if (!times.has(name)) times.set(name, now());
    },
    of: (name) => times.get(name) ?? now(),
  };
}
