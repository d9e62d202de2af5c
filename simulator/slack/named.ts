/** People, channels and groups by the names that people use. All throw an Error when there is none. */
import type { Channel, User, UserGroup } from './model.ts';
import { directMessages } from './rooms.ts';
import type { World } from './world.ts';

export function userNamed(world: World, who: string): User {
  const name = who.replace(/^@/, '');
  for (const user of world.users.values()) if (user.id === who || user.name === name) return user;
  throw new Error(`nobody here is called ${who}`);
}

export function channelNamed(world: World, where: string): Channel {
  if (where.startsWith('@')) return directMessages(world, userNamed(world, where));
  const name = where.replace(/^#/, '');
  for (const channel of world.channels.values()) {
    if (channel.id === where || (channel.name === name && channel.kind !== 'im')) return channel;
  }
  throw new Error(`no channel here is called ${where}`);
}

export function groupNamed(world: World, handle: string): UserGroup {
  const name = handle.replace(/^@/, '');
  for (const group of world.groups.values()) if (group.id === handle || group.handle === name) return group;
  throw new Error(`no group here is called ${handle}`);
}
