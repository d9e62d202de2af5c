/** Misbehaviour to order. */
import type { Cloud } from './cloud/cloud.ts';
import type { CloudTrouble } from './cloud/trouble.ts';
import type { Courier } from './deliver.ts';
import type { Fault, Faults } from './faults.ts';
import type { Signature } from './http-delivery.ts';
import { personNamed, roomNamed } from './named.ts';
import { join, leave } from './rooms.ts';
import type { Teller } from './teller.ts';
import type { World } from './world.ts';

/** Ways to misbehave. `method` is as calls are named (`POST messages`, `PUT messages/{id}`, …), or `*` for all of the REST API. */
export interface Trouble {
  /** HTTP 429 with Retry-After, so many times; default once, and a second. */
  tooMany(method: string, times?: number, retryAfterSeconds?: number): void;
  /** HTTP 429 for every so manieth call; 0 for no more. */
  everyTooMany(calls: number, retryAfterSeconds?: number): void;
  /** HTTP 5xx, or another status; default 503. */
  failing(method: string, times?: number, status?: number): void;
  /** Never answers; the connection stays open. */
  hanging(method: string, times?: number): void;
  /** Breaks the connection without an answer. */
  cutting(method: string, times?: number): void;
  /** Does what it was asked to, and breaks the connection without an answer. */
  losing(method: string, times?: number): void;
  /** Every answer takes that much longer; 0 for no more. */
  slow(ms: number): void;
  /** Ends what is left of the seven above. */
  calm(): void;

  /** Of what the SDK needs besides the REST API. */
  readonly cloud: CloudTrouble;
  /** Every websocket is gone at once. */
  dropSockets(): void;
  /** The next things that people say or press are told twice, to webhooks and websockets. */
  deliverTwice(times?: number): void;
  /** The next things that people say or press are told to nobody. */
  deliverNever(times?: number): void;
  /** Of webhook deliveries, until `good`. */
  signature(how: Signature): void;
  /** Whether bodies of webhook deliveries are laid out over several lines. */
  pretty(isPretty: boolean): void;

  /** What the bot's token is from now on; `expired` gets 401. */
  token(how: 'good' | 'expired'): void;
  /** Takes somebody out of a space; default the bot. Anna does it. */
  kick(where: string, who?: string): void;
  /** Adds somebody to a space; default the bot. */
  invite(where: string, who?: string): void;
  /** The space is gone, with everything in it; the bot hears that it was taken out. */
  deleteRoom(where: string): void;
  renameRoom(where: string, title: string): void;
  /** Nothing answers: connections break, websockets fall and cannot come back; false: up again. */
  down(isDown: boolean): void;
}

export interface Spoilt {
  readonly faults: Faults;
  readonly courier: Courier;
  readonly teller: Teller;
  readonly cloud: Cloud;
}

export function createTrouble(world: World, spoilt: Spoilt): Trouble {
  const { faults, courier, teller, cloud } = spoilt;
  const order = (method: string, fault: Fault, times = 1) => faults.order(method, fault, times);
  return {
    tooMany: (method, times, retryAfter = 1) =>
      order(method, { type: 'status', status: 429, retryAfter }, times),
    everyTooMany: (calls, retryAfter = 1) => faults.every(calls, retryAfter),
    failing: (method, times, status = 503) => order(method, { type: 'status', status }, times),
    hanging: (method, times) => order(method, { type: 'hang' }, times),
    cutting: (method, times) => order(method, { type: 'cut' }, times),
    losing: (method, times) => order(method, { type: 'lose' }, times),
    slow(ms) {
      faults.slowMs = ms;
    },
    calm: faults.calm,
    cloud: cloud.trouble,
    dropSockets: () => cloud.drop(),
    deliverTwice(times = 1) {
      teller.twiceNext = times;
    },
    deliverNever(times = 1) {
      teller.neverNext = times;
    },
    signature(how) {
      courier.signature = how;
    },
    pretty(isPretty) {
      courier.isPretty = isPretty;
    },
    token(how) {
      world.token.isGood = how === 'good';
    },
    ...createPlaces(world),
    down(isDown) {
      faults.isDown = isDown;
      if (isDown) cloud.drop();
    },
  };
}

function createPlaces(world: World): Pick<Trouble, 'kick' | 'invite' | 'deleteRoom' | 'renameRoom'> {
  const actor = personNamed(world, 'anna').id;
  const person = (who?: string) => (who === undefined ? world.bot.id : personNamed(world, who).id);
  return {
    kick: (where, who) => leave(world, roomNamed(world, where), person(who), actor),
    invite: (where, who) => join(world, roomNamed(world, where), person(who), actor),
    deleteRoom(where) {
      const room = roomNamed(world, where);
      leave(world, room, world.bot.id, actor);
      world.rooms.delete(room.id);
      for (const { id, roomId } of world.messages.values()) if (roomId === room.id) world.messages.delete(id);
    },
    renameRoom(where, title) {
      const room = { ...roomNamed(world, where), title };
      world.rooms.set(room.id, room);
      world.journal.add({ type: 'renamed', room, actor, at: world.clock.now() });
    },
  };
}
