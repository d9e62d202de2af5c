/** What a watch is, and what holds back what it would say. Plain data: stored as it is. */
import type { KnownRow } from '../device/known.ts';
import type { CtiQuery, DeviceQuery } from '../device/query.ts';

/** A room of a chat platform. `direct`: `room` is a person, as the platform names them, and is told in their direct messages. */
export interface Room {
  readonly platform: string;
  readonly room: string;
  readonly direct?: boolean;
}

export interface Watch {
  /** Counted over all clusters and rooms, never used twice. Shown as `#12`. */
  readonly id: number;
  readonly cluster: string;
  /** Who hears of it. */
  readonly room: Room;
  /** Who made it, as the platform names them. */
  readonly maker: string;
  /** What is watched, as typed, without options: `desc:"LON*"`, `SEP001122334455`, `cti jsmith`, `all phones`. Read again at each start. */
  readonly text: string;
  /** Milliseconds from a loss to its being told; null: what the class of the device asks for. */
  readonly graceMs: number | null;
  /** Epoch milliseconds at which it ends, `back`: with the first return, null: never. */
  readonly until: number | 'back' | null;
  /** Epoch milliseconds. What was lost before is no news to this watch. */
  readonly createdAt: number;
  /** Epoch milliseconds up to which moves, and ends of quiet hours, were told or let go. Written by `attend.ts`. */
  readonly toldUntil?: number;
  /**
   * Devices that stayed behind when their incident closed, and since when they are not up, epoch milliseconds: no news before they return.
   * Written by `attend.ts`.
   */
  readonly left?: Readonly<Record<string, number>>;
}

/** What a watch's text means. Made by the port `ReadScope`. */
export interface Scope {
  /** Devices by their exact names. */
  readonly names: readonly string[];
  /** Directory numbers, exact; the device behind one may change. */
  readonly numbers: readonly string[];
  /**
   * Not null: devices are watched that nobody named, so the cluster's exceptions have to be asked for. The narrowest that covers them:
   * `deviceClass`, `nodeName`, `items`… may be narrowed, `status` is the planner's. `softClients`: these are watched, too, see
   * `src/device/soft-clients.ts`.
   */
  readonly exceptions: (Pick<DeviceQuery, 'deviceClass'> & { readonly softClients?: boolean }) | null;
  /** Providers, devices and lines of CTI applications. */
  readonly cti: readonly CtiQuery[];
  /** Whether the row is one of those watched. False for CTI rows when `cti` is empty, and the other way round. */
  matches(row: KnownRow): boolean;
}

/** Holds what a room would be told, until it is over; then the difference is told. */
export interface Mute {
  readonly id: number;
  /** Null: in every cluster. */
  readonly cluster: string | null;
  readonly room: Room;
  /** What is held: everything, an incident, or what a watch's text names. */
  readonly about:
    | { readonly type: 'room' }
    | { readonly type: 'incident'; readonly incident: number }
    | { readonly type: 'subject'; readonly text: string };
  /** Epoch milliseconds. */
  readonly from: number;
  readonly until: number;
  /** Who, as the platform names them. */
  readonly by: string;
  /** As typed; may be blank. */
  readonly why: string;
}

/** Hours in which a room is not to be woken. Configured. */
export interface QuietHours {
  /** Null: every room of the platform. */
  readonly rooms: readonly string[] | null;
  readonly platform: string | null;
  /** Minutes after midnight; `from` after `until` spans midnight. */
  readonly from: number;
  readonly until: number;
  /** IANA name. */
  readonly timeZone: string;
  /** Whether a mass event is told all the same. */
  readonly massBreaksThrough: boolean;
}

/** `platform room`, to compare and to index by. */
export function roomKey({ platform, room, direct }: Room): string {
  return `${platform} ${direct === true ? '@' : ''}${room}`;
}
