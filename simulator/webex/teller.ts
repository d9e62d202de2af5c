/** Tells webhooks and websockets what happens, as far as the bot hears of it. */
import type { Occurrence } from './occurrence.ts';
import { occurrenceOf } from './occurrences.ts';
import type { World } from './world.ts';

export interface Teller {
  /** So many of the next things that people say or press are told twice. */
  twiceNext: number;
  /** So many of them are not told. */
  neverNext: number;
}

/** From now on every listener hears of what happens. */
export function createTeller(world: World, listeners: readonly ((told: Occurrence) => void)[]): Teller {
  const teller: Teller = { twiceNext: 0, neverNext: 0 };
  world.journal.follow((happening) => {
    const occurrence = occurrenceOf(world, happening);
    if (occurrence === null) return;
    // Who comes and goes, and what the bot says itself, is not what a test means.
    const isSpoilt = SPOILT.includes(occurrence.resource) && occurrence.actorId !== world.bot.id;
    const times = isSpoilt ? timesOf(teller) : 1;
    for (let left = times; left > 0; left -= 1) for (const tell of listeners) tell(occurrence);
  });
  return teller;
}

const SPOILT: readonly string[] = ['messages', 'attachmentActions'];

function timesOf(teller: Teller): number {
  if (teller.neverNext > 0) {
    teller.neverNext -= 1;
    return 0;
  }
  if (teller.twiceNext === 0) return 1;
  teller.twiceNext -= 1;
  return 2;
}
