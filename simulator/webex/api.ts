/** One call of the REST API, from request to answer: token, rate limit, method, and the record of it. */
import { type JsonObject, textAt } from './json.ts';
import { actionMethods } from './methods/actions.ts';
import { membershipMethods } from './methods/memberships.ts';
import { messageMethods } from './methods/messages.ts';
import { isRefusal, type Methods, type Refusal, type Reply, refusal } from './methods/method.ts';
import { peopleMethods } from './methods/people.ts';
import { roomMethods } from './methods/rooms.ts';
import { webhookMethods } from './methods/webhooks.ts';
import type { RateLimits } from './rate.ts';
import type { Given } from './request.ts';
import type { World } from './world.ts';

const METHODS: Methods = {
  ...actionMethods,
  ...membershipMethods,
  ...messageMethods,
  ...peopleMethods,
  ...roomMethods,
  ...webhookMethods,
};

/** Where a request goes: the name of a method, known or not, and the id in its path. */
export interface Route {
  readonly method: string;
  readonly id: string;
}

export interface ApiCall extends Given {
  readonly route: Route;
  readonly token: string | null;
}

export interface Api {
  call(call: ApiCall): Reply;
}

/** `GET`, `messages/Y2lz…` → `GET messages/{id}`. Names without an id in them come first: `people/me`. */
export function routeOf(verb: string, path: string): Route {
  const method = `${verb} ${path}`;
  if (Object.hasOwn(METHODS, method)) return { method, id: '' };
  const [, place = '', id = ''] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
  return place === '' ? { method, id: '' } : { method: `${verb} ${place}/{id}`, id };
}

export function createApi(world: World, rates: RateLimits): Api {
  return {
    call(call) {
      if (!world.token.isGood || call.token !== world.token.value) {
        return refuse(
          world,
          refusal(401, 'The request requires a valid access token set in the Authorization header.'),
        );
      }
      const wait = rates.take(call.route.method);
      if (wait !== null) return tooMany(world, wait);
      const result = answer(world, call);
      if (!isRefusal(result)) return result;
      if (result.isMistake) remember(world, call, result);
      return refuse(world, result);
    },
  };
}

function remember(world: World, { query, body = {}, route }: ApiCall, refused: Refusal): void {
  world.rejections.push({
    at: world.clock.now(),
    method: route.method,
    status: refused.refused,
    messages: refused.problems,
    sent: { ...query, ...body },
  });
}

function answer(world: World, { route, query, body, uploads }: ApiCall): Reply | Refusal {
  const method = Object.hasOwn(METHODS, route.method) ? METHODS[route.method] : undefined;
  if (method === undefined) return refusal(404, `there is no ${route.method} here`);
  if (body === undefined) return refusal(400, 'The body is neither JSON nor a form');
  const stray = Object.keys(query).find((name) => !(method.query ?? []).includes(name));
  if (stray !== undefined) return refusal(400, `unknown in the query: ${stray}`);
  return method.run(world, { query, body, uploads, id: route.id });
}

export function tooMany(world: World, seconds: number): Reply {
  const words = 'Too many requests; wait for the time in Retry-After before the next';
  const { status, body } = refuse(world, refusal(429, words));
  return { status, body, headers: { 'retry-after': String(seconds) } };
}

/** As the platform words errors: https://developer.webex.com/docs/basics */
export function refuse(world: World, { refused, problems }: Refusal): Reply {
  const errors = problems.map((description) => ({ description }));
  const trackingId = world.ids.tracking();
  const body: JsonObject = { message: problems[0] ?? 'refused', errors, trackingId };
  return { status: refused, body, headers: { trackingid: trackingId } };
}

/** The room that a call was for, when it said one. */
export function roomOf(world: World, { query, body = {}, route }: ApiCall): string | null {
  const message = world.messages.get(route.id) ?? world.graves.get(route.id);
  return textAt(body, 'roomId') ?? query['roomId'] ?? message?.roomId ?? null;
}
