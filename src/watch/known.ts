/** What is known of everything that is watched, and how it changes. Plain data: stored as it is. */
import type { KnownRow } from '../device/known.ts';

/**
 * up: registered, or open. lost, expected, user, fault, partial: not, or not wholly; see `classify.ts`. gone: CUCM has no row any more.
 * unknown: CUCM reports a state that says nothing (Unknown of a trunk).
 */
export type Condition = 'up' | 'lost' | 'expected' | 'user' | 'fault' | 'partial' | 'gone' | 'unknown';

export interface Known {
  readonly cluster: string;
  /** The row that counts: what selectCmDeviceExt calls the latest, or the newest of several. */
  readonly row: KnownRow;
  readonly condition: Condition;
  /**
   * Epoch milliseconds at which this condition was first seen, of a loss that nobody could see: when CUCM says that it happened. Steps
   * between conditions that are all "not up" leave it, but for one from partly registered to not at all.
   */
  readonly since: number;
  /** True: so when it was first looked at, hence no news. */
  readonly baseline: boolean;
  /** Milliseconds before `since` in which nobody could look; 0 when the look before was an ordinary one. */
  readonly gapMs: number;
  /** The last time that it registered on another node than before, epoch milliseconds. Null: never seen. */
  readonly move: {
    readonly from: string;
    readonly to: string;
    readonly at: number;
    readonly home: boolean;
    /** For a return: when it had left the node that it is on again. Null or missing: nobody knows. */
    readonly leftAt?: number | null;
    /** It was reset, or somebody logged in or out, and it registered there afterwards: by itself that is no news. */
    readonly sent?: boolean;
  } | null;
  /**
   * Epoch milliseconds of the unexpected changes between up and not up in the last half hour, oldest first: four are flapping. What
   * explains itself is none: logins, resets, firmware, power saving, a move to another node, a row that vanishes.
   */
  readonly changes: readonly number[];
  /** Epoch milliseconds at which it had gone, of one that came back. */
  readonly goneAt?: number;
}

export type TransitionKind = Exclude<Condition, 'up'> | 'back' | 'moved' | 'home';

/** One change of one device, as history keeps it. */
export interface Transition {
  readonly cluster: string;
  readonly name: string;
  /** Epoch milliseconds at which it was seen. */
  readonly at: number;
  readonly kind: TransitionKind;
  /** Why it was called so: see `classify.ts`. */
  readonly because: string;
  readonly statusReason: number | null;
  /** The node before and after; null where there is none. */
  readonly from: string | null;
  readonly to: string | null;
  /** For `back`: how long it was away. Milliseconds. */
  readonly awayMs: number | null;
  readonly gapMs: number;
  readonly description: string;
}

/** Why a node's rows, or the whole cluster's, cannot be seen. `code` is a node's ReturnCode or a RisPortError's code. */
export interface Blind {
  readonly cluster: string;
  /** Null: the cluster as a whole. */
  readonly node: string | null;
  readonly code: string;
  /** Epoch milliseconds of the first look that failed; of the last that did not. */
  readonly since: number;
  readonly lastSeen: number | null;
}
