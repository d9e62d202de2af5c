/** How the REST API shows things. https://developer.webex.com/docs/api/v1/messages/get-message-details and its neighbours */
import { membershipId } from './ids.ts';
import type { JsonObject } from './json.ts';
import type { Action, Message, Person, Room, Webhook } from './model.ts';
import { APP } from './seed.ts';
import type { World } from './world.ts';

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

export function showTime(at: number): string {
  return new Date(at).toISOString();
}

export function showMessage(world: World, message: Message): JsonObject {
  const { text, markdown, html, card, ...rest } = message;
  return {
    ...showMessageBriefly(world, rest),
    ...(text === '' ? {} : { text }),
    ...(markdown === undefined ? {} : { markdown }),
    ...(html === undefined ? {} : { html }),
    ...(card === null ? {} : { attachments: [{ contentType: CARD_TYPE, content: card }] }),
  };
}

/** As webhooks show it: without what is encrypted. */
export function showMessageBriefly(
  world: World,
  message: Omit<Message, 'text' | 'markdown' | 'html' | 'card'>,
): JsonObject {
  const { id, parentId, roomId, roomType, personId, files, mentionedPeople, mentionedGroups } = message;
  return {
    id,
    ...(parentId === undefined ? {} : { parentId }),
    roomId,
    roomType,
    ...(files.length === 0 ? {} : { files: files.map((file) => `${world.origin}/v1/contents/${file}`) }),
    personId,
    personEmail: world.people.get(personId)?.email ?? '',
    ...(mentionedPeople.length === 0 ? {} : { mentionedPeople }),
    ...(mentionedGroups.length === 0 ? {} : { mentionedGroups }),
    created: showTime(message.created),
    ...(message.updated === undefined ? {} : { updated: showTime(message.updated) }),
  };
}

export function showRoom(room: Room): JsonObject {
  return {
    ...showRoomBriefly(room),
    title: room.title,
    lastActivity: showTime(room.lastActivity),
  };
}

export function showRoomBriefly({ id, type, creator, created }: Room): JsonObject {
  return { id, type, isLocked: false, creatorId: creator, created: showTime(created), isPublic: false };
}

export function showPerson(person: Person): JsonObject {
  const [first = '', ...last] = person.displayName.split(' ');
  return {
    id: person.id,
    emails: [person.email],
    phoneNumbers: [],
    displayName: person.displayName,
    nickName: first,
    firstName: first,
    lastName: last.join(' '),
    orgId: person.orgId,
    created: '2025-01-07T08:00:00.000Z',
    lastActivity: '2026-01-05T08:00:00.000Z',
    status: 'unknown',
    type: person.type,
  };
}

export function showMembership(world: World, room: Room, personId: string): JsonObject {
  const person = world.people.get(personId);
  return {
    id: membershipId(personId, room.id),
    roomId: room.id,
    roomType: room.type,
    personId,
    personEmail: person?.email ?? '',
    personDisplayName: person?.displayName ?? '',
    personOrgId: person?.orgId ?? '',
    isModerator: false,
    isMonitor: false,
    isRoomHidden: false,
    created: showTime(room.created),
  };
}

export function showAction(action: Action): JsonObject {
  return { ...showActionBriefly(action), inputs: action.inputs };
}

export function showActionBriefly({ id, messageId, personId, roomId, created }: Action): JsonObject {
  return { id, type: 'submit', messageId, personId, roomId, created: showTime(created) };
}

export function showWebhook(world: World, webhook: Webhook): JsonObject {
  const { id, name, targetUrl, resource, event, filter, secret, status, created } = webhook;
  return {
    id,
    name,
    targetUrl,
    resource,
    event,
    ...(filter === undefined ? {} : { filter }),
    ...(secret === undefined ? {} : { secret }),
    orgId: world.bot.orgId,
    createdBy: world.bot.id,
    appId: APP,
    ownedBy: 'creator',
    status,
    created: showTime(created),
  };
}
