/** conversations.*: channels, their members and messages. https://docs.slack.dev/reference/methods/conversations.info */
import { isRefusal, refusal } from '../check/message.ts';
import { type JsonObject, textAt } from '../json.ts';
import type { Channel, Message } from '../model.ts';
import { directMessages } from '../rooms.ts';
import { showChannel, showMessage } from '../show.ts';
import type { World } from '../world.ts';
import { type Methods, missingScope, page, readableChannel } from './method.ts';

const KINDS = { public_channel: 'public', private_channel: 'private', im: 'im' } as const;

export const conversationMethods: Methods = {
  'conversations.info': {
    tier: 3,
    scopes: [],
    run(world, args) {
      const channel = readableChannel(world, args, 'read');
      return isRefusal(channel) ? channel : { channel: showChannel(world, channel) };
    },
  },
  'conversations.open': {
    tier: 3,
    scopes: ['im:write'],
    run(world, args) {
      const user = world.users.get(textAt(args, 'users')?.split(',')[0] ?? '');
      if (user === undefined) return refusal('user_not_found');
      if (user.deleted) return refusal('user_disabled');
      const channel = directMessages(world, user);
      const whole = args['return_im'] === true || args['return_im'] === 'true';
      return { channel: whole ? showChannel(world, channel) : { id: channel.id } };
    },
  },
  'conversations.history': {
    tier: 3,
    scopes: [],
    run(world, args) {
      const channel = readableChannel(world, args, 'history');
      if (isRefusal(channel)) return channel;
      const all = world.messages.get(channel.id) ?? [];
      const top = all.filter(({ thread, ts }) => thread === undefined || thread === ts);
      return listed(world, within(top, args).toReversed(), args);
    },
  },
  'conversations.replies': {
    tier: 3,
    scopes: [],
    run(world, args) {
      const channel = readableChannel(world, args, 'history');
      if (isRefusal(channel)) return channel;
      const root = textAt(args, 'ts') ?? '';
      const all = (world.messages.get(channel.id) ?? []).filter(
        ({ thread, ts }) => ts === root || thread === root,
      );
      return all.length === 0 ? refusal('thread_not_found') : listed(world, within(all, args), args);
    },
  },
  'conversations.members': {
    tier: 4,
    scopes: [],
    run(world, args) {
      const channel = readableChannel(world, args, 'read');
      if (isRefusal(channel)) return channel;
      const { items, metadata } = page(channel.members, args);
      return { members: items, response_metadata: metadata };
    },
  },
  'conversations.list': {
    tier: 2,
    scopes: ['channels:read'],
    run(world, args) {
      const types = (textAt(args, 'types') ?? 'public_channel').split(',').map((type) => type.trim());
      if (types.includes('private_channel') && !world.scopes.has('groups:read'))
        return missingScope('groups:read');
      if (types.includes('im') && !world.scopes.has('im:read')) return missingScope('im:read');
      const kinds = types.map((type) => (type in KINDS ? KINDS[type as keyof typeof KINDS] : type));
      const noArchived = args['exclude_archived'] === true || args['exclude_archived'] === 'true';
      const all = [...world.channels.values()].filter(
        (channel) =>
          kinds.includes(channel.kind) && isVisible(world, channel) && !(noArchived && channel.archived),
      );
      const { items, metadata } = page(all, args);
      return { channels: items.map((channel) => showChannel(world, channel)), response_metadata: metadata };
    },
  },
};

function isVisible(world: World, { kind, members }: Channel): boolean {
  return kind === 'public' || members.includes(world.bot.user);
}

/** Messages between `oldest` and `latest`, without the edges unless `inclusive`. */
function within(messages: readonly Message[], args: JsonObject): readonly Message[] {
  const oldest = Number(args['oldest'] ?? 0);
  const latest = Number(args['latest'] ?? Number.POSITIVE_INFINITY) || Number.POSITIVE_INFINITY;
  const inclusive = args['inclusive'] === true || args['inclusive'] === 'true' || args['inclusive'] === '1';
  return messages.filter(({ ts }) => {
    const at = Number(ts);
    return (at > oldest && at < latest) || (inclusive && (at === oldest || at === latest));
  });
}

function listed(world: World, messages: readonly Message[], args: JsonObject): JsonObject {
  const { items, metadata } = page(messages, args);
  return {
    messages: items.map((message) => showMessage(world, message)),
    has_more: metadata['next_cursor'] !== '',
    response_metadata: metadata,
  };
}
