/** How long a room is left alone after it could not be told, and when it counts as lost. Pure: time is an argument. */
import type { AnnounceError, Due } from './ports.ts';
import type { Room } from './watch.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Pauses double from the first to the longest. */
const UNREACHABLE = { first: 5 * SECOND, longest: 5 * MINUTE };
/** risbot's own database: when it is back, what waits is told soon, however long it was away. */
export const DATABASE = { first: 5 * SECOND, longest: 30 * SECOND };
const REFUSED = { first: MINUTE, longest: 5 * MINUTE };
/** What was limited waits as told, within reason. */
const LIMITED = { least: SECOND, most: HOUR };
/** A refusal may pass: a channel is unarchived, the bot invited again. So many, over so long, do not. */
const LOST_AFTER = { refusals: 3, ms: 10 * MINUTE };
const LOST_PAUSE = HOUR;

/** News that nobody could be told for so long is history: what is still so is told again with its next change. */
const FRESH_MS = DAY;
/** A card that stands in the room and says what is not so any more is worse than none: it is put right for longer. */
const FRESH_CHANGE_MS = 7 * DAY;

/** What stands between a room and its announcements. None of it once the room was told something. */
export interface Trouble {
  readonly room: Room;
  /** Tries that did not reach the platform, one after the other. */
  readonly failures: number;
  /** Tries that the platform refused, and when the first of them was. Epoch milliseconds. */
  readonly refusals: number;
  readonly refusedSince: number | null;
  /** Epoch milliseconds before which nothing is tried. */
  readonly restUntil: number;
  /** The platform's word, since the room counts as lost; null: it does not. */
  readonly lost: { readonly reason: string; readonly since: number } | null;
}

/** 1, 2, 4… times the first pause. Milliseconds. */
export function growingPause(times: number, { first, longest } = UNREACHABLE): number {
  return Math.min(longest, first * 2 ** times);
}

/** What a failed try adds to the trouble that there was. */
export function afterFailure(
  before: Trouble | undefined,
  room: Room,
  { code, reason, retryAfterMs }: Pick<AnnounceError, 'code' | 'reason' | 'retryAfterMs'>,
  now: number,
): Trouble {
  const trouble = before ?? {
    room,
    failures: 0,
    refusals: 0,
    refusedSince: null,
    restUntil: now,
    lost: null,
  };
  switch (code) {
    case 'limited': {
      const restMs = Math.min(LIMITED.most, Math.max(LIMITED.least, retryAfterMs));
      return { ...trouble, restUntil: now + restMs };
    }
    case 'unreachable': {
      const restUntil = now + growingPause(trouble.failures);
      return { ...trouble, failures: trouble.failures + 1, restUntil };
    }
    case 'refused':
    // The last two mean the message; what nobody made of them is no better than a no.
    case 'gone':
    case 'unfit': {
      const refusals = trouble.refusals + 1;
      const refusedSince = trouble.refusedSince ?? now;
      const isLost = refusals >= LOST_AFTER.refusals && now - refusedSince >= LOST_AFTER.ms;
      const lost = trouble.lost ?? (isLost ? { reason, since: refusedSince } : null);
      const restMs = lost === null ? growingPause(refusals - 1, REFUSED) : LOST_PAUSE;
      return { ...trouble, refusals, refusedSince, restUntil: now + restMs, lost };
    }
  }
}

/** Whether it is too late to tell it. */
export function isPast({ waiting, earlier }: Due, now: number): boolean {
  return now - waiting.at > (waiting.inPlace && earlier !== null ? FRESH_CHANGE_MS : FRESH_MS);
}
