/** The state of a workspace and of what the bot did in it. Methods and people change it; nothing here talks. */

import { createJournal, type Journal } from '../stand-in/journal.ts';
import type { SimulatorClock } from '../stand-in/time.ts';
import { createIds, type Ids } from './ids.ts';
import { INTERACTION } from './limits.ts';
import type {
  Call,
  Channel,
  Delivery,
  FileEntry,
  Happening,
  Message,
  Rejection,
  User,
  UserGroup,
  View,
} from './model.ts';
import { createResponseUrls, type ResponseUrls } from './response-urls.ts';
import { BOT, CHANNELS, type Crowd, crowdOf, GROUPS, type Grid, USERS, WORKSPACE } from './seed.ts';
import { createTriggers, type Triggers } from './triggers.ts';
import { createViewStates, type ViewStates } from './view-states.ts';

export interface World {
  readonly clock: SimulatorClock;
  readonly ids: Ids;
  readonly journal: Journal<Happening>;
  readonly workspace: typeof WORKSPACE;
  readonly grid: Grid;
  readonly bot: typeof BOT;
  readonly users: Map<string, User>;
  readonly groups: Map<string, UserGroup>;
  readonly channels: Map<string, Channel>;
  /** By channel, oldest first. */
  readonly messages: Map<string, Message[]>;
  readonly ephemerals: Message[];
  readonly views: Map<string, View>;
  /** Ids of open modals by person, the top one last. */
  readonly stacks: Map<string, string[]>;
  readonly homes: Map<string, View>;
  readonly viewStates: ViewStates;
  readonly files: Map<string, FileEntry>;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly tokens: Tokens;
  readonly scopes: Set<string>;
  readonly calls: Call[];
  readonly rejections: Rejection[];
  readonly deliveries: Map<string, Delivery>;
  /** Messages posted with a `client_msg_id`, by it; null: it means nothing. */
  readonly clientIds: Map<string, Message> | null;
  /** `http://127.0.0.1:PORT`; known once it listens. */
  origin: string;
}

export interface Tokens {
  readonly bot: string;
  readonly app: string;
  readonly signingSecret: string;
  /** What they get instead of an answer. */
  error: string | null;
}

/** What the methods here know of; also what `scopes` is by default. */
export const ALL_SCOPES: readonly string[] = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'reactions:read',
  'reactions:write',
  'team:read',
  'usergroups:read',
  'users:read',
  'users:read.email',
];

export interface WorldOptions {
  readonly clock: SimulatorClock;
  readonly scopes?: readonly string[];
  readonly triggerMs?: number;
  readonly crowd?: Crowd;
  readonly clientIds?: boolean;
  readonly grid?: Grid;
}

export function createWorld(options: WorldOptions): World {
  const { clock, scopes = ALL_SCOPES, triggerMs, crowd, clientIds = false, grid } = options;
  const ids = createIds(clock);
  const more = crowdOf(crowd ?? { people: 0, channels: 0 });
  return {
    clock,
    ids,
    journal: createJournal(),
    workspace: WORKSPACE,
    grid: grid ?? { enterprise: null },
    bot: BOT,
    users: byId([...USERS, ...more.users]),
    groups: byId(GROUPS),
    channels: byId([...CHANNELS, ...more.channels]),
    messages: new Map(),
    ephemerals: [],
    views: new Map(),
    stacks: new Map(),
    homes: new Map(),
    viewStates: createViewStates(),
    files: new Map(),
    triggers: createTriggers(clock, ids, triggerMs ?? INTERACTION.triggerMs),
    responseUrls: createResponseUrls(clock, ids),
    tokens: {
      bot: 'xoxb-0000000000-simulated-bot',
      app: 'xapp-1-A0RISBOT01-simulated-app',
      signingSecret: 'simulated0signing0secret',
      error: null,
    },
    scopes: new Set(scopes),
    calls: [],
    rejections: [],
    deliveries: new Map(),
    clientIds: clientIds ? new Map() : null,
    origin: '',
  };
}

function byId<T extends { readonly id: string }>(things: readonly T[]): Map<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}
