/** Messages in channels: put, found, changed, removed. */
import type { Channel, Message, User } from './model.ts';
import type { World } from './world.ts';

export function put(world: World, message: Message): Message {
  const list = world.messages.get(message.channel) ?? [];
  list.push(message);
  world.messages.set(message.channel, list);
  world.journal.add({ type: 'posted', message, at: world.clock.now() });
  return message;
}

export function find(world: World, channel: string, ts: string): Message | undefined {
  return world.messages.get(channel)?.find((message) => message.ts === ts);
}

export function replace(world: World, message: Message): Message {
  const list = world.messages.get(message.channel) ?? [];
  const index = list.findIndex(({ ts }) => ts === message.ts);
  const before = list[index];
  if (before === undefined) throw new Error(`there is no message ${message.ts} in ${message.channel}`);
  list[index] = message;
  world.journal.add({ type: 'updated', message, before, at: world.clock.now() });
  return message;
}

export function take(world: World, message: Message): void {
  const list = world.messages.get(message.channel) ?? [];
  world.messages.set(
    message.channel,
    list.filter(({ ts }) => ts !== message.ts),
  );
  world.journal.add({ type: 'deleted', message, at: world.clock.now() });
}

/** What only one person sees. An ephemeral message with the same ts is replaced. */
export function whisper(world: World, message: Message): Message {
  hush(world, message);
  world.ephemerals.push(message);
  world.journal.add({ type: 'ephemeral', message, at: world.clock.now() });
  return message;
}

export function hush(world: World, { channel, ts }: Pick<Message, 'channel' | 'ts'>): void {
  const index = world.ephemerals.findIndex((message) => message.ts === ts && message.channel === channel);
  if (index >= 0) world.ephemerals.splice(index, 1);
}

/** The direct messages between a person and the bot; made when there are none yet. */
export function directMessages(world: World, user: User): Channel {
  for (const channel of world.channels.values()) if (channel.user === user.id) return channel;
  const channel: Channel = {
    id: world.ids.next('D'),
    name: user.name,
    kind: 'im',
    members: [user.id, world.bot.user],
    archived: false,
    user: user.id,
  };
  world.channels.set(channel.id, channel);
  return channel;
}
