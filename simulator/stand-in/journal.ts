/** What changed, in order, and who waits for what. */
import { later } from './time.ts';

export interface Journal<Happening> {
  add(happening: Happening): void;
  list(): readonly Happening[];
  /** Calls the listener at every change. */
  follow(listener: (happening: Happening) => void): void;
  /**
   * The first happening that `pick` makes something of, beginning after the one that this key got last; waits for it.
   * Rejects after `withinMs` with what `describe` says there was.
   */
  next<T>(key: string, pick: (happening: Happening) => T | null, wait: Wait): Promise<T>;
}

export interface Wait {
  readonly withinMs: number;
  readonly describe: () => string;
}

export function createJournal<Happening>(): Journal<Happening> {
  const happenings: Happening[] = [];
  const places = new Map<string, number>();
  const waiting = new Set<() => boolean>();
  const followers: ((happening: Happening) => void)[] = [];
  return {
    list: () => happenings.slice(),
    follow: (listener) => void followers.push(listener),
    add(happening) {
      happenings.push(happening);
      for (const look of [...waiting]) if (look()) waiting.delete(look);
      for (const follower of followers) follower(happening);
    },
    next(key, pick, { withinMs, describe }) {
      let from = places.get(key) ?? 0;
      return new Promise((resolve, reject) => {
        const look = () => {
          for (; from < happenings.length; from += 1) {
            const happening = happenings[from];
            const picked = happening === undefined ? null : pick(happening);
            if (picked === null) continue;
            places.set(key, Math.max(places.get(key) ?? 0, from + 1));
            callOff();
            resolve(picked);
            return true;
          }
          return false;
        };
        // Patience is measured in the test's own time, whatever time the workspace lives in.
        const callOff = later(withinMs, () => {
          waiting.delete(look);
          reject(new Error(`nothing came within ${withinMs} ms. ${describe()}`));
        });
        if (!look()) waiting.add(look);
      });
    },
  };
}
