/** Which rooms are being told something, and which are left alone for a while. In memory: a restart tries them all again. */
import type { Trouble } from './patience.ts';
import { type Room, roomKey } from './watch.ts';

export interface DeliveryStatus {
  /** Rooms that are being told something at the moment. */
  readonly underWay: number;
  /** Rooms that wait for their next try. */
  readonly resting: number;
  readonly lost: readonly { readonly room: Room; readonly reason: string; readonly since: number }[];
}

export interface Rooms {
  /** Whether it may be told something, at once or when a lane is free: it is not being told anything, and does not rest. */
  isOpen(room: Room, now: number): boolean;
  /** Whether a lane is free besides. */
  isFree(room: Room, now: number): boolean;
  /** It is being told something, until `work`, which never rejects, is done. */
  begin(room: Room, work: Promise<void>, then: () => void): void;
  /** Keys of those that are being told something now. */
  busy(): ReadonlySet<string>;
  /** Resolves when none is. */
  idle(): Promise<void>;
  trouble(room: Room): Trouble | undefined;
  /** Rests from now on as the trouble says. */
  suffer(trouble: Trouble): void;
  /** It was told something; true when there was trouble. */
  recovered(room: Room): boolean;
  /** Milliseconds until the first one that rests may be tried again; infinite when none does. */
  restEndsIn(now: number): number;
  status(now: number): DeliveryStatus;
}

/** Rooms of one platform that are told at the same time: a platform that hangs has no more to hold up, and no other platform. */
const LANES = 16;

export function createRooms(): Rooms {
  const busy = new Map<string, Promise<void>>();
  const lanes = new Map<string, number>();
  const troubles = new Map<string, Trouble>();

  const lanesOf = (platform: string) => lanes.get(platform) ?? 0;
  const resting = (now: number) => [...troubles.values()].filter(({ restUntil }) => restUntil > now);
  const isOpen = (room: Room, now: number) => {
    const key = roomKey(room);
    return !busy.has(key) && (troubles.get(key)?.restUntil ?? 0) <= now;
  };
  return {
    isOpen,
    isFree: (room, now) => lanesOf(room.platform) < LANES && isOpen(room, now),
    begin(room, work, then) {
      const { platform } = room;
      const key = roomKey(room);
      lanes.set(platform, lanesOf(platform) + 1);
      const ended = work.then(() => {
        busy.delete(key);
        lanes.set(platform, lanesOf(platform) - 1);
        then();
      });
      busy.set(key, ended);
    },
    busy: () => new Set(busy.keys()),
    idle: async () => void (await Promise.all(busy.values())),
    trouble: (room) => troubles.get(roomKey(room)),
    suffer: (trouble) => void troubles.set(roomKey(trouble.room), trouble),
    recovered: (room) => troubles.delete(roomKey(room)),
    restEndsIn: (now) => Math.min(...resting(now).map(({ restUntil }) => restUntil - now)),
    status: (now) => ({
      underWay: busy.size,
      resting: resting(now).length,
      lost: [...troubles.values()].flatMap(({ room, lost }) => (lost === null ? [] : [{ room, ...lost }])),
    }),
  };
}
