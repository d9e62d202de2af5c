/** Which occurrences a change makes, and whether the bot hears of them. https://developer.webex.com/docs/api/guides/webhooks */
import type { Action, Happening, Message, Room } from './model.ts';
import type { Occurrence } from './occurrence.ts';
import { botRoom, botSees } from './rooms.ts';
import { showActionBriefly, showMembership, showMessageBriefly, showRoomBriefly } from './show.ts';
import type { World } from './world.ts';

const MESSAGE_EVENTS = { posted: 'created', updated: 'updated', deleted: 'deleted' } as const;

/** What the bot is told of a change; null when it does not concern it. */
export function occurrenceOf(world: World, happening: Happening): Occurrence | null {
  switch (happening.type) {
    case 'posted':
    case 'updated':
    case 'deleted':
      return ofMessage(world, happening.message, MESSAGE_EVENTS[happening.type], happening);
    case 'pressed':
      return ofAction(world, happening.action);
    case 'joined':
    case 'left':
      return ofMembership(world, happening);
    case 'renamed':
      return ofRoom(world, happening);
    case 'file':
      return null;
  }
}

function ofMessage(
  world: World,
  message: Message,
  event: Occurrence['event'],
  { actor, at }: { readonly actor: string; readonly at: number },
): Occurrence | null {
  if (!botSees(world, message)) return null;
  return { resource: 'messages', event, actorId: actor, data: showMessageBriefly(world, message), at };
}

/** In a space that it has left the bot hears nothing any more. */
function ofAction(world: World, action: Action): Occurrence | null {
  if (botRoom(world, action.roomId) === undefined) return null;
  const { personId, created } = action;
  const data = showActionBriefly(action);
  return { resource: 'attachmentActions', event: 'created', actorId: personId, data, at: created };
}

function ofMembership(
  world: World,
  happening: Extract<Happening, { readonly type: 'joined' | 'left' }>,
): Occurrence | null {
  const { type, room, person, actor, at } = happening;
  // It still hears that it was taken out itself.
  if (person !== world.bot.id && !room.members.includes(world.bot.id)) return null;
  const event = type === 'joined' ? 'created' : 'deleted';
  return { resource: 'memberships', event, actorId: actor, data: showMembership(world, room, person), at };
}

function ofRoom(
  world: World,
  { room, actor, at }: { readonly room: Room; readonly actor: string; readonly at: number },
): Occurrence | null {
  if (botRoom(world, room.id) === undefined) return null;
  return { resource: 'rooms', event: 'updated', actorId: actor, data: showRoomBriefly(room), at };
}
