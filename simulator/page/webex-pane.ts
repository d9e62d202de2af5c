/** The simulated Webex as a pane: what stands in its spaces, and what people do there. */
import { isObject, type JsonObject, objectAt } from '../slack/json.ts';
import type { Message } from '../webex/model.ts';
import type { Webex } from '../webex/webex.ts';
import { OrderError, type Pane, wordAt } from './pane.ts';
import { createTimes } from './times.ts';
import type { RoomSeen, WebexChange, WebexMessage, WebexState } from './wire.ts';

/** Whose eyes the page offers, and which spaces. */
const PEOPLE = ['anna', 'ben'];
const ROOMS = ['Voice', 'Alerts'];
/** As the simulated Webex is asked for them: a direct space has no id to be asked by before somebody wrote there. */
const PLACES = [...ROOMS, ...PEOPLE.map((name) => `@${name}`)];
/** Older ones are not told to somebody who comes late. */
const MOST_MESSAGES = 400;
/** Of Webex, in bytes; longer is not said. */
const LONGEST = 7439;

/** `now`: demo time, which the cards tell; the chat itself lives in the machine's. */
export function createWebexPane(webex: Webex, now: () => number): Pane {
  const people = PEOPLE.map((name) => webex.person(name));
  const rooms: readonly RoomSeen[] = [
    ...ROOMS.map((name) => webex.room(name)).map(({ id, title }) => ({ id, name: title })),
    ...people.map(({ id, name }) => ({ id: webex.room(`@${name}`).id, name: 'risbot', direct: id })),
  ];
  const isShown = new Set(rooms.map(({ id }) => id));
  const times = createTimes(now);
  const seen = (message: Message) => messageSeen(webex, message, times.of(message.id));
  const isConnected = () => webex.sockets() > 0 || webex.webhooks().length > 0;
  let happened: WebexChange[] = [];
  let wasConnected = isConnected();

  webex.follow((happening) => {
    if (!('message' in happening) || !isShown.has(happening.message.roomId)) return;
    const { message, type } = happening;
    times.note(message.id);
    happened.push(
      type === 'deleted' ? { type: 'gone', id: message.id } : { type: 'message', message: seen(message) },
    );
  });

  return {
    name: 'webex',
    state: (): WebexState => ({
      bot: { id: webex.bot.id, name: 'risbot', realName: webex.bot.displayName },
      people: people.map(({ id, name, displayName }) => ({ id, name, realName: displayName })),
      rooms,
      messages: PLACES.flatMap((place) => webex.messages(place).slice(-MOST_MESSAGES).map(seen)),
      isConnected: isConnected(),
    }),
    changes() {
      const changes = happened;
      happened = [];
      if (wasConnected === isConnected()) return changes;
      wasConnected = !wasConnected;
      return [...changes, { type: 'connected', isConnected: wasConnected }];
    },
    async act(order) {
      try {
        return await done(webex, order);
      } catch (error) {
        // The simulated Webex refuses by an Error what a person could not do, in words that say why.
        throw new OrderError(error instanceof Error ? error.message : 'that did not work', { cause: error });
      }
    },
    file(id) {
      const file = webex.files().find((one) => one.id === id);
      return file === undefined ? null : { name: file.name, content: file.content };
    },
  };
}

/** An order names who does it and what (`do`), and then what that needs. */
async function done(webex: Webex, order: JsonObject): Promise<unknown> {
  const who = webex.person(wordAt(order, 'who')).id;
  switch (wordAt(order, 'do')) {
    case 'say': {
      const text = wordAt(order, 'text', LONGEST).trim();
      if (text === '') throw new OrderError('there is nothing to say');
      const parent =
        order['parent'] === undefined ? {} : { parent: messageNamed(webex, wordAt(order, 'parent')) };
      await webex.say(wordAt(order, 'where'), who, text, parent);
      return {};
    }
    case 'press': {
      const on = messageNamed(webex, wordAt(order, 'message'));
      await webex.press(who, on, objectAt(order, 'data') ?? {}, textsOf(order['inputs']));
      return {};
    }
    default:
      throw new OrderError('nobody does that in Webex');
  }
}

function messageNamed(webex: Webex, id: string): Message {
  const found = PLACES.flatMap((place) => webex.messages(place)).find((message) => message.id === id);
  if (found === undefined) throw new OrderError('that message is not there any more');
  return found;
}

function textsOf(inputs: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(isObject(inputs) ? inputs : {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function messageSeen(webex: Webex, message: Message, at: number): WebexMessage {
  const { id, roomId, parentId, personId, text, html, card, updated } = message;
  return {
    id,
    room: roomId,
    person: personId,
    at,
    text,
    card,
    files: webex
      .files()
      .filter((file) => message.files.includes(file.id))
      .map((file) => ({ id: file.id, name: file.name, size: file.content.length })),
    edited: updated !== undefined,
    ...(parentId !== undefined && { parent: parentId }),
    ...(html !== undefined && { html }),
  };
}
