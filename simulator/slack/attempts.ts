/** One try to get a payload to the bot: by socket, or by HTTP. */
import { postDelivery, type Signature } from './http-delivery.ts';
import type { JsonObject } from './json.ts';
import type { Delivery } from './model.ts';
import type { Sockets } from './sockets.ts';
import type { World } from './world.ts';

export interface Parcel {
  readonly kind: Delivery['kind'];
  /** event_id, or trigger_id. */
  readonly id: string;
  readonly payload: JsonObject;
  /** Whether the acknowledgement may carry an answer. */
  readonly answers: boolean;
}

export interface Attempt {
  readonly outcome: Delivery['outcome'];
  readonly answer?: JsonObject;
  readonly status?: number;
}

export interface Route {
  /** Null: by socket. */
  readonly url: string | null;
  readonly signature: Signature;
}

/** Resolves when it was acknowledged or refused, or `withinMs` passed; never rejects. `retry` is 0 for the first try. */
export async function attempt(
  world: World,
  sockets: Sockets,
  parcel: Parcel,
  { url, signature, retry, withinMs }: Route & { readonly retry: number; readonly withinMs: number },
): Promise<Attempt> {
  const enough = new AbortController();
  const late = world.clock.sleep(withinMs).then((): Attempt => ({ outcome: 'given-up' }));
  const { kind, payload } = parcel;
  const sent =
    url === null
      ? bySocket(sockets, envelopeOf(world, parcel, retry))
      : byHttp(world, { url, kind, payload, signature, retry, signal: enough.signal });
  const result = await Promise.race([sent, late]);
  enough.abort();
  return result;
}

function bySocket(sockets: Sockets, envelope: JsonObject): Promise<Attempt> {
  return new Promise((resolve) => {
    const sent = sockets.send(envelope, {
      acknowledged: (answer) => resolve({ outcome: 'acknowledged', answer }),
      lost: () => resolve({ outcome: 'given-up' }),
    });
    if (!sent) resolve({ outcome: 'given-up' });
  });
}

async function byHttp(world: World, posting: Parameters<typeof postDelivery>[1]): Promise<Attempt> {
  try {
    const { status, answer } = await postDelivery(world, posting);
    const isGood = status >= 200 && status < 300;
    return isGood ? { outcome: 'acknowledged', answer, status } : { outcome: 'refused', status };
  } catch {
    // Nobody listens there, or the time was up.
    return { outcome: 'given-up' };
  }
}

function envelopeOf(world: World, { kind, payload, answers }: Parcel, retry: number): JsonObject {
  const again = { retry_attempt: retry, retry_reason: retry === 0 ? '' : 'timeout' };
  return {
    envelope_id: world.ids.secret(),
    type: kind,
    accepts_response_payload: answers,
    payload,
    ...(kind === 'events_api' ? again : {}),
  };
}
