/** Incidents of a room: one card each. Plain data: stored as it is. Made and changed by `attend.ts`. */
import type { Transition } from './known.ts';
import type { Room } from './watch.ts';

/** What the members have in common. `app` is a CTI application. */
export interface Factor {
  readonly by: 'node' | 'subnet' | 'model' | 'load' | 'reason' | 'class' | 'app';
  readonly value: string;
  /** How many of the members had it when the incident opened. */
  readonly count: number;
}

/**
 * loss: lost, also when most of them only moved; failover: all moved; fault: rejected and the like; partial: some lines missing; user:
 * switched off or run down; flap: changes too often; blind: cannot be seen.
 */
export type IncidentKind = 'loss' | 'failover' | 'fault' | 'partial' | 'user' | 'flap' | 'blind';

export interface Member {
  readonly name: string;
  /** `lost` covers what is not up for any reason; `gone`: CUCM has no row any more. */
  readonly state: 'lost' | 'fault' | 'partial' | 'moved' | 'back' | 'gone';
  /** Epoch milliseconds at which it went; at which the state was reached. */
  readonly since: number;
  readonly changedAt: number;
  readonly statusReason: number | null;
  /** The node that it went from, and where it is now; null: nowhere. */
  readonly from: string | null;
  readonly to: string | null;
  readonly description: string;
  readonly ip: string;
  readonly model: number | null;
  readonly deviceClass: string;
  /** Its directory numbers, the first few; of a partial one, those that are not registered. Left out when there are none. */
  readonly numbers?: readonly string[];
  readonly missing?: readonly string[];
  /** The device that has its number now: it was replaced, and is not missed. Its state is `moved`. */
  readonly replacedBy?: string;
  /** Another open incident speaks of it: it is kept, but neither followed nor counted here. */
  readonly elsewhere?: boolean;
  /** It was flapping when it was told as lost here: only what it does after that loss is flapping again. */
  readonly restless?: boolean;
}

/** Why it was told: shown by "Why did I get this?". */
export interface Why {
  /** The watches, as `#12 desc:"LON*"`. */
  readonly watches: readonly { readonly id: number; readonly text: string; readonly maker: string }[];
  /** A literal of `policy.ts`: `grace-passed`, `mass`, `flapping`, `after-mute`… */
  readonly reason: string;
  readonly graceMs: number;
  /** How often the devices are looked at. Milliseconds. */
  readonly everyMs: number | null;
  /** How the members were put together: `alone`, `burst`, `mass-count`, `mass-share`, `joined`. */
  readonly grouping: string;
}

export interface Incident {
  /** Counted over all rooms and clusters, never used twice. Shown as `#12`. */
  readonly id: number;
  readonly cluster: string;
  readonly room: Room;
  readonly kind: IncidentKind;
  readonly mass: boolean;
  /** Null: nothing in common worth saying. */
  readonly factor: Factor | null;
  /** Epoch milliseconds: the first loss; the first telling. */
  readonly startedAt: number;
  readonly openedAt: number;
  /** As it was told first; stays on the card. */
  readonly opening: {
    readonly members: number;
    readonly lost: number;
    readonly moved: number;
    /** When it was one device: that one, for lists that load no members. */
    readonly only?: Pick<Member, 'name' | 'description' | 'deviceClass' | 'numbers'>;
  };
  /** How many there were when its growth was told last, and when. Missing: it was not. */
  readonly grown?: { readonly members: number; readonly at: number };
  /** The most that were not up at one time. */
  readonly peak: number;
  /** Epoch milliseconds since which enough are back to close it when that lasts; null: not so. */
  readonly calmSince: number | null;
  readonly closedAt: number | null;
  /** recovered, superseded (other incidents took all its members over), stale (no record any more), unwatched, seen-again. */
  readonly closedBy: 'recovered' | 'superseded' | 'stale' | 'unwatched' | 'seen-again' | null;
  readonly ack: { readonly by: string; readonly at: number; readonly members: number } | null;
  readonly remindedAt: number | null;
  readonly why: Why;
  /** For `blind`: which nodes (null: the cluster), and why. */
  readonly blind: { readonly nodes: readonly string[] | null; readonly code: string } | null;
  /** Milliseconds in which risbot was away, blind or muted, and this happened. 0: it was told as it came. */
  readonly gap: { readonly type: 'away' | 'blind' | 'muted' | 'quiet'; readonly ms: number } | null;
  /** When the card was last told as changed by the machine; it is changed again 45 s later at the earliest. */
  readonly cardAt: number;
  /** What the card shows, in short: it is told again only when that is another. */
  readonly shown?: string;
}

/** An incident with everything in it. */
export interface OpenIncident extends Incident {
  readonly members: ReadonlyMap<string, Member>;
}

/** What a card shows of an incident: enough to render it without asking anybody. */
export interface IncidentCard {
  readonly incident: Incident;
  /** Counts by state now. */
  readonly counts: Readonly<Record<Member['state'], number>>;
  /** Those that are not back first, the oldest first; at most ten. */
  readonly top: readonly Member[];
  /** Of those that are not up: the most frequent nodes, subnets and reasons, at most three each. */
  readonly common: readonly Factor[];
  /** Where those that moved are now. */
  readonly movedTo: readonly { readonly node: string; readonly count: number }[];
  /** The classes of all members, where those of the top ten do not say it. */
  readonly classes?: readonly string[];
  /** Epoch milliseconds of the moment shown. */
  readonly at: number;
}

/**
 * What a room is told. `card` is posted once and then changed in place, the latest state winning; the others are messages of their own,
 * those with an incident in the thread of its card.
 */
export type Announcement =
  | { readonly type: 'card'; readonly card: IncidentCard }
  /** Everything in it, for the thread: the top ten and the CSV. */
  | { readonly type: 'detail'; readonly card: IncidentCard; readonly members: readonly Member[] }
  /** A milestone in the thread: back, grown by a quarter, reminder, closed with what stays behind. */
  | {
      readonly type: 'milestone';
      readonly what: 'back' | 'grew' | 'reminder' | 'closed' | 'acknowledged' | 'moved-home' | 'fell-again';
      readonly card: IncidentCard;
    }
  /** One line for what is no incident: a phone that moved to another node or home, several in one. */
  | {
      readonly type: 'moved';
      readonly cluster: string;
      readonly moves: readonly Transition[];
      readonly total: number;
    }
  /** Somebody asked to be told when it is back. */
  | {
      readonly type: 'back';
      readonly cluster: string;
      readonly watch: number;
      readonly transition: Transition;
    }
  | {
      readonly type: 'mute-over';
      readonly mute: number;
      readonly why: string;
      readonly ms: number;
      /** Epoch milliseconds of the moment shown. */
      readonly at: number;
      readonly quiet: boolean;
      /** Lost and still lost, came and went again, back that were lost before. */
      readonly lost: readonly Member[];
      readonly passed: number;
      readonly back: number;
    }
  | {
      readonly type: 'watch-over';
      readonly watch: number;
      readonly text: string;
      readonly why: 'expired' | 'back' | 'no-record';
    }
  /** To the maker: their room cannot be told. */
  | {
      readonly type: 'room-lost';
      readonly room: Room;
      readonly why: string;
      readonly watches: readonly string[];
      readonly waiting: number;
    };
