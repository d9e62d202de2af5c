/** Occurrences on their way to webhooks, until they are answered or given up. */

import { later } from '../stand-in/time.ts';
import { createFailures } from './failures.ts';
import { postDelivery, type Signature } from './http-delivery.ts';
import { uuidOf } from './ids.ts';
import type { Delivery, Webhook } from './model.ts';
import type { Occurrence } from './occurrence.ts';
import { showWebhook } from './show.ts';
import { wants } from './wants.ts';
import type { World } from './world.ts';

export interface Courier {
  /** Sends it to every active webhook that wants it. */
  deliver(occurrence: Occurrence): void;
  /** Deliveries that still wait. */
  waiting(): number;
  signature: Signature;
  /** Whether bodies are laid out over several lines. */
  isPretty: boolean;
  /** Ends what is under way. */
  stop(): void;
}

export interface CourierOptions {
  readonly world: World;
  readonly answerWithinMs: number;
  readonly retryAfterMs: readonly number[];
  /** So many failures within so long make a webhook inactive. */
  readonly failures: number;
  readonly withinMs: number;
  /** Called whenever one fewer waits. */
  readonly changed: () => void;
}

export function createCourier(options: CourierOptions): Courier {
  const { world } = options;
  const stopped = new AbortController();
  const failures = createFailures(world, options);
  let waiting = 0;
  let count = 0;

  async function attempt(webhook: Webhook, delivery: Delivery): Promise<Delivery> {
    const late = new AbortController();
    const callOff = later(options.answerWithinMs, () => late.abort());
    const signal = AbortSignal.any([late.signal, stopped.signal]);
    const { signature, isPretty } = courier;
    const posting = { webhook, payload: delivery.payload, signature, isPretty, signal };
    const status = await postDelivery(posting).catch(() => null);
    callOff();
    return tried(delivery, status);
  }

  async function persist(webhook: Webhook, started: Delivery): Promise<void> {
    let delivery = await attempt(webhook, started);
    for (const wait of options.retryAfterMs) {
      world.deliveries.set(delivery.id, delivery);
      if (delivery.outcome === 'acknowledged' || stopped.signal.aborted) break;
      if (wait > 0) await world.clock.sleep(wait);
      delivery = await attempt(webhook, delivery);
    }
    const isGood = delivery.outcome === 'acknowledged';
    world.deliveries.set(delivery.id, isGood ? delivery : { ...delivery, outcome: 'given-up' });
    if (!isGood) failures.note(webhook.id);
  }

  const courier: Courier = {
    signature: 'good',
    isPretty: false,
    waiting: () => waiting,
    stop: () => stopped.abort(),
    deliver(occurrence) {
      for (const webhook of world.webhooks.values()) {
        if (webhook.status !== 'active' || !wants(webhook, occurrence)) continue;
        count += 1;
        waiting += 1;
        const delivery = started(world, webhook, occurrence, uuidOf(`delivery ${count}`));
        world.deliveries.set(delivery.id, delivery);
        void persist(webhook, delivery).finally(() => {
          waiting -= 1;
          options.changed();
        });
      }
    },
  };
  return courier;
}

/** The envelope; the firehose's says which resource and event it is, not `all`. */
function started(world: World, webhook: Webhook, occurrence: Occurrence, id: string): Delivery {
  const { secret: _secret, ...shown } = showWebhook(world, webhook);
  const { resource, event, actorId, data, at } = occurrence;
  const payload = { ...shown, resource, event, actorId, data };
  return { id, webhook: webhook.id, occurrence, payload, at, tries: 0, outcome: 'waiting' };
}

function tried({ status: _before, ...delivery }: Delivery, status: number | null): Delivery {
  const isGood = status !== null && status >= 200 && status < 300;
  return {
    ...delivery,
    tries: delivery.tries + 1,
    outcome: isGood ? 'acknowledged' : 'waiting',
    ...(status === null ? {} : { status }),
  };
}
