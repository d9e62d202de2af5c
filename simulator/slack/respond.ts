/** What a bot says through a response_url, or in an acknowledgement. */
import { reject } from './api.ts';
import { withIds } from './check/blocks.ts';
import { checkContent, isRefusal } from './check/message.ts';
import { type JsonObject, textAt } from './json.ts';
import type { Message } from './model.ts';
import type { ResponseUrl } from './response-urls.ts';
import { find, hush, put, replace, take, whisper } from './rooms.ts';
import type { World } from './world.ts';

export interface Responded {
  readonly status: number;
  readonly body: string;
  readonly error: string | null;
}

/** A POST to a response_url. */
export function respond(world: World, path: string, body: JsonObject): Responded {
  const url = world.responseUrls.use(path);
  if (typeof url === 'string') {
    reject(world, 'response_url', url, [], body);
    return { status: 404, body: JSON.stringify({ ok: false, error: url }), error: url };
  }
  const original = originalOf(world, url);
  if (body['delete_original'] === true && original !== undefined) {
    if (original.onlyFor === undefined) take(world, original);
    else hush(world, original);
    return OK;
  }
  const said = say(world, { ...url, original, by: 'respond' }, body);
  return typeof said === 'string'
    ? { status: 400, body: JSON.stringify({ ok: false, error: said }), error: said }
    : OK;
}

const OK: Responded = { status: 200, body: 'ok', error: null };

interface Target {
  readonly user: string;
  readonly channel: string;
  readonly original: Message | undefined;
  readonly by: 'respond' | 'acknowledge';
}

/**
 * Puts what was said where it belongs: in place of the message with the button unless told otherwise, else for the asker alone
 * unless `in_channel`. Without such a message (a command) `replace_original` does nothing. Gives the error code when it is refused.
 */
export function say(world: World, target: Target, body: JsonObject): Message | string {
  const content = checkContent(body);
  if (isRefusal(content)) {
    reject(
      world,
      target.by === 'respond' ? 'response_url' : 'acknowledgement',
      content.error,
      content.problems,
      body,
    );
    return content.error;
  }
  const { text, passed } = content;
  const blocks = withIds(content.blocks, () => world.ids.secret().slice(0, 5));
  const { original, user, channel, by } = target;
  const isNew = body['replace_original'] === false || body['response_type'] === 'in_channel';
  if (original !== undefined && !(isNew && body['replace_original'] !== true)) {
    const changed = { ...original, text, blocks, passed };
    return original.onlyFor === undefined
      ? replace(world, { ...changed, edited: world.ids.ts() })
      : whisper(world, changed);
  }
  const thread = textAt(body, 'thread_ts');
  const message: Message = {
    channel,
    ts: world.ids.ts(),
    user: world.bot.user,
    text,
    blocks,
    ...(thread === undefined ? {} : { thread }),
    files: [],
    passed,
    by,
  };
  if (body['response_type'] === 'in_channel') return put(world, message);
  return whisper(world, { ...message, onlyFor: user });
}

function originalOf(world: World, { channel, message }: ResponseUrl): Message | undefined {
  if (message === null) return undefined;
  if (!message.ephemeral) return find(world, channel, message.ts);
  return world.ephemerals.find((one) => one.channel === channel && one.ts === message.ts);
}
