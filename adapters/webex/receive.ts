/** What Webex has news of, looked up and dealt with: messages to the bot, and presses on its cards. */

import type { Desk, Reply } from '../../src/chat/desk.ts';
import type { Memory } from '../../src/chat/memory.ts';
import { changesCard, createLatest, sendsFiles } from '../../src/chat/press.ts';
import type { Log } from '../../src/chat/report.ts';
import { SHORT_PATIENCE_MS } from '../../src/chat/retry.ts';
import type { Seen } from '../../src/chat/seen.ts';
import type { Asker, Core } from '../../src/chat.ts';
import type { Clock } from '../../src/clock.ts';
import type { Call } from './calls.ts';
import { isGone } from './failure.ts';
import { EMPTY_FORM, readForm } from './form.ts';
import type { Forms } from './forms.ts';
import { MOST_MENTIONED, typedText } from './incoming-text.ts';
import type { Notice } from './intake.ts';
import type { People } from './people.ts';
import type { Place, Places } from './places.ts';
import { type Action, type Message, type Person, readActionBody, readMessage } from './read.ts';
import { readSubmit } from './render-actions.ts';
import { belowOf, type Replies } from './reply.ts';
import type { Placed, Spot } from './speak.ts';
import { placeOf } from './unasked.ts';
import { WORDS } from './words.ts';

export interface ReceiveOptions {
  readonly core: Core;
  readonly call: Call;
  readonly people: People;
  readonly places: Places;
  readonly desk: Desk;
  readonly forms: Forms;
  readonly replies: Replies;
  readonly commands: Memory<string>;
  readonly seen: Seen;
  /** Hears of what could not be looked up. */
  readonly lost: () => void;
  readonly bot: Person;
  /** Organisations whose people are no guests, `*` for all. */
  readonly orgs: ReadonlySet<string>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Takes notices; the same thing twice is dealt with once. Never throws. */
export function createReceive(options: ReceiveOptions): (notice: Notice) => void {
  const { desk, seen, lost, clock } = options;
  const hear = createHear(options);
  const press = createPress(options);
  return ({ resource, id }) => {
    const key = `${resource}:${id}`;
    if (!seen.first(key)) return;
    const receivedAt = clock.monotonic();
    desk.begin({ resource }, async () => {
      try {
        await (resource === 'messages' ? hear(id, receivedAt) : press(id, receivedAt));
      } catch (error) {
        // Answers that are lost end elsewhere: this was not even asked, and may be found by a look back.
        seen.forget(key);
        lost();
        throw error;
      }
    });
  };
}

type Deal = (id: string, receivedAt: number) => Promise<void>;

function createHear(options: ReceiveOptions): Deal {
  const { call, people, desk, forms, replies, bot } = options;

  /** What somebody means by `@Anna`: whoever is logged in with her e-mail address. */
  async function namesOf({ mentioned }: Message): Promise<ReadonlyMap<string, string>> {
    const others = mentioned.filter((id) => id !== bot.id).slice(0, MOST_MENTIONED);
    const found = await Promise.all(others.map((id) => people.of(id, SHORT_PATIENCE_MS).catch(() => null)));
    return new Map(found.flatMap((person) => (person === null ? [] : [[person.id, person.email]])));
  }

  return async (id, receivedAt) => {
    const message = await unlessGone(call('GET', 'messages/{id}', { id }).then(readMessage));
    // It was deleted meanwhile, or is the bot's own.
    if (message === null || message.personId === bot.id) return;
    const spot = spotOf(message);
    const asker = await askerOf(message.personId, spot, options);
    if (asker === 'bot') return;
    if (asker === null) return replies.note(spot, WORDS.unknownPerson);
    const names = await namesOf(message);
    const text = typedText(message, bot.id, (person) => names.get(person) ?? null);
    if (text === '') return forms.offer(spot, asker, receivedAt);
    await desk.ask({ text, asker, reply: replies.open(spot), receivedAt });
  };
}

function createPress(options: ReceiveOptions): Deal {
  const { call, core, places, desk, replies, commands } = options;
  const lastOnly = createLatest();

  /** The command that was pressed, and whether an answer may take the card's place; null when there is none any more. */
  function commandOf({ inputs }: Action, asker: Asker) {
    const pressed = readSubmit(inputs);
    if (pressed === null || pressed.type === 'outdated') return { note: WORDS.tooOld };
    if (pressed.type === 'form') {
      const [first] = core.formFor(asker).clusters;
      const text = readForm(pressed.inputs, first);
      return text === null ? { note: EMPTY_FORM } : { text, kept: true };
    }
    const text = pressed.type === 'command' ? pressed.command : commands.get(pressed.key);
    return text === null ? { note: WORDS.tooOld } : { text, kept: pressed.kept };
  }

  function replyTo({ card, isDirect }: Place, person: string, text: string, kept: boolean): Reply {
    if (kept || !changesCard(text)) return replies.open(spotBeside(card, isDirect));
    return lastOnly(`${card.id}:${person}`, replies.instead(card, { sendsFiles: sendsFiles(text) }));
  }

  return async (id, receivedAt) => {
    const action = await unlessGone(call('GET', 'attachment/actions/{id}', { id }).then(readActionBody));
    if (action === null) return;
    const place = await places.of(action);
    // Other bots have cards, too.
    if (place === null) return;
    const { card, isDirect } = place;
    const spot = spotBeside(card, isDirect);
    const asker = await askerOf(action.personId, spot, options);
    if (asker === 'bot') return;
    if (asker === null) return replies.note(spot, WORDS.unknownPerson);
    const meant = commandOf(action, asker);
    if ('note' in meant) return replies.note(spot, meant.note);
    const { text, kept } = meant;
    await desk.ask({ text, asker, reply: replyTo(place, asker.person, text, kept), receivedAt });
  };
}

/** Null when Webex knows nobody of that id; `bot` for another bot: two that answer each other would never end. */
async function askerOf(
  personId: string,
  spot: Spot,
  { people, orgs }: Pick<ReceiveOptions, 'people' | 'orgs'>,
): Promise<Asker | null | 'bot'> {
  const person = await people.of(personId);
  if (person === null) return null;
  if (person.isBot) return 'bot';
  const isOurs = orgs.has('*') || (person.org !== '' && orgs.has(person.org));
  return { person: person.email, place: placeOf(spot), ...(!isOurs && { guest: true }) };
}

/** In a group space answers come in the thread, in direct messages where the question stands. */
function spotOf({ room, isDirect, parent, id }: Message): Spot {
  return { room, thread: parent ?? (isDirect ? undefined : id) };
}

/** Where an answer to a press on the card stands. */
function spotBeside(card: Placed, isDirect: boolean): Spot {
  return isDirect ? { room: card.room, thread: card.thread } : belowOf(card);
}

async function unlessGone<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}
