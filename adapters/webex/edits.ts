/**
 * Which messages may still be changed. Webex's reference says ten times, and never one with a card; people report that cards do go
 * (https://github.com/WebexCommunity/WebexPythonSDK/issues/160). So Webex is asked, and what it answers is remembered.
 */
import type { Clock } from '../../src/clock.ts';
import { LIMITS } from './limits.ts';

/** What was refused may be allowed some day: a service changes. */
const REMEMBER_MS = 24 * 60 * 60_000;
const MOST_MESSAGES = 20_000;

export interface Edits {
  /** Whether it is worth asking. `card`: the message has one, or is to get one. */
  may(id: string, card: boolean): boolean;
  /** How many changes the message has left, as far as is known here. */
  left(id: string): number;
  /** Webex has changed it. */
  taken(id: string): void;
  /** Webex does not change it. One with a card that was never changed says so of all with cards; any other has come to its end. */
  refused(id: string, card: boolean): void;
}

export function createEdits(clock: Clock): Edits {
  const spent = new Map<string, number>();
  let cardsRefusedUntil = Number.NEGATIVE_INFINITY;
  const countOf = (id: string) => spent.get(id) ?? 0;
  const note = (id: string, count: number) => {
    spent.delete(id);
    spent.set(id, count);
    // A map hands its keys out in the order they came: the oldest first.
    const [oldest] = spent.keys();
    if (spent.size > MOST_MESSAGES && oldest !== undefined) spent.delete(oldest);
  };
  const left = (id: string) => Math.max(0, LIMITS.editsOfMessage.most - countOf(id));
  return {
    may: (id, card) => left(id) > 0 && !(card && clock.monotonic() < cardsRefusedUntil),
    left,
    taken: (id) => note(id, countOf(id) + 1),
    refused(id, card) {
      if (card && countOf(id) === 0) cardsRefusedUntil = clock.monotonic() + REMEMBER_MS;
      else note(id, LIMITS.editsOfMessage.most);
    },
  };
}
