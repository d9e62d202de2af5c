/** People and spaces by the names that people use. All throw an Error when there is none. */
import { personId, roomId } from './ids.ts';
import type { Message, Person, Room } from './model.ts';
import type { World } from './world.ts';

/** By name (`anna`, `@anna`), address or id. */
export function personNamed(world: World, who: string): Person {
  const known = world.people.get(who) ?? world.people.get(personId(who.replace(/^@/, '')));
  const person = known ?? world.people.values().find(({ email }) => email === who);
  if (person === undefined) throw new Error(`nobody here is called ${who}`);
  return person;
}

/** By title, id, or `@anna` for the direct space with her, which need not have been opened yet. */
export function roomNamed(world: World, where: string): Room {
  if (where.startsWith('@')) return directRoom(world, personNamed(world, where));
  const known = world.rooms.get(where) ?? world.rooms.get(roomId(where));
  const room = known ?? world.rooms.values().find(({ title, type }) => title === where && type === 'group');
  if (room === undefined) throw new Error(`no space here is called ${where}`);
  return room;
}

/** The direct space between a person and the bot, as it is or as it would be. */
export function directRoom(world: World, person: Person): Room {
  const id = roomId(`direct ${person.name}`);
  const now = world.clock.now();
  const made: Room = {
    id,
    title: person.displayName,
    type: 'direct',
    members: [person.id, world.bot.id],
    creator: person.id,
    created: now,
    lastActivity: now,
  };
  return world.rooms.get(id) ?? made;
}

/** As it stands now. */
export function messageNow(world: World, { id }: Pick<Message, 'id'>): Message {
  const message = world.messages.get(id);
  if (message === undefined) throw new Error(`there is no message ${id} any more`);
  return message;
}
