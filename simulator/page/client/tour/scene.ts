/** What a step of the tour can do, see and wait for. Everything rejects once another step has begun. */
import type { StageSeen } from '../../wire.ts';
import { act } from '../act.ts';
import type { Known } from '../reduce.ts';
import { CHATS, type Chat, onStage, sayIn } from '../stage.ts';
import { demoNow, knownNow, onChange } from '../store.ts';
import { every, monotonic } from '../time.ts';
import { type Mark, markOf, type Said, saidIn } from './sights.ts';

/** The line below the tour. */
export interface Coaching {
  readonly words: string;
  /** Demo time at which what is waited for should be there at the latest. */
  readonly until?: number;
  /** Chats in which it is there. */
  readonly seen?: readonly Chat[];
}

export type Coach = (coaching: Coaching) => void;

/** The step cannot go on; the message says why, and what to do. */
export class Stuck extends Error {
  override name = 'Stuck';
}

/** What is waited for is longer away than a chat needs. Milliseconds of the machine. */
const CHAT_MS = 60_000;

export interface Scene {
  readonly coach: Coach;
  known(): Known;
  now(): number;
  marks(): Readonly<Record<Chat, Mark>>;
  look(): Promise<StageSeen>;
  /** Types and sends in these chats at once. */
  say(words: string, chats?: readonly Chat[]): Promise<void>;
  /** Lets something happen to the cluster. */
  play(words: string): Promise<void>;
  /** Whether it came true within so many milliseconds of demo time; a chat has its own time beside that. */
  until(isTrue: () => boolean, withinMs: number): Promise<boolean>;
  /** Waits for a message in each of the chats, and shows it there; false when one did not come in time. */
  find(waiting: Waiting): Promise<boolean>;
}

export interface Waiting extends Coaching {
  readonly within: number;
  readonly chats?: readonly Chat[];
  /** Shown where it is, or left where it is. */
  readonly isShown?: boolean;
  readonly what: (said: readonly Said[], chat: Chat) => Said | null | undefined;
}

export function createScene(coach: Coach, signal: AbortSignal): Scene {
  const scene: Scene = {
    coach: (coaching) => {
      signal.throwIfAborted();
      coach(coaching);
    },
    known: knownNow,
    now: demoNow,
    marks: () => ({ slack: markOf(saidIn(knownNow(), 'slack')), webex: markOf(saidIn(knownNow(), 'webex')) }),
    look: () => act<StageSeen>('tour', { do: 'look' }),
    async say(words, chats = CHATS) {
      await connected(scene);
      const said = await sayIn(chats, words, signal);
      signal.throwIfAborted();
      if (!said) throw new Stuck('That could not be said. Is the demo still running?');
    },
    async play(words) {
      signal.throwIfAborted();
      await act('cluster', { words });
    },
    until: (isTrue, withinMs) => waitUntil(isTrue, withinMs, signal),
    find: (waiting) => findIn(scene, waiting),
  };
  return scene;
}

/** What is said to a bot that is not there yet is not heard. */
async function connected({ coach, known, until }: Scene): Promise<void> {
  const isThere = () => known().webex?.isConnected === true;
  if (isThere()) return;
  coach({ words: 'Webex is still connecting: a moment.' });
  if (!(await until(isThere, 0))) throw new Stuck('Webex does not connect. Please try again in a moment.');
}

async function findIn(scene: Scene, waiting: Waiting): Promise<boolean> {
  const { within, chats = CHATS, isShown = false, what, ...coaching } = waiting;
  const found = new Map<Chat, string>();
  const look = () => {
    for (const chat of chats) {
      const said = found.has(chat) ? null : what(saidIn(scene.known(), chat), chat);
      if (!said) continue;
      found.set(chat, said.id);
      if (isShown) void onStage(chat, 'show').then((show) => show?.(said.id));
      scene.coach({ ...coaching, seen: [...found.keys()] });
    }
    return found.size === chats.length;
  };
  scene.coach({ ...coaching, seen: [] });
  return scene.until(look, within);
}

/** How often it is looked at the clock, where nothing else changes. */
const TICK_MS = 250;

function waitUntil(isTrue: () => boolean, withinMs: number, signal: AbortSignal): Promise<boolean> {
  const [since, from] = [monotonic(), demoNow()];
  const isLate = () => demoNow() - from > withinMs && monotonic() - since > CHAT_MS;
  return new Promise((resolve, reject) => {
    const ends: (() => void)[] = [];
    const check = () => {
      try {
        signal.throwIfAborted();
        const isMet = isTrue();
        if (!isMet && !isLate()) return;
        resolve(isMet);
      } catch (error) {
        reject(error);
      }
      for (const end of ends) end();
    };
    ends.push(onChange(check), every(TICK_MS, check));
    check();
  });
}
