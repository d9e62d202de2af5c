/** What a cluster is still to be asked, and what it was asked when. */
import { type Choice, choose } from './choose.ts';
import type { Source } from './observe.ts';
import type { Standing } from './standing.ts';

export interface Agenda {
  choose(sight: {
    readonly now: number;
    readonly standing: readonly Standing[];
    readonly follow: readonly string[];
    readonly most: number;
    /** Milliseconds from one request to the next when they are short; left out, none are kept to spare. */
    readonly paceMs?: number;
  }): Choice;
  /** What was chosen is asked now. Epoch milliseconds. */
  asked(choice: Choice, at: number): void;
  /** It was not answered: a standing query gets its next turn sooner. Epoch milliseconds. */
  failed(choice: Choice, at: number): void;
  /** Names that have to be asked for by name. */
  confirm(names: Iterable<string>): void;
  /** An answer has been taken in: names that it confirmed are not asked for again, and those it found are. */
  seen(source: Source, confirm: readonly string[]): void;
  /** Nothing is asked before. Epoch milliseconds. */
  pauseUntil(at: number): void;
  lastAskedAt(key: string): number | null;
  /** They are asked once as if never before: a new watch has to hear of what an old query has seen already. */
  askAfresh(keys: Iterable<string>): void;
  /** True for each of those until it is answered. */
  isAfresh(key: string): boolean;
}

/** Requests that may go out at once when there was none for a while: what is urgent is to find two of them. */
const AT_ONCE = 3;

/** Of its period, what a standing query waits for its next turn when it was not answered. */
const RETRY_SHARE = 0.25;

export function createAgenda(): Agenda {
  const askedAt = new Map<string, number>();
  /** From when the period to the next turn of each is counted. */
  const turnAt = new Map<string, number>();
  const confirm = new Set<string>();
  const afresh = new Set<string>();
  let followedAt = 0;
  let followed = 0;
  let notBefore = 0;
  const spare = createSpare();
  return {
    choose({ follow, most, paceMs = 0, ...sight }) {
      // More than one request can hold: the list goes round.
      const start = follow.length > most ? followed % follow.length : 0;
      const round = [...follow.slice(start), ...follow.slice(0, start)];
      const asked = { askedAt: turnAt, followedAt, notBefore, spareAt: spare.fullAt(paceMs) };
      return choose({ ...sight, ...asked, most, follow: round, confirm: [...confirm] });
    },
    asked(choice, at) {
      spare.take(at);
      if (choice.type === 'standing') {
        for (const when of [askedAt, turnAt]) when.set(choice.standing.key, at);
      }
      if (choice.type === 'confirm' && choice.also !== undefined) followedAt = at;
      if (choice.type !== 'follow') return;
      followedAt = at;
      followed += choice.names.length;
    },
    failed(choice, at) {
      if (choice.type !== 'standing') return;
      const { key, everyMs } = choice.standing;
      // Never at once: one that always fails must not take the turns of the others.
      turnAt.set(key, at - (1 - RETRY_SHARE) * everyMs);
    },
    confirm(names) {
      for (const name of names) confirm.add(name);
    },
    seen(source, found) {
      if (source.role === 'confirm') for (const name of source.names) confirm.delete(name);
      for (const name of found) confirm.add(name);
      if ('key' in source) afresh.delete(source.key);
    },
    pauseUntil(at) {
      notBefore = at;
    },
    lastAskedAt: (key) => askedAt.get(key) ?? null,
    askAfresh(keys) {
      for (const key of keys) afresh.add(key);
    },
    isAfresh: (key) => afresh.has(key),
  };
}

/** Requests to spare, as many as they were at a moment: one comes back with each pace. */
function createSpare() {
  let spare = { count: AT_ONCE, at: 0 };
  let paceMs = 0;
  return {
    /** Epoch milliseconds at which all of them are there. */
    fullAt(pace: number): number {
      paceMs = pace;
      return spare.at + (AT_ONCE - spare.count) * paceMs;
    },
    take(at: number): void {
      const back = paceMs === 0 ? AT_ONCE : (at - spare.at) / paceMs;
      spare = { count: Math.min(AT_ONCE, spare.count + back) - 1, at };
    },
  };
}
