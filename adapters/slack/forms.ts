/** Opens the form, and takes what comes back. What it looks like is `form.ts`. */
import type { WebClient } from '@slack/web-api';
import type { Reply } from '../../src/chat/desk.ts';
import type { Memory } from '../../src/chat/memory.ts';
import type { Log } from '../../src/chat/report.ts';
import { type Run, SHORT_PATIENCE_MS } from '../../src/chat/retry.ts';
import type { Core } from '../../src/chat.ts';
import type { Clock } from '../../src/clock.ts';
import { type Arrival, textAt } from './arrival.ts';
import { type Confidant, plain } from './confide.ts';
import type { Desk } from './desk.ts';
import { buildForm, OPEN_FORM } from './form.ts';
import type { Replies } from './reply.ts';
import type { Responder, Ticket } from './respond.ts';
import type { Speaker, Spot } from './speak.ts';
import { WORDS } from './words.ts';

/** Where a form was opened, and so where its answer belongs. */
export interface Origin {
  readonly spot: Spot;
  /** Everybody there sees the answer. */
  readonly open: boolean;
}

export interface Forms {
  /** Opens it for whoever pressed or typed; says how to type instead when it is too late. */
  open(arrival: Arrival, origin: Origin): Promise<void>;
  /** Offers a button, where there is nothing to open a form with. */
  offer(spot: Spot): Promise<void>;
  /** Where the answer to a form goes. */
  replyTo(metadata: string, person: string): { readonly spot: Spot; readonly reply: Reply };
}

export interface FormsOptions {
  readonly core: Pick<Core, 'formFor'>;
  readonly desk: Pick<Desk, 'asker'>;
  readonly client: WebClient;
  readonly run: Run;
  readonly clock: Clock;
  readonly log: Log;
  readonly replies: Replies;
  readonly confidant: Confidant;
  readonly responder: Responder;
  readonly speaker: Speaker;
  /** Addresses to answer to: they are worth as much as a token, and stay here. */
  readonly tickets: Memory<Ticket>;
}

export function createForms(options: FormsOptions): Forms {
  const { core, desk, client, run, clock, log, replies, confidant, responder, speaker, tickets } = options;
  return {
    async open(arrival, { spot, open }) {
      const ticket = responder.ticket(arrival.responseUrl);
      const key = ticket === null || open ? '' : tickets.keep(ticket);
      const form = core.formFor(await desk.asker(arrival.person, spot));
      const view = buildForm(form, JSON.stringify({ ...spot, open, key }));
      const opened = { trigger_id: arrival.triggerId ?? '', view };
      try {
        await run('views.open', () => client.views.open(opened), clock.monotonic() + SHORT_PATIENCE_MS);
      } catch (error) {
        log.warn({ err: error }, 'a form could not be opened');
        await confidant.note({ spot, person: arrival.person, ticket }, WORDS.formExpired);
      }
    },
    async offer(spot) {
      const { text, blocks } = plain(WORDS.formHint);
      const label = { type: 'plain_text', text: WORDS.formButton } as const;
      const button = { type: 'button', action_id: OPEN_FORM, text: label } as const;
      await speaker.post(spot, { text, blocks: [...blocks, { type: 'actions', elements: [button] }] });
    },
    replyTo(metadata, person) {
      const { spot, open, key } = readMetadata(metadata, person);
      const reply = open ? replies.open(spot) : replies.aside({ spot, person, ticket: tickets.get(key) });
      return { spot, reply };
    },
  };
}

/** Where a form was opened: the direct messages of the person, when the form does not say where it is from. */
export function readMetadata(metadata: string, person: string): Origin & { readonly key: string } {
  let read: unknown = null;
  try {
    read = JSON.parse(metadata);
  } catch {
    // A form of an older version.
  }
  const channel = textAt(read, 'channel');
  if (channel === undefined) return { spot: { channel: person }, open: true, key: '' };
  const open = typeof read === 'object' && read !== null && 'open' in read && read.open === true;
  return { spot: { channel, thread: textAt(read, 'thread') }, open, key: textAt(read, 'key') ?? '' };
}
