/** People writing, editing and deleting. */
import type { Message, Person, Room } from './model.ts';
import { messageNow, personNamed, roomNamed } from './named.ts';
import type { People, SayMore } from './people.ts';
import { keepFile, openDirect, put, replace, take } from './rooms.ts';
import { typedWords } from './words.ts';
import type { World } from './world.ts';

export function createSaying(world: World): Pick<People, 'say' | 'edit' | 'remove'> {
  return {
    async say(where, who, text, more = {}) {
      const person = personNamed(world, who);
      const room = enter(world, where, person);
      return put(world, messageOf(world, room, person, text, more));
    },
    async edit(message, text, { as = 'text' } = {}) {
      const { markdown: _markdown, html: _html, ...now } = messageNow(world, message);
      if (now.by === 'bot') throw new Error('that message is the bot’s');
      const words = typedWords(world, text, as);
      return replace(world, { ...now, ...words, updated: world.clock.now(), edits: now.edits + 1 });
    },
    async remove(message, who = message.personId) {
      take(world, messageNow(world, message), personNamed(world, who).id);
    },
  };
}

/** The space, opened when it is a direct one; throws when the person cannot write there. */
function enter(world: World, where: string, person: Person): Room {
  if (person.deleted) throw new Error(`${person.name} is not there any more`);
  const room = roomNamed(world, where);
  if (!room.members.includes(person.id)) throw new Error(`${person.name} is not in ${where}`);
  if (room.type === 'direct') {
    const other = room.members.find((member) => member !== world.bot.id) ?? person.id;
    return openDirect(world, personNamed(world, other), person.id);
  }
  if (!world.rooms.has(room.id)) throw new Error(`${where} is not there any more`);
  return room;
}

function messageOf(world: World, room: Room, person: Person, text: string, more: SayMore): Message {
  const { parent, files = [], as = 'text' } = more;
  const id = world.ids.next('MESSAGE');
  const place = { roomId: room.id, personId: person.id, messageId: id };
  const kept = files.map(({ name, content }) =>
    keepFile(world, { name, type: 'application/octet-stream', content: Buffer.from(content), ...place }),
  );
  return {
    id,
    roomId: room.id,
    roomType: room.type,
    ...(parent === undefined ? {} : { parentId: parent.parentId ?? parent.id }),
    personId: person.id,
    ...typedWords(world, text, as),
    files: kept.map((file) => file.id),
    card: null,
    created: world.clock.now(),
    edits: 0,
    passed: [],
    by: 'person',
  };
}
