/** One POST to a webhook's targetUrl, signed. https://developer.webex.com/docs/api/guides/webhooks */
import { createHmac } from 'node:crypto';
import type { JsonObject } from './json.ts';
import type { Webhook } from './model.ts';

/** `respaced`: over the same JSON, but laid out differently than it was sent: good only for who does not check the body as it came. */
export type Signature = 'good' | 'wrong' | 'missing' | 'respaced';

export interface Posting {
  readonly webhook: Webhook;
  readonly payload: JsonObject;
  readonly signature: Signature;
  /** Whether the JSON is laid out over several lines. */
  readonly isPretty: boolean;
  readonly signal: AbortSignal;
}

/** Resolves with the status; rejects when nobody answered. */
export async function postDelivery(posting: Posting): Promise<number> {
  const { webhook, payload, isPretty, signal } = posting;
  const body = layOut(payload, isPretty);
  const response = await fetch(webhook.targetUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=UTF-8', ...sign(posting, body) },
    body,
    signal,
    redirect: 'manual',
  });
  await response.arrayBuffer();
  return response.status;
}

function layOut(payload: JsonObject, isPretty: boolean): string {
  return isPretty ? JSON.stringify(payload, null, 2) : JSON.stringify(payload);
}

/** The header in hexadecimal; none without a secret. */
function sign({ webhook, payload, signature, isPretty }: Posting, body: string): Record<string, string> {
  if (webhook.secret === undefined || signature === 'missing') return {};
  const secret = signature === 'wrong' ? `another ${webhook.secret}` : webhook.secret;
  const signed = signature === 'respaced' ? layOut(payload, !isPretty) : body;
  return { 'x-spark-signature': createHmac('sha1', secret).update(signed).digest('hex') };
}
