/** files.*: uploading in three steps. https://docs.slack.dev/reference/methods/files.getUploadURLExternal */
import { isRefusal, type Refusal, refusal } from '../check/message.ts';
import { isList, isObject, type Json, type JsonObject, readJson, textAt } from '../json.ts';
import type { Channel, FileEntry } from '../model.ts';
import { put } from '../rooms.ts';
import { showFile } from '../show.ts';
import type { World } from '../world.ts';
import { type Methods, visibleChannel } from './method.ts';

export const fileMethods: Methods = {
  'files.getUploadURLExternal': {
    tier: 4,
    scopes: ['files:write'],
    run(world, args) {
      const name = textAt(args, 'filename') ?? '';
      const length = Number(args['length']);
      if (name === '' || !Number.isInteger(length) || length < 1) return refusal('invalid_arguments');
      const id = world.ids.next('F');
      world.files.set(id, {
        id,
        name,
        title: name,
        length,
        content: Buffer.alloc(0),
        state: 'waiting',
        channels: [],
      });
      return { upload_url: `${world.origin}/upload/v1/${id}`, file_id: id };
    },
  },
  'files.completeUploadExternal': { tier: 4, scopes: ['files:write'], run: complete },
};

function complete(world: World, args: JsonObject): JsonObject | Refusal {
  const given: Json | undefined = typeof args['files'] === 'string' ? readJson(args['files']) : args['files'];
  if (!isList(given) || given.length === 0) return refusal('invalid_arguments');
  const named = given.filter(isObject);
  const entries = named.map((one) => world.files.get(textAt(one, 'id') ?? ''));
  if (entries.some((entry) => entry === undefined || entry.state !== 'uploaded')) {
    return refusal('file_not_found');
  }
  const channel = shareable(world, args);
  if (channel !== null && isRefusal(channel)) return channel;
  const done = named.map((one) => finish(world, one, channel));
  if (channel !== null) share(world, channel, done, args);
  return { files: done.map((file) => showFile(world, file)) };
}

function shareable(world: World, args: JsonObject): Channel | Refusal | null {
  const id = textAt(args, 'channel_id');
  if (id === undefined || id === '') return null;
  const channel = visibleChannel(world, { channel: id });
  if (isRefusal(channel)) return channel;
  if (channel.archived) return refusal('is_archived');
  return channel.members.includes(world.bot.user) ? channel : refusal('not_in_channel');
}

function finish(world: World, named: JsonObject, channel: Channel | null): FileEntry {
  const id = textAt(named, 'id') ?? '';
  const file = world.files.get(id);
  if (file === undefined) throw new Error(`file ${id} was there a moment ago`);
  const done: FileEntry = {
    ...file,
    title: textAt(named, 'title') ?? file.name,
    state: 'complete',
    channels: channel === null ? [] : [channel.id],
  };
  world.files.set(id, done);
  world.journal.add({ type: 'file', file: done, at: world.clock.now() });
  return done;
}

/** A file shared in a channel stands in a message of its own, with the comment as its text. */
function share(world: World, channel: Channel, files: readonly FileEntry[], args: JsonObject): void {
  const thread = textAt(args, 'thread_ts');
  put(world, {
    channel: channel.id,
    ts: world.ids.ts(),
    user: world.bot.user,
    text: textAt(args, 'initial_comment') ?? '',
    blocks: [],
    ...(thread === undefined || thread === '' ? {} : { thread }),
    files: files.map(({ id }) => id),
    passed: ['text'],
    by: 'files',
  });
}
