/** What a webhook is about: resource, event and filter. https://developer.webex.com/docs/api/guides/webhooks */
import type { Webhook } from './model.ts';
import type { Occurrence } from './occurrence.ts';

type Wanted = Pick<Webhook, 'resource' | 'event' | 'filter'>;

/** Resource → its events. */
export const EVENTS: Readonly<Record<string, readonly string[]>> = {
  messages: ['created', 'updated', 'deleted', 'all'],
  memberships: ['created', 'updated', 'deleted', 'all'],
  rooms: ['created', 'updated', 'all'],
  attachmentActions: ['created', 'all'],
  all: ['all'],
};

/** Resource → what may stand in its filter. */
export const FILTERS: Readonly<Record<string, readonly string[]>> = {
  messages: ['roomId', 'roomType', 'personId', 'personEmail', 'mentionedPeople', 'hasFiles'],
  memberships: ['roomId', 'personId', 'personEmail', 'isModerator'],
  rooms: ['type', 'isLocked'],
  attachmentActions: ['roomId', 'personId', 'messageId'],
  all: [],
};

export function wants(webhook: Wanted, occurrence: Occurrence): boolean {
  const { resource, event } = webhook;
  // The firehose has messages, memberships and rooms, but not what people press.
  const isFirehose = resource === 'all' && occurrence.resource !== 'attachmentActions';
  if (!isFirehose && resource !== occurrence.resource) return false;
  if (event !== 'all' && event !== occurrence.event) return false;
  return filterOf(webhook.filter).every(([key, value]) => fits(occurrence, key, value));
}

/** `a=b&c=d` as pairs. */
export function filterOf(filter: string | undefined): readonly (readonly [string, string])[] {
  if (filter === undefined || filter === '') return [];
  return filter.split('&').map((pair) => {
    const [key = '', ...value] = pair.split('=');
    return [key, value.join('=')];
  });
}

function fits({ data }: Occurrence, key: string, value: string): boolean {
  if (key === 'hasFiles') return String(data['files'] !== undefined) === value;
  const actual = data[key];
  return Array.isArray(actual) ? actual.includes(value) : String(actual) === value;
}
