/** The own clock of the stand-ins: they share nothing with the code that they are there to test. */

export interface SimulatorClock {
  /** Epoch milliseconds. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** Calls back once after so many milliseconds of the machine's own time; what it returns calls that off. */
export function later(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
}

export const realTime: SimulatorClock = {
  now: () => Date.now(),
  // A wait must not keep the process alive after the simulator was stopped.
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()),
};
