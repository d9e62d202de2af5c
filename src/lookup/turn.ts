/** Whose turn is next, and how long the others wait. Pure: everything that matters is an argument. */
import type { Priority } from '../device/lookup.ts';

/** Cisco counts requests a minute; which minute is not documented, so every minute counts. */
export const WINDOW_MS = 60_000;

/**
 * A priority is a handicap in time: a watch that has waited 30 s ranks with a person who asks now. So people come first
 * and nobody waits for ever.
 */
const HANDICAP_MS: Readonly<Record<Priority, number>> = { person: 0, watch: 30_000, sweep: 60_000 };

export interface Waiting {
  readonly priority: Priority;
  /** When it was asked, on the monotonic clock. */
  readonly since: number;
}

/** Orders questions as they will be asked. */
export function compareTurns(a: Waiting, b: Waiting): number {
  return a.since + HANDICAP_MS[a.priority] - (b.since + HANDICAP_MS[b.priority]);
}

/** How fast requests may follow each other, derived from the allowance (requests in any 60 s). */
export interface Pace {
  /** Requests that may go out at once after a pause. */
  readonly burst: number;
  /** Milliseconds from one request to the next after a burst, when people wait. */
  readonly peopleMs: number;
  /** Requests of watches and sweeps that may go out at once after a pause: what a watch has seen is confirmed at once. */
  readonly backgroundBurst: number;
  /** Milliseconds from one of them to the next after that: leaves people their share. */
  readonly backgroundMs: number;
}

/** A look of a watch, what it makes it ask for by name, and one more, as something else has just been asked. */
const MOST_AT_ONCE = 3;

/** The share of a minute's requests that watches and sweeps leave to people. */
const PEOPLE_SHARE = 0.2;

/** A quarter of the allowance at once, then evenly spread: what waits together is asked together. */
export function paceFor(allowance: number): Pace {
  const background = Math.max(1, Math.floor(allowance * (1 - PEOPLE_SHARE)));
  return {
    burst: Math.max(1, Math.round(allowance / 4)),
    peopleMs: Math.ceil(WINDOW_MS / allowance),
    // Where the share of people is a request or two a minute, a burst would be it.
    backgroundBurst: Math.min(MOST_AT_ONCE, Math.max(1, allowance - background)),
    // A little slower than even, so that no jitter of timers puts one more into a minute.
    backgroundMs: Math.ceil((WINDOW_MS / background) * 1.01),
  };
}

/** Times are on the monotonic clock. */
export interface Outlook {
  readonly now: number;
  /** At which each request of the allowance can be used; in the past when it can be used now. */
  readonly freeAt: readonly number[];
  readonly pace: Pace;
  /** Up to which the pace is used up: one `peopleMs` further for each request. */
  readonly pacedUntil: number;
}

/** Whole milliseconds until the turn of a question with `ahead` others before it. */
export function expectedWait(ahead: number, outlook: Outlook): number {
  const { now, pace, pacedUntil } = outlook;
  const free = outlook.freeAt.toSorted((a, b) => a - b);
  const rounds = Math.floor(ahead / free.length);
  const window = (free[ahead % free.length] ?? now) + rounds * WINDOW_MS;
  const paced = Math.max(now, pacedUntil) + (ahead + 1 - pace.burst) * pace.peopleMs;
  // Whole milliseconds: the monotonic clock has fractions, and two windows are two minutes.
  return Math.max(0, Math.round(window - now), Math.round(paced - now));
}
