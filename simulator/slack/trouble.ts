/** Misbehaviour to order. */
import type { Courier } from './deliver.ts';
import type { Fault, Faults } from './faults.ts';
import type { Channel } from './model.ts';
import { channelNamed, userNamed } from './named.ts';
import type { Sockets } from './sockets.ts';
import type { World } from './world.ts';

/** Ways to misbehave. `method` is `chat.postMessage` …, `response_url`, `upload`, or `*` for all. */
export interface Trouble {
  /** HTTP 429 with Retry-After, so many times; default once. */
  tooMany(method: string, times?: number, retryAfterSeconds?: number): void;
  /** HTTP 5xx; default 503. */
  failing(method: string, times?: number, status?: number): void;
  /** `{ ok: false, error }`. */
  refusing(method: string, error: string, times?: number): void;
  /** Never answers; the connection stays open. */
  hanging(method: string, times?: number): void;
  /** Breaks the connection without an answer. */
  cutting(method: string, times?: number): void;
  /** Does what it was asked to, and breaks the connection without an answer. */
  losing(method: string, times?: number): void;
  /** Every answer takes that much longer; 0 for no more. */
  slow(ms: number): void;
  /** Ends what is left of the six above. */
  calm(): void;

  /** Every socket is gone at once. */
  dropSockets(): void;
  /** The disconnect message that comes before a socket is recycled, and then its end. */
  refreshSockets(reason?: 'refresh_requested' | 'warning' | 'link_disabled'): void;
  /** The next payloads are sent twice, to different sockets when there are several. */
  deliverTwice(times?: number): void;
  /** The next acknowledgements are lost, so that payloads come again. */
  loseAcknowledgements(times?: number): void;
  /** Of HTTP deliveries, until `good`. Stale is six minutes old. */
  signature(how: 'good' | 'wrong' | 'stale' | 'missing'): void;

  /** What the tokens get from now on; null: they are good again. */
  token(error: 'invalid_auth' | 'token_revoked' | 'account_inactive' | null): void;
  removeScope(scope: string): void;
  addScope(scope: string): void;
  archive(where: string): void;
  unarchive(where: string): void;
  /** Takes somebody out of a channel; default the bot. */
  kick(where: string, who?: string): void;
  invite(where: string, who?: string): void;
  /** Nothing answers: connections break, sockets fall and cannot come back; false: up again. */
  down(isDown: boolean): void;
}

export interface Spoilt {
  readonly faults: Faults;
  readonly sockets: Sockets;
  readonly courier: Courier;
}

export function createTrouble(world: World, { faults, sockets, courier }: Spoilt): Trouble {
  const order = (method: string, fault: Fault, times = 1) => faults.order(method, fault, times);
  const change = (where: string, how: (channel: Channel) => Partial<Channel>) => {
    const channel = channelNamed(world, where);
    world.channels.set(channel.id, { ...channel, ...how(channel) });
  };
  return {
    tooMany: (method, times, retryAfter = 1) =>
      order(method, { type: 'status', status: 429, retryAfter }, times),
    failing: (method, times, status = 503) => order(method, { type: 'status', status }, times),
    refusing: (method, error, times) => order(method, { type: 'error', error }, times),
    hanging: (method, times) => order(method, { type: 'hang' }, times),
    cutting: (method, times) => order(method, { type: 'cut' }, times),
    losing: (method, times) => order(method, { type: 'lose' }, times),
    slow(ms) {
      faults.slowMs = ms;
    },
    calm: faults.calm,
    dropSockets: sockets.drop,
    refreshSockets: (reason = 'refresh_requested') => sockets.refresh(reason),
    deliverTwice(times = 1) {
      courier.twiceNext = times;
    },
    loseAcknowledgements(times = 1) {
      sockets.loseNext = times;
    },
    signature(how) {
      courier.signature = how;
    },
    token(error) {
      world.tokens.error = error;
    },
    removeScope: (scope) => void world.scopes.delete(scope),
    addScope: (scope) => void world.scopes.add(scope),
    archive: (where) => change(where, () => ({ archived: true })),
    unarchive: (where) => change(where, () => ({ archived: false })),
    kick(where, who = world.bot.name) {
      const { id } = userNamed(world, who);
      change(where, ({ members }) => ({ members: members.filter((member) => member !== id) }));
    },
    invite(where, who = world.bot.name) {
      const { id } = userNamed(world, who);
      change(where, ({ members }) => ({ members: [...new Set([...members, id])] }));
    },
    down(isDown) {
      faults.isDown = isDown;
      if (isDown) sockets.drop();
    },
  };
}
