/**
 * A simulated Webex on loopback: the REST API, signed webhooks and the cloud that the SDK's websocket lives in, in front of
 * spaces with people in them. Nothing of it is shared with the bot's side of this project, so that the two cannot agree on a mistake.
 */
import { createServer } from 'node:http';
import { createCalm } from '../stand-in/calm.ts';
import { close, listen } from '../stand-in/listen.ts';
import { realTime, type SimulatorClock } from '../stand-in/time.ts';
import { createApi } from './api.ts';
import { type CloudCall, createCloud } from './cloud/cloud.ts';
import { createCourier } from './deliver.ts';
import { createEdge } from './edge.ts';
import { createFaults } from './faults.ts';
import { WEBHOOK } from './limits.ts';
import type {
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
import type { People } from './people.ts';
import { createPeople } from './persons.ts';
import { createRateLimits, noRateLimits } from './rate.ts';
import type { Crowd } from './seed.ts';
import { createSights } from './sights.ts';
import { createTeller } from './teller.ts';
import { createTrouble, type Trouble } from './trouble.ts';
import { createWorld } from './world.ts';

export interface WebexOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  readonly clock?: SimulatorClock;
  /** `webex`: 429 beyond a plausible rate; `off`: none. Default `off`. */
  readonly rateLimits?: 'webex' | 'off';
  /** Whether a message with a card may be edited. Default false, as the reference says; people report that it works. */
  readonly cardEdits?: boolean;
  /** Edits that one message may have; default 10. */
  readonly edits?: number;
  /** More people and spaces than the usual ones, for load. */
  readonly crowd?: Crowd;
  readonly webhooks?: WebhookOptions;
}

export interface WebhookOptions {
  /** How long a target may take to answer; default 15 000. */
  readonly answerWithinMs?: number;
  /** Waits before a delivery that failed is sent again; default none: it is not. */
  readonly retryAfterMs?: readonly number[];
  /** Failures within `withinMs` that make a webhook inactive; default 100 within five minutes. */
  readonly failures?: number;
  readonly withinMs?: number;
}

export interface Webex extends People {
  /** Base of the REST API, with the slash at the end. */
  readonly url: string;
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** The bot's. */
  readonly token: string;
  readonly bot: {
    readonly id: string;
    readonly email: string;
    readonly displayName: string;
    readonly orgId: string;
  };

  /** By name (`anna`, `@anna`), address or id. Throws when there is none; so does the next. */
  person(who: string): Person;
  /** By title (`Voice`), id, or `@anna` for the direct space with her. */
  room(where: string): Room;
  /** What stands in a space now, oldest first, threads included. */
  messages(where: string): readonly Message[];
  /** The first message of a thread and its answers. */
  thread(message: Message): readonly Message[];
  files(): readonly FileEntry[];
  webhooks(): readonly Webhook[];

  /** Open websockets of the bot. */
  sockets(): number;
  /** Resolves once so many websockets are open. */
  connected(count?: number): Promise<void>;

  /**
   * The next thing that the bot posted or edited in the space (in what order it did) since the one this function gave last for it. Waits
   * for it; rejects after `withinMs` (default 5000) and says what there was instead.
   */
  nextMessage(where: string, fits?: (message: Message) => boolean, withinMs?: number): Promise<Message>;
  /** The same for files that the bot posted. */
  nextFile(fits?: (file: FileEntry) => boolean, withinMs?: number): Promise<FileEntry>;
  /** Resolves when no webhook delivery waits for its answer and no call is being answered. */
  settled(): Promise<void>;

  /** Everything that changed, oldest first. */
  happenings(): readonly Happening[];
  /** Calls the listener at every change from now on. */
  follow(listener: (happening: Happening) => void): void;
  /** Everything sent to webhooks. */
  deliveries(): readonly Delivery[];
  /**
   * Whatever failed a check, oldest first. What may happen to a bot that does everything right is not among them: 401, 404 for what is
   * gone, 429, edits that Webex does not do, and made-up failures.
   */
  rejections(): readonly Rejection[];
  /** All calls of the REST API, also those that got 429; named like `POST messages`, `PUT messages/{id}`, `GET people/me`. */
  calls(method?: string): readonly Call[];
  /** All calls of what the SDK needs besides: catalog, devices, metrics. */
  cloudCalls(): readonly CloudCall[];
  /** Ways to misbehave. */
  readonly trouble: Trouble;
  /** Drops every connection. */
  stop(): Promise<void>;
}

/** Starts it on 127.0.0.1. Rejects when the port is taken. */
export async function startWebex(options: WebexOptions = {}): Promise<Webex> {
  const { clock = realTime, port = 0, rateLimits = 'off', webhooks = {} } = options;
  const world = createWorld({ ...options, clock });
  const faults = createFaults();
  const calm = createCalm();
  const cloud = createCloud({
    origin: () => world.origin,
    token: (token) => world.token.isGood && token === world.token.value,
    clock,
    bot: () => world.bot.id,
  });
  const courier = createCourier({
    world,
    answerWithinMs: webhooks.answerWithinMs ?? WEBHOOK.answerMs,
    retryAfterMs: webhooks.retryAfterMs ?? [],
    failures: webhooks.failures ?? WEBHOOK.failures,
    withinMs: webhooks.withinMs ?? WEBHOOK.withinMs,
    changed: calm.look,
  });
  const rates = rateLimits === 'off' ? noRateLimits : createRateLimits(clock);
  const api = createApi(world, rates);
  const server = createServer(createEdge({ world, api, cloud, faults, busy: calm.busy }));
  server.on('upgrade', (request, socket, head) => {
    if (faults.isDown) socket.destroy();
    else cloud.upgrade(request, socket, head);
  });
  world.origin = `http://127.0.0.1:${await listen(server, port)}`;
  const teller = createTeller(world, [courier.deliver, (told) => cloud.tell(told)]);
  return {
    ...createPeople(world),
    ...createSights(world),
    url: `${world.origin}/v1/`,
    origin: world.origin,
    token: world.token.value,
    bot: world.bot,
    sockets: () => cloud.count(),
    connected: (count = 1) => cloud.opened(count),
    cloudCalls: cloud.calls,
    settled: () => calm.settled(() => courier.waiting()),
    trouble: createTrouble(world, { faults, courier, teller, cloud }),
    async stop() {
      courier.stop();
      cloud.drop();
      await close(server);
    },
  };
}
