/** The state of the platform and of what the bot did in it. Methods and people change it; nothing here talks. */

import { createJournal, type Journal } from '../stand-in/journal.ts';
import type { SimulatorClock } from '../stand-in/time.ts';
import { createIds, type Ids } from './ids.ts';
import { MESSAGE } from './limits.ts';
import type {
  Action,
  Call,
  Delivery,
  FileEntry,
  Happening,
  Message,
  Person,
  Rejection,
  Room,
  Webhook,
} from './model.ts';
import { BOT, type Crowd, crowdOf, ONLOOKERS, PEOPLE, ROOMS } from './seed.ts';

export interface World {
  readonly clock: SimulatorClock;
  readonly ids: Ids;
  readonly journal: Journal<Happening>;
  readonly bot: typeof BOT;
  readonly people: Map<string, Person>;
  readonly rooms: Map<string, Room>;
  /** By id, oldest first; without deleted ones. */
  readonly messages: Map<string, Message>;
  /** Deleted ones, as they were. */
  readonly graves: Map<string, Message>;
  readonly actions: Map<string, Action>;
  readonly files: Map<string, FileEntry>;
  readonly webhooks: Map<string, Webhook>;
  readonly token: Token;
  /** Whether a message with a card may be edited: the reference says no, people report yes. */
  readonly cardEdits: boolean;
  /** Edits that one message may have. */
  readonly edits: number;
  readonly calls: Call[];
  readonly rejections: Rejection[];
  readonly deliveries: Map<string, Delivery>;
  /** `http://127.0.0.1:PORT`; known once it listens. */
  origin: string;
}

export interface Token {
  readonly value: string;
  isGood: boolean;
}

export interface WorldOptions {
  readonly clock: SimulatorClock;
  readonly crowd?: Crowd;
  readonly cardEdits?: boolean;
  readonly edits?: number;
}

/** The SDK wants three parts. */
const TOKEN = 'simulated-access_PF84_1eb65fdf-9643-417f-9974-ad72cae0e10f';

export function createWorld(options: WorldOptions): World {
  const { clock, crowd, cardEdits = false, edits = MESSAGE.edits } = options;
  const more = crowdOf(crowd ?? { people: 0, rooms: 0 });
  return {
    clock,
    ids: createIds(),
    journal: createJournal(),
    bot: BOT,
    people: byId([...PEOPLE, ...ONLOOKERS, ...more.people]),
    rooms: byId([...ROOMS, ...more.rooms]),
    messages: new Map(),
    graves: new Map(),
    actions: new Map(),
    files: new Map(),
    webhooks: new Map(),
    token: { value: TOKEN, isGood: true },
    cardEdits,
    edits,
    calls: [],
    rejections: [],
    deliveries: new Map(),
    origin: '',
  };
}

function byId<T extends { readonly id: string }>(things: readonly T[]): Map<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}
