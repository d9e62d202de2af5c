/** Messages to read and to delete. https://developer.webex.com/docs/api/v1/messages */
import { PAGE } from '../limits.ts';
import type { Message } from '../model.ts';
import { directRoom } from '../named.ts';
import { botRoom, botSees, take } from '../rooms.ts';
import { showMessage } from '../show.ts';
import type { World } from '../world.ts';
import { editMessage } from './editing.ts';
import { gone, type Methods, notFound, ok, page, type Refusal, type Reply, refusal } from './method.ts';
import { postMessage } from './posting.ts';

export const messageMethods: Methods = {
  'POST messages': { run: postMessage },
  'PUT messages/{id}': { run: editMessage },
  'GET messages/{id}': {
    run(world, { id }) {
      const message = world.messages.get(id);
      return message === undefined || !botSees(world, message) ? notFound() : ok(showMessage(world, message));
    },
  },
  'DELETE messages/{id}': {
    run(world, { id }) {
      const message = world.messages.get(id);
      if (message === undefined || !botSees(world, message)) return notFound();
      if (message.personId !== world.bot.id)
        return refusal(403, 'Only a moderator can delete those of others');
      take(world, message, world.bot.id);
      return gone;
    },
  },
  'GET messages': {
    query: ['roomId', 'parentId', 'mentionedPeople', 'before', 'beforeMessage', 'max', 'cursor'],
    run(world, { query }) {
      const { roomId, mentionedPeople } = query;
      if (roomId === undefined) return refusal(400, "'roomId' is missing");
      const room = botRoom(world, roomId);
      if (room === undefined) return notFound();
      const isMine = mentionedPeople === 'me' || mentionedPeople === world.bot.id;
      if (room.type === 'group' && !isMine) {
        return refusal(
          403,
          'A bot may list only messages of a group space that mention it (mentionedPeople=me)',
        );
      }
      const mentions = ({ mentionedPeople: people }: Message) =>
        mentionedPeople === undefined || people.includes(world.bot.id);
      return list(world, query, room.id, 'messages', mentions);
    },
  },
  'GET messages/direct': {
    query: ['parentId', 'personId', 'personEmail', 'max', 'cursor'],
    run(world, { query }) {
      const { personId, personEmail } = query;
      if ((personId === undefined) === (personEmail === undefined)) {
        return refusal(400, "one of 'personId' and 'personEmail' is needed");
      }
      const person = world.people.values().find(({ id, email }) => id === personId || email === personEmail);
      const room = person === undefined ? undefined : botRoom(world, directRoom(world, person).id);
      return room === undefined ? notFound() : list(world, query, room.id, 'messages/direct', () => true);
    },
  },
};

/** The newest first. */
function list(
  world: World,
  query: Readonly<Record<string, string>>,
  room: string,
  path: string,
  fits: (message: Message) => boolean,
): Reply | Refusal {
  const { parentId, before, beforeMessage } = query;
  const until = before === undefined ? Number.POSITIVE_INFINITY : Date.parse(before);
  if (Number.isNaN(until)) return refusal(400, "'before' is no date");
  const all = [...world.messages.values()].filter(({ roomId }) => roomId === room);
  const end = beforeMessage === undefined ? -1 : all.findIndex(({ id }) => id === beforeMessage);
  if (beforeMessage !== undefined && end < 0) return notFound();
  const items = (end < 0 ? all : all.slice(0, end)).filter(
    (message) =>
      fits(message) && message.created < until && (parentId === undefined || message.parentId === parentId),
  );
  const show = (message: Message) => showMessage(world, message);
  return page(world, query, { items: items.toReversed(), limits: PAGE.messages, path, show });
}
