/** Which events a change makes, and to whom they are due. https://docs.slack.dev/reference/events */
import type { Courier } from './deliver.ts';
import type { JsonObject } from './json.ts';
import type { Channel, Delivery, Happening, Message } from './model.ts';
import { eventPayload } from './payloads.ts';
import { showMessage } from './show.ts';
import type { World } from './world.ts';

/** The events that the app has subscribed to. */
export type EventName =
  | 'app_mention'
  | 'message.channels'
  | 'message.groups'
  | 'message.im'
  | 'app_home_opened';

export const ALL_EVENTS: readonly EventName[] = [
  'app_mention',
  'message.channels',
  'message.groups',
  'message.im',
  'app_home_opened',
];

export interface Events {
  /** From now on the bot hears of what changes in its channels, its own messages included. */
  follow(): void;
  homeOpened(user: string, channel: string): Promise<Delivery>;
}

/** Event → the scope without which it does not come. */
const SCOPES: Readonly<Record<EventName, string | null>> = {
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  app_home_opened: null,
};
const OF_CHANNELS = { public: 'message.channels', private: 'message.groups', im: 'message.im' } as const;
const TYPES = { public: 'channel', private: 'group', im: 'im' } as const;

export function createEvents(world: World, courier: Courier, subscribed: ReadonlySet<EventName>): Events {
  const wants = (name: EventName) => {
    const scope = SCOPES[name];
    return subscribed.has(name) && (scope === null || world.scopes.has(scope));
  };
  const send = (event: JsonObject) => {
    const id = world.ids.next('Ev');
    const payload = eventPayload(world, id, event);
    return courier.deliver({ kind: 'events_api', id, payload, answers: false });
  };
  /** The channel, when the bot gets to hear of what happens in it. */
  const heard = (id: string): Channel | null => {
    const channel = world.channels.get(id);
    if (channel === undefined || !channel.members.includes(world.bot.user)) return null;
    return wants(OF_CHANNELS[channel.kind]) ? channel : null;
  };
  const where = (channel: Channel, message: Message) => ({
    channel: channel.id,
    channel_type: TYPES[channel.kind],
    event_ts: message.edited ?? message.ts,
  });
  function said(message: Message): void {
    const shown = { ...showMessage(world, message), ...clientMessageId(message) };
    const channel = heard(message.channel);
    const shared = message.files.length > 0 ? { subtype: 'file_share' } : {};
    if (channel !== null) void send({ ...shown, ...shared, ...where(channel, message) });
    if (isMention(world, message) && wants('app_mention')) {
      void send({ ...shown, type: 'app_mention', channel: message.channel, event_ts: message.ts });
    }
  }
  function edited(before: Message, after: Message): void {
    const channel = heard(after.channel);
    if (channel === null) return;
    const message = showMessage(world, after);
    const previous_message = showMessage(world, before);
    const event = { type: 'message', subtype: 'message_changed', message, previous_message, hidden: true };
    void send({ ...event, ...where(channel, after), ts: world.ids.ts() });
  }
  function removed(message: Message): void {
    const channel = heard(message.channel);
    if (channel === null) return;
    const event = { type: 'message', subtype: 'message_deleted', deleted_ts: message.ts, hidden: true };
    const previous_message = showMessage(world, message);
    void send({ ...event, ...where(channel, message), previous_message, ts: world.ids.ts() });
  }

  const happened = (happening: Happening) => {
    if (happening.type === 'posted') said(happening.message);
    if (happening.type === 'deleted') removed(happening.message);
    if (happening.type === 'updated' && happening.before !== undefined) {
      edited(happening.before, happening.message);
    }
  };
  return {
    follow: () => world.journal.follow(happened),
    homeOpened: (user, channel) =>
      send({ type: 'app_home_opened', user, channel, tab: 'home', event_ts: world.ids.ts() }),
  };
}

/** Only a member of the channel is told, and direct messages are no mentions. */
function isMention(world: World, message: Message): boolean {
  const channel = world.channels.get(message.channel);
  if (channel === undefined || channel.kind === 'im' || !channel.members.includes(world.bot.user))
    return false;
  return message.text.includes(`<@${world.bot.user}>`);
}

/** Only what people type has one. */
function clientMessageId(message: Message): JsonObject {
  if (message.by !== 'person') return {};
  const digits = message.ts.replace('.', '').padStart(32, '0').slice(-32);
  const client_msg_id = [8, 12, 16, 20].reduceRight((id, at) => `${id.slice(0, at)}-${id.slice(at)}`, digits);
  return { client_msg_id };
}
