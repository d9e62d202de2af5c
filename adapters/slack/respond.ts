/**
 * Answers through a response_url: five uses within thirty minutes, and no token.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
import { type FetchFunction, WebAPIHTTPError, WebAPIRateLimitedError } from '@slack/web-api';
import type { Run } from '../../src/chat/retry.ts';
import type { Clock } from '../../src/clock.ts';
import { SlackRefusal } from './failure.ts';
import type { Rendered } from './render.ts';
import { CALL_MS } from './web.ts';

const USES = 5;
/** A minute less than Slack's half hour, for clocks and ways that differ. */
const GOOD_FOR_MS = 29 * 60_000;
const METHOD = 'response_url';
const LONGEST_REPLY = 2000;

/** What the person who pressed or typed left for the answer. */
export interface Ticket {
  readonly url: string;
  usesLeft: number;
  /** On the monotonic clock. */
  readonly goodUntil: number;
}

export interface Response {
  readonly message: Pick<Rendered, 'text' | 'blocks'>;
  /** `ask`: only the person sees it; `room`: everybody does. */
  readonly to: 'asker' | 'room';
  /** Instead of the message the ticket belongs to. */
  readonly replace?: boolean;
  /** Where an answer of its own belongs, when the message stands in a thread. */
  readonly thread?: string | undefined;
}

export interface Responder {
  /** A ticket for an address that just came in; null for none. */
  ticket(url: string | undefined): Ticket | null;
  /** Whether it can be used once more. `spare` uses are left for later. */
  isGood(ticket: Ticket | null, spare?: number): ticket is Ticket;
  /** Rejects with `SlackRefusal` when Slack does not take it, `SlackLost` when it could not be reached until the ticket was over. */
  send(ticket: Ticket, response: Response): Promise<void>;
  /** Takes the message that the ticket belongs to away. Rejects as `send` does. */
  remove(ticket: Ticket): Promise<void>;
}

export function createResponder(fetch: FetchFunction, run: Run, clock: Clock): Responder {
  const use = async (ticket: Ticket, body: Readonly<Record<string, unknown>>) => {
    // Counted before it is sent: whether a use that got no answer counts, only Slack knows.
    ticket.usesLeft -= 1;
    await run(METHOD, () => post(fetch, ticket.url, body, clock.timeout(CALL_MS)), ticket.goodUntil);
  };
  return {
    ticket: (url) =>
      url === undefined || url === ''
        ? null
        : { url, usesLeft: USES, goodUntil: clock.monotonic() + GOOD_FOR_MS },
    isGood: (ticket, spare = 0): ticket is Ticket =>
      ticket !== null && ticket.usesLeft > spare && clock.monotonic() < ticket.goodUntil,
    send: (ticket, { message, to, replace = false, thread }) =>
      use(ticket, {
        response_type: to === 'asker' ? 'ephemeral' : 'in_channel',
        replace_original: replace,
        ...(thread === undefined || replace ? {} : { thread_ts: thread }),
        text: message.text,
        blocks: message.blocks,
        mrkdwn: false,
        unfurl_links: false,
        unfurl_media: false,
      }),
    remove: (ticket) => use(ticket, { delete_original: true }),
  };
}

/** Throws `SlackRefusal` for a no, and for what passes what WebClient throws, so that it is judged alike. */
async function post(send: FetchFunction, url: string, body: unknown, signal: AbortSignal): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body), redirect: 'error', signal } as const;
  const response = await send(url, init);
  const text = (await response.text()).slice(0, LONGEST_REPLY);
  if (response.status === 429)
    throw new WebAPIRateLimitedError(Number(response.headers.get('retry-after')) || 1);
  if (response.status >= 500) throw new WebAPIHTTPError(response.status, response.statusText, {}, '');
  const reason = reasonIn(text);
  if (reason !== null || !response.ok)
    throw new SlackRefusal({ method: METHOD, reason: reason ?? `HTTP ${response.status}` });
}

/** `{"ok":false,"error":"expired_url"}`, or the word alone; null when it was taken. */
function reasonIn(text: string): string | null {
  try {
    const reply: unknown = JSON.parse(text);
    if (typeof reply !== 'object' || reply === null || !('ok' in reply) || reply.ok !== false) return null;
    return 'error' in reply && typeof reply.error === 'string' ? reply.error : 'unknown';
  } catch {
    return /^[a-z_]{3,60}$/.test(text) && text !== 'ok' ? text : null;
  }
}
