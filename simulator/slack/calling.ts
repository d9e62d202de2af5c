/** People typing commands, using shortcuts, and opening the bot's home. */
import type { Courier } from './deliver.ts';
import type { Events } from './events.ts';
import { channelNamed, userNamed } from './named.ts';
import { commandPayload, globalShortcutPayload, messageShortcutPayload } from './payloads.ts';
import type { People } from './people.ts';
import { actionUrl, seenBy } from './pressing.ts';
import { say } from './respond.ts';
import { directMessages } from './rooms.ts';
import { encode } from './typed.ts';
import type { World } from './world.ts';

type Calling = Pick<People, 'slash' | 'shortcut' | 'globalShortcut' | 'openHome'>;

export function createCalling(world: World, courier: Courier, events: Events): Calling {
  return {
    async slash(who, where, command, text = '') {
      const user = userNamed(world, who);
      const channel = channelNamed(world, where);
      const trigger = world.triggers.issue(user.id);
      const path = world.responseUrls.issue('commands', {
        user: user.id,
        channel: channel.id,
        message: null,
      });
      const responseUrl = `${world.origin}${path}`;
      const words = { command, text: encode(text), trigger, responseUrl };
      const payload = commandPayload(world, user, channel, words);
      const delivery = await courier.deliver({ kind: 'slash_commands', id: trigger, payload, answers: true });
      const { answer = {} } = delivery;
      if (Object.keys(answer).length === 0) return { delivery, message: null };
      const target = { user: user.id, channel: channel.id, original: undefined, by: 'acknowledge' } as const;
      const message = say(world, target, answer);
      return { delivery, message: typeof message === 'string' ? null : message };
    },
    async shortcut(who, message, callbackId) {
      const user = userNamed(world, who);
      const now = seenBy(world, user, message);
      if ('id' in now) throw new Error('a view has no message shortcuts');
      const trigger = world.triggers.issue(user.id);
      const words = { callbackId, trigger, responseUrl: actionUrl(world, user, now) };
      const payload = messageShortcutPayload(world, user, now, words);
      return courier.deliver({ kind: 'interactive', id: trigger, payload, answers: false });
    },
    async globalShortcut(who, callbackId) {
      const user = userNamed(world, who);
      const trigger = world.triggers.issue(user.id);
      const payload = globalShortcutPayload(world, user, { callbackId, trigger });
      return courier.deliver({ kind: 'interactive', id: trigger, payload, answers: false });
    },
    async openHome(who) {
      const user = userNamed(world, who);
      return events.homeOpened(user.id, directMessages(world, user).id);
    },
  };
}
