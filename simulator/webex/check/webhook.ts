/** What a webhook may say. https://developer.webex.com/docs/api/v1/webhooks/create-a-webhook */
import { type JsonObject, textAt } from '../json.ts';
import { botRoom } from '../rooms.ts';
import { EVENTS, FILTERS, filterOf } from '../wants.ts';
import type { World } from '../world.ts';
import { problemsOf } from './shape.ts';

const WORDS = { type: 'string', minLength: 1, maxLength: 2048 };
const COMMON = {
  name: WORDS,
  targetUrl: WORDS,
  secret: WORDS,
  ownedBy: { enum: ['creator', 'org'] },
};

const NEW = problemsOf({
  type: 'object',
  required: ['name', 'targetUrl', 'resource', 'event'],
  additionalProperties: false,
  properties: { ...COMMON, resource: { enum: Object.keys(EVENTS) }, event: WORDS, filter: WORDS },
});

const CHANGE = problemsOf({
  type: 'object',
  required: ['name', 'targetUrl'],
  additionalProperties: false,
  properties: { ...COMMON, status: { enum: ['active', 'inactive'] } },
});

export function checkNewWebhook(world: World, body: JsonObject): readonly string[] {
  const problems = [...NEW(body), ...checkUrl(body)];
  if (problems.length > 0) return problems;
  const resource = textAt(body, 'resource') ?? '';
  const event = textAt(body, 'event') ?? '';
  if (!EVENTS[resource]?.includes(event)) return [`'event' of ${resource} cannot be '${event}'`];
  return filterOf(textAt(body, 'filter')).flatMap(([key, value]) => {
    if (!FILTERS[resource]?.includes(key)) return [`invalid filter for ${resource}: ${key}`];
    const isStrange = key === 'roomId' && botRoom(world, value) === undefined;
    return isStrange ? ['invalid value for filter: roomId'] : [];
  });
}

export function checkWebhookChange(body: JsonObject): readonly string[] {
  return [...CHANGE(body), ...checkUrl(body)];
}

function checkUrl(body: JsonObject): readonly string[] {
  const url = textAt(body, 'targetUrl');
  if (url === undefined) return [];
  const isGood = URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
  return isGood ? [] : ["'targetUrl' is no HTTP address"];
}
