/** POST /messages. https://developer.webex.com/docs/api/v1/messages/create-a-message */
import { checkPost, type Sound } from '../check/message.ts';
import { textAt } from '../json.ts';
import type { Message, Room } from '../model.ts';
import { directRoom } from '../named.ts';
import type { Upload } from '../request.ts';
import { botRoom, keepFile, openDirect, put } from '../rooms.ts';
import { showMessage } from '../show.ts';
import { sentWords } from '../words.ts';
import type { World } from '../world.ts';
import { type Asked, denial, isRefusal, notFound, ok, type Refusal, type Reply, refusal } from './method.ts';

export function postMessage(world: World, { body, uploads }: Asked): Reply | Refusal {
  const checked = checkPost(body, uploads);
  if (isRefusal(checked)) return checked;
  const room = target(world, body);
  if (isRefusal(room)) return room;
  const parentId = textAt(body, 'parentId');
  const denied = parentId === undefined ? null : checkParent(world, room, parentId);
  if (denied !== null) return denied;
  return ok(showMessage(world, put(world, messageOf(world, room, parentId, checked, uploads))));
}

function messageOf(
  world: World,
  room: Room,
  parentId: string | undefined,
  { text, markdown, card, passed }: Sound,
  uploads: readonly Upload[],
): Message {
  const id = world.ids.next('MESSAGE');
  const files = uploads.map(({ name, type, content }) =>
    keepFile(world, { name, type, content, roomId: room.id, personId: world.bot.id, messageId: id }),
  );
  return {
    id,
    roomId: room.id,
    roomType: room.type,
    ...(parentId === undefined ? {} : { parentId }),
    personId: world.bot.id,
    ...sentWords(world, text, markdown),
    files: files.map((file) => file.id),
    card,
    created: world.clock.now(),
    edits: 0,
    passed,
    by: 'bot',
  };
}

/** Where it goes: a space that the bot is in, or a direct one, which is opened. */
function target(world: World, body: Asked['body']): Room | Refusal {
  const roomId = textAt(body, 'roomId');
  if (roomId !== undefined) return botRoom(world, roomId) ?? notFound();
  const { toPersonId, toPersonEmail } = body;
  const person = world.people.values().find(({ id, email }) => id === toPersonId || email === toPersonEmail);
  if (person === undefined || person.deleted) return notFound();
  if (person.type === 'bot') return refusal(403, 'A bot cannot write to a bot');
  return botRoom(world, directRoom(world, person).id) ?? openDirect(world, person, world.bot.id);
}

/** Threads have one level: only a first message can be answered in one. */
function checkParent(world: World, room: Room, parentId: string): Refusal | null {
  const parent = world.messages.get(parentId);
  if (parent === undefined || parent.roomId !== room.id)
    return denial(404, 'Could not find the parent message');
  if (parent.parentId === undefined) return null;
  return refusal(400, 'The parent message is an answer itself');
}
