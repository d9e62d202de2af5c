/** What goes between the page and its server, as plain data; both sides compile against it. */

export type PaneName = 'slack' | 'webex' | 'cluster' | 'clock' | 'tour';

/** One event of the stream: everything of a pane, or what became of it. */
export interface Told {
  readonly pane: PaneName;
  readonly state?: unknown;
  readonly changes?: readonly unknown[];
}

export interface ClockState {
  /** Epoch milliseconds of demo time when this was sent. */
  readonly now: number;
  /** How many times faster than life things happen in the cluster. */
  readonly rate: number;
  /** The rates to choose from. */
  readonly rates: readonly number[];
}

/* The tour. */

/** What holds in a room for all phones. */
export interface WatchSeen {
  /** Milliseconds from a loss to its card; null: nobody watches all phones there. */
  readonly graceMs: number | null;
  readonly isMuted: boolean;
}

export interface StageSeen {
  readonly slack: WatchSeen;
  readonly webex: WatchSeen;
}

/* The cluster. */

/** What a cell of the grid shows. The order is that of `DEVICE_STATES`. */
export type DeviceState = (typeof DEVICE_STATES)[number];
export const DEVICE_STATES = [
  /** Registered where it belongs. */
  'registered',
  /** Registered on another node than its first. */
  'elsewhere',
  /** Out of reach, and CUCM has not noticed yet. */
  'unheard',
  /** Not all of its lines are up. */
  'partial',
  /** Loading firmware. */
  'upgrading',
  /** CUCM cannot tell. */
  'unknown',
  'rejected',
  'unregistered',
  /** CUCM has no row of it. */
  'absent',
] as const;

/** Static: what a cell is. Columns, as there may be 20 000. */
export interface DevicesSeen {
  readonly names: readonly string[];
  /** Indexes into `sites`. */
  readonly sites: readonly number[];
  readonly models: readonly string[];
  readonly descriptions: readonly string[];
  /** The first number; blank when it has none. */
  readonly numbers: readonly string[];
  readonly addresses: readonly string[];
}

/** `state * 10 + node`, with indexes into `DEVICE_STATES` and `nodes`; node 9: none. */
export type Standing = number;
export const NO_NODE = 9;

export interface NodeSeen {
  readonly name: string;
  readonly running: boolean;
  readonly answering: boolean;
  readonly registered: number;
}

export interface AppSeen {
  readonly id: string;
  readonly user: string;
  readonly status: string;
}

/** Who used up a request of the allowance. */
export type Asker = 'people' | 'watches' | 'sweeps' | 'others';

export interface RequestSeen {
  /** Epoch milliseconds of demo time. */
  readonly at: number;
  readonly by: Asker;
}

export interface MeterSeen {
  readonly allowance: number;
  /** Of the last 60 s, oldest first. */
  readonly requests: readonly RequestSeen[];
}

export interface ClusterState {
  readonly sites: readonly string[];
  readonly devices: DevicesSeen;
  readonly standings: readonly Standing[];
  readonly nodes: readonly NodeSeen[];
  readonly apps: readonly AppSeen[];
  /** Words of the cuts that hold now, `lon`. */
  readonly cuts: readonly string[];
  readonly meter: MeterSeen;
}

export type ClusterChange =
  /** Pairs: index, standing. */
  | { readonly type: 'standings'; readonly pairs: readonly number[] }
  | {
      readonly type: 'rest';
      readonly nodes: readonly NodeSeen[];
      readonly apps: readonly AppSeen[];
      readonly cuts: readonly string[];
    }
  | { readonly type: 'meter'; readonly meter: MeterSeen };

/* Slack. */

/** A block, view or element as Slack's reference describes it. */
export type Raw = Readonly<Record<string, unknown>>;

export interface PersonSeen {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
}

export interface RoomSeen {
  readonly id: string;
  readonly name: string;
  /** For direct messages: the person at the other end. */
  readonly direct?: string;
}

export interface FileSeen {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

export interface MessageSeen {
  readonly channel: string;
  readonly ts: string;
  /** When it was said; epoch milliseconds of demo time. */
  readonly at: number;
  readonly thread?: string;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly Raw[];
  readonly files: readonly FileSeen[];
  readonly edited: boolean;
  /** Whom alone it is shown to. */
  readonly onlyFor?: string;
}

export interface ViewSeen {
  readonly id: string;
  readonly hash: string;
  readonly title: string;
  readonly blocks: readonly Raw[];
  /** Labels of the two buttons; blank when there is none. */
  readonly submit: string;
  readonly close: string;
}

/** What one person has before them alone. */
export interface OwnSeen {
  readonly whispers: readonly MessageSeen[];
  /** Open modals, the top one last. */
  readonly views: readonly ViewSeen[];
  readonly home: ViewSeen | null;
}

export interface SlackState {
  readonly workspace: string;
  readonly bot: PersonSeen;
  readonly people: readonly PersonSeen[];
  readonly rooms: readonly RoomSeen[];
  readonly messages: readonly MessageSeen[];
  /** By id of the person. */
  readonly own: Readonly<Record<string, OwnSeen>>;
}

export type SlackChange =
  | { readonly type: 'message'; readonly message: MessageSeen }
  | { readonly type: 'gone'; readonly channel: string; readonly ts: string }
  | { readonly type: 'own'; readonly person: string; readonly own: OwnSeen };

/** A message or view, as an act names it. */
export type On = { readonly channel: string; readonly ts: string } | { readonly view: string };

export interface ChoiceSeen {
  readonly text: string;
  readonly value: string;
}

/* Webex. */

export interface WebexMessage {
  readonly id: string;
  readonly room: string;
  readonly parent?: string;
  readonly person: string;
  /** Epoch milliseconds of demo time. */
  readonly at: number;
  readonly text: string;
  /** What clients show, when there is formatting. */
  readonly html?: string;
  /** An Adaptive Card. */
  readonly card: Raw | null;
  readonly files: readonly FileSeen[];
  readonly edited: boolean;
}

export interface WebexState {
  readonly bot: PersonSeen;
  readonly people: readonly PersonSeen[];
  readonly rooms: readonly RoomSeen[];
  readonly messages: readonly WebexMessage[];
  /** Whether the bot is there to hear. */
  readonly isConnected: boolean;
}

export type WebexChange =
  | { readonly type: 'message'; readonly message: WebexMessage }
  | { readonly type: 'gone'; readonly id: string }
  | { readonly type: 'connected'; readonly isConnected: boolean };
