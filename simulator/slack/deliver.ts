/** Payloads on their way to the bot, until they are acknowledged or given up. */
import { type Attempt, attempt, type Parcel } from './attempts.ts';
import type { Signature } from './http-delivery.ts';
import type { Delivery } from './model.ts';
import type { Sockets } from './sockets.ts';
import type { World } from './world.ts';

export interface Courier {
  /** Resolves when it was acknowledged, refused, or given up; never rejects. */
  deliver(parcel: Parcel): Promise<Delivery>;
  /** Deliveries that still wait. */
  waiting(): number;
  /** Where to, by HTTP; null: to the sockets. */
  url: string | null;
  signature: Signature;
  /** So many of the next parcels go out twice. */
  twiceNext: number;
}

export interface CourierOptions {
  readonly world: World;
  readonly sockets: Sockets;
  readonly acknowledgeWithinMs: number;
  readonly retryAfterMs: readonly number[];
  readonly url: string | null;
  /** Called whenever one fewer waits. */
  readonly changed: () => void;
}

export function createCourier(options: CourierOptions): Courier {
  const { world, sockets } = options;
  let waiting = 0;

  function attemptOnce(parcel: Parcel, retry: number): Promise<Attempt> {
    const { url, signature } = courier;
    return attempt(world, sockets, parcel, { url, signature, retry, withinMs: options.acknowledgeWithinMs });
  }

  async function persist(parcel: Parcel, started: Delivery): Promise<Delivery> {
    // Only events are sent again: a person who presses in vain is told so.
    const waits = parcel.kind === 'events_api' ? options.retryAfterMs : [];
    let delivery = note(world, started, await attemptOnce(parcel, 0), waits.length > 0);
    for (const [index, wait] of waits.entries()) {
      if (delivery.outcome !== 'waiting') break;
      if (wait > 0) await world.clock.sleep(wait);
      delivery = note(world, delivery, await attemptOnce(parcel, index + 1), index + 1 < waits.length);
    }
    return delivery;
  }

  const courier: Courier = {
    url: options.url,
    signature: 'good',
    twiceNext: 0,
    waiting: () => waiting,
    async deliver(parcel) {
      const { kind, id, payload } = parcel;
      const started: Delivery = { kind, id, payload, at: world.clock.now(), tries: 0, outcome: 'waiting' };
      world.deliveries.set(id, started);
      waiting += 1;
      if (courier.twiceNext > 0) {
        courier.twiceNext -= 1;
        void attemptOnce(parcel, kind === 'events_api' ? 1 : 0);
      }
      const delivery = await persist(parcel, started);
      waiting -= 1;
      options.changed();
      return delivery;
    },
  };
  return courier;
}

/** The delivery after one more try; it waits on when it is to be tried again. */
function note(world: World, before: Delivery, tried: Attempt, isTriedAgain: boolean): Delivery {
  const { outcome, answer, status } = tried;
  const isHeard = outcome === 'acknowledged';
  const delivery: Delivery = {
    ...before,
    tries: before.tries + 1,
    outcome: isTriedAgain && !isHeard ? 'waiting' : outcome,
    ...(status === undefined ? {} : { status }),
    ...(answer === undefined ? {} : { answer }),
    ...(isHeard ? { acknowledgedMs: world.clock.now() - before.at } : {}),
  };
  world.deliveries.set(before.id, delivery);
  return delivery;
}
