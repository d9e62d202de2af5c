/** Which of the many devices have to be looked at when a room is attended: those that are not up, or were not a while ago. */
import type { Known } from './known.ts';

/** Changes and moves are looked at for so long: the span in which changes count as flapping. Milliseconds. */
export const NOTEWORTHY_MS = 30 * 60_000;

/** What was down when it was first seen is no news as long as it stays so. */
export function isNoteworthy(known: Known, now: number): boolean {
  if (known.condition !== 'up') return !known.baseline;
  const last = Math.max(known.changes.at(-1) ?? 0, known.move?.at ?? 0, known.baseline ? 0 : known.since);
  return last > 0 && now - last < NOTEWORTHY_MS;
}
