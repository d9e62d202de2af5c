/** Deliveries to a bot's own HTTP server, signed. https://docs.slack.dev/authentication/verifying-requests-from-slack */
import { createHmac } from 'node:crypto';
import { realTime } from '../stand-in/time.ts';
import { isObject, type JsonObject, readJson } from './json.ts';
import type { Delivery } from './model.ts';
import type { World } from './world.ts';

export type Signature = 'good' | 'wrong' | 'stale' | 'missing';

export interface HttpAnswer {
  readonly status: number;
  readonly answer: JsonObject;
}

export interface Posting {
  readonly url: string;
  readonly kind: Delivery['kind'];
  readonly payload: JsonObject;
  readonly signature: Signature;
  /** 0 for the first try. */
  readonly retry: number;
  readonly signal: AbortSignal;
}

const SIX_MINUTES = 360;

/** Resolves with the status and what the body said; rejects when nobody answered. */
export async function postDelivery(world: World, posting: Posting): Promise<HttpAnswer> {
  const { url, kind, payload, retry, signal } = posting;
  const body = bodyOf(kind, payload);
  const type = kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded';
  const again = { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' };
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': type, ...(retry === 0 ? {} : again), ...sign(world, body, posting.signature) },
    body,
    signal,
  });
  const said = await response.text();
  const answer = readJson(said);
  // A plain-text body is the text of an answer, as Slack reads it.
  const spoken = said === '' ? {} : { text: said };
  return { status: response.status, answer: isObject(answer) ? answer : spoken };
}

function bodyOf(kind: Delivery['kind'], payload: JsonObject): string {
  switch (kind) {
    case 'events_api':
      return JSON.stringify(payload);
    case 'slash_commands':
      return new URLSearchParams(
        Object.entries(payload).map(([key, value]) => [key, String(value)]),
      ).toString();
    case 'interactive':
      return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  }
}

function sign(world: World, body: string, how: Signature): Readonly<Record<string, string>> {
  if (how === 'missing') return {};
  const late = how === 'stale' ? SIX_MINUTES : 0;
  // The receiver compares it with the machine's time, whatever time the workspace lives in.
  const timestamp = String(Math.floor(realTime.now() / 1000) - late);
  const secret = how === 'wrong' ? 'another0secret' : world.tokens.signingSecret;
  const hmac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hmac}` };
}
