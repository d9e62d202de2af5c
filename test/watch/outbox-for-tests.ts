/** An outbox in memory, as src/watch/ports.ts describes it. Its state outlives those who read it, as a database does a crash. */
import type { Outgoing, Told, Waiting } from '../../src/watch/outgoing.ts';
import type { Due, Outbox } from '../../src/watch/ports.ts';
import { type Room, roomKey } from '../../src/watch/watch.ts';

export interface TestOutbox extends Outbox {
  /** As a commit does. */
  put(...outgoing: readonly Outgoing[]): void;
  waiting(): readonly Waiting[];
  toldOf(room: Room, slot: string): Told | undefined;
  givenUp(): readonly string[];
}

export function createOutbox(): TestOutbox {
  /** By room, by slot, in the order of the line. */
  const lines = new Map<string, Map<string, Waiting>>();
  const told = new Map<string, Told>();
  const givenUp: string[] = [];
  let version = 0;

  const keyOf = (room: Room, slot: string) => `${roomKey(room)} ${slot}`;
  const lineOf = (room: Room) => {
    const line = lines.get(roomKey(room)) ?? new Map<string, Waiting>();
    lines.set(roomKey(room), line);
    return line;
  };
  const all = () => [...lines.values()].flatMap((line) => [...line.values()]);
  const toldOf = (room: Room, slot: string) => told.get(keyOf(room, slot));
  const drop = ({ room, slot, version: of }: Waiting) => {
    const line = lineOf(room);
    if (line.get(slot)?.version === of) line.delete(slot);
    if (line.size === 0) lines.delete(roomKey(room));
  };
  /** Whether the message that it answers comes first. */
  const isHeld = ({ room, under }: Waiting) =>
    under !== null && toldOf(room, under) === undefined && lineOf(room).has(under);

  function firstOf(line: ReadonlyMap<string, Waiting>, now: number): Waiting | null {
    for (const waiting of line.values()) if (waiting.notBefore <= now && !isHeld(waiting)) return waiting;
    return null;
  }

  return {
    put(...outgoing) {
      for (const one of outgoing) {
        version += 1;
        const before = lineOf(one.room).get(one.slot);
        const notBefore = Math.min(one.notBefore, before?.notBefore ?? one.notBefore);
        // What waits keeps its place in the line, and waits no longer.
        lineOf(one.room).set(one.slot, { ...one, notBefore, version, attempts: 0 });
      }
    },
    async due(now) {
      const firsts = [...lines.values()].map((line) => firstOf(line, now)).filter((first) => first !== null);
      return firsts.map((waiting): Due => {
        const { room, slot, under, inPlace } = waiting;
        return {
          waiting,
          earlier: (inPlace ? toldOf(room, slot) : undefined) ?? null,
          above: (under === null ? undefined : toldOf(room, under)) ?? null,
        };
      });
    },
    async next() {
      const moments = all()
        .filter((waiting) => !isHeld(waiting))
        .map(({ notBefore }) => notBefore);
      return moments.length === 0 ? null : moments.reduce((first, at) => Math.min(first, at));
    },
    async told(waiting, now) {
      told.set(keyOf(waiting.room, waiting.slot), now);
      drop(waiting);
    },
    async postpone({ room, slot }, notBefore) {
      const now = lineOf(room).get(slot);
      if (now !== undefined) lineOf(room).set(slot, { ...now, notBefore, attempts: now.attempts + 1 });
    },
    async giveUp(waiting) {
      givenUp.push(waiting.slot);
      drop(waiting);
    },
    count: async (room) => lineOf(room).size,
    waiting: all,
    toldOf,
    givenUp: () => givenUp,
  };
}
