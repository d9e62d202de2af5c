/**
 * A simulated Slack on loopback: Web API, Socket Mode, response_url, uploads, and signed HTTP deliveries, in front of a
 * workspace with people in it. Nothing of it is shared with the bot's side of this project, so that the two cannot
 * agree on a mistake.
 */
import { createServer } from 'node:http';
import { createCalm } from '../stand-in/calm.ts';
import { close, listen } from '../stand-in/listen.ts';
import { realTime, type SimulatorClock } from '../stand-in/time.ts';
import { createApi } from './api.ts';
import { createCourier } from './deliver.ts';
import { createEdge } from './edge.ts';
import { ALL_EVENTS, createEvents, type EventName } from './events.ts';
import { createFaults } from './faults.ts';
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
import type { People } from './people.ts';
import { createPeople } from './persons.ts';
import { createRateLimits, noRateLimits } from './rate.ts';
import type { Crowd, Grid } from './seed.ts';
import { createSights } from './sights.ts';
import { createSockets } from './sockets.ts';
import { createTrouble, type Trouble } from './trouble.ts';
import { createWorld } from './world.ts';

const THREE_SECONDS = 3000;
const RETRIES: readonly number[] = [0, 60_000, 300_000];

export interface SlackOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  readonly clock?: SimulatorClock;
  /** `slack`: as documented; `off`: none. Default `slack`. */
  readonly rateLimits?: 'slack' | 'off';
  /** Calls of chat.postMessage a channel may get at once before the limit of one a second shows; default 4. */
  readonly postBurst?: number;
  /** Scopes of the bot's token; default all that the methods here know. */
  readonly scopes?: readonly string[];
  /** What the app has subscribed to; default all. */
  readonly events?: readonly EventName[];
  /** Default 3000. */
  readonly acknowledgeWithinMs?: number;
  /** Waits before an event is sent again; default Slack's: at once, a minute, five minutes. */
  readonly retryAfterMs?: readonly number[];
  /** How long a trigger_id is good; default 3000. */
  readonly triggerMs?: number;
  /** Payloads go to this URL over HTTP instead of to the sockets. */
  readonly deliverTo?: string;
  /** More people and channels than the usual ones, for load. */
  readonly crowd?: Crowd;
  /** The organisation it belongs to, and people of other workspaces; default: neither. */
  readonly grid?: Grid;
  /**
   * Whether chat.postMessage takes `client_msg_id`, and the same one twice is one message: Slack's list of errors says so, its list of
   * arguments does not. Default false.
   */
  readonly clientIds?: boolean;
}

export interface Slack extends People {
  /** Base of the Web API, with the slash at the end: Bolt's `clientOptions.slackApiUrl`. */
  readonly url: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly workspace: { readonly id: string; readonly name: string; readonly domain: string };
  readonly bot: {
    readonly user: string;
    readonly botId: string;
    readonly appId: string;
    readonly name: string;
  };

  /** By name (`anna`, `@anna`) or id. Throws when there is none; so do the next three. */
  user(who: string): User;
  /** By name (`#voice`), id, or `@anna` for the direct messages with her. */
  channel(where: string): Channel;
  group(handle: string): UserGroup;
  /** What stands in a channel now, oldest first, threads included; ephemeral ones apart. */
  messages(where: string): readonly Message[];
  /** The first message of a thread and its answers. */
  thread(message: Message): readonly Message[];
  /** What only this person sees, oldest first. */
  ephemerals(who: string): readonly Message[];
  /** The person's open modals, the top one last. */
  views(who: string): readonly View[];
  home(who: string): View | null;
  files(): readonly FileEntry[];

  /** Payloads go there by HTTP, signed; null: to the sockets. */
  deliverTo(url: string | null): void;
  /** Open sockets of the bot. */
  sockets(): number;
  /** Resolves once so many sockets are open. */
  connected(count?: number): Promise<void>;

  /**
   * The next thing that the bot posted or updated in the channel (in what order it did) since the one this function gave
   * last for it. Waits for it; rejects after `withinMs` (default 5000) and says what there was instead.
   */
  nextMessage(where: string, fits?: (message: Message) => boolean, withinMs?: number): Promise<Message>;
  /** The same for what only this person sees. */
  nextEphemeral(who: string, fits?: (message: Message) => boolean, withinMs?: number): Promise<Message>;
  /** The same for the person's modals: opened, pushed or updated. */
  nextView(who: string, fits?: (view: View) => boolean, withinMs?: number): Promise<View>;
  nextHome(who: string, fits?: (view: View) => boolean, withinMs?: number): Promise<View>;
  nextFile(fits?: (file: FileEntry) => boolean, withinMs?: number): Promise<FileEntry>;
  /** Resolves when no payload waits for its acknowledgement and no call is being answered. */
  settled(): Promise<void>;

  /** Everything that changed, oldest first. */
  happenings(): readonly Happening[];
  /** Calls the listener at every change from now on. */
  follow(listener: (happening: Happening) => void): void;
  /** All payloads sent to the bot. */
  deliveries(): readonly Delivery[];
  /** Whatever failed a check, oldest first; 429s and made-up failures are not among them. */
  rejections(): readonly Rejection[];
  /** All calls, also those that got 429. */
  calls(method?: string): readonly Call[];
  /** Ways to misbehave. */
  readonly trouble: Trouble;
  /** Drops every connection. */
  stop(): Promise<void>;
}

/** Starts it on 127.0.0.1. Rejects when the port is taken. */
export async function startSlack(options: SlackOptions = {}): Promise<Slack> {
  const { clock = realTime, port = 0, rateLimits = 'slack', postBurst = 4 } = options;
  const world = createWorld({ ...options, clock });
  const faults = createFaults();
  const calm = createCalm();
  const sockets = createSockets(world);
  const courier = createCourier({
    world,
    sockets,
    acknowledgeWithinMs: options.acknowledgeWithinMs ?? THREE_SECONDS,
    retryAfterMs: options.retryAfterMs ?? RETRIES,
    url: options.deliverTo ?? null,
    changed: calm.look,
  });
  const events = createEvents(world, courier, new Set(options.events ?? ALL_EVENTS));
  const rates = rateLimits === 'off' ? noRateLimits : createRateLimits(clock, postBurst);
  const api = createApi({ world, rates, openSocket: sockets.ticket });
  const server = createServer(createEdge({ world, api, faults, busy: calm.busy }));
  server.on('upgrade', (request, socket, head) => {
    if (faults.isDown) socket.destroy();
    else sockets.upgrade(request, socket, head);
  });
  world.origin = `http://127.0.0.1:${await listen(server, port)}`;
  events.follow();
  return {
    ...createPeople(world, courier, events),
    ...createSights(world),
    url: `${world.origin}/api/`,
    botToken: world.tokens.bot,
    appToken: world.tokens.app,
    signingSecret: world.tokens.signingSecret,
    workspace: world.workspace,
    bot: world.bot,
    deliverTo(url) {
      courier.url = url;
    },
    sockets: sockets.count,
    connected: (count = 1) => sockets.opened(count),
    settled: () => calm.settled(() => courier.waiting()),
    trouble: createTrouble(world, { faults, sockets, courier }),
    async stop() {
      sockets.drop();
      await close(server);
    },
  };
}
