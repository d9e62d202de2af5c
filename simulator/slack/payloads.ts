/** What the bot is sent, in Slack's shapes. https://docs.slack.dev/reference/interaction-payloads */
import { type JsonObject, textAt } from './json.ts';
import type { Channel, Message, User, View } from './model.ts';
import { homeOf, showMessage, showView } from './show.ts';
import type { World } from './world.ts';

/** The outside of an event. */
export function eventPayload(world: World, eventId: string, event: JsonObject): JsonObject {
  const team = world.workspace.id;
  const { enterprise, isOrgWide = false } = world.grid;
  return {
    token: 'simulated-verification-token',
    team_id: team,
    ...(enterprise === null ? {} : { enterprise_id: enterprise }),
    context_team_id: team,
    context_enterprise_id: enterprise,
    api_app_id: world.bot.appId,
    event,
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(world.clock.now() / 1000),
    authorizations: [
      {
        enterprise_id: enterprise,
        team_id: isOrgWide ? null : team,
        user_id: world.bot.user,
        is_bot: true,
        is_enterprise_install: isOrgWide,
      },
    ],
    is_ext_shared_channel: isShared(world, textAt(event, 'channel')),
    event_context: `4-${eventId}`,
  };
}

export interface CommandWords {
  readonly command: string;
  readonly text: string;
  readonly trigger: string;
  readonly responseUrl: string;
}

export function commandPayload(world: World, user: User, channel: Channel, words: CommandWords): JsonObject {
  return {
    token: 'simulated-verification-token',
    team_id: world.workspace.id,
    team_domain: world.workspace.domain,
    ...(world.grid.enterprise === null ? {} : { enterprise_id: world.grid.enterprise }),
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user.id,
    user_name: user.name,
    command: words.command,
    text: words.text,
    api_app_id: world.bot.appId,
    is_enterprise_install: String(world.grid.isOrgWide === true),
    response_url: words.responseUrl,
    trigger_id: words.trigger,
  };
}

/** What all interactions begin with. */
function interaction(world: World, user: User, type: string): JsonObject {
  const { id, domain, name } = world.workspace;
  const { enterprise, isOrgWide = false } = world.grid;
  const organisation = enterprise === null ? {} : { enterprise_id: enterprise, enterprise_name: name };
  return {
    type,
    // With an app of the whole organisation Slack does not say of a form where it stands.
    team: isOrgWide && type.startsWith('view_') ? null : { id, domain, ...organisation },
    user: { id: user.id, username: user.name, name: user.name, team_id: homeOf(world, user.id) },
    api_app_id: world.bot.appId,
    token: 'simulated-verification-token',
    enterprise: enterprise === null ? null : { id: enterprise, name },
    is_enterprise_install: isOrgWide,
  };
}

function isShared({ grid, channels }: World, id: string | undefined): boolean {
  const name = id === undefined ? undefined : channels.get(id)?.name;
  return name !== undefined && (grid.shared ?? []).includes(name);
}

/** Where the element stands: a message, or a view. */
export function inPlace(world: World, on: Message | View): JsonObject {
  if ('id' in on) return { container: { type: 'view', view_id: on.id }, view: showView(world, on) };
  const channel = world.channels.get(on.channel);
  const isEphemeral = on.onlyFor !== undefined;
  const thread = on.thread === undefined ? {} : { thread_ts: on.thread };
  return {
    container: {
      type: 'message',
      message_ts: on.ts,
      channel_id: on.channel,
      is_ephemeral: isEphemeral,
      ...thread,
    },
    channel: { id: on.channel, name: channel === undefined ? '' : channelName(channel) },
    // Of an ephemeral message Slack sends no more than this.
    message: isEphemeral
      ? {
          type: 'message',
          ts: on.ts,
          user: world.bot.user,
          bot_id: world.bot.botId,
          text: on.text,
          ...thread,
        }
      : showMessage(world, on),
    state: { values: world.viewStates.values(`${on.channel} ${on.ts}`, on.blocks) },
  };
}

export function actionsPayload(
  world: World,
  user: User,
  on: Message | View,
  more: { readonly trigger: string; readonly responseUrl: string | null; readonly action: JsonObject },
): JsonObject {
  return {
    ...interaction(world, user, 'block_actions'),
    ...inPlace(world, on),
    trigger_id: more.trigger,
    ...(more.responseUrl === null ? {} : { response_url: more.responseUrl }),
    actions: [{ ...more.action, action_ts: world.ids.ts() }],
  };
}

export function suggestionPayload(
  world: World,
  user: User,
  on: Message | View,
  asked: { readonly actionId: string; readonly blockId: string; readonly typed: string },
): JsonObject {
  return {
    ...interaction(world, user, 'block_suggestion'),
    ...inPlace(world, on),
    action_id: asked.actionId,
    block_id: asked.blockId,
    value: asked.typed,
  };
}

export function viewPayload(world: World, user: User, view: View, trigger: string | null): JsonObject {
  if (trigger === null) {
    const is_cleared = false;
    return { ...interaction(world, user, 'view_closed'), view: showView(world, view), is_cleared };
  }
  return {
    ...interaction(world, user, 'view_submission'),
    trigger_id: trigger,
    view: showView(world, view),
    response_urls: [],
  };
}

export interface ShortcutWords {
  readonly callbackId: string;
  readonly trigger: string;
  readonly responseUrl: string;
}

export function messageShortcutPayload(
  world: World,
  user: User,
  message: Message,
  { callbackId, trigger, responseUrl }: ShortcutWords,
): JsonObject {
  const channel = world.channels.get(message.channel);
  return {
    ...interaction(world, user, 'message_action'),
    action_ts: world.ids.ts(),
    callback_id: callbackId,
    trigger_id: trigger,
    response_url: responseUrl,
    message_ts: message.ts,
    channel: { id: message.channel, name: channel === undefined ? '' : channelName(channel) },
    message: showMessage(world, message),
  };
}

export function globalShortcutPayload(
  world: World,
  user: User,
  { callbackId, trigger }: Omit<ShortcutWords, 'responseUrl'>,
): JsonObject {
  return {
    ...interaction(world, user, 'shortcut'),
    action_ts: world.ids.ts(),
    callback_id: callbackId,
    trigger_id: trigger,
  };
}

function channelName(channel: Channel): string {
  switch (channel.kind) {
    case 'im':
      return 'directmessage';
    case 'private':
      return 'privategroup';
    case 'public':
      return channel.name;
  }
}
