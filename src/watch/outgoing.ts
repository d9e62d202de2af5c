/** What waits to be told, and what was told. Plain data: stored as it is. */
import type { Announcement } from './incident.ts';
import type { Room } from './watch.ts';

export interface Outgoing {
  /**
   * What it is about in its room: `incident:12` for a card, `incident:12:detail`, `incident:12:back:3`, `mute:4`. A later one in the same
   * slot of a room takes the place of one that still waits.
   */
  readonly slot: string;
  readonly room: Room;
  /** The slot whose message it answers in the thread; null: a message of its own. */
  readonly under: string | null;
  /** False: posted once. True: when the slot has a message already, that is changed in place. */
  readonly inPlace: boolean;
  readonly announcement: Announcement;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Not told before; updates by the machine wait. Epoch milliseconds. */
  readonly notBefore: number;
}

/** As the store keeps it. */
export interface Waiting extends Outgoing {
  /** Rises with every change, over all slots: the order of delivery, and what tells whether it changed while it was under way. */
  readonly version: number;
  readonly attempts: number;
}

/** A message that the platform confirmed: `id` and `thread` as the platform names them. */
export interface Told {
  readonly slot: string;
  readonly room: Room;
  /** Where it came to stand; differs from `room` in direct messages. */
  readonly place: { readonly platform: string; readonly room: string; readonly thread?: string };
  readonly id: string;
  readonly at: number;
}
