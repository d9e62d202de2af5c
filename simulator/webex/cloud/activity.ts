/**
 * Occurrences as activities of a conversation, which is how the websocket tells them: uuids instead of the REST API's ids, verbs, and
 * text that only the key server could open, and there is none here. What an activity looks like is known from what the SDK reads of it.
 */
import { type Kind, nameIn, uuidOf } from '../ids.ts';
import { type JsonObject, textAt } from '../json.ts';
import type { Occurrence } from '../occurrence.ts';

/** What stands where text does: as long as a short one, and of no use to anybody. */
const SEALED = 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..c2VhbGVk.c2VhbGVkLXRleHQ.c2VhbGVk';
const KEY = 'kms://kms-cisco.wbx2.com/keys/5c5e1f3c-6b62-4a2f-9d5e-0f5c6a1b2c3d';

const VERBS: Readonly<Record<Occurrence['resource'], Partial<Record<Occurrence['event'], string>>>> = {
  messages: { created: 'post', updated: 'post', deleted: 'delete' },
  memberships: { created: 'add', updated: 'assignModerator', deleted: 'leave' },
  rooms: { created: 'create', updated: 'update' },
  attachmentActions: { created: 'cardAction' },
};

/** Null when the websocket has no word for it. */
export function activityOf(occurrence: Occurrence, origin: string): JsonObject | null {
  const { resource, event, data, at } = occurrence;
  const verb = VERBS[resource][event];
  if (verb === undefined) return null;
  const id = textAt(data, 'id') ?? '';
  const own = resource === 'messages' && event === 'created' ? uuidIn('MESSAGE', id) : undefined;
  const pressed = resource === 'attachmentActions' ? uuidIn('ATTACHMENT_ACTION', id) : undefined;
  const activity = pressed ?? own ?? uuidOf(`activity ${resource} ${event} ${id} ${at}`);
  return {
    id: activity,
    objectType: 'activity',
    url: `${origin}/conversation/api/v1/activities/${activity}`,
    published: new Date(at).toISOString(),
    verb: verb === 'post' && Array.isArray(data['files']) ? 'share' : verb,
    actor: person(occurrence.actorId),
    object: objectOf(occurrence),
    target: conversation(data, resource === 'rooms' ? id : textAt(data, 'roomId'), origin),
    ...parentOf(occurrence),
    encryptionKeyUrl: KEY,
  };
}

function objectOf({ resource, event, data }: Occurrence): JsonObject {
  const id = textAt(data, 'id') ?? '';
  if (resource === 'attachmentActions') return { objectType: 'submit' };
  if (resource === 'memberships') return person(textAt(data, 'personId') ?? '');
  if (resource === 'rooms') {
    return { objectType: 'conversation', id: uuidIn('ROOM', id), participants: { items: [] } };
  }
  if (event === 'deleted') return { objectType: 'activity', id: uuidIn('MESSAGE', id) };
  return { objectType: 'comment', displayName: SEALED };
}

/** What it belongs to: the card that was pressed, the message that was edited, the thread. */
function parentOf({ resource, event, data }: Occurrence): JsonObject {
  const parent = (id: string | undefined, type: string) =>
    id === undefined ? {} : { parent: { id: uuidIn('MESSAGE', id), type } };
  if (resource === 'attachmentActions') return parent(textAt(data, 'messageId'), 'cardAction');
  if (resource !== 'messages') return {};
  if (event === 'updated') return parent(textAt(data, 'id'), 'edit');
  return parent(textAt(data, 'parentId'), 'reply');
}

function person(id: string): JsonObject {
  const uuid = uuidIn('PEOPLE', id);
  return { objectType: 'person', id: uuid, entryUUID: uuid };
}

function conversation(data: JsonObject, roomId: string | undefined, origin: string): JsonObject {
  const id = uuidIn('ROOM', roomId ?? '');
  return {
    objectType: 'conversation',
    id,
    url: `${origin}/conversation/api/v1/conversations/${id}`,
    tags: data['roomType'] === 'direct' ? ['ONE_ON_ONE', 'LOCKED'] : [],
  };
}

const uuidIn = (kind: Kind, id: string): string => nameIn(kind, id) ?? id;
