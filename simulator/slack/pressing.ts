/** People pressing buttons, choosing, and typing into selects. */

import { reject } from './api.ts';
import { checkSuggestions } from './check/message.ts';
import type { Courier } from './deliver.ts';
import { chosen, findElement } from './elements.ts';
import { type JsonObject, objectAt, objectsAt, textAt } from './json.ts';
import type { Delivery, Message, User, View } from './model.ts';
import { userNamed } from './named.ts';
import { actionsPayload, suggestionPayload } from './payloads.ts';
import type { Choice, People } from './people.ts';
import { find } from './rooms.ts';
import { currentView } from './windows.ts';
import type { World } from './world.ts';

/** Options that were offered in an external select, by person, place and element. */
export type Offered = Map<string, readonly JsonObject[]>;

export function offeredKey(user: User, on: Message | View, actionId: string): string {
  return `${user.id} ${ownerOf(on)} ${actionId}`;
}

/** Under which name the state of a message's or view's inputs is kept. */
export function ownerOf(on: Message | View): string {
  return 'id' in on ? on.id : `${on.channel} ${on.ts}`;
}

/** The message or view as it stands now. Throws when the person cannot see it. */
export function seenBy(world: World, user: User, on: Message | View): Message | View {
  if ('id' in on) return viewBefore(world, user, on);
  if (on.onlyFor !== undefined) {
    if (on.onlyFor !== user.id) throw new Error(`${user.name} does not see that message`);
    return world.ephemerals.find(({ ts, channel }) => ts === on.ts && channel === on.channel) ?? on;
  }
  const isMember = world.channels.get(on.channel)?.members.includes(user.id) ?? false;
  if (!isMember) throw new Error(`${user.name} does not see that message`);
  return find(world, on.channel, on.ts) ?? on;
}

function viewBefore(world: World, user: User, view: View): View {
  const now = view.type === 'home' ? world.homes.get(user.id) : currentView(world, view.id);
  if (now === undefined || now.user !== user.id) throw new Error(`${user.name} does not have that view open`);
  return now;
}

type Pressing = Pick<People, 'press' | 'pressAnything' | 'suggest'>;

export function createPressing(world: World, courier: Courier, offered: Offered): Pressing {
  function act(user: User, on: Message | View, action: JsonObject): Promise<Delivery> {
    const isView = 'id' in on;
    const trigger = world.triggers.issue(user.id, isView ? on.id : undefined);
    const responseUrl = isView ? null : actionUrl(world, user, on);
    const payload = actionsPayload(world, user, on, { trigger, responseUrl, action });
    return courier.deliver({ kind: 'interactive', id: trigger, payload, answers: false });
  }
  return {
    async press(who, on, name, choice = null) {
      const user = userNamed(world, who);
      const now = seenBy(world, user, on);
      const { element, blockId, actionId } = findElement(now.blocks, name);
      const type = textAt(element, 'type') ?? '';
      const carried = chosen(element, choice, offered.get(offeredKey(user, now, actionId)) ?? []);
      if (type !== 'button' && type !== 'overflow') {
        world.viewStates.set(ownerOf(now), blockId, actionId, { type, ...carried });
      }
      return act(user, now, { type, action_id: actionId, block_id: blockId, ...carried });
    },
    async pressAnything(who, on, { actionId, value, blockId = 'forged' }) {
      const user = userNamed(world, who);
      const text = { type: 'plain_text', text: actionId, emoji: true };
      return act(user, seenBy(world, user, on), {
        type: 'button',
        action_id: actionId,
        block_id: blockId,
        value,
        text,
      });
    },
    async suggest(who, on, name, words) {
      const user = userNamed(world, who);
      const now = seenBy(world, user, on);
      const { actionId, blockId } = findElement(now.blocks, name);
      const payload = suggestionPayload(world, user, now, { actionId, blockId, typed: words });
      const id = world.ids.next('Sg');
      const { answer = {} } = await courier.deliver({ kind: 'interactive', id, payload, answers: true });
      const options = suggestions(world, answer);
      offered.set(offeredKey(user, now, actionId), options);
      return options.map(choiceOf);
    },
  };
}

/** The options of an answer; none when it is no good, as Slack then shows none. */
function suggestions(world: World, answer: JsonObject): readonly JsonObject[] {
  if (Object.keys(answer).length === 0) return [];
  const problems = checkSuggestions(answer);
  if (problems.length > 0) {
    reject(world, 'acknowledgement', 'invalid_options', problems, answer);
    return [];
  }
  const groups = objectsAt(answer, 'option_groups').flatMap((group) => objectsAt(group, 'options'));
  return [...objectsAt(answer, 'options'), ...groups];
}

function choiceOf(option: JsonObject): Choice {
  return { text: textAt(objectAt(option, 'text') ?? {}, 'text') ?? '', value: textAt(option, 'value') ?? '' };
}

/** The response_url that comes with a press on a message. */
export function actionUrl(world: World, user: User, { channel, ts, onlyFor }: Message): string {
  const message = { ts, ephemeral: onlyFor !== undefined };
  return `${world.origin}${world.responseUrls.issue('actions', { user: user.id, channel, message })}`;
}
