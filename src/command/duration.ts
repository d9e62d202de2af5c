/** Lengths of time and moments, as people type them. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const UNITS: readonly (readonly [ms: number, words: readonly string[]])[] = [
  [SECOND, ['s', 'sec', 'secs', 'second', 'seconds']],
  [MINUTE, ['m', 'min', 'mins', 'minute', 'minutes']],
  [HOUR, ['h', 'hr', 'hrs', 'hour', 'hours']],
  [DAY, ['d', 'day', 'days']],
  [7 * DAY, ['w', 'week', 'weeks']],
];
const BY_WORD: ReadonlyMap<string, number> = new Map(
  UNITS.flatMap(([ms, words]) => words.map((word) => [word, ms] as const)),
);

/** Nobody needs more digits, and more would not be exact. */
const PART = /(\d{1,7})\s*([a-z]+)\s*/gy;

/** `90s`, `5m`, `1h30m`, `2 days`, `0` → milliseconds; null when it is no length of time: a number alone says not of what. */
export function readDuration(text: string): number | null {
  const typed = text.trim().toLowerCase();
  if (/^0+$/.test(typed)) return 0;
  let ms = 0;
  let end = 0;
  for (const [part, number = '', unit = ''] of typed.matchAll(PART)) {
    const each = BY_WORD.get(unit);
    if (each === undefined) return null;
    ms += Number(number) * each;
    end += part.length;
  }
  return end === typed.length && end > 0 ? ms : null;
}

/** Whether the word is a unit: `5 min` is typed as two words. */
export function isUnit(word: string): boolean {
  return BY_WORD.has(word.toLowerCase());
}

/** The end of something, not yet tied to a day. */
export type Until =
  | { readonly type: 'back' }
  /** Milliseconds from now. */
  | { readonly type: 'in'; readonly ms: number }
  /** The next time that it is so late, in minutes after midnight UTC. */
  | { readonly type: 'clock'; readonly minutes: number }
  /** Epoch milliseconds. */
  | { readonly type: 'at'; readonly at: number };

const CLOCK = /^([01]?\d|2[0-3]):([0-5]\d)$/;
const DATE = /^(\d{4}-\d{2}-\d{2})(?:[t ]([01]\d|2[0-3]):([0-5]\d)z?)?$/;

/** `back`, `2h`, `18:00`, `2026-12-01`, `2026-12-01T18:00`; all times are UTC. Null when it is none of them. */
export function readUntil(text: string): Until | null {
  const typed = text.trim().toLowerCase();
  if (typed === 'back') return { type: 'back' };
  const ms = readDuration(typed);
  if (ms !== null) return { type: 'in', ms };
  const clock = CLOCK.exec(typed);
  if (clock !== null) return { type: 'clock', minutes: Number(clock[1]) * 60 + Number(clock[2]) };
  const date = DATE.exec(typed);
  return date === null ? null : readDate(date[1] ?? '', date[2] ?? '00', date[3] ?? '00');
}

function readDate(day: string, hour: string, minute: string): Until | null {
  const at = Date.parse(`${day}T${hour}:${minute}:00Z`);
  // 2026-02-30 is read as a day of March by some.
  const isReal = Number.isFinite(at) && new Date(at).toISOString().startsWith(day);
  return isReal ? { type: 'at', at } : null;
}

/** The moment meant, in epoch milliseconds. */
export function momentOf(until: Exclude<Until, { type: 'back' }>, now: number): number {
  switch (until.type) {
    case 'in':
      return now + until.ms;
    case 'at':
      return until.at;
    case 'clock': {
      const today = Math.floor(now / DAY) * DAY + until.minutes * MINUTE;
      return today > now ? today : today + DAY;
    }
  }
}
