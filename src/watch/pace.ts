/** How often each standing query is asked, so that all of them together leave people their share. Pure. */

/** Of the allowance, what watches take at most: a fifth is left to people. */
const SHARE = 0.8;
/** A little less: periods of different lengths meet in one minute more often than on average. */
const USED = 0.965;
/**
 * Where what is seen has to be asked for by name, a quarter stays free for that and for following what is not up. With none to spare a loss
 * waits for its confirmation longer than more frequent looks would win.
 */
const USED_WITH_NEWS = 0.75;
/** No query is asked more often: RisPort70 itself learns of a change after seconds. Milliseconds. */
const LEAST_EVERY_MS = 6_000;
const MINUTE_MS = 60_000;

export interface Paces {
  /** Between two looks of every fast query. Milliseconds. */
  readonly fastMs: number;
  /** By how much the periods of the slow ones are stretched; 1 where there is room for them. */
  readonly stretch: number;
}

/**
 * The slow queries first, `slowMs` being the periods they want, then the fast ones with the rest, evenly. Where the allowance is small the
 * slow ones take half of it at most and wait longer: each gets its turn. `isConfirmed`: news of them are asked for by name before they count.
 */
export function pacesOf(
  allowance: number,
  fast: number,
  slowMs: readonly number[],
  isConfirmed: boolean,
): Paces {
  const share = allowance * SHARE * (isConfirmed ? USED_WITH_NEWS : USED);
  const wanted = slowMs.reduce((sum, everyMs) => sum + MINUTE_MS / everyMs, 0);
  const stretch = Math.max(1, wanted / (fast > 0 ? share / 2 : share));
  const rest = share - wanted / stretch;
  const fastMs = fast === 0 ? LEAST_EVERY_MS : Math.max(LEAST_EVERY_MS, Math.ceil((MINUTE_MS * fast) / rest));
  return { fastMs, stretch };
}

/** Milliseconds between two requests when the whole share is used. */
export function paceMsOf(allowance: number): number {
  return Math.ceil(MINUTE_MS / (allowance * SHARE));
}

/** Requests in 60 s. */
export function perMinute(periods: readonly number[]): number {
  return periods.reduce((sum, everyMs) => sum + MINUTE_MS / everyMs, 0);
}
