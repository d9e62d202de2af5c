/**
 * Which messages may still be changed. Webex's reference says ten times, and never one with a card; people report that cards do go
 * (https://github.com/WebexCommunity/WebexPythonSDK/issues/160). So Webex is asked, and what it answers is remembered.
 */
import { keep } from '../../src/chat/bounded.ts';
import type { Clock } from '../../src/clock.ts';
import { LIMITS } from './limits.ts';

/** What was refused may be allowed some day: a service changes. */
const REMEMBER_MS = 24 * 60 * 60_000;
const MOST_MESSAGES = 20_000;
/** One card may have had its ten changes before risbot was started. */
const CARDS_THAT_TELL = 2;

export interface Edits {
  /** Whether it is worth asking. `card`: the message has one, or is to get one. */
  may(id: string, card: boolean): boolean;
  /** How many changes the message has left, as far as is known here. */
  left(id: string): number;
  /** Webex has changed it. */
  taken(id: string, card: boolean): void;
  /** Webex does not change it, nor will it. Two cards that were never changed say so of all with cards, until one is changed. */
  refused(id: string, card: boolean): void;
}

export function createEdits(clock: Clock): Edits {
  const spent = new Map<string, number>();
  const refusedCards = new Set<string>();
  let cardsRefusedUntil = Number.NEGATIVE_INFINITY;
  const countOf = (id: string) => spent.get(id) ?? 0;
  const left = (id: string) => Math.max(0, LIMITS.editsOfMessage.most - countOf(id));
  return {
    may: (id, card) => left(id) > 0 && !(card && clock.monotonic() < cardsRefusedUntil),
    left,
    taken(id, card) {
      keep(spent, id, countOf(id) + 1, MOST_MESSAGES);
      if (!card) return;
      refusedCards.clear();
      cardsRefusedUntil = Number.NEGATIVE_INFINITY;
    },
    refused(id, card) {
      if (card && countOf(id) === 0) refusedCards.add(id);
      keep(spent, id, LIMITS.editsOfMessage.most, MOST_MESSAGES);
      if (refusedCards.size < CARDS_THAT_TELL) return;
      refusedCards.clear();
      cardsRefusedUntil = clock.monotonic() + REMEMBER_MS;
    },
  };
}
