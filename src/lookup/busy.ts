/** The refusal of a queue that is too long: better a plain "not now" than an answer after everyone has left. */
export class BusyError extends Error {
  readonly code = 'busy';
  /** Milliseconds that the question would have had to wait. */
  readonly waitMs: number;

  constructor(waitMs: number) {
    super(`the wait for a turn would be ${Math.round(waitMs / 1000)} s`);
    this.name = 'BusyError';
    this.waitMs = waitMs;
  }
}
