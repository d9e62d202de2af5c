/** People, channels, messages, views and files as Slack shows them to bots. */
import type { JsonObject } from './json.ts';
import type { Channel, FileEntry, Message, User, UserGroup, View } from './model.ts';
import { find } from './rooms.ts';
import type { World } from './world.ts';

/** What Slack gives as the team of a person. */
export function homeOf({ grid, users, workspace }: World, user: string): string {
  return grid.homes?.[users.get(user)?.name ?? ''] ?? workspace.id;
}

export function showUser(world: World, user: User): JsonObject {
  const email = world.scopes.has('users:read.email') && !user.isBot ? { email: user.email } : {};
  return {
    id: user.id,
    team_id: world.workspace.id,
    name: user.name,
    real_name: user.realName,
    deleted: user.deleted,
    tz: 'Europe/London',
    tz_label: 'Greenwich Mean Time',
    tz_offset: 0,
    is_bot: user.isBot,
    is_app_user: false,
    is_admin: user.isAdmin,
    is_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    profile: { real_name: user.realName, display_name: user.name, team: world.workspace.id, ...email },
  };
}

export function showGroup(world: World, group: UserGroup): JsonObject {
  return {
    id: group.id,
    team_id: world.workspace.id,
    is_usergroup: true,
    name: group.name,
    handle: group.handle,
    user_count: group.users.length,
    users: group.users,
    date_delete: group.disabled ? 1 : 0,
  };
}

export function showChannel(world: World, channel: Channel): JsonObject {
  const common = { id: channel.id, created: 1_700_000_000, is_archived: channel.archived };
  if (channel.kind === 'im') return { ...common, is_im: true, user: channel.user, is_open: true };
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_member: channel.members.includes(world.bot.user),
    is_general: channel.name === 'general',
    context_team_id: world.workspace.id,
    num_members: channel.members.length,
  };
}

export function showMessage(world: World, message: Message): JsonObject {
  const isBot = message.user === world.bot.user;
  const bot = isBot ? { bot_id: world.bot.botId, app_id: world.bot.appId } : {};
  const thread = message.thread === undefined ? {} : { thread_ts: message.thread };
  const parent = message.thread === undefined ? undefined : find(world, message.channel, message.thread);
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: homeOf(world, message.user),
    ...bot,
    ...thread,
    ...(parent === undefined ? {} : { parent_user_id: parent.user }),
    ...(message.blocks.length === 0 ? {} : { blocks: message.blocks }),
    ...(message.files.length === 0 ? {} : { files: message.files.map((id) => showFile(world, id)) }),
    ...(message.edited === undefined ? {} : { edited: { user: message.user, ts: message.edited } }),
    ...(message.onlyFor === undefined ? {} : { is_ephemeral: true }),
    ...showAnswers(world, message),
  };
}

/** The first message of a thread says how long it is. */
function showAnswers(world: World, { channel, ts }: Message): JsonObject {
  const answers = (world.messages.get(channel) ?? []).filter((one) => one.thread === ts && one.ts !== ts);
  const last = answers.at(-1);
  if (last === undefined) return {};
  const reply_users = [...new Set(answers.map(({ user }) => user))];
  return { thread_ts: ts, reply_count: answers.length, reply_users, latest_reply: last.ts };
}

export function showFile(world: World, file: string | FileEntry): JsonObject {
  const entry = typeof file === 'string' ? world.files.get(file) : file;
  if (entry === undefined) return { id: String(file), mode: 'tombstone' };
  return {
    id: entry.id,
    name: entry.name,
    title: entry.title,
    size: entry.length,
    filetype: entry.name.split('.').at(-1) ?? '',
    mode: 'hosted',
    channels: entry.channels,
    url_private: `${world.origin}/files-pri/${entry.id}/${encodeURIComponent(entry.name)}`,
    permalink: `${world.origin}/files/${entry.id}`,
  };
}

export function showView(world: World, view: View): JsonObject {
  return {
    ...view.sent,
    id: view.id,
    team_id: world.workspace.id,
    type: view.type,
    callback_id: view.callbackId,
    external_id: view.externalId,
    private_metadata: view.privateMetadata,
    blocks: view.blocks,
    hash: view.hash,
    root_view_id: view.rootViewId,
    previous_view_id: view.previousViewId,
    state: { values: world.viewStates.values(view.id, view.blocks) },
    app_id: world.bot.appId,
    bot_id: world.bot.botId,
    app_installed_team_id: world.workspace.id,
    clear_on_close: view.sent['clear_on_close'] ?? false,
    notify_on_close: view.sent['notify_on_close'] ?? false,
    close: view.sent['close'] ?? null,
    submit: view.sent['submit'] ?? null,
  };
}
