/** What a method of the Web API is. */
import { isRefusal, type Refusal, refusal } from '../check/message.ts';
import { type JsonObject, textAt } from '../json.ts';
import type { Tier } from '../limits.ts';
import type { Channel } from '../model.ts';
import type { World } from '../world.ts';

export interface Method {
  readonly tier: Tier;
  /** Which token it takes; default the bot's. */
  readonly token?: 'bot' | 'app';
  /** Scopes needed whatever the arguments. */
  readonly scopes: readonly string[];
  /** The fields beside `ok`, or why not. */
  run(world: World, args: JsonObject): JsonObject | Refusal;
}

export type Methods = Readonly<Record<string, Method>>;

const READ = { public: 'channels:read', private: 'groups:read', im: 'im:read' } as const;
const HISTORY = { public: 'channels:history', private: 'groups:history', im: 'im:history' } as const;

export function missingScope(scope: string): Refusal {
  return refusal('missing_scope', [scope]);
}

/** The channel that the bot can see, by the argument `channel`; private ones that it is not in do not exist for it. */
export function visibleChannel(world: World, args: JsonObject): Channel | Refusal {
  const channel = world.channels.get(textAt(args, 'channel') ?? '');
  if (channel === undefined) return refusal('channel_not_found');
  if (channel.kind !== 'public' && !channel.members.includes(world.bot.user)) {
    return refusal('channel_not_found');
  }
  return channel;
}

/** The same, if the bot may read it, or its history. */
export function readableChannel(world: World, args: JsonObject, what: 'read' | 'history'): Channel | Refusal {
  const channel = visibleChannel(world, args);
  if (isRefusal(channel)) return channel;
  const scope = (what === 'read' ? READ : HISTORY)[channel.kind];
  if (!world.scopes.has(scope)) return missingScope(scope);
  const isIn = channel.members.includes(world.bot.user);
  return what === 'history' && !isIn ? refusal('not_in_channel') : channel;
}

/** A page of a list: `limit` and `cursor` in, items and the next cursor out. */
export function page<T>(
  items: readonly T[],
  args: JsonObject,
): { items: readonly T[]; metadata: JsonObject } {
  const limit = Math.min(Math.max(Number(args['limit'] ?? 100) || 100, 1), 1000);
  const from = Number(Buffer.from(textAt(args, 'cursor') ?? '', 'base64').toString()) || 0;
  const next = from + limit < items.length ? Buffer.from(String(from + limit)).toString('base64') : '';
  return { items: items.slice(from, from + limit), metadata: { next_cursor: next } };
}
