/** Quiet hours by the wall clock of their time zone. Pure. */
import type { QuietHours } from './watch.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;

/** A night, or whatever the hours are: epoch milliseconds. */
export interface QuietSpan {
  readonly from: number;
  readonly until: number;
}

export interface QuietNow {
  /** Null: the room may be told. Else until when not. */
  readonly until: number | null;
  /** Whether mass events are told meanwhile. */
  readonly massBreaksThrough: boolean;
  /** The hours that ended last; null when there are none, or while others last. */
  readonly over: QuietSpan | null;
}

/** The same by a time of which the wall clock is `aheadMs` ahead: milliseconds. */
export function quietBy(now: number, aheadMs: number, hours: readonly QuietHours[]): QuietNow {
  const { until, over, ...quiet } = quietAt(now + aheadMs, hours);
  return {
    ...quiet,
    until: until === null ? null : until - aheadMs,
    over: over === null ? null : { from: over.from - aheadMs, until: over.until - aheadMs },
  };
}

export function quietAt(now: number, hours: readonly QuietHours[]): QuietNow {
  const spans = hours
    .filter(({ from, until }) => from !== until)
    .map((one) => ({ one, span: lastSpan(now, one) }));
  const lasting = spans.filter(({ span }) => span.until > now);
  const ended = spans.map(({ span }) => span).toSorted((a, b) => b.until - a.until);
  return {
    until: lasting.length === 0 ? null : Math.max(...lasting.map(({ span }) => span.until)),
    massBreaksThrough: lasting.every(({ one }) => one.massBreaksThrough),
    over: lasting.length === 0 ? (ended[0] ?? null) : null,
  };
}

/** The hours that began last. */
function lastSpan(now: number, { from, until, timeZone }: QuietHours): QuietSpan {
  const minute = Math.floor(now / MINUTE) * MINUTE;
  const wall = minuteOfDay(minute, timeZone);
  const began = at(minute - ((wall - from + DAY) % DAY) * MINUTE, from, timeZone);
  const lasts = (until - from + DAY) % DAY;
  return { from: began, until: at(began + lasts * MINUTE, until, timeZone) };
}

/** The moment near `guess` at which the wall clock shows `wanted`: a change of summer time may lie between. */
function at(guess: number, wanted: number, timeZone: string): number {
  const off = ((wanted - minuteOfDay(guess, timeZone) + DAY + DAY / 2) % DAY) - DAY / 2;
  const moved = guess + off * MINUTE;
  // The clock may leap over the time wanted: then the guess is as good as any.
  return minuteOfDay(moved, timeZone) === wanted ? moved : guess;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes long, and there are as many as the configuration names time zones. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const found =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  formats.set(timeZone, found);
  return found;
}

function minuteOfDay(time: number, timeZone: string): number {
  const [hour = '0', minute = '0'] = formatOf(timeZone).format(time).split(':');
  return Number(hour) * 60 + Number(minute);
}
