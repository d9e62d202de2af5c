/** Messages in spaces: put, changed, removed; and people who come and go. Each change is a happening. */

import type { FileEntry, Message, Person, Room } from './model.ts';
import { directRoom } from './named.ts';
import type { World } from './world.ts';

export function put(world: World, message: Message): Message {
  const at = world.clock.now();
  world.messages.set(message.id, message);
  const room = world.rooms.get(message.roomId);
  if (room !== undefined) world.rooms.set(room.id, { ...room, lastActivity: at });
  world.journal.add({ type: 'posted', message, actor: message.personId, at });
  return message;
}

/** Puts the message in the place of the one with its id. */
export function replace(world: World, message: Message): Message {
  const before = world.messages.get(message.id);
  if (before === undefined) throw new Error(`there is no message ${message.id}`);
  world.messages.set(message.id, message);
  world.journal.add({
    type: 'updated',
    message,
    before,
    actor: message.personId,
    at: world.clock.now(),
  });
  return message;
}

export function take(world: World, message: Message, actor: string): void {
  if (!world.messages.delete(message.id)) return;
  world.graves.set(message.id, message);
  world.journal.add({ type: 'deleted', message, actor, at: world.clock.now() });
}

export function keepFile(world: World, file: Omit<FileEntry, 'id'>): FileEntry {
  const entry = { ...file, id: world.ids.next('CONTENT') };
  world.files.set(entry.id, entry);
  if (file.personId === world.bot.id) {
    world.journal.add({ type: 'file', file: entry, at: world.clock.now() });
  }
  return entry;
}

/** The direct space with this person, opened when there is none. */
export function openDirect(world: World, person: Person, actor: string): Room {
  const room = directRoom(world, person);
  if (world.rooms.has(room.id)) return room;
  world.rooms.set(room.id, { ...room, creator: actor });
  for (const member of room.members) {
    world.journal.add({ type: 'joined', room, person: member, actor, at: world.clock.now() });
  }
  return room;
}

export function join(world: World, { id }: Room, person: string, actor: string): void {
  const room = world.rooms.get(id);
  if (room === undefined || room.members.includes(person)) return;
  const after = { ...room, members: [...room.members, person] };
  world.rooms.set(id, after);
  world.journal.add({ type: 'joined', room: after, person, actor, at: world.clock.now() });
}

export function leave(world: World, { id }: Room, person: string, actor: string): void {
  const room = world.rooms.get(id);
  if (room === undefined || !room.members.includes(person)) return;
  const after = { ...room, members: room.members.filter((member) => member !== person) };
  world.rooms.set(id, after);
  world.journal.add({ type: 'left', room: after, person, actor, at: world.clock.now() });
}

/** Whether the bot gets to see a message: in group spaces only its own, and what mentions it. */
export function botSees(world: World, message: Message): boolean {
  const room = world.rooms.get(message.roomId);
  if (room === undefined || !room.members.includes(world.bot.id)) return false;
  if (room.type === 'direct' || message.personId === world.bot.id) return true;
  return message.mentionedPeople.includes(world.bot.id);
}

/** The space, if the bot is in it. */
export function botRoom(world: World, id: string): Room | undefined {
  const room = world.rooms.get(id);
  return room?.members.includes(world.bot.id) ? room : undefined;
}
