/** Webhooks. https://developer.webex.com/docs/api/v1/webhooks */
import { checkNewWebhook, checkWebhookChange } from '../check/webhook.ts';
import { textAt } from '../json.ts';
import { PAGE } from '../limits.ts';
import type { Webhook } from '../model.ts';
import { showWebhook } from '../show.ts';
import type { World } from '../world.ts';
import { gone, type Methods, notFound, ok, page, type Refusal, refusal } from './method.ts';

export const webhookMethods: Methods = {
  'GET webhooks': {
    query: ['max', 'ownedBy', 'cursor'],
    run(world, { query }) {
      const items = [...world.webhooks.values()];
      const show = (webhook: Webhook) => showWebhook(world, webhook);
      return page(world, query, { items, limits: PAGE.webhooks, path: 'webhooks', show });
    },
  },
  'GET webhooks/{id}': {
    run(world, { id }) {
      const webhook = world.webhooks.get(id);
      return webhook === undefined ? notFound() : ok(showWebhook(world, webhook));
    },
  },
  'POST webhooks': {
    run(world, { body }) {
      const problems = checkNewWebhook(world, body);
      if (problems.length > 0) return refusal(400, ...problems);
      const webhook: Webhook = {
        id: world.ids.next('WEBHOOK'),
        name: textAt(body, 'name') ?? '',
        targetUrl: textAt(body, 'targetUrl') ?? '',
        resource: textAt(body, 'resource') ?? '',
        event: textAt(body, 'event') ?? '',
        ...optional('filter', textAt(body, 'filter')),
        ...optional('secret', textAt(body, 'secret')),
        status: 'active',
        created: world.clock.now(),
      };
      const twin = twinOf(world, webhook);
      if (twin !== null) return twin;
      world.webhooks.set(webhook.id, webhook);
      return ok(showWebhook(world, webhook));
    },
  },
  'PUT webhooks/{id}': {
    run(world, { id, body }) {
      const webhook = world.webhooks.get(id);
      if (webhook === undefined) return notFound();
      const problems = checkWebhookChange(body);
      if (problems.length > 0) return refusal(400, ...problems);
      const after: Webhook = {
        ...webhook,
        name: textAt(body, 'name') ?? webhook.name,
        targetUrl: textAt(body, 'targetUrl') ?? webhook.targetUrl,
        ...optional('secret', textAt(body, 'secret')),
        status: body['status'] === 'inactive' ? 'inactive' : 'active',
      };
      world.webhooks.set(id, after);
      return ok(showWebhook(world, after));
    },
  },
  'DELETE webhooks/{id}': {
    run: (world, { id }) => (world.webhooks.delete(id) ? gone : notFound()),
  },
};

/** A second webhook for the same resource, event, filter and target would only deliver everything twice. */
function twinOf(world: World, webhook: Webhook): Refusal | null {
  const twin = world.webhooks
    .values()
    .find((one) =>
      (['resource', 'event', 'targetUrl', 'filter'] as const).every((key) => one[key] === webhook[key]),
    );
  return twin === undefined ? null : refusal(409, `Webhook ${twin.id} has the same target and resource`);
}

function optional<K extends string>(key: K, value: string | undefined): { readonly [key in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [key in K]: string });
}
