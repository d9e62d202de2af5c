/** What the watch needs of the rest of the house. */
import type { Announcement, Incident, Member, OpenIncident } from './incident.ts';
import type { Blind, Known, Transition } from './known.ts';
import type { Outgoing, Told, Waiting } from './outgoing.ts';
import type { StandingMemory } from './standing.ts';
import type { Mute, Room, Scope, Watch } from './watch.ts';

/** Reads a watch's text again. Null: it cannot be read any more. */
export type ReadScope = (text: string) => Scope | null;

/** Everything that one observation, or one order of a person, changes. Committed as a whole or not at all. */
export interface Delta {
  readonly known?: readonly Known[];
  /** Names that are not remembered any more: nobody watches them. */
  readonly forgotten?: readonly { readonly cluster: string; readonly name: string }[];
  readonly standing?: readonly StandingMemory[];
  /** Keys of standing queries that are not asked any more. */
  readonly dropped?: readonly { readonly cluster: string; readonly key: string }[];
  readonly transitions?: readonly Transition[];
  readonly blind?: readonly Blind[];
  /** What can be seen again. */
  readonly seen?: readonly { readonly cluster: string; readonly node: string | null }[];
  readonly incidents?: readonly Incident[];
  /** Members new or changed. */
  readonly members?: readonly { readonly incident: number; readonly member: Member }[];
  readonly watches?: readonly Watch[];
  readonly endedWatches?: readonly number[];
  readonly mutes?: readonly Mute[];
  readonly endedMutes?: readonly number[];
  readonly outgoing?: readonly Outgoing[];
  /** Epoch milliseconds of the last look that succeeded, by cluster: what tells after a restart how long risbot was away. */
  readonly lookedAt?: Readonly<Record<string, number>>;
}

/** What the store remembers, as it was after the last commit. */
export interface Remembered {
  readonly known: readonly Known[];
  readonly standing: readonly StandingMemory[];
  readonly blind: readonly Blind[];
  readonly incidents: readonly OpenIncident[];
  readonly watches: readonly Watch[];
  readonly mutes: readonly Mute[];
  readonly lookedAt: Readonly<Record<string, number>>;
  /** The highest ids ever used. */
  readonly lastIds: { readonly watch: number; readonly mute: number; readonly incident: number };
}

/** Remembers. Every method rejects with StoreError when the database cannot. */
export interface WatchStore {
  load(): Promise<Remembered>;
  commit(delta: Delta): Promise<void>;
  readonly outbox: Outbox;
  readonly past: Past;
}

/** What waits to be told. */
export interface Outbox {
  /**
   * The first that waits in each room and may be told at `now`, in the order of their versions; with what its slot, and the slot above it,
   * were told. What answers a message that waits itself comes after it, whatever their versions.
   */
  due(now: number): Promise<readonly Due[]>;
  /** Epoch milliseconds at which something may be told next; null: nothing waits. */
  next(): Promise<number | null>;
  /** The platform said yes. What waits in the slot is gone unless its version has changed meanwhile. */
  told(waiting: Waiting, told: Told): Promise<void>;
  /** Later, then: `attempts` rises. */
  postpone(waiting: Waiting, notBefore: number): Promise<void>;
  /** It will never be told: given up, and why. */
  giveUp(waiting: Waiting): Promise<void>;
  /** How many wait for a room. */
  count(room: Room): Promise<number>;
}

export interface Due {
  readonly waiting: Waiting;
  /** The message of its own slot, when it is changed in place. */
  readonly earlier: Told | null;
  /** The message that it answers. */
  readonly above: Told | null;
}

/** What happened, for people who ask. */
export interface Past {
  transitions(filter: PastFilter): Promise<readonly Transition[]>;
  /** Of a room, or of all: open ones first, then the latest. */
  incidents(filter: {
    readonly room: Room | null;
    readonly cluster: string | null;
    readonly limit: number;
  }): Promise<readonly Incident[]>;
  incident(id: number): Promise<OpenIncident | null>;
  /** Forgets what happened before; open incidents stay. Returns how many rows went. */
  expire(before: number): Promise<number>;
}

export interface PastFilter {
  readonly cluster: string;
  /** Null: of every device. */
  readonly names: readonly string[] | null;
  /** Epoch milliseconds. */
  readonly since: number;
  /** The latest first. */
  readonly limit: number;
}

/**
 * Tells. Rejects with an AnnounceError: `limited` (with `retryAfterMs`); `unreachable`, which passes; `refused` when the platform takes
 * nothing there: archived, removed, unknown; `gone` when the message to be changed or answered is not there any more, or closed;
 * `unfit` when it will never take this one, wherever it goes.
 */
export interface Announcer {
  /** `key` names this message: the same key twice is one message, where the platform knows how. */
  post(
    room: Room,
    thread: string | null,
    announcement: Announcement,
    key: string,
  ): Promise<Pick<Told, 'place' | 'id'>>;
  change(told: Told, announcement: Announcement): Promise<void>;
}

export class AnnounceError extends Error {
  override name = 'AnnounceError';
  readonly code: 'limited' | 'unreachable' | 'refused' | 'gone' | 'unfit';
  /** The platform's own word. */
  readonly reason: string;
  readonly retryAfterMs: number;

  constructor(
    code: AnnounceError['code'],
    reason: string,
    options: { readonly retryAfterMs?: number; readonly cause?: unknown } = {},
  ) {
    super(`${code}: ${reason}`, { cause: options.cause });
    this.code = code;
    this.reason = reason;
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }
}
