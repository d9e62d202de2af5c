/** chat.*: posting, changing, deleting. https://docs.slack.dev/reference/methods/chat.postMessage */
import { withIds } from '../check/blocks.ts';
import { type Content, checkContent, isRefusal, type Refusal, refusal } from '../check/message.ts';
import { type JsonObject, textAt } from '../json.ts';
import { MESSAGE } from '../limits.ts';
import type { Channel, Message } from '../model.ts';
import { directMessages, find, put, replace, take, whisper } from '../rooms.ts';
import { showMessage } from '../show.ts';
import type { World } from '../world.ts';
import { type Methods, visibleChannel } from './method.ts';

const CHAT = ['chat:write'];

export const chatMethods: Methods = {
  'chat.postMessage': {
    tier: 'special',
    scopes: CHAT,
    run(world, args) {
      const channel = postable(world, args);
      if (isRefusal(channel)) return channel;
      const content = checkContent(args);
      if (isRefusal(content)) return content;
      const message = once(world, args, () =>
        put(world, { ...madeBy(world, channel, args, content), by: 'chat.postMessage' }),
      );
      if (isRefusal(message)) return message;
      return { channel: channel.id, ts: message.ts, message: showMessage(world, message) };
    },
  },
  'chat.postEphemeral': {
    tier: 4,
    scopes: CHAT,
    run(world, args) {
      const channel = postable(world, args);
      if (isRefusal(channel)) return channel;
      const user = textAt(args, 'user') ?? '';
      if (!channel.members.includes(user)) return refusal('user_not_in_channel');
      const content = checkContent(args);
      if (isRefusal(content)) return content;
      const message = madeBy(world, channel, args, content);
      whisper(world, { ...message, onlyFor: user, by: 'chat.postEphemeral' });
      return { message_ts: message.ts };
    },
  },
  'chat.update': { tier: 3, scopes: CHAT, run: update },
  'chat.delete': {
    tier: 3,
    scopes: CHAT,
    run(world, args) {
      const message = own(world, args, 'cant_delete_message');
      if (isRefusal(message)) return message;
      take(world, message);
      return { channel: message.channel, ts: message.ts };
    },
  },
};

/** Blocks go when an update brings text alone, as in Slack; an empty list takes them away too. */
function update(world: World, args: JsonObject): JsonObject | Refusal {
  const message = own(world, args, 'cant_update_message');
  if (isRefusal(message)) return message;
  const content = checkContent(args, MESSAGE.updateText);
  if (isRefusal(content)) return content;
  const blocks = withIds(content.blocks, () => world.ids.secret().slice(0, 5));
  const edited = world.ids.ts();
  const now = replace(world, { ...message, text: content.text, blocks, passed: content.passed, edited });
  return { channel: now.channel, ts: now.ts, text: now.text, message: showMessage(world, now) };
}

/** Posts, or finds the message that was posted under the same `client_msg_id`. */
function once(world: World, args: JsonObject, post: () => Message): Message | Refusal {
  const id = textAt(args, 'client_msg_id');
  const before = id === undefined ? undefined : world.clientIds?.get(id);
  if (before !== undefined)
    return find(world, before.channel, before.ts) ?? refusal('duplicate_message_not_found');
  const message = post();
  if (id !== undefined) world.clientIds?.set(id, message);
  return message;
}

/** Where the bot may post: a channel that it is in, or a person (`U…`), whose direct messages it opens. */
function postable(world: World, args: JsonObject): Channel | Refusal {
  const user = world.users.get(textAt(args, 'channel') ?? '');
  if (user !== undefined) return directMessages(world, user);
  const channel = visibleChannel(world, args);
  if (isRefusal(channel)) return channel;
  if (channel.archived) return refusal('is_archived');
  const isPublic = channel.kind === 'public' && world.scopes.has('chat:write.public');
  return channel.members.includes(world.bot.user) || isPublic ? channel : refusal('not_in_channel');
}

function madeBy(world: World, channel: Channel, args: JsonObject, content: Content): Omit<Message, 'by'> {
  const thread = textAt(args, 'thread_ts');
  return {
    channel: channel.id,
    ts: world.ids.ts(),
    user: world.bot.user,
    text: content.text,
    blocks: withIds(content.blocks, () => world.ids.secret().slice(0, 5)),
    ...(thread === undefined || thread === '' ? {} : { thread: rootOf(world, channel.id, thread) }),
    files: [],
    passed: content.passed,
  };
}

/** An answer to an answer stands in the thread of the first. */
function rootOf(world: World, channel: string, ts: string): string {
  return find(world, channel, ts)?.thread ?? ts;
}

function own(world: World, args: JsonObject, problem: string): Message | Refusal {
  const channel = visibleChannel(world, args);
  if (isRefusal(channel)) return channel;
  const message = find(world, channel.id, textAt(args, 'ts') ?? '');
  if (message === undefined) return refusal('message_not_found');
  if (channel.archived) return refusal('is_archived');
  return message.user === world.bot.user ? message : refusal(problem);
}
