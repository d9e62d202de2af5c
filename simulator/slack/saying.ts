/** People typing, editing and deleting. */
import { composedBlock } from './composer.ts';
import type { Channel, FileEntry, Message, User } from './model.ts';
import { channelNamed, userNamed } from './named.ts';
import type { People, SayMore } from './people.ts';
import { find, put, replace, take } from './rooms.ts';
import { typed } from './typed.ts';
import type { World } from './world.ts';

export function createSaying(world: World): Pick<People, 'say' | 'edit' | 'remove'> {
  return {
    async say(where, who, text, more = {}) {
      const user = userNamed(world, who);
      const channel = channelNamed(world, where);
      if (!channel.members.includes(user.id)) throw new Error(`${user.name} is not in ${where}`);
      if (channel.archived) throw new Error(`${where} is archived`);
      return put(world, messageOf(world, user, channel, text, more));
    },
    async edit(message, text) {
      const now = find(world, message.channel, message.ts) ?? message;
      const words = typed(world, text);
      const blocks = [composedBlock(world, text, world.ids.secret().slice(0, 5))];
      return replace(world, { ...now, text: words, blocks, edited: world.ids.ts() });
    },
    async remove(message) {
      take(world, message);
    },
  };
}

function messageOf(world: World, user: User, channel: Channel, text: string, more: SayMore): Message {
  const { thread, files = [], blocks } = more;
  const composed = text === '' ? [] : [composedBlock(world, text, world.ids.secret().slice(0, 5))];
  return {
    channel: channel.id,
    ts: world.ids.ts(),
    user: user.id,
    text: typed(world, text),
    blocks: blocks ?? composed,
    ...(thread === undefined ? {} : { thread: thread.thread ?? thread.ts }),
    files: files.map(({ name, content }) => keepFile(world, channel, name, content).id),
    passed: [],
    by: 'person',
  };
}

function keepFile(world: World, channel: Channel, name: string, text: string): FileEntry {
  const content = Buffer.from(text);
  const id = world.ids.next('F');
  const file: FileEntry = {
    id,
    name,
    title: name,
    length: content.length,
    content,
    state: 'complete',
    channels: [channel.id],
  };
  world.files.set(id, file);
  return file;
}
