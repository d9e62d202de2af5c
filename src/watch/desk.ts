/** What people can order of the watch: the verbs run on it. */
import type { Incident, IncidentCard, Member } from './incident.ts';
import type { Known, Transition } from './known.ts';
import type { Standing } from './standing.ts';
import type { Mute, Room, Watch } from './watch.ts';

/** Orders end in what they did. None rejects but with StoreError. */
export interface Desk {
  readonly watches: {
    /** `same`: the room has it already, under that number. */
    add(
      watch: Omit<Watch, 'id' | 'createdAt'>,
    ): Promise<
      | { readonly type: 'added'; readonly watch: Watch }
      | { readonly type: 'same'; readonly watch: Watch }
      | { readonly type: 'too-many'; readonly most: number }
      | { readonly type: 'unreadable' }
    >;
    /** By number, in the room given or anywhere (null); returns those that ended. */
    remove(ids: readonly number[], room: Room | null): Promise<readonly Watch[]>;
    /** Of a room, or of all. */
    list(room: Room | null): readonly Watched[];
  };
  readonly mutes: {
    add(mute: Omit<Mute, 'id' | 'from'>): Promise<Mute>;
    /** Ends now, and what was held is told. */
    remove(ids: readonly number[], room: Room): Promise<readonly Mute[]>;
    list(room: Room | null): readonly Mute[];
  };
  readonly incidents: {
    list(filter: {
      readonly room: Room | null;
      readonly cluster: string | null;
      readonly limit: number;
    }): Promise<readonly Incident[]>;
    get(id: number): Promise<{ readonly card: IncidentCard; readonly members: readonly Member[] } | null>;
    /** `not-open`: closed already. */
    ack(
      id: number,
      by: string,
    ): Promise<
      | { readonly type: 'acknowledged'; readonly card: IncidentCard }
      | { readonly type: 'already'; readonly card: IncidentCard }
      | { readonly type: 'not-open' | 'unknown' }
    >;
  };
  history(filter: {
    readonly cluster: string;
    readonly names: readonly string[] | null;
    readonly sinceMs: number;
    readonly limit: number;
  }): Promise<{
    readonly transitions: readonly Transition[];
    /** What is known of these names now. */
    readonly known: readonly Known[];
  }>;
  plan(cluster: string): PlanReport;
}

/** A watch with what is known of it. */
export interface Watched {
  readonly watch: Watch;
  /** Devices known that it covers, how many are not up, and how many of its room's incidents are open. */
  readonly devices: number;
  readonly notUp: number;
  readonly openIncidents: number;
  /** Why nothing is looked at for it, as long as that is so: it cannot be read any more, or its cluster is not configured. */
  readonly unseen?: 'unreadable' | 'no-cluster';
}

/** What is asked of a cluster, how often, and how soon a loss is seen. */
export interface PlanReport {
  readonly cluster: string;
  readonly watches: number;
  readonly standing: readonly (Standing & {
    /** Rows in the last reply; null before the first. */
    readonly rows: number | null;
    readonly lastAskedAt: number | null;
    /** Unasked at the moment, and why; null when asked. */
    readonly trouble: string | null;
  })[];
  /** Devices known, and how long the walk through all of them takes; null: nothing walks. */
  readonly devices: number;
  readonly audit: {
    readonly requests: number;
    readonly everyMs: number;
    readonly lastAt: number | null;
  } | null;
  /** By the plan, in quiet times. Requests in 60 s. */
  readonly requestsPerMinute: number;
  readonly allowance: number;
  /** Milliseconds within which 95 % of losses are seen; null: nothing is watched. */
  readonly lossSeenMs: number | null;
}
