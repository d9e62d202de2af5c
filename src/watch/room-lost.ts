/** A room that cannot be told any more: those who made its watches are, each in their own direct messages. Pure. */
import type { WatchedScope } from './memory.ts';
import type { Outgoing } from './outgoing.ts';
import { type Room, roomKey } from './watch.ts';

export interface LostRoom {
  readonly room: Room;
  /** The platform's word. */
  readonly reason: string;
  /** Announcements that wait for it. */
  readonly waiting: number;
  readonly watches: Iterable<WatchedScope>;
  /** Epoch milliseconds. */
  readonly at: number;
}

export function roomLost({ room, reason, waiting, watches, at }: LostRoom): readonly Outgoing[] {
  // Who cannot be told in their own direct messages cannot be told there of it either.
  if (room.direct === true) return [];
  const here = [...watches]
    .map(({ watch }) => watch)
    .filter((watch) => roomKey(watch.room) === roomKey(room));
  const byMaker = Map.groupBy(here, ({ maker }) => maker);
  return [...byMaker].map(([maker, made]) => ({
    slot: `room-lost:${roomKey(room)}`,
    room: { platform: room.platform, room: maker, direct: true },
    under: null,
    inPlace: false,
    announcement: { type: 'room-lost', room, why: reason, watches: made.map(({ text }) => text), waiting },
    at,
    notBefore: at,
  }));
}
