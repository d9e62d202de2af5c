/** One call of the Web API, from arguments to answer: token, scopes, rate limit, method, and the record of it. */
import { isRefusal, type Refusal, refusal } from './check/message.ts';
import { type JsonObject, textAt } from './json.ts';
import { chatMethods } from './methods/chat.ts';
import { conversationMethods } from './methods/conversations.ts';
import { fileMethods } from './methods/files.ts';
import type { Method, Methods } from './methods/method.ts';
import { peopleMethods } from './methods/people.ts';
import { viewMethods } from './methods/views.ts';
import type { RateLimits } from './rate.ts';
import type { World } from './world.ts';

export interface ApiReply {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiCall {
  readonly method: string;
  readonly args: JsonObject;
  readonly token: string | null;
}

export interface Api {
  call(call: ApiCall): ApiReply;
}

export interface ApiOptions {
  readonly world: World;
  readonly rates: RateLimits;
  /** apps.connections.open: the address of a new socket, or why there is none. */
  readonly openSocket: () => string | null;
}

export function createApi({ world, rates, openSocket }: ApiOptions): Api {
  const methods: Methods = {
    ...chatMethods,
    ...conversationMethods,
    ...fileMethods,
    ...peopleMethods,
    ...viewMethods,
    'apps.connections.open': {
      tier: 1,
      token: 'app',
      scopes: [],
      run() {
        const url = openSocket();
        return url === null ? refusal('too_many_websockets') : { url };
      },
    },
    'api.test': { tier: 4, scopes: [], run: () => ({}) },
  };
  return {
    call({ method, args, token }) {
      const known = Object.hasOwn(methods, method) ? methods[method] : undefined;
      if (known === undefined) return reply(refusal('unknown_method'));
      const denied = method === 'api.test' ? null : checkToken(world, known, token);
      if (denied !== null) return reply(denied);
      const wait = rates.take(method, known.tier, textAt(args, 'channel') ?? null);
      if (wait !== null) return tooMany(wait);
      return reply(answer(known, method, args), scopeHeaders(world, known));
    },
  };

  function answer(known: Method, method: string, args: JsonObject): JsonObject | Refusal {
    const missing = known.scopes.find((scope) => !world.scopes.has(scope));
    const result = missing === undefined ? known.run(world, args) : refusal('missing_scope', [missing]);
    if (isRefusal(result)) {
      const { error, problems } = result;
      reject(world, method, error, error === 'missing_scope' ? [] : problems, args);
      if (error === 'missing_scope') return scopeRefusal(world, problems);
    }
    return result;
  }

  function reply(result: JsonObject | Refusal, headers: Readonly<Record<string, string>> = {}): ApiReply {
    if (!isRefusal(result)) return { status: 200, body: { ok: true, ...result }, headers };
    const { error, problems } = result;
    const details =
      problems.length === 0
        ? {}
        : {
            errors: problems,
            response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) },
          };
    return { status: 200, body: { ok: false, error, ...details }, headers };
  }
}

export function tooMany(seconds: number): ApiReply {
  return {
    status: 429,
    body: { ok: false, error: 'ratelimited' },
    headers: { 'retry-after': String(seconds) },
  };
}

/** Remembers what Slack would not have taken. */
export function reject(
  world: World,
  method: string,
  error: string,
  problems: readonly string[],
  sent: JsonObject,
): void {
  const messages = problems.map((problem) => `[ERROR] ${problem}`);
  world.rejections.push({ at: world.clock.now(), method, error, messages, sent });
}

function checkToken(world: World, { token: kind = 'bot' }: Method, token: string | null): Refusal | null {
  if (token === null || token === '') return refusal('not_authed');
  const { bot, app, error } = world.tokens;
  if (token !== bot && token !== app) return refusal('invalid_auth');
  if (error !== null) return refusal(error);
  return token === (kind === 'bot' ? bot : app) ? null : refusal('not_allowed_token_type');
}

function scopeRefusal(world: World, needed: readonly string[]): JsonObject {
  return {
    ok: false,
    error: 'missing_scope',
    needed: needed.join(','),
    provided: [...world.scopes].join(','),
  };
}

function scopeHeaders(world: World, { scopes, token }: Method): Readonly<Record<string, string>> {
  const provided = token === 'app' ? 'connections:write' : [...world.scopes].join(',');
  return { 'x-oauth-scopes': provided, 'x-accepted-oauth-scopes': scopes.join(',') };
}
